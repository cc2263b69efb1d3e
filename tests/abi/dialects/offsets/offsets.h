/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Assertions about a dialect's structs. Each file here compiles against that
 * dialect's header, or does not: there is nothing to run.
 */
#ifndef ABI_OFFSETS_H
#define ABI_OFFSETS_H

#include <stddef.h>

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

#define SIZE(type, size) _Static_assert(sizeof(type) == (size), #type)
#define AT(type, member, offset)                                               \
	_Static_assert(offsetof(type, member) == (offset), #type "." #member)

#endif
