/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Instructions that a compiler does not emit, or not in that place, for
 * aarch32-test.c: see aarch32_code.h.
 */
	.syntax	unified
	.arch	armv7ve
	.arch_extension sec

	/* Trapped at EL2, and not at EL1, when a user does it: DBGDRAR */
	.macro	user_read condition=
	mrc\condition	p14, 0, r0, c1, c0, 0
	.endm

	/* Count one more if the register has another value. */
	.macro	expect register value
	cmp	\register, #\value
	addne	r0, r0, #1
	.endm

	.macro	function name
	.global	\name
	.type	\name, %function
\name:
	.endm

	.section .text.aarch32_code, "ax"
	.balign	4096			/* all of it is open to users */
	.global	code_start
code_start:

	.arm
	function code_load_sp
	mov	r1, sp
	ldr	sp, [r0]
	mov	r0, sp
	mov	sp, r1
	bx	lr

	function code_load_lr
	mov	r1, lr
	ldr	lr, [r0]
	mov	r0, lr
	bx	r1

	/* r0 = address, r1 = CPSR of the mode */
	function code_load_lr_in_mode
	mrs	r3, cpsr
	msr	cpsr_c, r1
	ldr	lr, [r0]
	mov	r0, lr
	mov	lr, #0
	msr	cpsr_c, r3
	bx	lr

	function code_load_sp_in_mode
	mrs	r3, cpsr
	msr	cpsr_c, r1
	mov	r2, sp
	ldr	sp, [r0]
	mov	r0, sp
	mov	sp, r2
	msr	cpsr_c, r3
	bx	lr

	/* R8 and R12 of FIQ mode, and those of the others as they were */
	function code_load_fiq
	push	{r4, r8, r12, lr}
	ldr	r4, =0x12345678
	mov	r8, r4
	mov	r12, r4
	mrs	r3, cpsr
	msr	cpsr_c, r1
	ldr	r8, [r0]
	ldr	r12, [r0]
	eor	r1, r8, r12
	mov	r0, r8
	msr	cpsr_c, r3
	eor	r2, r8, r12
	orr	r1, r1, r2
	cmp	r8, r4
	cmpeq	r1, #0
	movne	r0, #0
	pop	{r4, r8, r12, pc}

	function code_load_big_endian
	setend	be
	ldr	r0, [r0]
	setend	le
	bx	lr

	function code_store_big_endian
	setend	be
	str	r1, [r0]
	setend	le
	bx	lr

	function code_load_signed_byte
	ldrsb	r0, [r0]
	bx	lr

	function code_load_signed_half
	ldrsh	r0, [r0]
	bx	lr

	/* The condition does not hold: r0 stays. */
	function code_smc_not
	cmp	r0, r0
	smcne	#0
	bx	lr

	function code_smc_conditional
	cmp	r0, r0
	smceq	#0
	bx	lr

	/* All registers but those that the result is in keep their values. */
	function code_hypercall_keeps
	push	{r4-r11, lr}
	mov	r0, #5			/* HYPERVISOR_GET_INFO */
	mov	r1, #4			/* NUM_CELLS */
	mov	r2, #0x22
	mov	r3, #0x33
	mov	r4, #0x44
	mov	r5, #0x55
	mov	r6, #0x66
	mov	r7, #0x77
	mov	r8, #0x88
	mov	r9, #0x99
	mov	r10, #0xaa
	mov	r11, #0xbb
	mov	r12, #0xcc
	hvc	#0x4a48
	mov	r0, #0
	expect	r1, 0x04
	expect	r2, 0x22
	expect	r3, 0x33
	expect	r4, 0x44
	expect	r5, 0x55
	expect	r6, 0x66
	expect	r7, 0x77
	expect	r8, 0x88
	expect	r9, 0x99
	expect	r10, 0xaa
	expect	r11, 0xbb
	expect	r12, 0xcc
	pop	{r4-r11, pc}
	.ltorg

	/* In user mode; the handler of the exception continues at code_back,
	 * with the stack of SVC as it was. */
	.global	code_user_arm_insn
	function code_user_arm
	push	{r4-r12, lr}
	cps	#0x10
code_user_arm_insn:
	user_read
	svc	#0			/* it came back */

	.global	code_user_thumb_insn
	function code_user_thumb
	push	{r4-r12, lr}
	cps	#0x10
	add	r0, pc, #1
	bx	r0
	.thumb
	cmp	r0, r0
	itt	eq
	moveq	r1, #1
code_user_thumb_insn:
	user_read eq
	svc	#0

	.arm
	.balign	4
	.global	code_back
code_back:
	pop	{r4-r12, pc}

	.thumb
	/* A load inside an IT block: the one behind it is executed, that with
	 * the other condition is not. 0 if that is not so. */
	.macro	it_load name insn
	.thumb_func
	function \name
	movs	r1, #0
	movs	r2, #0
	movs	r3, #0
	cmp	r1, r1
	itte	eq
	\insn	r1, [r0]
	addeq	r2, r2, #1
	movne	r3, #1
	cmp	r2, #1
	it	eq
	cmpeq	r3, #0
	ite	eq
	moveq	r0, r1
	movne	r0, #0
	bx	lr
	.endm

	it_load	code_it_load ldreq.n
	it_load	code_it_load_wide ldreq.w

	.thumb_func
	function code_it_smc
	movs	r1, #0
	cmp	r1, r1
	itt	eq
	moveq	r1, #0
	smceq	#0
	/* no longer in a block: both are executed */
	adds	r0, r0, #1
	subs	r0, r0, #1
	bx	lr

	.thumb_func
	function code_load_signed_byte_narrow
	movs	r1, #0
	ldrsb	r0, [r0, r1]
	bx	lr

	/* A CPU starts here in T32, MMU off: it is off again if the argument is
	 * what was passed, else it stays. */
	.thumb_func
	function code_thumb_entry
	ldr	r2, =0x5a5a0123
1:	cmp	r0, r2
	bne	1b
	cmp	r1, r2
	bne	1b
	ldr	r0, =0x84000002		/* PSCI CPU_OFF */
	smc	#0
2:	b	2b
	.balign	4
	.ltorg
	.global	code_end
code_end:
