/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HV_HYPERCALL_H
#define HV_HYPERCALL_H

#include <jailhouse/hypercall.h>
#include <hv/cell.h>

/* Carries out a hypercall of the guest on this CPU. Any code and argument is
 * legal; the result is a value >= 0 or a negated errno. The arguments come
 * first, so that they are where the handlers want them. */
long hypercall_dispatch(u64 arg1, u64 arg2, u64 code);

/* What the cell may call, by code: struct cell has it. */
const hypercall_handler *hypercalls_of(const struct cell *cell);

static inline long hypercall(u64 code, u64 arg1, u64 arg2)
{
	return hypercall_dispatch(arg1, arg2, code);
}

#endif
