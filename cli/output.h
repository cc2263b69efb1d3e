/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all commands print in the same way. Messages go to stderr. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdio.h>

#include <jhcfg/diag.h>

/*
 * Prints @size bytes of what comes from files and targets: what they would do
 * to a terminal is shown, not done, as "\x1b". Those in @keep are left alone.
 */
void output_clean(FILE *out, const char *text, size_t size, const char *keep);

/* "WHAT: strerror"; @err is an errno value, negated or not. */
void output_errno(const char *what, int err);

/* "jailhouse: …" and a newline. */
void output_error(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
/* "hint: …": what the user can do about the error before it. */
void output_hint(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* All findings about @file (NULL: about none), each with its hint. */
void output_diags(const char *file, const struct jhcfg_diags *diags);

#endif
