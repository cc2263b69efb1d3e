/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What happened on the target, the youngest first; a cell's leads to it. */
#ifndef JHW_RUN_EVENTS_H
#define JHW_RUN_EVENTS_H

#include <gtk/gtk.h>

#include "model/session.h"

GtkWidget *jhw_events_new(JhwSession *session);
/* Warnings and errors among them that were not looked at. */
guint jhw_events_unseen(GtkWidget *events);

#endif
