/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#ifndef INMATE_ASM_EXCEPTION_H
#define INMATE_ASM_EXCEPTION_H

#include <jailhouse/types.h>

/* In the order in which vectors.S stores it */
struct exception_frame {
	u32 vector; /* its offset in the table */
	u32 r[13];
	u32 lr;	  /* of SVC mode, from which the inmate runs */
	u32 pc;	  /* LR of the mode of the exception: behind the instruction */
	u32 cpsr; /* as it was */
};

/* Offsets in the vector table: ARM DDI 0487, G1.12.1 */
#define VECTOR_UNDEFINED      0x04U
#define VECTOR_SVC	      0x08U
#define VECTOR_PREFETCH_ABORT 0x0cU
#define VECTOR_DATA_ABORT     0x10U

#endif
