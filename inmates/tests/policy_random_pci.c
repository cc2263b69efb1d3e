/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Random accesses to configuration space and to the registers of an ivshmem
 * device whose other end nobody has: offsets, widths and values are random, and
 * what is read must be what a model of the device says. Left out is what would
 * end the cell, which access-test does, and the doorbell to this cell itself.
 */
#include <inmate.h>

#include "policy.h"
#include "policy_random.h"
#include "report.h"

#define NO_DEVICE   0xffffffffU
#define BUS_SIZE    0x100000U
#define CONFIG_SIZE 0x80U /* of the device; behind it, all ones */
#define REGS_SIZE   0x1000U

#define CFG_COMMAND 0x04
#define CFG_BAR0    0x10
#define COMMAND_MEM 0x0002

static struct {
	u32 bdf; /* NO_DEVICE: there is none */
	u64 config, regs, state_table;
	/* the model */
	u32 shadow[CONFIG_SIZE / 4];
	u32 int_control, state;
	u32 peers;
} device;

/*
 * Dwords that may be written, with the bits that change; all others are fatal.
 * PCI Local Bus Specification 3.0, 6.2: a system that looks for devices writes
 * to all BARs, the ROM's too.
 */
static const struct {
	u32 offset, bits;
} writable[] = {
	{ CFG_COMMAND, 0x0406 },
	{ 0x0c, 0 },
	{ CFG_BAR0, 0xfffff000 },
	{ 0x14, 0 },
	{ 0x18, 0 },
	{ 0x1c, 0 },
	{ 0x20, 0 },
	{ 0x24, 0 },
	{ 0x30, 0 },
	{ 0x3c, 0xff },
	{ 0x40, 0x01000000 },
};

static u64 width_mask(unsigned int width)
{
	return width == 8 ? ~0ULL : (1ULL << 8 * width) - 1;
}

/* 1, 2, 4 and, if largest is 8, 8 */
static unsigned int random_width(unsigned int largest)
{
	return 1U << prng_below(&policy_run.prng, largest == 8 ? 4 : 3);
}

/* Aligned, since nothing else comes through device memory; more often where
 * registers are. */
static u32 random_offset(u32 dense, u32 all, unsigned int width)
{
	u32 limit = prng_below(&policy_run.prng, 4) ? dense : all;

	return (u32)prng_below(&policy_run.prng, limit) & ~(width - 1);
}

static void count(void)
{
	policy_run.accesses++;
	policy_run.pci_accesses++;
}

static u64 read_width(u64 addr, unsigned int width)
{
	count();
	switch (width) {
	case 1:
		return mmio_read8(addr);
	case 2:
		return mmio_read16(addr);
	case 8:
		return mmio_read64(addr);
	default:
		return mmio_read32(addr);
	}
}

static void write_width(u64 addr, u64 value, unsigned int width)
{
	count();
	switch (width) {
	case 1:
		mmio_write8(addr, (u8)value);
		break;
	case 2:
		mmio_write16(addr, (u16)value);
		break;
	case 8:
		mmio_write64(addr, value);
		break;
	default:
		mmio_write32(addr, (u32)value);
	}
}

/* --- configuration space
 * ----------------------------------------------------------- */

/* All ones, unless it is the device's; extended registers, too. */
static bool foreign_function(void)
{
	u32 offset = (u32)prng_below(&policy_run.prng, BUS_SIZE);

	if (offset >> 12 == device.bdf)
		return true;
	count();
	return policy_same("PCI read", offset, policy_pci_ones(offset), true);
}

static bool config_read(void)
{
	unsigned int width = random_width(4);
	u32 offset = random_offset(CONFIG_SIZE, 0x1000, width);
	u64 expected = width_mask(width);

	if (offset < CONFIG_SIZE)
		expected &= device.shadow[offset / 4] >> offset % 4 * 8;
	return policy_same("config read", offset,
			   read_width(device.config + offset, width), expected);
}

/* Registers answer where they were. */
static bool restore(u32 offset, u32 value)
{
	write_width(device.config + offset, value, 4);
	device.shadow[offset / 4] = (u32)read_width(device.config + offset, 4);
	return policy_same("registers after a move", offset,
			   read_width(device.regs + IVSHMEM_REG_PEERS, 4),
			   device.peers);
}

static bool config_write(void)
{
	u64 n = prng_below(&policy_run.prng, ARRAY_SIZE(writable));
	unsigned int width = random_width(4), shift;
	u32 offset = writable[n].offset, bits = writable[n].bits;
	u32 byte = (u32)prng_below(&policy_run.prng, 4) & ~(width - 1);
	u32 *shadow = &device.shadow[offset / 4], before = *shadow;
	u64 value = prng_next(&policy_run.prng);

	shift = byte * 8;
	write_width(device.config + offset + byte, value, width);
	bits &= (u32)(width_mask(width) << shift);
	*shadow = (before & ~bits) |
		  ((u32)((value & width_mask(width)) << shift) & bits);
	if (!policy_same("config write", offset + byte,
			 read_width(device.config + offset, 4), *shadow))
		return false;
	if (offset == CFG_COMMAND || offset == CFG_BAR0)
		return restore(offset, before);
	return true;
}

/* --- registers
 * --------------------------------------------------------------------- */

static u64 register_model(u32 offset, unsigned int width)
{
	if (width != 4)
		return 0;
	switch (offset) {
	case IVSHMEM_REG_PEERS:
		return device.peers;
	case IVSHMEM_REG_INT_CTRL:
		return device.int_control;
	case IVSHMEM_REG_STATE:
		return device.state;
	default: /* the device's own id is 0 */
		return 0;
	}
}

static bool register_read(void)
{
	unsigned int width = random_width(8);
	u32 offset = random_offset(0x18, REGS_SIZE, width);

	return policy_same("register read", offset,
			   read_width(device.regs + offset, width),
			   register_model(offset, width));
}

static bool register_write(void)
{
	unsigned int width = random_width(8);
	u32 offset = random_offset(0x18, REGS_SIZE, width);
	u64 value = prng_next(&policy_run.prng);

	if (width == 4 && offset == IVSHMEM_REG_DOORBELL && (u32)value == 0)
		value = 1;
	write_width(device.regs + offset, value, width);
	if (width == 4 && offset == IVSHMEM_REG_INT_CTRL)
		device.int_control = value & 1;
	if (width == 4 && offset == IVSHMEM_REG_STATE)
		device.state = (u32)value;
	return policy_same("state table", offset,
			   mmio_read32(device.state_table), device.state);
}

/* --- all of them
 * ------------------------------------------------------------------- */

static bool (*const rows[])(void) = {
	foreign_function, config_read,	 config_read,	 config_write,
	register_read,	  register_read, register_write, register_write,
};

static bool open_device(u32 bdf)
{
	struct ivshmem shm;
	u32 dword;

	if (ivshmem_open(&shm, bdf) || shm.id != 0)
		return false;
	device.bdf = bdf;
	device.config = shm.config;
	device.regs = shm.regs;
	device.state_table = shm.state_table;
	device.peers = shm.peers;
	for (dword = 0; dword < CONFIG_SIZE / 4; dword++)
		device.shadow[dword] = mmio_read32(device.config + dword * 4);
	device.int_control = mmio_read32(device.regs + IVSHMEM_REG_INT_CTRL);
	device.state = mmio_read32(device.regs + IVSHMEM_REG_STATE);
	return true;
}

bool policy_random_pci_setup(void)
{
	u32 bdf = (u32)cmdline_u64("ivshmem", NO_DEVICE);

	device.bdf = NO_DEVICE;
	if (!policy_pci_present())
		return false;
	if (bdf != NO_DEVICE && !open_device(bdf))
		report_fail("random-pci", "no ivshmem device 0x%x", bdf);
	return true;
}

bool policy_random_pci(void)
{
	if (device.bdf == NO_DEVICE)
		return foreign_function();
	return rows[prng_below(&policy_run.prng, ARRAY_SIZE(rows))]();
}

void policy_random_pci_end(void)
{
	if (device.bdf != NO_DEVICE)
		mmio_write32(device.regs + IVSHMEM_REG_INT_CTRL, 0);
}
