/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Run: the target, its cells and what they do.
 *
 * Actions: "run.connect", "run.disconnect", "run.cell" (ss: verb and name of the
 * cell), "run.disable", "run.show" (s: "consoles", "graphs", "events").
 */
#ifndef JHW_RUN_PAGE_H
#define JHW_RUN_PAGE_H

#include <gtk/gtk.h>

#include "model/session.h"

#define JHW_TYPE_RUN_PAGE (jhw_run_page_get_type())
G_DECLARE_FINAL_TYPE(JhwRunPage, jhw_run_page, JHW, RUN_PAGE, GtkWidget)

GtkWidget *jhw_run_page_new(JhwSession *session);

#endif
