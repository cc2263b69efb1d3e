/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* aarch32_code.S */
#ifndef INMATE_TESTS_AARCH32_CODE_H
#define INMATE_TESTS_AARCH32_CODE_H

#include <jailhouse/types.h>

/* All of it, to be mapped for users, too */
extern const char code_start[], code_end[];

/* Loads of a word into a register that is another one in each mode, and back
 * from there; mode: what CPSR is to be */
u32 code_load_sp(u32 addr);
u32 code_load_lr(u32 addr);
u32 code_load_sp_in_mode(u32 addr, u32 mode);
u32 code_load_lr_in_mode(u32 addr, u32 mode);
/* 0 if R8 and R12 of FIQ differ, or those of SVC changed */
u32 code_load_fiq(u32 addr, u32 mode);

u32 code_load_big_endian(u32 addr);
void code_store_big_endian(u32 addr, u32 value);
u32 code_load_signed_byte(u32 addr);
u32 code_load_signed_byte_narrow(u32 addr);
u32 code_load_signed_half(u32 addr);

/* In an IT block, by an instruction of 16 or of 32 bits; 0 if what follows in
 * the block goes wrong */
u32 code_it_load(u32 addr);
u32 code_it_load_wide(u32 addr);

/* SMC with a condition that does not hold, or does */
u32 code_smc_not(u32 function);
u32 code_smc_conditional(u32 function);
u32 code_it_smc(u32 function);

/* Number of registers that a hypercall changed beside R0 */
u32 code_hypercall_keeps(void);

/* As a user: read a debug register of this cell's CPU. Returns once the
 * handler of the exception went on at code_back. */
void code_user_arm(void);
void code_user_thumb(void);
extern const char code_user_arm_insn[];
extern const char code_user_thumb_insn[], code_back[];

/* For PSCI: with this as the argument, the CPU turns itself off again. */
#define CODE_ARGUMENT 0x5a5a0123U
void code_thumb_entry(void);

#endif
