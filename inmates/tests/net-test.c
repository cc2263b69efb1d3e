/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * A peer of the network protocol that breaks its rules. It goes through the
 * states until both sides run, then writes what it should not: each round one
 * kind of nonsense, chosen by chance, beside valid frames. A peer that is right
 * resets the link or drops the frame, and comes back.
 *
 *   seed=N    where the numbers start
 *   rounds=N  how many
 */
#include <inmate.h>

#include "prng.h"

enum {
	RESET,
	INIT,
	READY,
	RUN
};

/* The usual section of 508 KiB: see driver/guest/net_layout.c */
#define RING	   2048U
#define AVAIL	   0x8000U
#define USED_EVENT (AVAIL + 4 + 2 * RING)
#define USED	   0x9040U
#define DATA	   0xd080U
#define SECTION	   0x7f000U

#define FRAME_SIZE 60U

static struct ivshmem shm;
static u64 own; /* our output section */
static u16 head;
static u32 frames;

static u16 random16(struct prng *prng)
{
	return (u16)prng_next(prng);
}

/* --- states
 * ------------------------------------------------------------------------ */

static u32 peer_state(void)
{
	return ivshmem_state(&shm, !shm.id);
}

/* Until the peer is in one of the states, a bit each; false after 5 s */
static bool wait_for_peer(u32 states)
{
	u64 deadline = timer_ticks() + 5 * timer_frequency();

	while (!(states >> peer_state() & 1)) {
		if (timer_ticks() > deadline)
			return false;
		cpu_relax();
	}
	return true;
}

static bool connect(void)
{
	u64 offset;

	ivshmem_set_state(&shm, RESET);
	if (!wait_for_peer(1U << RESET | 1U << INIT))
		return false;
	ivshmem_set_state(&shm, INIT);
	if (!wait_for_peer(1U << INIT | 1U << READY | 1U << RUN))
		return false;
	for (offset = 0; offset < DATA; offset += 8)
		mmio_write64(own + offset, 0);
	head = 0;
	ivshmem_set_state(&shm, READY);
	if (!wait_for_peer(1U << READY | 1U << RUN))
		return false;
	ivshmem_set_state(&shm, RUN);
	return wait_for_peer(1U << RUN);
}

/* --- frames
 * ------------------------------------------------------------------------ */

static void describe(u32 n, u64 addr, u32 len, u16 flags)
{
	mmio_write64(own + n * 16, addr);
	mmio_write32(own + n * 16 + 8, len);
	mmio_write16(own + n * 16 + 12, flags);
}

static void show(u16 n, u16 index)
{
	mmio_write16(own + AVAIL + 4 + (head & (RING - 1)) * 2, n);
	dmb(ish);
	mmio_write16(own + AVAIL + 2, index);
	ivshmem_ring(&shm, !shm.id, 0);
}

/* To everybody, of a protocol that nobody knows */
static void send_valid(void)
{
	u32 n = head & (RING - 1), offset = DATA + n % 64 * 64;

	mmio_write64(own + offset, 0x0002ffffffffffffULL);
	mmio_write64(own + offset + 8, 0xb58801000000ULL);
	describe(n, offset, FRAME_SIZE, 0);
	head++;
	mmio_write16(own + AVAIL + 4 + n * 2, (u16)n);
	dmb(ish);
	mmio_write16(own + AVAIL + 2, head);
	ivshmem_ring(&shm, !shm.id, 0);
	frames++;
}

/* One frame that this makes */
static void send(u64 addr, u32 len, u16 flags)
{
	u16 n = head & (RING - 1);

	describe(n, addr, len, flags);
	show(n, ++head);
}

static void bad_address(struct prng *prng)
{
	send(prng_next(prng), FRAME_SIZE, 0);
}

static void bad_end(struct prng *prng)
{
	send(SECTION - prng_next(prng) % FRAME_SIZE, FRAME_SIZE, 0);
}

static void bad_length(struct prng *prng)
{
	send(DATA, (u32)prng_next(prng), 0);
}

static void short_frame(struct prng *prng)
{
	send(DATA, (u32)(prng_next(prng) % 14), 0);
}

static void wrapping_length(struct prng *prng)
{
	(void)prng;
	send(DATA, 0xffffffff, 0);
}

static void bad_flags(struct prng *prng)
{
	send(DATA, FRAME_SIZE, random16(prng) | 1);
}

static void bad_number(struct prng *prng)
{
	show(random16(prng) | 0x8000, (u16)(head + 1));
}

static void bad_index(struct prng *prng)
{
	show(0, (u16)(head + RING + 1 + prng_next(prng) % 30000));
}

static void bad_used_index(struct prng *prng)
{
	mmio_write16(own + USED + 2, random16(prng));
	ivshmem_ring(&shm, !shm.id, 0);
}

static void bad_used(struct prng *prng)
{
	u32 n;

	for (n = 0; n < RING; n++)
		mmio_write64(own + USED + 4 + n * 8, prng_next(prng));
	bad_used_index(prng);
}

/* What is read twice would be seen to change. */
static void changing(struct prng *prng)
{
	u16 n = head & (RING - 1);
	u32 i;

	describe(n, DATA, FRAME_SIZE, 0);
	show(n, ++head);
	for (i = 0; i < 2000; i++)
		describe(n, i & 1 ? DATA : prng_next(prng),
			 i & 2 ? FRAME_SIZE : (u32)prng_next(prng), 0);
}

static void all_random(struct prng *prng)
{
	u64 offset;

	for (offset = 0; offset < DATA; offset += 8)
		mmio_write64(own + offset, prng_next(prng));
	ivshmem_ring(&shm, !shm.id, 0);
}

static void storm(struct prng *prng)
{
	u32 n;

	(void)prng;
	for (n = 0; n < 20000; n++)
		ivshmem_ring(&shm, !shm.id, 0);
}

static void states(struct prng *prng)
{
	u32 n;

	for (n = 0; n < 100; n++)
		ivshmem_set_state(&shm, prng_next(prng) & 1
						? (u32)prng_next(prng) % 5
						: (u32)prng_next(prng));
}

static void (*const kinds[])(struct prng *prng) = {
	bad_address, bad_end,	 bad_length, short_frame, wrapping_length,
	bad_flags,   bad_number, bad_index,  bad_used,	  bad_used_index,
	changing,    all_random, storm,	     states,
};

/* --- the test
 * ---------------------------------------------------------------------- */

static bool run_round(struct prng *prng)
{
	u32 n;

	if (!connect())
		return false;

	for (n = 0; n < 8; n++)
		send_valid();
	kinds[prng_next(prng) % ARRAY_SIZE(kinds)](prng);
	return true;
}

void inmate_main(void)
{
	u64 rounds = cmdline_u64("rounds", 100), n;
	struct prng prng;
	int err = ivshmem_open(&shm, IVSHMEM_ANY);

	prng_seed(&prng, cmdline_u64("seed", 1));
	if (err || shm.output_size != SECTION || shm.peers != 2) {
		printk("net-test: no network link: error %d\n", err);
		inmate_stop(JAILHOUSE_CELL_FAILED);
	}
	own = ivshmem_output(&shm, shm.id);
	for (n = 0; n < rounds && run_round(&prng); n++)
		;
	ivshmem_set_state(&shm, RESET);
	printk("Rounds: %llu of %llu, %u valid frames\n", n, rounds, frames);
	if (n < rounds)
		inmate_stop(JAILHOUSE_CELL_FAILED);
}
