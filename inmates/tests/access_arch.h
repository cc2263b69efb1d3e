/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What each architecture knows of accesses: access_arm64.c, access_armv7.c */
#ifndef INMATE_TESTS_ACCESS_ARCH_H
#define INMATE_TESTS_ACCESS_ARCH_H

#include <inmate/exception.h>
#include <jailhouse/types.h>

/* Widths that one load or store of a general register can have: 2^0 and so
 * on */
extern const unsigned int access_num_widths;

/* Loads and stores without a syndrome: two registers, with write-back, and
 * exclusive; all zeros to 64 bytes */
u64 access_load_pair(u64 addr);
u64 access_load_postindex(u64 addr);
u64 access_load_exclusive(u64 addr);
void access_store_line(u64 addr);
/* Use this address as that of the page tables. */
void access_walk_tables(u64 addr);

u64 access_hvc(u32 immediate);

/*
 * Registers that no cell is granted: how many there are, and the index of a
 * name or -1. Only such as an emulator has: what it does not model is
 * undefined to the cell, and the hypervisor never hears of it.
 */
unsigned int access_num_regs(void);
int access_reg_find(const char *name);
/* Print what names it in an instruction, with a line feed. */
void access_reg_print(unsigned int index);
u64 access_reg_read(unsigned int index);
void access_reg_write(unsigned int index, u64 value);
/* The instructions for that */
#ifdef __aarch64__
#define ACCESS_REG_READ	 "mrs"
#define ACCESS_REG_WRITE "msr"
#else
#define ACCESS_REG_READ	 "mrc"
#define ACCESS_REG_WRITE "mcr"
#endif

/* Print the cause, with a line feed. */
void access_print_exception(const struct exception_frame *frame);

#endif
