/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The button that records what the target does, for bug reports and replays. */
#ifndef JHW_RUN_RECORD_H
#define JHW_RUN_RECORD_H

#include <gtk/gtk.h>

#include "model/session.h"

GtkWidget *jhw_record_button_new(JhwSession *session);
/* As if it was clicked, and this file chosen. */
void jhw_record_to(GtkWidget *button, const char *path);

#endif
