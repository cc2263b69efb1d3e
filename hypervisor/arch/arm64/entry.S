/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The ways in and out of EL2, with the MMU off on the far side. See
 * jailhouse/image.h for what the driver passes.
 */
#include <asm/layout.h>

#define ERANGE	34
#define EINVAL	22

/* ARM DDI 0487 D19.2.139 (TCR_EL2): RES1 31 and 23; T0SZ; walks write-back
 * write-allocate and inner shareable. PS is added at run time. */
#define TCR_VALUE ((1 << 31) | (1 << 23) | (3 << 12) | (1 << 10) | (1 << 8) | \
		   (64 - HV_VA_BITS))
/* MAIR: 0 = normal write-back, 1 = device nGnRE */
#define MAIR_VALUE 0x04ff
/* SCTLR_EL2: RES1 bits, WXN, I, SA, C, M */
#define SCTLR_VALUE (0x30c50830 | (1 << 19) | (1 << 12) | (1 << 3) | \
		     (1 << 2) | (1 << 0))

	.section .text.boot, "ax"
	/*
	 * The code that turns the MMU on is itself the first part of a vector
	 * table: enabling translation makes the next fetch, from a physical
	 * address that is not mapped, fault; and the fault is taken to the
	 * virtual address of the slot for it (current EL with SPx,
	 * synchronous, at 0x200). So no identity mapping is needed, and no CPU
	 * writes a table that another one uses. The table begins with the
	 * image; its first 0x80 bytes are the header.
	 */
	.global	arm64_entry
arm64_entry:
	/* x0 physical base, x1 CPU, x2 SPSR to return with, x30 return */
	lsr	x3, x0, #30
	cmp	x3, #HV_ROOT_SLOT
	mov	x4, #-ERANGE
	b.hs	refuse
	ldr	w5, [x0, #HEADER_MAX_CPUS]
	cmp	w1, w5
	mov	x4, #-EINVAL
	b.hs	refuse

	/* x6 = this CPU's private area (jailhouse_image_private_offset) */
	ldr	x6, [x0, #HEADER_CORE_SIZE]
	ldr	w7, [x0, #HEADER_SHARED_SIZE]
	mul	x7, x7, x5
	add	x7, x7, #4095
	and	x7, x7, #~4095
	add	x6, x6, x7
	mov	x7, #HV_PRIVATE_SIZE
	madd	x6, x1, x7, x6
	add	x6, x6, x0
	add	x7, x6, #0x1000			// L2
	add	x8, x6, #0x2000			// L3

	/* What must survive, and what the way out needs. */
	add	x9, x6, #PRIVATE_DATA
	stp	x18, x19, [x9, #PRIV_CALLEE_REGS]
	stp	x20, x21, [x9, #PRIV_CALLEE_REGS + 16]
	stp	x22, x23, [x9, #PRIV_CALLEE_REGS + 32]
	stp	x24, x25, [x9, #PRIV_CALLEE_REGS + 48]
	stp	x26, x27, [x9, #PRIV_CALLEE_REGS + 64]
	stp	x28, x29, [x9, #PRIV_CALLEE_REGS + 80]
	mov	x10, sp
	stp	x30, x10, [x9, #PRIV_CALLEE_REGS + 96]
	stp	x2, x0, [x9, #PRIV_SPSR]	// and PRIV_PHYS_BASE
	str	x30, [x9, #PRIV_PC]
	mrs	x10, sctlr_el2
	mrs	x11, tcr_el2
	stp	x10, x11, [x9, #PRIV_SCTLR]
	mrs	x10, ttbr0_el2
	mrs	x11, mair_el2
	stp	x10, x11, [x9, #PRIV_TTBR0]
	mrs	x10, vbar_el2
	str	x10, [x9, #PRIV_VBAR]

	/* L3: the image with the rights of each part ... */
	ldr	x10, =PTE_TEXT
	mov	x11, #0				// offset in the image
	ldr	x12, =__rodata_offset
	ldr	x13, =__data_offset
	ldr	x14, [x0, #HEADER_CORE_SIZE]
	mov	x15, x8				// entry
1:	cmp	x11, x12
	b.lo	2f
	ldr	x10, =PTE_RODATA
	cmp	x11, x13
	b.lo	2f
	ldr	x10, =PTE_DATA
2:	add	x16, x0, x11
	orr	x16, x16, x10
	str	x16, [x15], #8
	add	x11, x11, #4096
	cmp	x11, x14
	b.lo	1b
	b	map_private
	.ltorg

	.org	arm64_entry + 0x200 - 0x80
	.global	__boot_slot
__boot_slot:
	/* With the MMU on now: x0 and x1 are what they were. */
	ldr	x2, =HV_PRIVATE + PRIVATE_STACK_TOP
	mov	sp, x2
	ldr	x2, =arm64_vectors
	msr	vbar_el2, x2
	isb
	bl	arm64_entered
	cbnz	w0, 1f
	/* Back to Linux, from now on as a guest. */
	ldr	x9, =HV_PRIVATE + PRIVATE_DATA
	bl	restore_callee_regs
	ldr	x1, [x9, #PRIV_SPSR]
	msr	elr_el2, x30
	msr	spsr_el2, x1
	mov	x0, #0
	eret
	dsb	nsh
	isb
1:	sxtw	x0, w0
	b	arm64_exit
	.ltorg

	/* ... the private area and its tables ... */
map_private:
	ldr	x10, =PTE_DATA
	orr	x11, x6, x10
	orr	x12, x7, x10
	orr	x13, x8, x10
	add	x15, x8, #HV_PRIVATE_INDEX * 8
	stp	x11, x12, [x15]
	str	x13, [x15, #16]
	/* ... and the two tables above. */
	orr	x11, x8, #PTE_TABLE
	str	x11, [x7]
	orr	x11, x7, #PTE_TABLE
	add	x12, x6, #PRIVATE_ROOT
	str	x11, [x12, #HV_ROOT_SLOT * 8]

	/*
	 * These stores went to memory past the caches (ARM DDI 0487 B2.8,
	 * D8.2.11: with the MMU off, data accesses are Device). The driver
	 * cleaned and invalidated the area, but its cacheable mapping may have
	 * fetched lines of it again speculatively: drop them before cacheable
	 * accesses and walks see stale zeroes. The whole private area: the
	 * line size is not worth a loop over just the entries.
	 */
	dsb	sy
	mrs	x10, ctr_el0
	ubfx	x10, x10, #16, #4		// DminLine, log2 of words
	mov	x11, #4
	lsl	x11, x11, x10
	mov	x12, x6
	add	x13, x6, #HV_PRIVATE_SIZE
3:	dc	ivac, x12
	add	x12, x12, x11
	cmp	x12, x13
	b.lo	3b
	dsb	sy

	ldr	x10, =MAIR_VALUE
	msr	mair_el2, x10
	ldr	x10, =TCR_VALUE
	mrs	x11, id_aa64mmfr0_el1
	and	x11, x11, #0xf			// PARange
	cmp	x11, #5				// 48 bits are all we describe
	mov	x12, #5
	csel	x11, x11, x12, ls
	bfi	x10, x11, #16, #3
	msr	tcr_el2, x10
	add	x10, x6, #PRIVATE_ROOT
	msr	ttbr0_el2, x10
	ldr	x10, =HV_BASE
	msr	vbar_el2, x10
	/* Nothing cached from whoever used EL2 before (firmware, KVM). */
	isb
	tlbi	alle2
	ic	iallu
	dsb	nsh
	isb
	ldr	x10, =SCTLR_VALUE
	msr	sctlr_el2, x10
	isb
	b	.				// never reached: faults

refuse:
	/* x4 = errno; nothing was touched */
	mov	x0, x4
	msr	elr_el2, x30
	msr	spsr_el2, x2
	eret
	dsb	nsh
	isb

restore_callee_regs:
	/* x9 = struct arm64_private; returns to its caller, x30 = stored */
	mov	x10, x30
	ldp	x18, x19, [x9, #PRIV_CALLEE_REGS]
	ldp	x20, x21, [x9, #PRIV_CALLEE_REGS + 16]
	ldp	x22, x23, [x9, #PRIV_CALLEE_REGS + 32]
	ldp	x24, x25, [x9, #PRIV_CALLEE_REGS + 48]
	ldp	x26, x27, [x9, #PRIV_CALLEE_REGS + 64]
	ldp	x28, x29, [x9, #PRIV_CALLEE_REGS + 80]
	ldr	x30, [x9, #PRIV_CALLEE_REGS + 96]
	ret	x10

	/*
	 * The way out: x0 = result for EL1. The other EL2 registers have their
	 * former values already (arch_cpu_exit), callee_regs, spsr hold what to
	 * return with, and this page is mapped at its physical address.
	 */
	.global	arm64_exit
arm64_exit:
	mov	x17, x0
	bl	arm64_map_exit_page
	ldr	x9, =HV_PRIVATE + PRIVATE_DATA
	bl	restore_callee_regs
	ldp	x1, x2, [x9, #PRIV_SCTLR]	// and TCR
	ldp	x3, x4, [x9, #PRIV_TTBR0]	// and MAIR
	ldr	x5, [x9, #PRIV_VBAR]
	ldp	x6, x7, [x9, #PRIV_SPSR]	// and physical base
	ldr	x11, [x9, #PRIV_PC]
	ldr	x8, [x9, #PRIV_CALLEE_REGS + 104]
	mov	sp, x8
	adr	x9, 1f
	ldr	x10, =HV_BASE
	sub	x9, x9, x10
	add	x9, x9, x7
	br	x9
1:	/* identity-mapped */
	msr	sctlr_el2, x1
	isb
	msr	tcr_el2, x2
	msr	ttbr0_el2, x3
	msr	mair_el2, x4
	msr	vbar_el2, x5
	isb
	/* None of our translations, nor of the guests', stay behind. */
	tlbi	alle2
	tlbi	alle1
	ic	iallu
	dsb	nsh
	isb
	mov	x0, x17
	msr	elr_el2, x11
	msr	spsr_el2, x6
	eret
	dsb	nsh
	isb
	.ltorg

	.text
	.global	arm64_clear_fp
	.arch_extension fp
	.arch_extension simd
arm64_clear_fp:
	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
	movi	v\n\().2d, #0
	.endr
	msr	fpcr, xzr
	msr	fpsr, xzr
	ret

	/* The vectors above are the lower parts of Z0 to Z31; writing them
	 * cleared the rest (DDI 0487 B1.2). */
	.global	arm64_clear_sve
	.arch_extension sve
arm64_clear_sve:
	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
	pfalse	p\n\().b
	.endr
	wrffr	p0.b
	ret
