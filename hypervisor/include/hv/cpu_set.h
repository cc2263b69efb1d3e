/* SPDX-License-Identifier: GPL-2.0-only */
/* Sets of logical CPUs, of fixed size. */
#ifndef HV_CPU_SET_H
#define HV_CPU_SET_H

#include <hv/types.h>

#define HV_MAX_CPUS   256U
#define CPU_SET_WORDS (HV_MAX_CPUS / 64)

struct cpu_set {
	u64 word[CPU_SET_WORDS];
};

static inline bool cpu_set_has(const struct cpu_set *set, unsigned int cpu)
{
	return cpu < HV_MAX_CPUS && (set->word[cpu / 64] >> (cpu % 64) & 1);
}

static inline void cpu_set_add(struct cpu_set *set, unsigned int cpu)
{
	if (cpu < HV_MAX_CPUS)
		set->word[cpu / 64] |= 1ULL << (cpu % 64);
}

static inline void cpu_set_remove(struct cpu_set *set, unsigned int cpu)
{
	if (cpu < HV_MAX_CPUS)
		set->word[cpu / 64] &= ~(1ULL << (cpu % 64));
}

/* Lowest member that is >= cpu, HV_MAX_CPUS if there is none. */
static inline unsigned int cpu_set_next(const struct cpu_set *set,
					unsigned int cpu)
{
	unsigned int word = cpu / 64;
	u64 bits;

	if (cpu >= HV_MAX_CPUS)
		return HV_MAX_CPUS;
	bits = set->word[word] & (~0ULL << (cpu % 64));
	while (!bits) {
		if (++word == CPU_SET_WORDS)
			return HV_MAX_CPUS;
		bits = set->word[word];
	}
	return word * 64 + (unsigned int)__builtin_ctzll(bits);
}

static inline unsigned int cpu_set_count(const struct cpu_set *set)
{
	unsigned int count = 0;

	/* Not __builtin_popcountll: a library call, or an FP register. */
	for (unsigned int n = 0; n < CPU_SET_WORDS; n++)
		for (u64 bits = set->word[n]; bits; bits &= bits - 1)
			count++;
	return count;
}

#define for_each_cpu(cpu, set)                                                 \
	for ((cpu) = cpu_set_next((set), 0); (cpu) < HV_MAX_CPUS;              \
	     (cpu) = cpu_set_next((set), (cpu) + 1))

#endif
