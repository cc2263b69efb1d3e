/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_PANELS_HARDWARE_ROW_H
#define JHW_PANELS_HARDWARE_ROW_H

#include <gtk/gtk.h>

#include "model/session.h"
#include "widgets/ref_selection.h"

/* Makes rows of JhwNode in GtkTreeListRow, which can be dragged onto cells, and
 * whose menus open at @view. */
GtkListItemFactory *jhw_hardware_rows_new(JhwSession *session, JhwRefOf ref_of, GtkWidget *view);

#endif
