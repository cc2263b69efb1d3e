/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_PANELS_PROBLEM_ACTIONS_H
#define JHW_PANELS_PROBLEM_ACTIONS_H

#include <gtk/gtk.h>

#include "model/session.h"

/* A popover at @widget with what the fix-it would change, to be applied. */
void jhw_fix_open(GtkWidget *widget, JhwSession *session, JhwProblem *problem);
/* Asks for the reason; a waiver that is there is taken back at once. */
void jhw_waive_open(GtkWidget *widget, JhwSession *session, JhwProblem *problem);

#endif
