/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Accesses to the PCI window and to ivshmem registers that are fatal: to
 * functions of others, to what of its own device the cell may not change, in
 * widths that there are not, and to registers where the root has them. Its
 * device has two MSI-X vectors, and the cell has no interrupt to send by them.
 */
#include <inmate.h>

#include "access.h"
#include "prng.h"

#define BUS_SIZE      0x100000U
#define FUNCTION_SIZE 0x1000U

#define CFG_BAR1 0x14

/* BAR 1: vectors of 16 bytes, then pending bits */
#define NUM_VECTORS 2U
#define VECTOR_DATA 0x08U
#define PENDING	    0x100U
#define MSIX_END    0x200U

static u64 ecam, config, vectors;

static u32 aligned_below(struct prng *prng, u32 limit, unsigned int width)
{
	return (u32)prng_below(prng, limit) & ~(width - 1);
}

static unsigned int random_width(struct prng *prng, unsigned int kinds)
{
	return 1U << prng_below(prng, kinds);
}

static void plain(struct prng *prng, struct access *access, u64 addr,
		  unsigned int width)
{
	access->op = access_op_find(prng_below(prng, 2) ? "read" : "write");
	access->addr = addr;
	access->width = width;
}

static void write_only(struct access *access, u64 addr, unsigned int width)
{
	access->op = access_op_find("write");
	access->addr = addr;
	access->width = width;
}

/* Reads give all ones there. */
static void foreign_function(struct prng *prng, struct access *access)
{
	unsigned int width = random_width(prng, 3);
	u64 addr;

	do {
		addr = ecam + aligned_below(prng, BUS_SIZE, width);
	} while (addr >= config && addr < config + FUNCTION_SIZE);
	write_only(access, addr, width);
}

static void too_wide(struct prng *prng, struct access *access)
{
	u64 base = prng_below(prng, 2) ? config : ecam;
	u32 size = base == config ? FUNCTION_SIZE : BUS_SIZE;

	plain(prng, access, base + aligned_below(prng, size, 8), 8);
}

/* Dwords of the own device that may be written, see policy_random_pci.c;
 * the MSI-X capability's too */
static bool may_write(u32 offset)
{
	return offset == 0x04 || offset == 0x0c ||
	       (offset >= 0x10 && offset < 0x28) || offset == 0x30 ||
	       offset == 0x3c || offset == 0x40 || offset == 0x60;
}

static void read_only_register(struct prng *prng, struct access *access)
{
	unsigned int width = random_width(prng, 3);
	u32 limit = prng_below(prng, 2) ? 0x80 : FUNCTION_SIZE, offset;

	do {
		offset = aligned_below(prng, limit, width);
	} while (may_write(offset & ~3U));
	write_only(access, config + offset, width);
}

/* Right behind the window, where the root has those of its devices */
static void registers_of_root(struct prng *prng, struct access *access)
{
	unsigned int width = random_width(prng, 4);

	plain(prng, access,
	      ecam + BUS_SIZE + 0x1000 + aligned_below(prng, 0x1000, width),
	      width);
}

static void vector_width(struct prng *prng, struct access *access)
{
	static const unsigned int widths[] = { 1, 2, 8 };
	unsigned int width = widths[prng_below(prng, ARRAY_SIZE(widths))];

	plain(prng, access, vectors + aligned_below(prng, MSIX_END, width),
	      width);
}

static void no_vector(struct prng *prng, struct access *access)
{
	u32 first = NUM_VECTORS * 16;

	plain(prng, access,
	      vectors + first + aligned_below(prng, PENDING - first, 4), 4);
}

static void pending_bits(struct prng *prng, struct access *access)
{
	write_only(access,
		   vectors + PENDING +
			   aligned_below(prng, MSIX_END - PENDING, 4),
		   4);
}

static void foreign_interrupt(struct prng *prng, struct access *access)
{
	write_only(access,
		   vectors + prng_below(prng, NUM_VECTORS) * 16 + VECTOR_DATA,
		   4);
}

static void (*const kinds[])(struct prng *prng, struct access *access) = {
	foreign_function,   foreign_function,  too_wide,     read_only_register,
	read_only_register, registers_of_root, vector_width, no_vector,
	pending_bits,	    foreign_interrupt,
};

/* Registers and vectors of the device are where the kinds expect them. */
static bool open_device(u32 bdf)
{
	struct ivshmem shm;

	if (ivshmem_open(&shm, bdf))
		return false;
	ecam = comm_region()->pci_mmconfig_base;
	config = shm.config;
	vectors = shm.regs + 2 * 0x1000;
	mmio_write32(config + CFG_BAR1, (u32)vectors);
	return true;
}

bool access_random_pci(struct prng *prng, struct access *access)
{
	u32 bdf = (u32)cmdline_u64("pci", IVSHMEM_ANY);

	if (bdf == IVSHMEM_ANY || !open_device(bdf))
		return false;
	kinds[prng_below(prng, ARRAY_SIZE(kinds))](prng, access);
	return true;
}
