/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* System registers by name. GICv3's are encoded, see ARM IHI 0069H, 12.2. */
#ifndef INMATE_ASM_SYSREG_H
#define INMATE_ASM_SYSREG_H

#include <jailhouse/types.h>

/* clang-format off */
#define ICC_PMR_EL1	S3_0_C4_C6_0
#define ICC_DIR_EL1	S3_0_C12_C11_1
#define ICC_SGI1R_EL1	S3_0_C12_C11_5
#define ICC_IAR1_EL1	S3_0_C12_C12_0
#define ICC_EOIR1_EL1	S3_0_C12_C12_1
#define ICC_BPR1_EL1	S3_0_C12_C12_3
#define ICC_CTLR_EL1	S3_0_C12_C12_4
#define ICC_SRE_EL1	S3_0_C12_C12_5
#define ICC_IGRPEN1_EL1	S3_0_C12_C12_7
/* clang-format on */

#define SYSREG_STR_(x) #x
#define SYSREG_STR(x)  SYSREG_STR_(x)

#define sysreg_read(reg)                                                       \
	({                                                                     \
		u64 value_;                                                    \
		__asm__ volatile("mrs %0, " SYSREG_STR(reg)                    \
				 : "=r"(value_)::"memory");                    \
		value_;                                                        \
	})

#define sysreg_write(reg, value)                                               \
	__asm__ volatile("msr " SYSREG_STR(reg) ", %x0"                        \
			 :                                                     \
			 : "rZ"((u64)(value))                                  \
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
	__asm__ volatile("msr daifclr, #2" ::: "memory");
}

static inline void irq_disable(void)
{
	__asm__ volatile("msr daifset, #2" ::: "memory");
}

/* Interrupts off; returns what irq_restore() puts back. */
static inline unsigned long irq_save(void)
{
	unsigned long flags = sysreg_read(daif);

	irq_disable();
	return flags;
}

static inline void irq_restore(unsigned long flags)
{
	sysreg_write(daif, flags);
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

/* Affinity fields of this CPU, in the places they have in MPIDR_EL1 */
static inline u64 cpu_mpidr(void)
{
	return sysreg_read(mpidr_el1) & 0xff00ffffffULL;
}

#endif
