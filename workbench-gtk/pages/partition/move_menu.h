/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_PARTITION_MOVE_MENU_H
#define JHW_PARTITION_MOVE_MENU_H

#include <gtk/gtk.h>

#include "model/document.h"
#include "model/ref.h"

/* Cells that can get some of these, as a menu: items activate @action with the
 * cell's key. A new object; without items if nobody can. */
GMenu *jhw_move_menu_new(JhwDocument *document, const JhwRefList *refs, const char *action);
/* The same, opened at @widget with a heading. */
void jhw_move_menu_open(GtkWidget *widget, JhwDocument *document, const JhwRefList *refs,
			const char *action);

#endif
