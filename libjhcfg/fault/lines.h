/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines of a console, and what each says of a fault. */
#ifndef JHCFG_FAULT_LINES_H
#define JHCFG_FAULT_LINES_H

#include <jhcfg/fault.h>

#include "fault/match.h"

#define FAULT_MAX_LINES 8192

/* A fault while it is read, and the memory of its strings; that of its lines
 * is elsewhere, since pages that nothing was written to take no memory. */
struct fault_slot {
	struct jhcfg_fault fault;
	bool used;
	char cell[JHCFG_NAME_SIZE];
	char cause[256];
	char *lines; /* FAULT_MAX_LINES */
	size_t size; /* of them */
};

/* What a line is to the dump of a fault. */
enum fault_part_of {
	FAULT_WHOLE,  /* all of a fault, beside any dump */
	FAULT_BEGINS, /* its first line */
	FAULT_DETAIL, /* one of it, once it was begun */
	FAULT_ENDS,   /* its last line */
	FAULT_EVENT,  /* none of it */
};

/* A kind of line. */
struct fault_row {
	const char *pattern; /* as of match_line() */
	enum jhcfg_line line;
	enum jhcfg_fault_kind kind; /* if it begins one */
	/* NULL: it adds nothing to a fault */
	void (*apply)(struct fault_slot *slot, const struct match *match);
};

/* The row of that line among those of @part, NULL: it is none. */
const struct fault_row *fault_row_find(enum fault_part_of part,
				       const char *line, size_t length,
				       struct match *match);

/* --- for rows: what is said first counts, details come behind ------------- */

void fault_set_cell(struct fault_slot *slot, const struct match *match);
void fault_set_cause(struct fault_slot *slot, const struct match_text *text);
void fault_set_address(struct fault_slot *slot, uint64_t address);
void fault_set_access(struct fault_slot *slot, enum jhcfg_access access);
void fault_set_function(struct fault_slot *slot, const uint64_t numbers[3]);

/* line_dma.c: what an IOMMU has stopped */
void fault_apply_dma(struct fault_slot *slot, const struct match *match);

#endif
