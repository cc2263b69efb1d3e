/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_REF_ROW_H
#define JHW_REF_ROW_H

#include <gtk/gtk.h>

#include "model/session.h"
#include "widgets/ref_selection.h"

/*
 * Gives @widget, which shows an item of a list, what all rows of objects have:
 * it can be dragged onto cells, with what else is selected, and has a menu that
 * does the same. @view is what jhw_move_menu_install() was called for.
 */
void jhw_ref_row_add(GtkWidget *widget, GtkListItem *item, JhwRefOf ref_of, GtkWidget *view,
		     JhwSession *session);

#endif
