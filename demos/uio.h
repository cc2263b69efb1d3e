/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An ivshmem device through the driver uio_ivshmem */
#ifndef DEMOS_UIO_H
#define DEMOS_UIO_H

#include <stddef.h>
#include <stdint.h>

enum uio_map {
	UIO_REGISTERS,
	UIO_STATE_TABLE,
	UIO_RW,
	UIO_OUTPUTS,
	UIO_OWN_OUTPUT,
	UIO_NUM_MAPS
};

/* Registers, as numbers of 32-bit words */
enum {
	REG_ID,
	REG_MAX_PEERS,
	REG_INT_CTRL,
	REG_DOORBELL,
	REG_STATE,
};

struct uio {
	int fd;
	struct {
		volatile uint32_t *words; /* NULL: the section is empty */
		uint64_t address;
		size_t size;
	} map[UIO_NUM_MAPS];
	uint32_t id, peers;
};

/* Opens "/dev/uio0" and maps all of it; says what is wrong, -1. */
int uio_open(struct uio *uio, const char *path);
void uio_close(struct uio *uio);

/* Waits for interrupts; *count is their number since the device was there.
 * -1 with errno when interrupted. */
int uio_wait(const struct uio *uio, uint32_t *count);

static inline uint32_t uio_read(const struct uio *uio, unsigned int reg)
{
	return uio->map[UIO_REGISTERS].words[reg];
}

/* What was written to shared memory before is seen before the effect. */
static inline void uio_write(const struct uio *uio, unsigned int reg,
			     uint32_t value)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	uio->map[UIO_REGISTERS].words[reg] = value;
}

static inline void uio_ring(const struct uio *uio, uint32_t peer,
			    uint32_t vector)
{
	uio_write(uio, REG_DOORBELL, peer << 16 | vector);
}

static inline uint32_t uio_state(const struct uio *uio, uint32_t peer)
{
	return uio->map[UIO_STATE_TABLE].words[peer];
}

#endif
