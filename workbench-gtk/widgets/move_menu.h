/* SPDX-License-Identifier: GPL-2.0-or-later */
/* "Move to...": what a drag onto a cell does, by menu and keyboard. */
#ifndef JHW_MOVE_MENU_H
#define JHW_MOVE_MENU_H

#include <gtk/gtk.h>

#include "model/session.h"

/* Cells that can get some of these, as a menu: items activate @action with the
 * cell's key. A new object; without items if nobody can. */
GMenu *jhw_move_menu_new(JhwDocument *document, const JhwRefList *refs, const char *action);
/* The same, opened at @widget with a heading; @at NULL: at all of it. */
void jhw_move_menu_open(GtkWidget *widget, JhwDocument *document, const JhwRefList *refs,
			const char *action, const GdkRectangle *at);

/*
 * Lets what is selected be moved from @view, a list of objects: the actions
 * "move.menu" (also Menu, Shift+F10 and M), which opens the menu, and "move.to"
 * (u: key of the cell).
 */
void jhw_move_menu_install(GtkWidget *view, JhwSession *session);
/* Opens the menu of @view for @refs, which are selected, at a point of @row,
 * which is in it. */
void jhw_move_menu_open_at(GtkWidget *view, JhwSession *session, const JhwRefList *refs,
			   GtkWidget *row, double x, double y);

#endif
