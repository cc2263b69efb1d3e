/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers as people write and read them. */
#ifndef JHW_NUMBER_H
#define JHW_NUMBER_H

#include <glib.h>
#include <stdint.h>

/*
 * Reads an expression: terms joined by + and -, each one or more numbers
 * joined by *; numbers are decimal, or hexadecimal with 0x, and may end in K,
 * M, G or T (also KiB, MB...), which count in powers of 1024. FALSE with what is
 * wrong in @error, also for results outside of 64 bits.
 */
gboolean jhw_number_parse(const char *text, uint64_t *number, GError **error);

/* "64M" where that is exact, "0x10800" otherwise: what the parser reads. */
char *jhw_number_size_text(uint64_t size);
/* "0x40000000" */
char *jhw_number_hex_text(uint64_t number);
/* "1.5 GiB": for people, at most one digit after the point. */
char *jhw_number_human(uint64_t size);

#define JHW_NUMBER_ERROR (jhw_number_error_quark())
GQuark jhw_number_error_quark(void);

#endif
