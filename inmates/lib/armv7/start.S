/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * From reset to C: A32, SVC mode, MMU and caches off. What is written here
 * before the MMU is on goes past the caches.
 */
	.arm

/* Attribute 0: normal memory, write-back; 1: device nGnRE */
#define MAIR0	0x04ff
/*
 * Long descriptors (EAE), all 32 bits of address by TTBR0, none by TTBR1
 * (EPD1); table walks write-back, inner shareable. ARM DDI 0487, G8.2.166.
 */
#define TTBCR	(1 << 31 | 1 << 23 | 3 << 12 | 1 << 10 | 1 << 8)
/* I, C, M: the rest of SCTLR is as after reset. */
#define SCTLR	(1 << 12 | 1 << 2 | 1 << 0)

	.section .boot.entry, "ax"

	.globl image_entry
image_entry:
	bl	cpu_setup

	ldr	r0, =image_bss
	ldr	r1, =image_bss_end
	mov	r2, #0
	mov	r3, #0
0:	cmp	r0, r1
	bhs	1f
	stmia	r0!, {r2, r3}
	b	0b

1:	ldr	sp, =image_stack
	bl	map_init
	cmp	r0, #0
	bne	stop

	/* As in arm64/start.S: lines that were fetched into the cache before
	 * the writes above would hide them from now on. */
	ldr	r0, =image_bss
	ldr	r1, =image_end
	mrc	p15, 0, r2, c0, c0, 1		/* CTR */
	ubfx	r2, r2, #16, #4			/* DminLine: log2 of words */
	mov	r3, #4
	lsl	r2, r3, r2
2:	mcr	p15, 0, r0, c7, c6, 1		/* DCIMVAC */
	add	r0, r0, r2
	cmp	r0, r1
	blo	2b
	dsb	sy

	bl	mmu_enable
	bl	inmate_boot
stop:	wfi
	b	stop

	/* A further CPU: smp.c filled the mailbox {stack, ...}. */
	.globl image_entry_secondary
	.type	image_entry_secondary, %function
image_entry_secondary:
	bl	cpu_setup
	bl	mmu_enable
	ldr	r0, =smp_mailbox
	ldr	sp, [r0]
	bl	smp_secondary
	b	stop

	/* What needs neither stack nor MMU */
cpu_setup:
	cpsid	aif
	ldr	r0, =vectors
	mcr	p15, 0, r0, c12, c0, 0		/* VBAR */
	isb
	bx	lr

mmu_enable:
	ldr	r0, =MAIR0
	mcr	p15, 0, r0, c10, c2, 0
	ldr	r0, =TTBCR
	mcr	p15, 0, r0, c2, c0, 2
	ldr	r0, =image_tables
	mov	r1, #0
	mcrr	p15, 0, r0, r1, c2		/* TTBR0 */
	isb
	mcr	p15, 0, r1, c8, c7, 0		/* TLBIALL */
	mcr	p15, 0, r1, c7, c5, 0		/* ICIALLU */
	mcr	p15, 0, r1, c7, c5, 6		/* BPIALL */
	dsb	nsh
	isb
	mrc	p15, 0, r0, c1, c0, 0
	ldr	r1, =SCTLR
	orr	r0, r0, r1
	mcr	p15, 0, r0, c1, c0, 0
	isb
	bx	lr

	.ltorg
