/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A report is a list of sections, each a table of text. */
#ifndef JHCFG_EMIT_REPORT_H
#define JHCFG_EMIT_REPORT_H

#include <stdio.h>

#include <jhcfg/emit.h>

#include "model/names.h"

#define REPORT_MAX_COLUMNS 6
#define REPORT_TEXT_SIZE   192

struct report_row {
	char text[REPORT_MAX_COLUMNS][REPORT_TEXT_SIZE];
};

struct report_heading {
	const char *title;			 /* "Memory" */
	const char *key;			 /* "memory" */
	const char *columns[REPORT_MAX_COLUMNS]; /* end with NULL, if fewer */
};

struct report_section {
	const struct report_heading *heading;
	struct report_row *rows;
	size_t count, capacity;
	bool failed; /* without memory */
	struct report_row spare;
};

/* The cells of a project, fetched once; the root is the first one. */
struct report {
	const struct jhcfg_workspace *workspace;
	const struct jhcfg_board *board; /* NULL: none */
	const struct jhcfg_config **cells;
	size_t num_cells;
};

const char *report_cell_name(const struct report *report, size_t index);

/* An empty row at the end, valid until the next call; a spare one without
 * memory. */
struct report_row *report_add(struct report_section *section);

/* --- report_text.c --- */

#define REPORT_SET(row, column, ...)                                           \
	snprintf((row)->text[column], REPORT_TEXT_SIZE, __VA_ARGS__)

/* Adds to a list in a text of REPORT_TEXT_SIZE; once that is full, "...". */
void report_append(char *text, const char *more);
void report_append_flags(char *text, const struct jhcfg_name *names,
			 uint64_t flags);
void report_set_range(struct report_row *row, unsigned int column,
		      uint64_t start, uint64_t size);
void report_set_size(struct report_row *row, unsigned int column,
		     uint64_t size);
void report_set_bdf(struct report_row *row, unsigned int column, uint16_t bdf);
const struct jhcfg_cell *report_cell(const struct report *report, size_t n);

/* --- sections: each adds the rows of one --- */

void report_fill_cells(const struct report *report,
		       struct report_section *section);
void report_fill_cpus(const struct report *report,
		      struct report_section *section);
void report_fill_memory(const struct report *report,
			struct report_section *section);
void report_fill_interrupts(const struct report *report,
			    struct report_section *section);
void report_fill_devices(const struct report *report,
			 struct report_section *section);
void report_fill_pci(const struct report *report,
		     struct report_section *section);
void report_fill_links(const struct report *report,
		       struct report_section *section);
void report_fill_ports(const struct report *report,
		       struct report_section *section);
void report_fill_scenarios(const struct report *report,
			   struct report_section *section);
void report_fill_waivers(const struct report *report,
			 struct report_section *section);
void report_fill_command_line(const struct report *report,
			      struct report_section *section);

struct report_table {
	struct report_heading heading;
	void (*fill)(const struct report *report,
		     struct report_section *section);
};

extern const struct report_table report_tables[];
extern const size_t report_num_tables;

#endif
