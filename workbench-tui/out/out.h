/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is printed instead of a screen. A format is one row of a table and
 * knows nothing but the model; run.c says when it is called.
 */
#ifndef TUI_OUT_H
#define TUI_OUT_H

#include <stdio.h>

#include "model/column.h"
#include "model/rows.h"
#include "options.h"

/* What was printed before: for what is told once. */
struct out_state {
	FILE *out;
	const struct tui_options *options;
	struct tui_rows *rows;
	struct tui_columns columns;
	uint64_t refreshes; /* that were printed */
	uint64_t events;    /* serial of the last one that was */
};

struct out_format {
	enum tui_output output;
	/* A refresh; what was not written is seen by ferror() */
	void (*refresh)(struct out_state *state, const struct tui_model *model);
};

extern const struct out_format out_text, out_json, out_csv;

/* What --json-schema prints. */
extern const char out_schema[];

enum out_metrics {
	OUT_METRICS_TEXT, /* Prometheus' text format 0.0.4: textfile collectors
			   */
	OUT_METRICS_OPEN, /* OpenMetrics 1.0 */
};
/* All that is known, as metrics. */
void out_metrics_write(FILE *out, const struct tui_model *model,
		       enum out_metrics form);

/* Text in double quotes, as JSON and metrics escape it. */
void out_quoted(FILE *out, const char *text);
/* Thousandths as a decimal number. */
void out_milli(FILE *out, uint64_t milli);
/* Name of an owner: of a cell, "hypervisor", "shared"; NULL: nobody. */
const char *out_owner(const struct tui_model *model, int owner);
/* "enabled", as JSON and metrics call it. */
const char *out_attach_name(enum tui_attach attach);
const char *out_link_state_name(enum tui_link_state state);

/*
 * Prints until it is told to end, or enough was seen. The exit code: 0; 1 if
 * something failed or a budget was exceeded.
 */
int out_run(const struct tui_options *options);

#endif
