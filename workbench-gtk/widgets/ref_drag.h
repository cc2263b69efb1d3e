/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_REF_DRAG_H
#define JHW_REF_DRAG_H

#include <gtk/gtk.h>

#include "model/session.h"

/* What a drag that begins on @widget takes along, a new reference; NULL: nothing
 * is there. */
typedef JhwRefList *(*JhwRefDragTake)(GtkWidget *widget, gpointer data);

/*
 * Lets objects be dragged from @widget onto cells: those of @take that can be
 * moved at all, in projects that may be written to. Under the pointer is their
 * name, or their number; Escape ends it. @data lives as long as @widget.
 */
void jhw_ref_drag_add(GtkWidget *widget, JhwSession *session, JhwRefDragTake take, gpointer data);

#endif
