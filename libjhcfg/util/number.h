/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numbers as people write them. */
#ifndef JHCFG_UTIL_NUMBER_H
#define JHCFG_UTIL_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for any number that jhcfg_format_...() writes, with its NUL. */
#define JHCFG_NUMBER_SIZE 24

/*
 * Reads all of @text as an unsigned number: decimal, or hexadecimal after 0x,
 * optionally followed by K, M or G (powers of 1024).
 * -EINVAL: not a number; -ERANGE: above @max.
 */
int jhcfg_parse_number(const char *text, uint64_t max, uint64_t *value);

/* "0x" and at least 8 digits. */
void jhcfg_format_address(uint64_t value, char text[JHCFG_NUMBER_SIZE]);
/* The shortest of "4K", "1M", "2G", or 0x-hexadecimal for odd sizes. */
void jhcfg_format_size(uint64_t value, char text[JHCFG_NUMBER_SIZE]);

/*
 * Reads a range "5" or "5-9" of numbers up to @max.
 * -EINVAL: not a range, or its end is below its start; -ERANGE: above @max.
 */
int jhcfg_parse_range(const char *text, uint64_t max, uint64_t *first,
		      uint64_t *last);

#endif
