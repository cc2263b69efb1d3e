/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ASM_PSCI_H
#define ASM_PSCI_H

#include <hv/types.h>

struct trap;

/* An SMC of the guest: x0 = function, result in x0 (ARM DEN0028). */
void smccc_dispatch(struct trap *trap);

#endif
