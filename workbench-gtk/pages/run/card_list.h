/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The cells of the Run page: a card for each that the target has, and in one row
 * the names of those of the project that it does not have.
 */
#ifndef JHW_RUN_CARD_LIST_H
#define JHW_RUN_CARD_LIST_H

#include <gtk/gtk.h>

#include "model/session.h"

GtkWidget *jhw_card_list_new(JhwSession *session);
/* The project or the target is another one; cards of cells that are still there stay. */
void jhw_card_list_update(GtkWidget *list);
/* The card of that cell, NULL if it has none. */
GtkWidget *jhw_card_list_find(GtkWidget *list, const char *name);

#endif
