/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How often memory is taken. For programs that are linked with
 * count_memory_args (see tests/lib/meson.build): calls from their own objects
 * and archives are counted, not those that libc makes itself.
 */
#ifndef TESTS_COUNT_MEMORY_H
#define TESTS_COUNT_MEMORY_H

#include <stddef.h>

/* Calls of malloc() and the like since the program began. */
size_t count_memory(void);

#endif
