/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The least that an inmate needs below it, in place of the hypervisor: to tell
 * a bug of the inmate library from one of the hypervisor, and to try an inmate
 * in a second. For QEMU's "virt" machine with GICv3, virtualization=on and
 * 2 GiB of RAM; see tests/system/inmates-bare.sh.
 *
 * Stage 2 shows the RAM from 0x70000000 on at address 0 and all else where it
 * is. The putc hypercall writes to the UART, others do not exist. SMC goes to
 * the emulator's PSCI, but turning the CPU off turns the machine off. The comm
 * region is part of this file; with MESSAGE 1 it asks for a shutdown at once.
 */
/* As in the ABI headers, which are not for the assembler */
#define HVC_IMMEDIATE	0x4a48
#define HC_PUTC		8
#define COMM_REVISION	2
#define COMM_PUTC_OK	1
#define CON_TYPE_PL011	3
#define CON_FLAGS	3	/* MMIO, registers 4 bytes apart */

#define UART		0x09000000
#define GICD		0x08000000
#define GICR		0x080a0000
#define INMATE_PHYS	0x70000000

#define PSCI_CPU_OFF	0x84000002
#define PSCI_SYSTEM_OFF	0x84000008

/* HCR_EL2: EL1 is AArch64 (RW), SMC traps (TSC), stage 2 on (VM) */
#define HCR		(1 << 31 | 1 << 19 | 1)
/* 39 bits from level 1 on, write-back inner shareable walks, 40 bits out */
#define VTCR		(1 << 31 | 2 << 16 | 3 << 12 | 1 << 10 | 1 << 8 | \
			 1 << 6 | 25)
#define S2_TABLE	3
#define S2_RAM		0x7fd	/* AF, inner shareable, RW, normal, block */
#define S2_DEVICE	0x4c5	/* AF, RW, device nGnRE, block */

	.text
	.globl shim_entry
shim_entry:
	adrp	x0, stack_top
	mov	sp, x0
	adr	x0, shim_vectors
	msr	vbar_el2, x0
	ldr	x0, =VTCR
	msr	vtcr_el2, x0
	adrp	x0, stage2
	msr	vttbr_el2, x0
	ldr	x0, =HCR
	msr	hcr_el2, x0
	mov	x0, #3			/* counter and timer for EL1 */
	msr	cnthctl_el2, x0
	msr	cntvoff_el2, xzr
	mov	x0, #0x33ff		/* no traps of FP */
	msr	cptr_el2, x0
	mrs	x0, midr_el1
	msr	vpidr_el2, x0
	mrs	x0, mpidr_el1
	msr	vmpidr_el2, x0
	mov	x0, #9			/* ICC_SRE_EL2: Enable, SRE */
	msr	s3_4_c12_c9_5, x0
	tlbi	vmalls12e1
	dsb	sy
	isb
	msr	elr_el2, xzr
	mov	x0, #0x3c5		/* EL1h, DAIF masked */
	msr	spsr_el2, x0
	eret

	.balign	0x800
shim_vectors:
	.fill	0x400 / 4, 4, 0x14000000	/* not from EL2 */
	stp	x29, x30, [sp, #-16]!
	mrs	x29, esr_el2
	lsr	x30, x29, #26
	cmp	x30, #0x16		/* HVC */
	b.eq	hvc
	cmp	x30, #0x17		/* SMC */
	b.eq	smc
fatal:	b	fatal

	.balign	0x80
	.fill	0x380 / 4, 4, 0x14000000

hvc:
	and	x29, x29, #0xffff
	mov	w30, #HVC_IMMEDIATE
	cmp	w29, w30
	b.ne	fatal
	cmp	x0, #HC_PUTC
	b.ne	0f
	mov	x29, #UART
	str	w1, [x29]
	mov	x0, #0
	b	back
0:	mov	x0, #-38
back:	ldp	x29, x30, [sp], #16
	eret

smc:
	mrs	x29, elr_el2
	add	x29, x29, #4
	msr	elr_el2, x29
	ldr	w29, =PSCI_CPU_OFF
	cmp	w0, w29
	b.ne	1f
	ldr	w0, =PSCI_SYSTEM_OFF
1:	smc	#0
	b	back

	.ltorg

	.data
	.balign	0x1000
stage2:
	.quad	stage2_low + S2_TABLE
	.quad	0x40000000 + S2_RAM
	.quad	0x80000000 + S2_RAM
	.fill	509, 8, 0
	.balign	0x1000
stage2_low:
	.quad	INMATE_PHYS + S2_RAM
	.set	block, 0x200000
	.rept	511
	.quad	block + S2_DEVICE
	.set	block, block + 0x200000
	.endr

	.fill	0x1000
stack_top:
	/* on a page of its own: the link puts it at 0x80000000 */
	.section .comm_region, "aw"
	.ascii	"JHCOMM"
	.hword	COMM_REVISION
	.word	0, MESSAGE, 0	/* state, message, reply */
	.word	COMM_PUTC_OK
	.quad	UART
	.word	0x1000
	.hword	CON_TYPE_PL011, CON_FLAGS
	.word	0, 0		/* divider, gate */
	.quad	0, 0		/* clock register, PCI window */
	.byte	3		/* GIC version */
	.fill	7
	.quad	GICD, 0, GICR
	.word	0		/* PCI interrupts */
