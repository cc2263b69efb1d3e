/* SPDX-License-Identifier: GPL-2.0-only */
/* What the arm64 files share with each other. */
#ifndef ASM_ARM64_H
#define ASM_ARM64_H

#include <hv/arch.h>
#include <hv/entry.h>
#include <hv/gic.h>
#include <jailhouse/image.h>
#include <asm/layout.h>

/* General registers of the guest, on the stack of the CPU during an exit. */
struct guest_regs {
	u64 x[31];
	u64 entered; /* counter at the exit */
};

/* Time between an exit and the return to the guest, in ticks, by reason. */
struct exit_time {
	u64 total;
	u64 max;
};

#define EXIT_TIMES (JAILHOUSE_CPU_STAT_VMEXITS_CP15 + 1)

/* EL2 registers as the kernel's stub left them: given back on the way out. */
struct linux_el2 {
	/* put back by the exit code, with the MMU off */
	u64 sctlr;
	u64 tcr;
	u64 ttbr0;
	u64 mair;
	u64 vbar;
	/* put back by arch_cpu_exit() */
	u64 hcr;
	u64 vttbr;
	u64 vtcr;
	u64 mdcr;
	u64 cptr;
	u64 hstr;
	u64 tpidr;
	u64 icc_sre;
	u64 ich_hcr;
	u64 ich_vmcr;
};

/* Behind the stack in the private page of each CPU. */
struct arm64_private {
	struct cpu_local local;
	/* within reach of the stack pointer, see vectors.S */
	struct exit_time times[EXIT_TIMES];
	u64 callee_regs[14]; /* x18 to x30 and SP_EL2 at entry */
	u64 spsr;
	u64 phys_base;
	u64 pc; /* EL1 address to return to */
	struct linux_el2 saved;
	phys_t private_phys; /* of the private area, HV_PRIVATE_SIZE */
	bool cpu_up;	     /* arch_cpu_init() is complete */
};

extern struct arm64_private arm64_private;

/* In struct cell, see arch_cell_size. */
struct arch_cell {
	u64 vttbr;
	u64 hcr;
	u64 mdcr;
	u64 cptr;
};

extern unsigned int arm64_ipa_bits;

/* The exit ends, and that is why it was. */
static inline void exit_account(const struct guest_regs *regs,
				unsigned int reason)
{
	struct exit_time *time = &arm64_private.times[reason];
	u64 now, ticks;

	/* Not exact to the instruction: no ISB. */
	asm volatile("mrs %0, cntpct_el0" : "=r"(now));
	ticks = now - regs->entered;
	time->total += ticks;
	time->max = MAX(time->max, ticks);
}

/* The guest goes on behind the instruction that trapped. */
static inline void skip_instruction(void)
{
	u64 elr;

	asm volatile("mrs %0, elr_el2" : "=r"(elr));
	asm volatile("msr elr_el2, %0" : : "r"(elr + 4));
}

/*
 * Handlers of traps. At first only the registers that C may change are in
 * regs: x0 to x8, x30. One that needs others, or that is about to
 * dump them, returns TRAP_ALL_REGS before it does anything, and is called
 * again; one that has found an access to be fatal returns TRAP_FATAL.
 */
enum trap_result {
	TRAP_DONE,
	TRAP_ALL_REGS,
	TRAP_FATAL,
	TRAP_REQUESTS
};

typedef enum trap_result (*trap_handler)(struct guest_regs *regs, u32 esr,
					 bool all_regs);

#define TRAP_EARLY_REGS 0xc00001ffU /* and 31, the zero register */

static inline bool trap_has_reg(unsigned int n, bool all_regs)
{
	return all_regs || n < 9 || TRAP_EARLY_REGS >> n & 1;
}

/* Exits of AArch32 always have all registers: the others are banked ones. */
static inline bool from_aarch32(void)
{
	u64 spsr;

	asm volatile("mrs %0, spsr_el2" : "=r"(spsr));
	return spsr >> 4 & 1;
}

/* Called by the vectors, data aborts and SMCs by ways of their own; an enum
 * trap_result. Anything but TRAP_DONE goes into arm64_trap_continue(). */
unsigned int arm64_trap(struct guest_regs *regs, u64 esr);
unsigned int arm64_data_abort(struct guest_regs *regs, u64 esr);
unsigned int arm64_smc_trap(struct guest_regs *regs, u64 esr);
/* True: the guest starts anew. */
bool arm64_trap_continue(struct guest_regs *regs, unsigned int result);
bool arm64_irq(const struct guest_regs *regs);
/* Firmware call with up to four arguments, result of x0. */
long arm64_smc(u64 function, u64 arg1, u64 arg2, u64 arg3);
/* A guest's own firmware call: x0 to x7 in, x0 to x3 out. */
void arm64_smc_forward(u64 *x);
/* access.c: what the guest's own tables make of an address it may read, as they
 * are now; false if they do not say. Changes PAR_EL1. */
bool arm64_translate(u64 virt, u64 *ipa);
/* With HCR_EL2.AMO set: an SError that is pending is forgotten. */
void arm64_drain_serror(void);
void arm64_el2_fault(struct guest_regs *regs, u64 vector) __noreturn;
/* Prepares the start of a guest; returns its x0. */
u64 arm64_reset_guest(void);
int arm64_entered(phys_t phys_base, unsigned int cpu_id);

/* entry.S */
void arm64_exit(long result) __noreturn;
/* All FP/SIMD registers to zero; predicates of SVE. */
void arm64_clear_fp(void);
void arm64_clear_sve(void);

/* el1.c: all registers that EL1 can write, as after a reset into AArch32 or
 * AArch64. */
void arm64_reset_el1(bool aarch32);
/* Can this CPU run AArch32 at EL1? */
bool arm64_has_aarch32(void);

/* mmu.c */
void arm64_map_exit_page(void);
void arm64_adopt_mappings(void);
int arm64_map_linear(void);

/* stage2.c */
int arm64_stage2_init(void);
void arm64_stage2_invalidate(struct pt_space *space, u64 virt, u64 size);
int arm64_stage2_create(struct cell *cell);
void arm64_stage2_destroy(struct cell *cell);
u64 arm64_vtcr(void);

/* gicv3_cpu.c */
extern const struct gic_cpu_ops gicv3_cpu_ops;
/* A guest's write to ICC_SGI1R_EL1 */
void gicv3_send_sgi(u64 sgi1r);

/* cpu.c: the CPU interface that this machine has */
extern const struct gic_cpu_ops *arm64_gic;

/* smccc.c: an SMC of the guest, x0 = function, result in x0 (ARM DEN0028) */
enum trap_result smccc_dispatch(struct guest_regs *regs, u32 esr,
				bool all_regs);

/* abort.c, sysreg_trap.c */
enum trap_result trap_data_abort(struct guest_regs *regs, u32 esr,
				 bool all_regs);
enum trap_result trap_instruction_abort(struct guest_regs *regs, u32 esr,
					bool all_regs);
enum trap_result trap_sysreg(struct guest_regs *regs, u32 esr, bool all_regs);
/* The second half of a data abort that ended in TRAP_FATAL. */
void trap_data_abort_fatal(const struct guest_regs *regs, u32 esr);

/* aarch32_trap.c: with all registers only */
enum trap_result trap_coproc(struct guest_regs *regs, u32 esr, bool all_regs);
enum trap_result trap_hvc32(struct guest_regs *regs, u32 esr, bool all_regs);
enum trap_result trap_smc32(struct guest_regs *regs, u32 esr, bool all_regs);
void aarch32_skip_instruction(u32 esr);

/* traps.c: HVC with an immediate that is none of ours */
void trap_foreign_hvc(const struct guest_regs *regs, u32 esr);

/* dump.c: prints the message and the guest's registers. */
void trap_dump(const struct guest_regs *regs, u32 esr, const char *fmt, ...)
	__printf(3, 4);
/* And then marks the CPU as failed, so that all is printed by the time that
 * the root sees the cell as failed. */
void trap_fatal(const struct guest_regs *regs, u32 esr, const char *fmt, ...)
	__printf(3, 4);
void dump_guest(const struct guest_regs *regs, u64 esr);

#endif
