// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * A device that does as it is told: QEMU's "edu" (docs/specs/edu.rst of QEMU)
 * copies between memory and a buffer of its own. DMA within the cell's memory
 * is to work, to and from all else is to have no effect, and the device's
 * message is to arrive where the cell may write, and nowhere else.
 *
 * Options: bdf, root (an address that the root uses), msi (where messages go),
 * irq (the INTID they become); end=dma leaves with a copy under way.
 */
#include <inmate.h>
#include <inmate/gic.h>

#include "report.h"

#define CFG_ID	    0x00
#define CFG_COMMAND 0x04
#define CFG_BAR0    0x10
#define COMMAND_ON  0x0006 /* memory, bus master */
#define EDU_PCI_ID  0x11e81234U

/* Capability of message-signalled interrupts, where edu has it; 64 bits */
#define MSI_CONTROL 0x42
#define MSI_ADDRESS 0x44
#define MSI_DATA    0x4c
#define MSI_ENABLE  0x0001

#define EDU_ID	      0x00
#define EDU_ID_MASK   0xffU
#define EDU_ID_VALUE  0xedU
#define EDU_STATUS    0x24
#define EDU_RAISE     0x60
#define EDU_ACK	      0x64
#define EDU_SOURCE    0x80
#define EDU_TARGET    0x88
#define EDU_COUNT     0x90
#define EDU_COMMAND   0x98
#define EDU_START     0x1
#define EDU_TO_MEMORY 0x2
#define EDU_BUFFER    0x40000U
#define EDU_SIZE      0x100000U

#define WORDS 16U

static u64 config, regs;
static u64 sent[WORDS], received[WORDS];
static volatile unsigned int interrupts;

static bool wait_for(bool (*done)(void))
{
	u64 deadline = timer_ticks() + 5 * timer_frequency();

	while (!done())
		if (timer_ticks() > deadline)
			return false;
	return true;
}

static bool dma_done(void)
{
	return !(mmio_read32(regs + EDU_COMMAND) & EDU_START);
}

static void dma_begin(u64 from, u64 to, u32 command)
{
	mmio_write64(regs + EDU_SOURCE, from);
	mmio_write64(regs + EDU_TARGET, to);
	mmio_write64(regs + EDU_COUNT, sizeof(sent));
	dmb(ish);
	mmio_write64(regs + EDU_COMMAND, command | EDU_START);
}

static bool fetch(u64 address)
{
	dma_begin(address, EDU_BUFFER, 0);
	return wait_for(dma_done);
}

static bool store(u64 address)
{
	dma_begin(EDU_BUFFER, address, EDU_TO_MEMORY);
	return wait_for(dma_done);
}

static void fill(u64 seed)
{
	for (unsigned int n = 0; n < WORDS; n++) {
		sent[n] = seed + n;
		received[n] = 0;
	}
}

static bool same(void)
{
	dmb(ish);
	for (unsigned int n = 0; n < WORDS; n++)
		if (received[n] != sent[n])
			return false;
	return true;
}

/* A read that is refused leaves in the device what was there, or zeros. */
static bool same_or_nothing(void)
{
	dmb(ish);
	for (unsigned int n = 0; n < WORDS; n++)
		if (received[n] && received[n] != sent[n])
			return false;
	return true;
}

static bool open_device(void)
{
	u64 bdf = cmdline_u64("bdf", 0);
	u64 ecam = comm_region()->pci_mmconfig_base;

	config = ecam + (bdf << 12);
	if (!ecam || map_range(config, 0x1000, MAP_DEVICE) ||
	    mmio_read32(config + CFG_ID) != EDU_PCI_ID)
		return false;
	regs = mmio_read32(config + CFG_BAR0) & ~0xfU;
	if (map_range(regs, EDU_SIZE, MAP_DEVICE))
		return false;
	/* It comes without bus mastering and decoding. */
	report_equal("comes-quiet",
		     mmio_read16(config + CFG_COMMAND) & COMMAND_ON, 0);
	mmio_write16(config + CFG_COMMAND, COMMAND_ON);
	return (mmio_read32(regs + EDU_ID) & EDU_ID_MASK) == EDU_ID_VALUE;
}

/* --- DMA -------------------------------------------------------------------*/

static void own_memory(void)
{
	fill(0x0123456789abcdef);
	report_true("fetch-own", fetch((u64)sent), "does not end");
	report_true("store-own", store((u64)received), "does not end");
	report_true("own-memory", same(), "other data came back");
}

/* The script looks whether anything arrived there. */
static void foreign(const char *name, u64 address)
{
	fill(0x5a5a5a5a00000000 + address);
	received[0] = 1;
	if (fetch((u64)sent) && store(address) && fetch(address) &&
	    store((u64)received))
		report_true(name, same_or_nothing(), "data came from there");
	else
		report_fail(name, "does not end");
}

/* --- messages
 * ---------------------------------------------------------------*/

static void handle_irq(u32 irq)
{
	if (irq != cmdline_u64("irq", 0))
		return;
	mmio_write32(regs + EDU_ACK, mmio_read32(regs + EDU_STATUS));
	interrupts++;
}

static bool interrupted(void)
{
	return interrupts;
}

static void set_message(u64 address, bool on)
{
	mmio_write32(config + MSI_ADDRESS, (u32)address);
	mmio_write32(config + MSI_ADDRESS + 4, (u32)(address >> 32));
	mmio_write16(config + MSI_DATA, (u16)cmdline_u64("irq", 0));
	mmio_write16(config + MSI_CONTROL, on ? MSI_ENABLE : 0);
}

static bool message_is_on(void)
{
	return mmio_read16(config + MSI_CONTROL) & MSI_ENABLE;
}

/* A message is an edge (ARM IHI 0048B 4.3.13), two bits an interrupt. */
static void set_edge(u32 irq)
{
	u64 reg = comm_region()->gicd_base + GICD_ICFGR + irq / 16 * 4;

	mmio_write32(reg, mmio_read32(reg) | 2U << irq % 16 * 2);
}

static void messages(void)
{
	u64 address = cmdline_u64("msi", 0);

	if (!address) {
		report_skip("msi", "nothing takes messages here");
		return;
	}
	report_equal("irq-init", (u64)irq_init(handle_irq), 0);
	set_edge((u32)cmdline_u64("irq", 0));
	irq_unmask((u32)cmdline_u64("irq", 0));
	irq_enable();
	set_message(cmdline_u64("root", 0), true);
	report_true("msi-foreign", !message_is_on(), "was turned on");
	set_message(address, true);
	report_true("msi-on", message_is_on(), "was not turned on");
	mmio_write32(regs + EDU_RAISE, 1);
	report_true("msi", wait_for(interrupted), "no interrupt");
	irq_disable();
	report_equal("msi-count", interrupts, 1);
	set_message(address, false);
}

void inmate_main(void)
{
	char end[8];

	if (!open_device()) {
		report_fail("device", "is not there");
		report_done();
		return;
	}
	own_memory();
	foreign("root-memory", cmdline_u64("root", 0));
	/* its own page of registers is no memory of the cell, either */
	foreign("device-registers", regs + EDU_SIZE);
	own_memory();
	messages();
	report_done();
	if (cmdline_string("end", end, sizeof(end)) && !strcmp(end, "dma"))
		dma_begin(EDU_BUFFER, cmdline_u64("root", 0), EDU_TO_MEMORY);
}
