/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Exception vectors: ARM DDI 0487, D1.3.1.5. C code below uses no FP registers
 * (the library is built without), so that they need not be saved.
 */

/* struct exception_frame */
#define FRAME_SIZE	(36 * 8)
#define FRAME_X30	(30 * 8)
#define FRAME_ELR	(32 * 8)
#define FRAME_ESR	(34 * 8)

	.section .boot.vectors, "ax"

	.macro	exception number
	.balign	0x80
	sub	sp, sp, #FRAME_SIZE
	stp	x0, x1, [sp]
	mov	x1, #\number
	b	exception_entry
	.endm

	.macro	each_pair op
	\op	x2, x3, [sp, #16]
	\op	x4, x5, [sp, #32]
	\op	x6, x7, [sp, #48]
	\op	x8, x9, [sp, #64]
	\op	x10, x11, [sp, #80]
	\op	x12, x13, [sp, #96]
	\op	x14, x15, [sp, #112]
	\op	x16, x17, [sp, #128]
	.endm

	.macro	each_kept_pair op
	\op	x18, x19, [sp, #144]
	\op	x20, x21, [sp, #160]
	\op	x22, x23, [sp, #176]
	\op	x24, x25, [sp, #192]
	\op	x26, x27, [sp, #208]
	\op	x28, x29, [sp, #224]
	.endm

	.balign	0x800
	.globl vectors
vectors:
	exception 0	/* from EL1 on SP_EL0: not used */
	exception 1
	exception 2
	exception 3
	exception 4	/* from EL1 */
	.balign	0x80
	b	irq_entry
	exception 6
	exception 7
	exception 8	/* from EL0: not used */
	exception 9
	exception 10
	exception 11
	exception 12
	exception 13
	exception 14
	exception 15

	.text
exception_entry:
	each_pair stp
	each_kept_pair stp
	add	x2, sp, #FRAME_SIZE
	stp	x30, x2, [sp, #FRAME_X30]
	mrs	x2, elr_el1
	mrs	x3, spsr_el1
	stp	x2, x3, [sp, #FRAME_ELR]
	mrs	x2, esr_el1
	mrs	x3, far_el1
	stp	x2, x3, [sp, #FRAME_ESR]
	mov	x0, sp
	bl	exception_handle
	ldp	x2, x3, [sp, #FRAME_ELR]
	msr	elr_el1, x2
	msr	spsr_el1, x3
	each_kept_pair ldp
	each_pair ldp
	ldp	x0, x1, [sp]
	ldr	x30, [sp, #FRAME_X30]
	add	sp, sp, #FRAME_SIZE
	eret

	/* Only what C may change; x18 is one of them. */
irq_entry:
	sub	sp, sp, #192
	stp	x0, x1, [sp]
	each_pair stp
	stp	x18, x30, [sp, #144]
	/* An exception in the handler would overwrite these two. */
	mrs	x0, elr_el1
	mrs	x1, spsr_el1
	stp	x0, x1, [sp, #160]
	bl	irq_dispatch
	ldp	x0, x1, [sp, #160]
	msr	elr_el1, x0
	msr	spsr_el1, x1
	ldp	x18, x30, [sp, #144]
	each_pair ldp
	ldp	x0, x1, [sp]
	add	sp, sp, #192
	eret
