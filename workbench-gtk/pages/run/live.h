/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of the Run page that goes on by itself: consoles, graphs, events. */
#ifndef JHW_RUN_LIVE_H
#define JHW_RUN_LIVE_H

#include <gtk/gtk.h>

#include "model/session.h"

GtkWidget *jhw_run_live_new(JhwSession *session);
/* "consoles", "graphs" or "events". */
void jhw_run_live_show(GtkWidget *live, const char *part);

#endif
