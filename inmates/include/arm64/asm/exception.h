/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#ifndef INMATE_ASM_EXCEPTION_H
#define INMATE_ASM_EXCEPTION_H

#include <jailhouse/types.h>

/* In the order in which vectors.S stores it */
struct exception_frame {
	u64 x[31];
	u64 sp;
	u64 elr;
	u64 spsr;
	u64 esr;
	u64 far;
};

/* Exception class in ESR_EL1: ARM DDI 0487, D19.2.37 */
#define ESR_EC(esr) (((esr) >> 26) & 0x3f)
#define EC_UNKNOWN  0x00

#endif
