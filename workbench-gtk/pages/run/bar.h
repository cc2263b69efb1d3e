/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The line at the top: which target, what state it is in, what it has left. */
#ifndef JHW_RUN_BAR_H
#define JHW_RUN_BAR_H

#include <gtk/gtk.h>

#include "model/session.h"

GtkWidget *jhw_run_bar_new(JhwSession *session);

#endif
