/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all tests of the hypervisor's core include. */
#ifndef HV_TEST_H
#define HV_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <host/host.h>

/* The core's own, under the names they have beside a C library. */
int hv_snprintf(char *buf, size_t size, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Numbers that look random and repeat for a seed: xorshift64*. The seed is
 * JHW_SEED of the environment, else a fixed one; property tests print it.
 */
struct prng {
	uint64_t state;
};

static inline uint64_t prng_next(struct prng *prng)
{
	prng->state ^= prng->state >> 12;
	prng->state ^= prng->state << 25;
	prng->state ^= prng->state >> 27;
	return prng->state * 0x2545f4914f6cdd1dULL;
}

/* 0 to limit - 1 */
static inline unsigned int prng_below(struct prng *prng, unsigned int limit)
{
	return (unsigned int)((prng_next(prng) >> 32) % limit);
}

static inline struct prng prng_for(const char *test)
{
	const char *text = getenv("JHW_SEED");
	uint64_t seed = text ? strtoull(text, NULL, 0) : 0x6a686f7573656576ULL;

	print_message("%s: JHW_SEED=0x%llx\n", test, (unsigned long long)seed);
	return (struct prng){ .state = seed ? seed : 1 };
}

#endif
