/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A cell on the target: what it is doing, and what can be done with it. */
#ifndef JHW_RUN_CARD_H
#define JHW_RUN_CARD_H

#include <gtk/gtk.h>

#include "model/session.h"

/* @name: of the cell, which the project or the target or both have. */
GtkWidget *jhw_run_card_new(JhwSession *session, const char *name);
const char *jhw_run_card_name(GtkWidget *card);
/* After each sample. */
void jhw_run_card_update(GtkWidget *card);

#endif
