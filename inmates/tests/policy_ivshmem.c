/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Registers of an ivshmem device, of which the cell is the only end: unknown
 * offsets and wrong widths read 0 and ignore writes, doorbells to absent peers
 * and vectors are ignored. Device and INTx line come from the command line.
 */
#include <inmate.h>

#include "policy.h"
#include "report.h"

#define NO_DEVICE 0xffffffffU

#define CFG_ID	    0x00
#define CFG_COMMAND 0x04
#define CFG_BAR0    0x10
#define IVSHMEM_ID  0x4106110aU
#define COMMAND_MEM 0x0002

#define REG_ID	     0x00
#define REG_PEERS    0x04
#define REG_INT_CTRL 0x08
#define REG_DOORBELL 0x0c
#define REG_STATE    0x10
#define REG_WINDOW   0x1000U

static u64 regs;

static void setup_device(u64 config)
{
	report_equal("ivshmem-id", mmio_read32(config + CFG_ID), IVSHMEM_ID);
	mmio_write32(config + CFG_BAR0, 0xffffffff);
	report_equal("ivshmem-bar-size", mmio_read32(config + CFG_BAR0),
		     0xfffff000);
	mmio_write32(config + CFG_BAR0, (u32)regs);
	mmio_write16(config + CFG_COMMAND, COMMAND_MEM);
	report_equal("ivshmem-own-id", mmio_read32(regs + REG_ID), 0);
	report_equal("ivshmem-max-peers", mmio_read32(regs + REG_PEERS), 2);
}

static void unknown_offsets(void)
{
	u32 seen = 0, offset;

	for (offset = REG_STATE + 4; offset < REG_WINDOW; offset += 4) {
		mmio_write32(regs + offset, 0xffffffff);
		seen |= mmio_read32(regs + offset);
	}
	report_equal("ivshmem-unknown-offsets", seen, 0);
}

static void wrong_widths(void)
{
	mmio_write8(regs + REG_STATE, 0xff);
	mmio_write16(regs + REG_STATE, 0xffff);
	mmio_write64(regs + REG_STATE, 0xffffffff);
	report_equal("ivshmem-narrow-write", mmio_read32(regs + REG_STATE), 0);
	report_equal("ivshmem-read8", mmio_read8(regs + REG_PEERS), 0);
	report_equal("ivshmem-read16", mmio_read16(regs + REG_PEERS), 0);
	report_equal("ivshmem-read64", mmio_read64(regs + REG_ID), 0);
}

static void read_only_and_reserved_bits(void)
{
	mmio_write32(regs + REG_ID, 7);
	report_equal("ivshmem-id-read-only", mmio_read32(regs + REG_ID), 0);
	mmio_write32(regs + REG_INT_CTRL, 0xfffffffe);
	report_equal("ivshmem-reserved-bits", mmio_read32(regs + REG_INT_CTRL),
		     0);
	mmio_write32(regs + REG_STATE, 5);
	report_equal("ivshmem-state", mmio_read32(regs + REG_STATE), 5);
	report_equal("ivshmem-doorbell-reads-0",
		     mmio_read32(regs + REG_DOORBELL), 0);
}

/* Peer 1 is a slot that nobody has taken, the others do not exist. */
static void doorbells(u32 irq)
{
	static const u32 ignored[] = {
		1U << 16, 2U << 16, 11U << 16, 12U << 16, 0xffffU << 16,
		1,	  15,	    16,	       0xffff,
	};
	u32 before = policy_taken[irq];
	unsigned int n;

	mmio_write32(regs + REG_INT_CTRL, 1);
	irq_unmask(irq);
	for (n = 0; n < ARRAY_SIZE(ignored); n++)
		mmio_write32(regs + REG_DOORBELL, ignored[n]);
	report_true("ivshmem-doorbell-ignored", !policy_wait_taken(irq, before),
		    "an absent peer or vector interrupted this cell");
	mmio_write32(regs + REG_DOORBELL, 0);
	report_true("ivshmem-doorbell-self", policy_wait_taken(irq, before),
		    "the doorbell of this cell itself did not come");
	irq_mask(irq);
	mmio_write32(regs + REG_INT_CTRL, 0);
}

void policy_ivshmem(void)
{
	u64 ecam = comm_region()->pci_mmconfig_base;
	u64 bdf = cmdline_u64("ivshmem", NO_DEVICE);

	if (bdf == NO_DEVICE)
		return;
	/* behind the window's only bus */
	regs = ecam + 0x100000;
	if (!policy_pci_present() || map_range(regs, REG_WINDOW, MAP_DEVICE)) {
		report_fail("ivshmem", "no PCI window");
		return;
	}
	setup_device(ecam + (bdf << 12));
	unknown_offsets();
	wrong_widths();
	read_only_and_reserved_bits();
	doorbells(32 + comm_region()->vpci_irq_base + (bdf >> 3 & 3));
}
