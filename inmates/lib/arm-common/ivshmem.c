/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Found on bus 0 of the ECAM window that the comm region names. */
#include <stddef.h>

#include <inmate/comm.h>
#include <inmate/errno.h>
#include <inmate/ivshmem.h>
#include <inmate/map.h>

#define BUS_SIZE      0x100000UL
#define FUNCTION_SIZE 0x1000UL
#define NUM_FUNCTIONS 256U

#define CFG_ID	    0x00
#define CFG_COMMAND 0x04
#define CFG_CLASS   0x08
#define CFG_BAR0    0x10
#define CFG_CAPS    0x34
#define CFG_PIN	    0x3d
#define IVSHMEM_ID  0x4106110aU
#define COMMAND_ON  0x0006 /* memory, bus master */
#define REGS_SIZE   0x1000UL
#define FIRST_SPI   32U

/* Vendor capability, from its start */
#define CAP_VENDOR     0x09
#define CAP_STATE_SIZE 0x04
#define CAP_RW_SIZE    0x08
#define CAP_OUT_SIZE   0x10
#define CAP_ADDRESS    0x18

static bool is_ivshmem(u64 config)
{
	return mmio_read32(config + CFG_ID) == IVSHMEM_ID;
}

static int find_device(struct ivshmem *shm, u32 bdf)
{
	u64 ecam = comm_region()->pci_mmconfig_base;
	u32 n = bdf == IVSHMEM_ANY ? 0 : bdf;
	u32 end = bdf == IVSHMEM_ANY ? NUM_FUNCTIONS : bdf + 1;

	if (!ecam || n >= NUM_FUNCTIONS)
		return -ENODEV;
	if (map_range(ecam, BUS_SIZE, MAP_DEVICE))
		return -ENOMEM;
	for (; n < end; n++) {
		shm->config = ecam + n * FUNCTION_SIZE;
		shm->bdf = n;
		if (is_ivshmem(shm->config))
			return 0;
	}
	return -ENODEV;
}

/* The capability with the sections; 0 if there is none */
static u64 find_cap(u64 config)
{
	u32 at = mmio_read8(config + CFG_CAPS) & 0xfcU;
	unsigned int n;

	/* A list cannot be longer than the space it lies in. */
	for (n = 0; at && n < 64; n++) {
		if (mmio_read8(config + at) == CAP_VENDOR)
			return config + at;
		at = mmio_read8(config + at + 1) & 0xfcU;
	}
	return 0;
}

static u64 read64(u64 address)
{
	return mmio_read32(address) | (u64)mmio_read32(address + 4) << 32;
}

static int read_sections(struct ivshmem *shm)
{
	u64 cap = find_cap(shm->config);

	if (!cap)
		return -EINVAL;
	shm->state_size = mmio_read32(cap + CAP_STATE_SIZE);
	shm->rw_size = read64(cap + CAP_RW_SIZE);
	shm->output_size = read64(cap + CAP_OUT_SIZE);
	shm->state_table = read64(cap + CAP_ADDRESS);
	shm->rw = shm->state_table + shm->state_size;
	shm->output = shm->rw + shm->rw_size;
	return 0;
}

/* The first unused address behind the configuration space of bus 0 */
static int open_registers(struct ivshmem *shm)
{
	u32 pin = mmio_read8(shm->config + CFG_PIN);

	shm->regs = comm_region()->pci_mmconfig_base + BUS_SIZE;
	if (map_range(shm->regs, REGS_SIZE, MAP_DEVICE))
		return -ENOMEM;
	mmio_write16(shm->config + CFG_COMMAND, 0);
	mmio_write32(shm->config + CFG_BAR0, (u32)shm->regs);
	mmio_write16(shm->config + CFG_COMMAND, COMMAND_ON);
	shm->protocol = mmio_read32(shm->config + CFG_CLASS) >> 8 & 0xffff;
	shm->irq = FIRST_SPI + comm_region()->vpci_irq_base + pin - 1;
	shm->id = mmio_read32(shm->regs + IVSHMEM_REG_ID);
	shm->peers = mmio_read32(shm->regs + IVSHMEM_REG_PEERS);
	return shm->id < shm->peers && shm->peers <= IVSHMEM_MAX_PEERS
		       ? 0
		       : -EINVAL;
}

static int map_section(u64 start, u64 size, unsigned int flags)
{
	return size && map_range(start, size, flags) ? -ENOMEM : 0;
}

static int map_sections(const struct ivshmem *shm)
{
	int err = map_section(shm->state_table, shm->state_size,
			      MAP_RAM | MAP_RO);

	if (!err)
		err = map_section(shm->rw, shm->rw_size, MAP_RAM);
	if (!err)
		err = map_section(shm->output, shm->peers * shm->output_size,
				  MAP_RAM | MAP_RO);
	if (!err)
		err = map_section(ivshmem_output(shm, shm->id),
				  shm->output_size, MAP_RAM);
	return err;
}

int ivshmem_open(struct ivshmem *shm, u32 bdf)
{
	int err = find_device(shm, bdf);

	if (!err)
		err = read_sections(shm);
	if (!err)
		err = open_registers(shm);
	if (err)
		return err;
	ivshmem_enable_irq(shm, false);
	return map_sections(shm);
}
