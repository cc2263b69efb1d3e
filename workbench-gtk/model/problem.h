/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A finding of the rules, for lists. */
#ifndef JHW_PROBLEM_H
#define JHW_PROBLEM_H

#include <jhcfg/check.h>

#include "model/document.h"
#include "model/ref.h"

#define JHW_TYPE_PROBLEM (jhw_problem_get_type())
G_DECLARE_FINAL_TYPE(JhwProblem, jhw_problem, JHW, PROBLEM, GObject)

/* Copies what it needs. */
JhwProblem *jhw_problem_new(const struct jhcfg_finding *finding);
/* A constant. */
const struct jhcfg_rule *jhw_problem_rule(JhwProblem *problem);
enum jhcfg_severity jhw_problem_severity(JhwProblem *problem);
const char *jhw_problem_message(JhwProblem *problem);
const char *jhw_problem_advice(JhwProblem *problem);
const char *jhw_problem_object(JhwProblem *problem);
gboolean jhw_problem_fixable(JhwProblem *problem);
/* Reason of the waiver; NULL: it is not waived. */
const char *jhw_problem_waiver(JhwProblem *problem);
/* What it is about in this state of the project, see jhw_place_ref(). */
JhwRef jhw_problem_ref(JhwProblem *problem, const struct jhcfg_workspace *workspace);
/* Key of the cell that it is counted for; 0: the system as a whole. */
uint32_t jhw_problem_cell(JhwProblem *problem);
/* The same finding, from another run of the rules. */
gboolean jhw_problem_is(JhwProblem *problem, const struct jhcfg_finding *finding);

/* GEqualFunc: they are shown alike and are about the same. */
gboolean jhw_problem_equal(gconstpointer a, gconstpointer b);

/* Applies the fix-it as one undoable step. */
gboolean jhw_problem_fix(JhwProblem *problem, JhwDocument *document, GError **error);
/* What it would change, a line each; NULL with @error: it cannot be done. */
char *jhw_problem_preview_fix(JhwProblem *problem, JhwDocument *document, GError **error);
/* Accepts the finding; @reason NULL: not any more. */
gboolean jhw_problem_waive(JhwProblem *problem, JhwDocument *document, const char *reason,
			   GError **error);

#endif
