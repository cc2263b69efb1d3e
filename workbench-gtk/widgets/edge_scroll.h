/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scrolls while something is dragged near the upper or lower edge: what is not in
 * view can be dropped on, too. GTK does that in its lists only. */
#ifndef JHW_EDGE_SCROLL_H
#define JHW_EDGE_SCROLL_H

#include <gtk/gtk.h>

void jhw_edge_scroll_add(GtkScrolledWindow *scroller);

#endif
