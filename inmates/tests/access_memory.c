/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Accesses to addresses: the plain ones, of which the hypervisor is told
 * width and register, and others that hardware reports without.
 */
#include <stdint.h>

#include <inmate.h>

#include "access.h"
#include "access_arch.h"

static bool map_target(const struct access *access, unsigned int flags)
{
	int err = map_range(access->addr, access->width, flags);

	if (err)
		printk("access-test: cannot map 0x%llx: error %d\n",
		       access->addr, err);
	return err == 0;
}

static void print_memory(const struct access *access)
{
	printk("%s of %u bytes at 0x%016llx\n", access->op->name, access->width,
	       access->addr);
}

/*
 * Device memory: no access but the one that is asked for, and none that the
 * architecture would have to split if the address is odd.
 */
static u64 run_read(const struct access *access)
{
	if (!map_target(access, MAP_DEVICE))
		return 0;
	switch (access->width) {
	case 1:
		return mmio_read8(access->addr);
	case 2:
		return mmio_read16(access->addr);
	case 8:
		return mmio_read64(access->addr);
	default:
		return mmio_read32(access->addr);
	}
}

static u64 run_write(const struct access *access)
{
	u64 value = access->value;

	if (!map_target(access, MAP_DEVICE))
		return 0;
	switch (access->width) {
	case 1:
		mmio_write8(access->addr, (u8)value);
		break;
	case 2:
		mmio_write16(access->addr, (u16)value);
		break;
	case 8:
		mmio_write64(access->addr, value);
		break;
	default:
		mmio_write32(access->addr, (u32)value);
	}
	return value;
}

static u64 run_exec(const struct access *access)
{
	if (!map_target(access, MAP_RAM | MAP_EXEC))
		return 0;
	((void (*)(void))(uintptr_t)access->addr)();
	return 0;
}

static u64 run_pair(const struct access *access)
{
	return map_target(access, MAP_DEVICE) ? access_load_pair(access->addr)
					      : 0;
}

static u64 run_postindex(const struct access *access)
{
	return map_target(access, MAP_DEVICE)
		       ? access_load_postindex(access->addr)
		       : 0;
}

static u64 run_exclusive(const struct access *access)
{
	return map_target(access, MAP_RAM) ? access_load_exclusive(access->addr)
					   : 0;
}

static u64 run_zero(const struct access *access)
{
	if (map_target(access, MAP_RAM))
		access_store_line(access->addr);
	return 0;
}

/* Page tables in the memory of somebody else: the walk itself is the access. */
static u64 run_walk(const struct access *access)
{
	access_walk_tables(access->addr & ~0xfffULL);
	return 0;
}

const struct access_op access_memory_ops[] = {
	{ "read", print_memory, run_read },
	{ "write", print_memory, run_write },
	{ "exec", print_memory, run_exec },
	{ "pair", print_memory, run_pair },
	{ "postindex", print_memory, run_postindex },
	{ "exclusive", print_memory, run_exclusive },
	{ "zero", print_memory, run_zero },
	{ "walk", print_memory, run_walk },
};

const unsigned int access_num_memory_ops = ARRAY_SIZE(access_memory_ops);
