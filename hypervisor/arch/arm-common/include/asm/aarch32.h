/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a trap of a guest in AArch32 state leaves to software: is the
 * instruction carried out at all, which register is meant, where does the
 * guest go on. Pure computation on the saved program status (SPSR), ARM DDI
 * 0487 C5.2.18 (SPSR_EL2 from AArch32), and on the syndrome (ESR), D19.2.37.
 */
#ifndef ASM_AARCH32_H
#define ASM_AARCH32_H

#include <hv/types.h>

#define AARCH32_MODE(spsr) ((spsr)&0x1f)
#define AARCH32_USR	   0x10U
#define AARCH32_FIQ	   0x11U
#define AARCH32_IRQ	   0x12U
#define AARCH32_SVC	   0x13U
#define AARCH32_ABT	   0x17U
#define AARCH32_UND	   0x1bU
#define AARCH32_SYS	   0x1fU

#define AARCH32_T    (1U << 5)
#define AARCH32_F    (1U << 6)
#define AARCH32_I    (1U << 7)
#define AARCH32_A    (1U << 8)
#define AARCH32_E    (1U << 9)
#define AARCH32_IL   (1U << 20)
#define AARCH32_SS   (1U << 21) /* SPSR_EL2; SPSR_und has DIT there */
#define AARCH32_PAN  (1U << 22)
#define AARCH32_SSBS (1U << 23)
#define AARCH32_DIT  (1U << 24) /* in SPSR_EL2 */

/* SCTLR, G8.2.123: RES1, and on from reset: CP15BEN, nTWI, nTWE */
#define AARCH32_SCTLR_START 0x00c50838U
#define AARCH32_SCTLR_V	    (1U << 13)
#define AARCH32_SCTLR_SPAN  (1U << 23)
#define AARCH32_SCTLR_EE    (1U << 25)
#define AARCH32_SCTLR_TE    (1U << 30)
#define AARCH32_SCTLR_DSSBS (1U << 31)

/* Where the guest is. */
struct aarch32_state {
	u32 pc;
	u32 spsr; /* as in SPSR_EL2 */
};

/* The registers of the guest that decide how it takes an exception. */
struct aarch32_vectors {
	u32 sctlr;
	u32 vbar;
	bool has_pan; /* the CPU has FEAT_PAN, or FEAT_SSBS */
	bool has_ssbs;
};

/**
 * aarch32_reg - where AArch64 sees a register that an instruction names
 * @spsr: of the guest
 * @n: as the instruction has it, or as seen from AArch64 already
 *
 * Table D1-24. By the architecture, syndromes already say what AArch64 sees;
 * QEMU gives the number in the instruction for data aborts. No instruction of a
 * mode with its own registers reaches those that the number would stand for
 * otherwise, so that this is right for both.
 */
unsigned int aarch32_reg(u32 spsr, unsigned int n);

/**
 * aarch32_condition_passed - is a conditional instruction that trapped
 * executed?
 * @spsr: of the guest
 * @iss: with CV and COND, of the exception classes 0x03 to 0x08, 0x0c, 0x13
 *
 * Whether one that is not traps nevertheless, each CPU decides (D1.4.4).
 */
bool aarch32_condition_passed(u32 spsr, u32 iss);

/**
 * aarch32_skip - go on behind an instruction, in an IT block with the next one
 * @size: of the instruction, 2 or 4
 */
void aarch32_skip(struct aarch32_state *state, unsigned int size);

/**
 * aarch32_take_undefined - the state at the handler of an undefined instruction
 * @state: in: at the instruction; out: at the handler's first
 * @vectors: of the guest
 * @lr: set to what LR_und is to be
 *
 * Return: what SPSR_und is to be.
 */
u32 aarch32_take_undefined(struct aarch32_state *state,
			   const struct aarch32_vectors *vectors, u32 *lr);

/* The program status at the start of a guest: SVC, interrupts masked; bit 0 of
 * the entry point selects T32 (PSCI, ARM DEN0022D 5.6.3). */
struct aarch32_state aarch32_start(u64 entry);

/* The bytes of a value of this size in the order that the guest's data have. */
u64 aarch32_data_order(u32 spsr, u64 value, unsigned int size);

#endif
