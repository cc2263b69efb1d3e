/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Exception vectors: ARM DDI 0487, G1.12.1. The inmate runs in SVC mode, and
 * so does what handles its exceptions: no other mode needs a stack. C code
 * below uses no FP registers.
 */
	.arm

#define MODE_SVC 0x13

	.section .boot.vectors, "ax"

	.balign	0x20
	.globl vectors
vectors:
	b	.			/* not used */
	b	undefined
	b	svc
	b	prefetch_abort
	b	data_abort
	b	.			/* not used */
	b	irq
	b	.			/* FIQ: no interrupt is one */

	/* struct exception_frame: LR and SPSR of the mode, below them R0 to R12
	 * and LR of SVC, and the vector. The stack may be off by a word. */
	.macro	exception name offset
\name:
	srsdb	sp!, #MODE_SVC
	cps	#MODE_SVC
	push	{r0-r12, lr}
	mov	r1, #\offset
	push	{r1}
	b	exception_entry
	.endm

	.text
	.arm
	exception undefined 0x04
	exception svc 0x08
	exception prefetch_abort 0x0c
	exception data_abort 0x10

exception_entry:
	mov	r0, sp
	mov	r4, sp
	bic	sp, sp, #7
	clrex
	bl	exception_handle
	add	sp, r4, #4
	pop	{r0-r12, lr}
	rfeia	sp!

	/* Only what C may change, and R4 for the stack pointer */
irq:
	sub	lr, lr, #4
	srsdb	sp!, #MODE_SVC
	cps	#MODE_SVC
	push	{r0-r4, r12, lr}
	mov	r4, sp
	bic	sp, sp, #7
	clrex
	bl	irq_dispatch
	mov	sp, r4
	pop	{r0-r4, r12, lr}
	rfeia	sp!
