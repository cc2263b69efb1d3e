/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* ivshmem devices, version 2: shared memory and interrupts between cells */
#ifndef INMATE_IVSHMEM_H
#define INMATE_IVSHMEM_H

#include <stdbool.h>

#include <asm/sysreg.h>
#include <inmate/io.h>

/* Any device, in the functions below */
#define IVSHMEM_ANY 0xffffU

#define IVSHMEM_MAX_PEERS 12U

/* Registers, 32 bits each */
#define IVSHMEM_REG_ID	     0x00
#define IVSHMEM_REG_PEERS    0x04
#define IVSHMEM_REG_INT_CTRL 0x08
#define IVSHMEM_REG_DOORBELL 0x0c
#define IVSHMEM_REG_STATE    0x10

struct ivshmem {
	u64 config; /* its configuration space */
	u64 regs;
	u32 bdf;
	u32 protocol;
	u32 id, peers;
	u32 irq;		     /* INTID of INTx */
	u64 state_table, rw, output; /* addresses; output is that of peer 0 */
	u64 state_size, rw_size, output_size;
};

/**
 * ivshmem_open - find a device of this cell and make it ready for use
 * @shm: filled in
 * @bdf: bus << 8 | device << 3 | function, or IVSHMEM_ANY for the first one
 *
 * Maps registers and sections as far as the cell may use them. Interrupts stay
 * off, see ivshmem_enable_irq() and irq_unmask(). One device at a time, since
 * each open places the registers right behind the window of bus 0.
 *
 * Return: 0; -ENODEV without a device; -EINVAL if it makes no sense; -ENOMEM
 * if it cannot be mapped.
 */
int ivshmem_open(struct ivshmem *shm, u32 bdf);

static inline void ivshmem_enable_irq(const struct ivshmem *shm, bool on)
{
	mmio_write32(shm->regs + IVSHMEM_REG_INT_CTRL, on);
}

/* What was written to shared memory before is visible to who is rung. */
static inline void ivshmem_ring(const struct ivshmem *shm, u32 peer, u32 vector)
{
	dmb(ish);
	mmio_write32(shm->regs + IVSHMEM_REG_DOORBELL, peer << 16 | vector);
}

/* Tells all others, by an interrupt too if it differs. */
static inline void ivshmem_set_state(const struct ivshmem *shm, u32 state)
{
	dmb(ish);
	mmio_write32(shm->regs + IVSHMEM_REG_STATE, state);
}

static inline u32 ivshmem_state(const struct ivshmem *shm, u32 peer)
{
	return mmio_read32(shm->state_table + peer * sizeof(u32));
}

/* Where the output section of this peer is */
static inline u64 ivshmem_output(const struct ivshmem *shm, u32 peer)
{
	return shm->output + peer * shm->output_size;
}

#endif
