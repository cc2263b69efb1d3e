/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A list with columns of text, a row for each object: what says in words what
 * a page draws. It follows the project, shows what is selected, and selects;
 * rows can be dragged onto cells, or moved by their menu.
 */
#ifndef JHW_TEXT_LIST_H
#define JHW_TEXT_LIST_H

#include <gtk/gtk.h>

#include "model/session.h"

typedef struct {
	const char *title;
	gboolean right;	    /* numbers */
	gboolean monospace; /* addresses */
	gboolean expand;
	gboolean swatch; /* the row's colour before the text */
} JhwTextColumn;

#define JHW_TYPE_TEXT_ROW (jhw_text_row_get_type())
G_DECLARE_FINAL_TYPE(JhwTextRow, jhw_text_row, JHW, TEXT_ROW, GObject)

/* Takes over @texts, one for each column, ended by NULL. */
JhwTextRow *jhw_text_row_new(const JhwRef *ref, char **texts);
/* Whose colour it has: a constant style class as of jhw_owner_class(); NULL: nobody's. */
void jhw_text_row_set_owner(JhwTextRow *row, const char *owner);

/* Adds the rows (JhwTextRow, which the list takes over) as they are now. */
typedef void (*JhwTextRows)(JhwSession *session, GPtrArray *rows, gpointer data);

/* @name is for those who do not see it. @columns and @data outlive the list. */
GtkWidget *jhw_text_list_new(JhwSession *session, const char *name, const JhwTextColumn *columns,
			     guint num_columns, JhwTextRows rows, gpointer data);
/* Its rows are others now, for a reason that only the caller knows. */
void jhw_text_list_update(GtkWidget *list);

#endif
