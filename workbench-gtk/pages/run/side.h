/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands beside the page Run in place of the inspector: the deploy and the
 * preflight. */
#ifndef JHW_RUN_SIDE_H
#define JHW_RUN_SIDE_H

#include <gtk/gtk.h>

#include "model/session.h"

GtkWidget *jhw_run_side_new(JhwSession *session);
/* As its button does. */
void jhw_run_side_plan(GtkWidget *side);

/* deploy_view.c */
GtkWidget *jhw_deploy_view_new(JhwSession *session);
void jhw_deploy_view_plan(GtkWidget *view);
/* preflight_view.c */
GtkWidget *jhw_preflight_view_new(JhwSession *session);

#endif
