/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was made of something that is no project yet, as lines for people: what
 * was found, what was inferred from it, and what could not be told. */
#ifndef JHW_REVIEW_H
#define JHW_REVIEW_H

#include <glib.h>
#include <jhcfg/diag.h>
#include <jhcfg/workspace.h>

typedef enum {
	JHW_REVIEW_FOUND,
	JHW_REVIEW_INFERRED,
	JHW_REVIEW_MISSING,
	JHW_REVIEW_NUM_PARTS
} JhwReviewPart;

typedef struct {
	char *text;
	char *detail; /* where it is from, or what to do; empty: nothing */
} JhwReviewLine;

/* JhwReviewLine; @diags: what was said when it was made. */
GPtrArray *jhw_review_lines(const struct jhcfg_workspace *workspace,
			    const struct jhcfg_diags *diags, JhwReviewPart part);

#endif
