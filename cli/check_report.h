/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What "config check" has found, and the forms that it is printed in. */
#ifndef CLI_CHECK_REPORT_H
#define CLI_CHECK_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "check_input.h"

struct check_report {
	const struct check_input *input;
	const struct jhcfg_findings *findings;
	bool *known; /* by finding: it is in the baseline */
	bool strict; /* warnings count like errors */
};

/* 0 or -ENOMEM; the findings belong to the caller. */
int check_report_make(struct check_report *report,
		      const struct check_input *input,
		      const struct jhcfg_findings *findings);
void check_report_clear(struct check_report *report);

/* Findings of this severity that are neither waived nor known. */
size_t check_report_count(const struct check_report *report,
			  enum jhcfg_severity severity);
/* How many are waived, and known. */
size_t check_report_waived(const struct check_report *report);
size_t check_report_known(const struct check_report *report);
/* The finding is accepted: waived, or known from before. */
bool check_report_is_accepted(const struct check_report *report, size_t index);
/* There is something that makes the check fail. */
bool check_report_failed(const struct check_report *report);

/*
 * A baseline is a file that says what was found once: what is in it is known
 * and fails no check. -EINVAL and a message if it is none; or what reading and
 * writing said, with a message.
 */
int check_baseline_read(struct check_report *report, const char *path);
int check_baseline_write(const struct check_report *report, const char *path);

/* Print all of it. 0 or -ENOMEM. */
int check_print_text(FILE *out, const struct check_report *report);
int check_print_json(FILE *out, const struct check_report *report);
int check_print_sarif(FILE *out, const struct check_report *report);
int check_print_junit(FILE *out, const struct check_report *report);

#endif
