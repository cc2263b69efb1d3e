/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exceptions taken to EL2, and the returns to guests.
 *
 * SP_EL2 points to the end of the private stack while a guest runs. Each way
 * in saves just what its handler may change; only traps that decode or print
 * guest registers need all of them.
 */
#include <asm/layout.h>

/* ESR_EL2 of `hvc #0x4a48` from AArch64: EC 0x16, IL */
#define ESR_HYPERCALL 0x5a004a48
#define EC_SMC64      0x17
#define EC_DATA_ABORT 0x24

#define TRAP_ALL_REGS 1 /* enum trap_result */

/* enum of jailhouse/hypercall.h */
#define STAT_MMIO      1
#define STAT_HYPERCALL 3
#define STAT_PSCI      7

	/* The exit begins now, and this is all that C changes, see meson.build;
	 * x0 to x3 are saved. */
	.macro	enter_exit
	stp	x4, x5, [sp, #32]
	mrs	x4, cntpct_el0
	stp	x6, x7, [sp, #48]
	stp	x8, x16, [sp, #64]	/* x16 in the place of x9 */
	stp	x30, x4, [sp, #240]	/* and GUEST_REGS_ENTERED */
	.endm

	/* All of that but x0 and x1 */
	.macro	leave_exit
	ldr	x30, [sp, #240]
	ldp	x8, x16, [sp, #64]
	ldp	x6, x7, [sp, #48]
	ldp	x4, x5, [sp, #32]
	ldp	x2, x3, [sp, #16]
	.endm

	/* The same as exit_account(); x3 to x7 are free. The times lie behind
	 * the top of the stack. */
	.macro	account_exit reason
	mrs	x3, cntpct_el0
	ldr	x4, [sp, #GUEST_REGS_ENTERED]
	ldp	x5, x6, [sp, #GUEST_REGS_SIZE + PRIV_TIMES + \reason * 16]
	sub	x3, x3, x4
	add	x5, x5, x3
	cmp	x3, x6
	csel	x6, x3, x6, hi
	stp	x5, x6, [sp, #GUEST_REGS_SIZE + PRIV_TIMES + \reason * 16]
	.endm

	/* Behind an eret, so that nothing is speculated past it. */
	.macro	return_to_guest
	eret
	dsb	nsh
	isb
	.endm

	.macro	el2_fault vector
	.align	7
	sub	sp, sp, #GUEST_REGS_SIZE
	msr	tpidr_el2, x0
	mov	x0, sp
	tbnz	x0, #12, 1f
	/* The stack ran into the guard page below it: begin at its top. */
	ldr	x0, =HV_PRIVATE + PRIVATE_STACK_TOP - GUEST_REGS_SIZE
	mov	sp, x0
1:	mrs	x0, tpidr_el2
	stp	x0, x1, [sp]
	mov	x1, #\vector
	b	el2_fault_common
	.endm

	.section .text.vectors, "ax"
	.align	11
	.global	arm64_vectors
arm64_vectors:
	el2_fault 0
	el2_fault 1
	el2_fault 2
	el2_fault 3
	el2_fault 4
	el2_fault 5
	el2_fault 6
	el2_fault 7

	/*
	 * Lower EL, AArch64, synchronous. Hypercalls are carried out right
	 * here: saved is what C may change (see meson.build). x0 is the code; x1 to x3 get
	 * their values back so that the guest learns nothing of ours.
	 */
	.align	7
	stp	x0, x1, [sp, #-GUEST_REGS_SIZE]!
	stp	x2, x3, [sp, #16]
	mrs	x3, esr_el2
	ldr	w2, =ESR_HYPERCALL
	cmp	w3, w2
	b.ne	guest_trap
	cbz	x0, guest_trap		/* DISABLE needs all registers */
	enter_exit
	mov	x2, x0
	mov	x0, x1
	ldr	x1, [sp, #16]
	bl	hypercall_dispatch
	b	hypercall_done		/* no room for more here */

	.org	arm64_vectors + 0x480	/* IRQ */
	b	guest_irq
	.align	7			/* FIQ: group 0, which is not ours */
	b	guest_irq
	.align	7			/* SError */
	stp	x0, x1, [sp, #-GUEST_REGS_SIZE]!
	stp	x2, x3, [sp, #16]
	mrs	x3, esr_el2
	b	guest_trap

	.align	7			/* lower EL, AArch32: synchronous */
	stp	x0, x1, [sp, #-GUEST_REGS_SIZE]!
	stp	x2, x3, [sp, #16]
	b	guest_trap_aarch32
	.align	7
	b	guest_irq
	.align	7
	b	guest_irq
	.align	7
	stp	x0, x1, [sp, #-GUEST_REGS_SIZE]!
	stp	x2, x3, [sp, #16]
	mrs	x3, esr_el2
	b	guest_trap

hypercall_done:
	account_exit STAT_HYPERCALL
	leave_exit
	ldr	x1, [sp, #8]
	add	sp, sp, #GUEST_REGS_SIZE
	return_to_guest

	/*
	 * All other synchronous exits: x3 = ESR; x0 to x3 are saved. Most
	 * concern registers that are saved here at once; a handler that wants
	 * others, or ends in a dump, says so, and C has kept them.
	 */
guest_trap:
	enter_exit
	mov	x0, sp
	mov	x1, x3
	lsr	w3, w3, #26
	cmp	w3, #EC_DATA_ABORT
	b.ne	3f
	bl	arm64_data_abort
	cbnz	w0, 1f
	account_exit STAT_MMIO
2:
	leave_exit
	ldp	x0, x1, [sp], #GUEST_REGS_SIZE
	return_to_guest

3:	cmp	w3, #EC_SMC64
	b.ne	4f
	bl	arm64_smc_trap
	cbnz	w0, 1f
	account_exit STAT_PSCI
	b	2b
4:	bl	arm64_trap
	cbz	w0, 2b
	b	1f

	/* Banked registers are all over the place: save all at once. */
guest_trap_aarch32:
	enter_exit
	mov	w0, #TRAP_ALL_REGS
1:	ldr	x16, [sp, #72]
	stp	x16, x17, [sp, #128]
	str	x9, [sp, #72]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x18, x19, [sp, #144]
	stp	x20, x21, [sp, #160]
	stp	x22, x23, [sp, #176]
	stp	x24, x25, [sp, #192]
	stp	x26, x27, [sp, #208]
	stp	x28, x29, [sp, #224]
	mov	w1, w0
	mov	x0, sp
	bl	arm64_trap_continue
	cbnz	w0, guest_reset
	ldr	x30, [sp, #240]
	ldp	x28, x29, [sp, #224]
	ldp	x26, x27, [sp, #208]
	ldp	x24, x25, [sp, #192]
	ldp	x22, x23, [sp, #176]
	ldp	x20, x21, [sp, #160]
	ldp	x18, x19, [sp, #144]
	ldp	x16, x17, [sp, #128]
	ldp	x14, x15, [sp, #112]
	ldp	x12, x13, [sp, #96]
	ldp	x10, x11, [sp, #80]
	ldp	x8, x9, [sp, #64]
	ldp	x6, x7, [sp, #48]
	ldp	x4, x5, [sp, #32]
	ldp	x2, x3, [sp, #16]
	ldp	x0, x1, [sp], #GUEST_REGS_SIZE
	return_to_guest

guest_irq:
	stp	x0, x1, [sp, #-GUEST_REGS_SIZE]!
	stp	x2, x3, [sp, #16]
	enter_exit
	mov	x0, sp
	bl	arm64_irq
	cbnz	w0, guest_reset
	leave_exit
	ldp	x0, x1, [sp], #GUEST_REGS_SIZE
	return_to_guest

	/* A guest starts anew on this CPU: what was before is forgotten. */
guest_reset:
	ldr	x0, =HV_PRIVATE + PRIVATE_STACK_TOP
	mov	sp, x0
	bl	arm64_reset_guest
	/* PSCI wants the context in x0 (ARM DEN0022D, 6.4); guests of the
	 * established implementation look into x1. */
	mov	x1, x0
	.irp	n, 2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
	mov	x\n, xzr
	.endr
	return_to_guest

	/*
	 * struct guarded arm64_guarded_access(void *address, u64 value,
	 *				       unsigned int operation)
	 * struct guarded smc_guarded(...)
	 *
	 * Instructions that may fault, see el2_fault_common: x1 = 1 if they did
	 * not. x0 = what was read, or the result of the call.
	 */
	.global	arm64_guarded_access
arm64_guarded_access:
	adr	x3, 1f
	add	x3, x3, x2, lsl #3
	br	x3
1:
	.macro	operation insn:vararg
	\insn
	b	2f
	.endm
guarded_start:
	operation ldrb w0, [x0]
	operation ldrh w0, [x0]
	operation ldr w0, [x0]
	operation ldr x0, [x0]
	operation strb w1, [x0]
	operation strh w1, [x0]
	operation str w1, [x0]
	operation str x1, [x0]
	/* Walks tables of the guest, which may be anywhere. */
	operation at s1e1r, x0
smc_guarded:
	operation smc #0
smc_guarded_all:
	smc	#0
	ret
guarded_end:
2:	mov	x1, #1
	ret
guarded_failed:
	mov	x0, #-1
	mov	x1, #0
	ret

	/*
	 * long arm64_smc(u64 function, u64 arg1, u64 arg2, u64 arg3): firmware
	 * before SMCCC 1.1 may change x4 to x17, while guests are told that it
	 * is 1.1, and C keeps x9 to x15 and x17 for them. Without EL3 SMC is
	 * undefined: not supported, and ELR and SPSR are lost, then.
	 */
	.macro	enter_smc
	stp	x30, x9, [sp, #-96]!
	str	x10, [sp, #16]
	stp	x11, x12, [sp, #32]
	stp	x13, x14, [sp, #48]
	stp	x15, x17, [sp, #64]
	mrs	x10, elr_el2
	mrs	x11, spsr_el2
	stp	x10, x11, [sp, #80]
	.endm

	.macro	leave_smc below=0
	ldp	x10, x11, [sp, #80]
	msr	spsr_el2, x11
	msr	elr_el2, x10
	ldp	x15, x17, [sp, #64]
	ldp	x13, x14, [sp, #48]
	ldp	x11, x12, [sp, #32]
	ldr	x10, [sp, #16]
	ldp	x30, x9, [sp], #96
	.if	\below
	add	sp, sp, #\below
	.endif
	ret
	.endm

	.global	arm64_smc
arm64_smc:
	enter_smc
	bl	smc_guarded
	leave_smc

	/*
	 * void arm64_smc_forward(u64 *x): the same with all arguments and
	 * results. If there is no firmware, x0 says so, and x1 is 0.
	 */
	.global	arm64_smc_forward
arm64_smc_forward:
	str	x19, [sp, #-16]!
	enter_smc
	mov	x19, x0
	ldp	x6, x7, [x0, #48]
	ldp	x4, x5, [x0, #32]
	ldp	x2, x3, [x0, #16]
	ldp	x0, x1, [x0]
	bl	smc_guarded_all
	stp	x0, x1, [x19]
	stp	x2, x3, [x19, #16]
	ldr	x19, [sp, #96]
	leave_smc 16

	/*
	 * Lets an SError come that is pending, and forgets it: see
	 * arm64_reset_guest().
	 */
	.global	arm64_drain_serror
arm64_drain_serror:
	dsb	sy
	isb
drain_start:
	msr	daifclr, #4
	isb
drain_end:
	msr	daifset, #4
	isb
	ret

	/* Our own fault: x0, x1 saved, x1 = vector. */
el2_fault_common:
	stp	x2, x3, [sp, #16]
	mrs	x2, elr_el2
	/* An SError that is waited for. */
	adr	x3, drain_start
	sub	x3, x2, x3
	cmp	x3, #drain_end - drain_start
	ccmp	x1, #7, #0, ls
	b.eq	2f
	/* An instruction that may fail did. */
	adr	x3, guarded_start
	sub	x3, x2, x3
	cmp	x3, #guarded_end - guarded_start
	ccmp	x1, #4, #0, lo
	b.ne	1f
	adr	x2, guarded_failed
	msr	elr_el2, x2
2:	ldp	x2, x3, [sp, #16]
	ldp	x0, x1, [sp], #GUEST_REGS_SIZE
	return_to_guest
1:
	mov	x0, sp
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	stp	x18, x19, [sp, #144]
	stp	x20, x21, [sp, #160]
	stp	x22, x23, [sp, #176]
	stp	x24, x25, [sp, #192]
	stp	x26, x27, [sp, #208]
	stp	x28, x29, [sp, #224]
	str	x30, [sp, #240]
	bl	arm64_el2_fault
	.ltorg
