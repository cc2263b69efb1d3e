/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Differences by meaning: of configurations, whatever format each came from,
 * and of boards. What means the same is the same: the order of regions, how
 * lines are spread over irqchips, indices, notes do not count.
 */
#ifndef JHCFG_DIFF_H
#define JHCFG_DIFF_H

#include <jhcfg/board.h>
#include <jhcfg/model.h>

enum jhcfg_change_kind {
	JHCFG_ADDED,   /* in the second only */
	JHCFG_REMOVED, /* in the first only */
	JHCFG_CHANGED,
};

/* One difference. The strings belong to the diff and are never NULL. */
struct jhcfg_change {
	enum jhcfg_change_kind kind;
	const char *where;  /* "system", "cell rtos", "board" */
	const char *object; /* "memory ram", "CPUs", "00:01.0"; may be empty */
	const char *member; /* "size"; empty: the object as a whole */
	const char *a, *b;  /* values; empty where there is none */
};

/* What one side is: any number of configurations, and what is known of the
 * hardware (NULL: nothing). */
struct jhcfg_diff_side {
	const struct jhcfg_config *const *configs;
	size_t num_configs;
	const struct jhcfg_board *board;
};

struct jhcfg_diff;

/*
 * Compares two sides. Systems are compared with each other, cells by their
 * names; where each side is one cell, these are, whatever their names. Boards
 * are compared if both sides have one. -ENOMEM.
 */
JHCFG_API int jhcfg_diff_make(const struct jhcfg_diff_side *a,
			      const struct jhcfg_diff_side *b,
			      struct jhcfg_diff **diff);
JHCFG_API void jhcfg_diff_free(struct jhcfg_diff *diff);

/* Difference @index, in the order of the configurations; NULL behind the last
 * one. */
JHCFG_API const struct jhcfg_change *jhcfg_diff_change(
	const struct jhcfg_diff *diff, size_t index);
/* "added", "removed", "changed" */
JHCFG_API const char *jhcfg_change_name(enum jhcfg_change_kind kind);

/* All of them for people, a line each, empty if there is none: a new string
 * that the caller frees. NULL without memory. */
JHCFG_API char *jhcfg_diff_text(const struct jhcfg_diff *diff);

/*
 * The fingerprint of hardware: "1 cpus:5f3a... memory:... devices:... ", short
 * enough for a project file. Two that are equal mean that nothing has changed
 * that a configuration depends on: CPUs, RAM and carve-outs, registers and
 * interrupts of devices, PCI functions with their BARs, controllers. A new
 * string that the caller frees; NULL without memory.
 */
JHCFG_API char *jhcfg_board_fingerprint(const struct jhcfg_board *board);

/* In which areas two fingerprints differ: "memory, devices", empty in none; a
 * new string that the caller frees. NULL without memory. */
JHCFG_API char *jhcfg_fingerprint_compare(const char *a, const char *b);

#endif
