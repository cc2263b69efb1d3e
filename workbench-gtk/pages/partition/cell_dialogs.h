/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is asked before a cell is made or gets memory. */
#ifndef JHW_PARTITION_CELL_DIALOGS_H
#define JHW_PARTITION_CELL_DIALOGS_H

#include <gtk/gtk.h>

#include "model/session.h"

/* Popovers at @widget, which go away by themselves; @at: at that part of it. */
void jhw_new_cell_open(GtkWidget *widget, JhwSession *session);
void jhw_add_memory_open(GtkWidget *widget, const GdkRectangle *at, JhwSession *session,
			 uint32_t key);
/* At once: it can be undone. */
void jhw_delete_cell(JhwSession *session, uint32_t key);

#endif
