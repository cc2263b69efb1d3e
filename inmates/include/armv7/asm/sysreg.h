/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * System registers by their names in AArch64, which code for both uses: bits,
 * and fields of MRC or MRRC of coprocessor 15. ARM DDI 0487, G1.20.3 has the
 * mapping; those of GICv3 are in ARM IHI 0069H, 12.4.
 */
#ifndef INMATE_ASM_SYSREG_H
#define INMATE_ASM_SYSREG_H

#include <jailhouse/types.h>

/* clang-format off */
#define mpidr_el1	32, 0, c0, c0, 5
#define vbar_el1	32, 0, c12, c0, 0
#define tpidr_el1	32, 0, c13, c0, 4
#define cntfrq_el0	32, 0, c14, c0, 0
#define cntv_ctl_el0	32, 0, c14, c3, 1
#define cntvct_el0	64, 1, c14
#define cntv_cval_el0	64, 3, c14

#define ICC_PMR_EL1	32, 0, c4, c6, 0
#define ICC_DIR_EL1	32, 0, c12, c11, 1
#define ICC_IAR1_EL1	32, 0, c12, c12, 0
#define ICC_EOIR1_EL1	32, 0, c12, c12, 1
#define ICC_BPR1_EL1	32, 0, c12, c12, 3
#define ICC_CTLR_EL1	32, 0, c12, c12, 4
#define ICC_SRE_EL1	32, 0, c12, c12, 5
#define ICC_IGRPEN1_EL1	32, 0, c12, c12, 7
#define ICC_SGI1R_EL1	64, 0, c12
/* clang-format on */

#define sysreg_read(...)	 SYSREG_READ_(__VA_ARGS__)
#define SYSREG_READ_(bits, ...)	 SYSREG_READ_##bits(__VA_ARGS__)
#define sysreg_write(...)	 SYSREG_WRITE_(__VA_ARGS__)
#define SYSREG_WRITE_(bits, ...) SYSREG_WRITE_##bits(__VA_ARGS__)

#define SYSREG_READ_32(opc1, crn, crm, opc2)                                   \
	({                                                                     \
		u32 value_;                                                    \
		__asm__ volatile("mrc p15, " #opc1 ", %0, " #crn ", " #crm     \
				 ", " #opc2                                    \
				 : "=r"(value_)::"memory");                    \
		(u64) value_;                                                  \
	})

#define SYSREG_WRITE_32(opc1, crn, crm, opc2, value)                           \
	__asm__ volatile("mcr p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2  \
			 :                                                     \
			 : "r"((u32)(value))                                   \
			 : "memory")

#define SYSREG_READ_64(opc1, crm)                                              \
	({                                                                     \
		u64 value_;                                                    \
		__asm__ volatile("mrrc p15, " #opc1 ", %Q0, %R0, " #crm        \
				 : "=r"(value_)::"memory");                    \
		value_;                                                        \
	})

#define SYSREG_WRITE_64(opc1, crm, value)                                      \
	__asm__ volatile("mcrr p15, " #opc1 ", %Q0, %R0, " #crm                \
			 :                                                     \
			 : "r"((u64)(value))                                   \
			 : "memory")

#define isb()	    __asm__ volatile("isb" ::: "memory")
#define dsb(domain) __asm__ volatile("dsb " #domain ::: "memory")
#define dmb(domain) __asm__ volatile("dmb " #domain ::: "memory")

static inline void cpu_relax(void)
{
	__asm__ volatile("yield" ::: "memory");
}

static inline void wait_for_interrupt(void)
{
	__asm__ volatile("dsb sy\n\twfi" ::: "memory");
}

static inline void irq_enable(void)
{
	__asm__ volatile("cpsie i" ::: "memory");
}

static inline void irq_disable(void)
{
	__asm__ volatile("cpsid i" ::: "memory");
}

/* Interrupts off; returns what irq_restore() puts back. */
static inline unsigned long irq_save(void)
{
	unsigned long flags;

	__asm__ volatile("mrs %0, cpsr" : "=r"(flags)::"memory");
	irq_disable();
	return flags;
}

static inline void irq_restore(unsigned long flags)
{
	__asm__ volatile("msr cpsr_c, %0" ::"r"(flags) : "memory");
}

/*
 * Sleep until an interrupt is pending, then take it. Interrupts are masked
 * before and after, so that none gets lost between a look at what a handler
 * changes and the sleep.
 */
static inline void irq_wait(void)
{
	wait_for_interrupt();
	irq_enable();
	isb();
	irq_disable();
}

/* Affinity fields of this CPU, in the places they have in MPIDR */
static inline u64 cpu_mpidr(void)
{
	return sysreg_read(mpidr_el1) & 0xffffffU;
}

#endif
