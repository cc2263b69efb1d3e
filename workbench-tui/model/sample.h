/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of a target say at one moment, as numbers. No memory of what
 * they said before: that is for update.c.
 */
#ifndef TUI_SAMPLE_H
#define TUI_SAMPLE_H

#include <jhcfg/target.h>

#include "model/reason.h"
#include "model/store.h"

/* What a hostile target may cost us. */
#define SAMPLE_MAX_CELLS 256U
#define SAMPLE_MAX_CPUS	 4096U /* of all cells */
#define SAMPLE_MAX_CPU	 32767U

/* Bytes of the tree that was read; NULL: the file is not there. */
struct sample_text {
	const char *text;
	size_t length;
};

struct sample_cell {
	unsigned int id;
	struct sample_text name, state, cpus, failed; /* first lines */
	size_t first_cpu, num_cpus;		      /* in sample->cpus */
	size_t row; /* of its sums; those of its CPUs follow */
};

struct sample {
	bool driver, enabled;
	struct tui_gauge mem_pool, remap_pool, memory;
	uint64_t load_milli[3];
	struct sample_text possible; /* list of CPUs */
	struct sample_text console, interrupts;
	struct reason_hint hint;
	struct tui_pool cells, cpus; /* struct sample_cell, unsigned int */
	size_t num_cells, num_cpus;
	/* values of counters: rows of this many reasons, the total first */
	struct tui_pool values;
	size_t num_rows, num_reasons;
};

/* Values of a cell or CPU by reason, of which there are sample->num_reasons. */
static inline uint64_t *sample_row(const struct sample *sample, size_t row)
{
	return (uint64_t *)sample->values.items + row * sample->num_reasons;
}

/* Paths of the hypervisor's state and of Linux' own, see jhcfg_reading. They
 * are SAMPLE_NUM_PATHS, and NULL. */
#define SAMPLE_NUM_PATHS 7
extern const char *const sample_paths[];
/* Names below that are of no use to it. */
extern const char *const sample_skip[];
extern const char sample_skip_suffix[];

/* Fills @sample, whose texts are of @tree. Reasons that are new are added to
 * the store. -ENOMEM: it is not complete. */
int sample_parse(struct sample *sample, struct tui_store *store,
		 const struct jhcfg_tree *tree);
void sample_clear(struct sample *sample);

/* Index of the first file whose path is @prefix or comes after it. */
size_t sample_first(const struct jhcfg_tree *tree, const char *prefix);

/* --- words of sysfs ------------------------------------------------------- */

/* Decimal digits up to @length or a newline; TUI_NO_VALUE: it is no number. */
uint64_t sample_number(const char *text, size_t length);
/* Takes the next range off a list of CPUs as "0-1,3"; false: there is none, or
 * it is no list. Ranges do not overlap and ascend. */
bool sample_next_range(struct sample_text *list, unsigned int *first,
		       unsigned int *last);

#endif
