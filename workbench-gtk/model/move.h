/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Giving things to a cell: what a drop, a paste or "Move to..." does. The
 * library's planner says what belongs to each thing; here it is one edit for
 * all of them, and a preview that tries it on a copy.
 */
#ifndef JHW_MOVE_H
#define JHW_MOVE_H

#include <jhcfg/plan.h>

#include "model/document.h"
#include "model/ref.h"

/* One line of what comes along: an operation or a remark. */
typedef struct {
	enum jhcfg_plan_kind kind;
	uint32_t cell;
	char *what;
	char *reason;
} JhwMoveLine;

typedef struct {
	char *title;		       /* "serial1", "3 things" */
	char *from;		       /* names of those that have it now */
	uint32_t cell;		       /* who gets it */
	GPtrArray *lines;	       /* JhwMoveLine */
	char *refusal;		       /* why it cannot be; NULL: it can */
	struct jhcfg_workspace *after; /* a copy in which it is done; NULL: refused */
} JhwMovePreview;

/* Whether at least one of them can be given to somebody, and is not all with
 * the cell already. */
gboolean jhw_move_makes_sense(JhwDocument *document, const JhwRefList *refs, uint32_t cell);
/* Never NULL. */
JhwMovePreview *jhw_move_preview(JhwDocument *document, const JhwRefList *refs, uint32_t cell);
void jhw_move_preview_free(JhwMovePreview *preview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwMovePreview, jhw_move_preview_free)
/* Moves one thing, inside of a step: 0 or -errno, with the reason in @diags. */
int jhw_move_one(struct jhcfg_workspace *workspace, const JhwRef *ref, uint32_t cell,
		 struct jhcfg_diags *diags);
/* As one undoable step. */
gboolean jhw_move(JhwDocument *document, const JhwRefList *refs, uint32_t cell, GError **error);

#endif
