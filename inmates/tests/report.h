/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What a test inmate says, one result a line:
 *
 *   PASS name
 *   FAIL name: why
 *   SKIP name: why
 *   DONE n            after the last of n results
 *
 * Names have no blanks. A run without DONE did not get to its end.
 */
#ifndef INMATE_TESTS_REPORT_H
#define INMATE_TESTS_REPORT_H

#include <stdbool.h>
#include <jailhouse/types.h>

void report_pass(const char *name);
void report_fail(const char *name, const char *why, ...)
	__attribute__((format(printf, 2, 3)));
void report_skip(const char *name, const char *why);

/* PASS if both are the same, else FAIL with both values */
void report_equal(const char *name, u64 seen, u64 expected);

/* PASS if ok, else FAIL with the reason */
void report_true(const char *name, bool ok, const char *why);

void report_done(void);

#endif
