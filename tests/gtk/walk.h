/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A random walk over a project that is shown on a page and in the inspector. */
#ifndef TESTS_GTK_WALK_H
#define TESTS_GTK_WALK_H

#include <gtk/gtk.h>

#include "model/session.h"

#define WALK_MAX_OPERATIONS 32

typedef struct {
	GRand *random;
	JhwDocument *document;
	JhwLog *log;
	JhwSession *session;
	GtkWidget *window;
	GtkWidget *partition;
	GtkWidget *inspector;
	guint steps; /* taken */
	/* of each operation */
	guint tried[WALK_MAX_OPERATIONS], done[WALK_MAX_OPERATIONS];
} Walk;

/* One thing that a person may do. */
struct walk_operation {
	const char *name;
	guint weight;
	/* TRUE: the project has changed */
	gboolean (*run)(Walk *walk);
};

/* Ends with a name of NULL. */
extern const struct walk_operation walk_operations[];

void walk_set_up(Walk *walk, const char *board, guint seed);
void walk_tear_down(Walk *walk);
/* Something, chosen by weight. */
void walk_step(Walk *walk);

/* --- for operations -------------------------------------------------------- */

/* Below @limit, which may be 0. */
guint walk_random(Walk *walk, guint limit);
uint32_t walk_cell(Walk *walk);
/* Any thing that can be given to cells, or a region. */
JhwRef walk_thing(Walk *walk);
/* kind NONE: the cell has no region */
JhwRef walk_region(Walk *walk);
/* A size or an address, mostly one that makes sense. */
uint64_t walk_number(Walk *walk);

/* walk_edits.c */
gboolean walk_field(Walk *walk);
gboolean walk_memory(Walk *walk);
gboolean walk_link(Walk *walk);
gboolean walk_link_form(Walk *walk);
gboolean walk_interrupts(Walk *walk);
gboolean walk_scenario(Walk *walk);
gboolean walk_cells(Walk *walk);

#endif
