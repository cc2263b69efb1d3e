/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The graph as a widget: selects cells and links; an edge drawn from one cell
 * to another asks for a link.
 *
 * Signal "connect" (guint from, guint to, double x, double y): keys of cells,
 * and where that was.
 * Signal "menu" (double x, double y): of what was just selected.
 */
#ifndef JHW_LINKS_VIEW_H
#define JHW_LINKS_VIEW_H

#include <gtk/gtk.h>

#include "model/session.h"

#define JHW_TYPE_LINKS_VIEW (jhw_links_view_get_type())
G_DECLARE_FINAL_TYPE(JhwLinksView, jhw_links_view, JHW, LINKS_VIEW, GtkWidget)

GtkWidget *jhw_links_view_new(JhwSession *session);

#endif
