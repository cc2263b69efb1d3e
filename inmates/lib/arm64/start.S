/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * From reset to C: EL1, MMU and caches off. What is written here before the
 * MMU is on goes past the caches.
 */

/* Attribute 0: normal memory, write-back; 1: device nGnRE */
#define MAIR	0x04ff
/*
 * 39 bits of address by TTBR0, none by TTBR1 (EPD1); 4 KiB granule; table
 * walks write-back, inner shareable. ARM DDI 0487, D19.2.139.
 */
#define TCR	(25 | 1 << 8 | 1 << 10 | 3 << 12 | 1 << 23)
#define TCR_IPS	32
/* RES1 bits of ARMv8.0, and I, SA, C, M */
#define SCTLR	0x30d0180d

	.section .boot.entry, "ax"

	.globl image_entry
image_entry:
	bl	cpu_setup

	adrp	x0, image_bss
	add	x0, x0, :lo12:image_bss
	adrp	x1, image_bss_end
	add	x1, x1, :lo12:image_bss_end
0:	cmp	x0, x1
	b.hs	1f
	stp	xzr, xzr, [x0], #16
	b	0b

1:	adrp	x0, image_stack
	add	x0, x0, :lo12:image_stack
	mov	sp, x0
	bl	map_init
	cbnz	x0, stop

	/*
	 * Lines that were fetched into the cache before the writes above would
	 * hide them from now on. The image has no dirty lines: the hypervisor
	 * cleaned the cell's RAM, and nothing was written through the cache.
	 */
	adrp	x0, image_bss
	adrp	x1, image_end
	mrs	x2, ctr_el0
	ubfx	x2, x2, #16, #4		/* DminLine: log2 of words */
	mov	x3, #4
	lsl	x2, x3, x2
2:	dc	ivac, x0
	add	x0, x0, x2
	cmp	x0, x1
	b.lo	2b
	dsb	sy

	bl	mmu_enable
	bl	inmate_boot
stop:	wfi
	b	stop

	/* A further CPU: smp.c filled the mailbox {stack, ...}. */
	.globl image_entry_secondary
image_entry_secondary:
	bl	cpu_setup
	bl	mmu_enable
	adrp	x0, smp_mailbox
	add	x0, x0, :lo12:smp_mailbox
	ldr	x1, [x0]
	mov	sp, x1
	bl	smp_secondary
	b	stop

	/* What needs neither stack nor MMU */
cpu_setup:
	msr	daifset, #0xf
	mov	x0, #3 << 20		/* FP and SIMD for who wants it */
	msr	cpacr_el1, x0
	adrp	x0, vectors
	add	x0, x0, :lo12:vectors
	msr	vbar_el1, x0
	isb
	ret

mmu_enable:
	mov	x0, #MAIR
	msr	mair_el1, x0
	mrs	x1, id_aa64mmfr0_el1
	and	x1, x1, #0xf		/* PARange, in the encoding of IPS */
	mov	x2, #5			/* 48 bits: more takes other tables */
	cmp	x1, x2
	csel	x1, x1, x2, lo
	ldr	x0, =TCR
	orr	x0, x0, x1, lsl #TCR_IPS
	msr	tcr_el1, x0
	adrp	x0, image_tables
	msr	ttbr0_el1, x0
	isb
	tlbi	vmalle1
	ic	iallu
	dsb	nsh
	isb
	ldr	x0, =SCTLR
	msr	sctlr_el1, x0
	isb
	ret

	.ltorg
