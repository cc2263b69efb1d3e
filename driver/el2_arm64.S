/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The two places where the driver issues `hvc #0`: to ask who answers, and to
 * enter the hypervisor. Registers x0-x17 are lost in either case.
 *
 * Both run on vectors of their own with everything masked. They know two
 * exceptions from EL1: an undefined HVC is skipped with a mark in x0, and an
 * SVC delivers the complete PSTATE of the place that executed it, in x4. The
 * latter is how the way back from EL2 gets PAN, SSBS, DIT and whatever this
 * CPU has, without decoding which of them exist.
 */
#include <linux/linkage.h>

#include "el2_arm64.h"

#define ESR_EC_SHIFT	26	/* ARM DDI 0487, ESR_EL1 */
#define ESR_EC_SVC64	0x15

#define HVC_SOFT_RESTART	1

	.text

	.macro	unexpected
	.balign	0x80
	b	.
	.endm

	.balign	0x800
SYM_CODE_START_LOCAL(vectors)
	.rept	4			/* from EL1 with SP_EL0 */
	unexpected
	.endr
	.balign	0x80			/* synchronous, from EL1 with SP_EL1 */
	b	synchronous
	.rept	11			/* masked, or from EL0 */
	unexpected
	.endr
	.balign	0x80
SYM_CODE_END(vectors)

SYM_CODE_START_LOCAL(synchronous)
	mrs	x4, esr_el1
	lsr	x4, x4, #ESR_EC_SHIFT
	cmp	x4, #ESR_EC_SVC64
	mrs	x4, spsr_el1
	b.eq	1f			/* ELR_EL1 is behind the SVC */
	mrs	x0, elr_el1		/* ELR_EL1 is the HVC */
	add	x0, x0, #4
	msr	elr_el1, x0
	movz	x0, #(JH_PROBE_UNDEFINED >> 32) & 0xffff, lsl #32
	movk	x0, #(JH_PROBE_UNDEFINED >> 16) & 0xffff, lsl #16
	movk	x0, #JH_PROBE_UNDEFINED & 0xffff
1:	eret
SYM_CODE_END(synchronous)

	/* Saves x19 and x20 and puts DAIF and VBAR_EL1 there. */
	.macro	own_vectors
	stp	x29, x30, [sp, #-32]!
	mov	x29, sp
	stp	x19, x20, [sp, #16]
	mrs	x19, daif
	msr	daifset, #0xf
	mrs	x20, vbar_el1
	adr	x9, vectors
	msr	vbar_el1, x9
	isb
	.endm

	.macro	kernel_vectors
	msr	vbar_el1, x20
	isb
	.endm

	.macro	unmask_and_return
	msr	daif, x19
	ldp	x19, x20, [sp, #16]
	ldp	x29, x30, [sp], #32
	ret
	.endm

/* unsigned long jh_el2_probe(void) */
SYM_FUNC_START(jh_el2_probe)
	own_vectors
	mov	x0, #JH_PROBE_CALL
	hvc	#0
	kernel_vectors
	unmask_and_return
SYM_FUNC_END(jh_el2_probe)

/*
 * long jh_el2_enter(unsigned long entry, unsigned long base,
 *		     unsigned long cpu)
 *
 * The stub moves x2, x3, x4 to x0, x1, x2 and branches to x1. Whoever
 * returns to us does it by x30 with PSTATE from what x4 is here.
 */
SYM_FUNC_START(jh_el2_enter)
	own_vectors
	svc	#0			/* x4 = PSTATE */
	kernel_vectors
	mov	x3, x2
	mov	x2, x1
	mov	x1, x0
	mov	x0, #HVC_SOFT_RESTART
	adr	x30, 1f
	hvc	#0
1:	unmask_and_return
SYM_FUNC_END(jh_el2_enter)
