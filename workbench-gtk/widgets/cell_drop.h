/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_CELL_DROP_H
#define JHW_CELL_DROP_H

#include <gtk/gtk.h>

#include "model/session.h"

/* A drag is above @widget, at that point of it, with something for the cell;
 * @refs NULL: not any more. */
typedef void (*JhwCellDropHover)(GtkWidget *widget, JhwRefList *refs, double x, double y,
				 gpointer data);

/*
 * Lets objects be dropped on @widget, which stands for the cell: they become
 * the cell's, as one undoable step. Meanwhile the widget has the style class
 * "drop-here". @data lives as long as @widget.
 */
void jhw_cell_drop_add(GtkWidget *widget, JhwSession *session, uint32_t cell,
		       JhwCellDropHover hover, gpointer data);

#endif
