/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Random numbers that a printed seed repeats: xorshift64* by S. Vigna */
#ifndef INMATE_TESTS_PRNG_H
#define INMATE_TESTS_PRNG_H

#include <jailhouse/types.h>

struct prng {
	u64 state;
};

/* Seeds that are close to each other, like 1 and 2, must not give numbers
 * that are: the finisher of splitmix64 spreads them. Never 0 for xorshift. */
static inline void prng_seed(struct prng *prng, u64 seed)
{
	seed += 0x9e3779b97f4a7c15ULL;
	seed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9ULL;
	seed = (seed ^ (seed >> 27)) * 0x94d049bb133111ebULL;
	seed ^= seed >> 31;
	prng->state = seed ? seed : 1;
}

static inline u64 prng_next(struct prng *prng)
{
	u64 x = prng->state;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	prng->state = x;
	return x * 0x2545f4914f6cdd1dULL;
}

/* 0 <= result < limit, limit at most 2^32 */
static inline u64 prng_below(struct prng *prng, u64 limit)
{
	return (prng_next(prng) >> 32) * limit >> 32;
}

#endif
