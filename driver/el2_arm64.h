/* SPDX-License-Identifier: GPL-2.0-only */
/* Between arm64.c and el2_arm64.S */
#ifndef JH_EL2_ARM64_H
#define JH_EL2_ARM64_H

/*
 * No call of the kernel's stub (these are 0 to 3), nor an SMCCC or PSCI
 * function (bit 31 is clear; SMC Calling Convention, ARM DEN 0028, table of
 * function identifiers).
 */
#define JH_PROBE_CALL 0x6a68

/* Result when the HVC itself was undefined */
#define JH_PROBE_UNDEFINED 0x4e4f454c32 /* "NOEL2" */

#ifndef __ASSEMBLY__
/* Makes the call above and returns the answer in x0. */
unsigned long jh_el2_probe(void);

/* Lets the kernel's stub jump to entry at EL2 with (base, cpu, PSTATE). */
long jh_el2_enter(unsigned long entry, unsigned long base, unsigned long cpu);
#endif

#endif
