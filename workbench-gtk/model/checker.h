/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs the rules after each change of a document, in a thread, on a copy of
 * its state that nobody changes. Changes that come meanwhile lead to one more
 * run. Signal "changed": there are new results.
 */
#ifndef JHW_CHECKER_H
#define JHW_CHECKER_H

#include "model/document.h"
#include "model/problem.h"

#define JHW_TYPE_CHECKER (jhw_checker_get_type())
G_DECLARE_FINAL_TYPE(JhwChecker, jhw_checker, JHW, CHECKER, GObject)

JhwChecker *jhw_checker_new(JhwDocument *document);
/* Judges the cells of that scenario only; NULL: of each. One that goes away is
 * not judged any more. */
void jhw_checker_set_scenario(JhwChecker *checker, const char *name);
/* JhwProblem, the worst first. */
GListModel *jhw_checker_problems(JhwChecker *checker);
/* Of this severity, without those that are waived. */
guint jhw_checker_count(JhwChecker *checker, enum jhcfg_severity severity);
/* The results are those of the current state. */
gboolean jhw_checker_is_settled(JhwChecker *checker);
/* How many problems are about that cell, waived ones and remarks left out. */
guint jhw_checker_count_of_cell(JhwChecker *checker, uint32_t key);

#endif
