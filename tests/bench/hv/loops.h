/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Instructions that trap, in loops. Shared by the inmate and the module, since
 * both run them at EL1.
 *
 * Without the instruction that traps, a turn has LOOP_LENGTH instructions, so
 * that an hvc to a vector with nothing but an eret would take 23: as it did
 * where the yardstick was measured. Nothing is subtracted.
 *
 * A result is a line "ROW TENTHS TURNS NAME", in tenths of a nanosecond. TURNS
 * is how many of them lie in the window for the profiler, 0 if there is none;
 * the n-th line that has one belongs to the n-th window.
 */
#ifndef BENCH_LOOPS_H
#define BENCH_LOOPS_H

#define LOOP_LENGTH 21
#define LOOP_TURNS  1000
/* Other CPUs get in between now and then: the least of several runs counts. */
#define LOOP_RUNS 30

#define LOOP_STR_(x) #x
#define LOOP_STR(x)  LOOP_STR_(x)

/* clang-format off */
/*
 * void loop_NAME(n, a, b, c): n turns of `body`, in which `length` instructions
 * are not the one that traps, padding, and the two of the loop itself.
 */
#define LOOP(name, body, length)                                               \
	static __attribute__((unused)) void loop_##name(u64 n, u64 a, u64 b,   \
							u64 c)                 \
	{                                                                      \
		__asm__ volatile("1:\n\t" body "\n\t"                          \
				 ".rept " LOOP_STR(LOOP_LENGTH - 2 - length)   \
				 "\n\tnop\n\t.endr\n\t"                      \
				 "subs %[n], %[n], #1\n\t"                     \
				 "b.ne 1b"                                     \
				 : [n] "+r"(n)                                 \
				 : [a] "r"(a), [b] "r"(b), [c] "r"(c)          \
				 : "x0", "x1", "x2", "x3", "x4", "x5", "x6",   \
				   "x7", "x8", "x9", "x10", "x11", "x12",      \
				   "x13", "x14", "x15", "x16", "x17", "cc",    \
				   "memory");                                  \
	}

#define LOOP_ARGUMENTS "mov x0, %[a]\n\tmov x1, %[b]\n\tmov x2, %[c]\n\t"

LOOP(nothing, "nop", 0)

/* a: code or function; b, c: arguments */
LOOP(hypercall, LOOP_ARGUMENTS "hvc #0x4a48", 3)
LOOP(smc, LOOP_ARGUMENTS "smc #0", 3)

/* a: address; b: what to store. By low registers, as compilers do; %[b] itself
 * is a high one, since all others are declared as lost. */
LOOP(read32, "ldr w0, [%[a]]", 0)
LOOP(read64, "ldr x0, [%[a]]", 0)
LOOP(write8, "mov x1, %[b]\n\tstrb w1, [%[a]]", 1)
LOOP(write32, "mov x1, %[b]\n\tstr w1, [%[a]]", 1)
LOOP(write64, "mov x1, %[b]\n\tstr x1, [%[a]]", 1)
LOOP(write32_high, "str %w[b], [%[a]]", 0)

/* a: value of ICC_SGI1R_EL1. The second one takes the interrupt and ends it,
 * by ICC_IAR1_EL1 and ICC_EOIR1_EL1. */
LOOP(sgi, "mov x0, %[a]\n\tmsr S3_0_C12_C11_5, x0", 1)
LOOP(sgi_taken, "mov x0, %[a]\n\tmsr S3_0_C12_C11_5, x0\n\tisb\n\t"
		"mrs x0, S3_0_C12_C12_0\n\tmsr S3_0_C12_C12_1, x0", 4)
/* clang-format on */

struct loop {
	const char *name;
	void (*run)(u64 n, u64 a, u64 b, u64 c);
	u64 a, b, c;
};

static u64 loop_counter(void)
{
	u64 value;

	__asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(value)::"memory");
	return value;
}

/* A window for tests/bench/profile; nothing to a CPU. */
#define MARK_BEGIN() __asm__ volatile("hint #0x7e" ::: "memory")
#define MARK_END()   __asm__ volatile("hint #0x7f" ::: "memory")

/* Guest time of a turn in tenths of a nanosecond; a window after it. */
static u64 loop_measure(const struct loop *loop)
{
	u64 least = ~0ULL, frequency;
	unsigned int n;

	__asm__("mrs %0, cntfrq_el0" : "=r"(frequency));
	for (n = 0; n < LOOP_RUNS; n++) {
		u64 ticks = loop_counter();

		loop->run(LOOP_TURNS, loop->a, loop->b, loop->c);
		ticks = loop_counter() - ticks;
		if (ticks < least)
			least = ticks;
	}
	MARK_BEGIN();
	loop->run(LOOP_TURNS, loop->a, loop->b, loop->c);
	MARK_END();
	return least * (10000000000ULL / LOOP_TURNS) / frequency;
}

#endif
