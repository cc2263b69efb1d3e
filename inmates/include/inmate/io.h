/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Register accesses by physical address. Addresses are mapped one to one, see
 * map_range(). Assembler, since what traps has to be one simple load or
 * store: the hypervisor decodes it from the syndrome alone.
 */
#ifndef INMATE_IO_H
#define INMATE_IO_H

#include <asm/io.h>

#endif
