/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How often a cell leaves to the hypervisor: the last minute, and now. */
#ifndef JHW_RUN_SPARK_H
#define JHW_RUN_SPARK_H

#include <gtk/gtk.h>

#include "model/session.h"

/* For the cell of that name on the session's target. */
GtkWidget *jhw_cell_graph_new(JhwSession *session, const char *name);

#endif
