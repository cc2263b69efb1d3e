/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text that grows: who sees its end goes on seeing it, when there is more of it
 * or less room. GTK scrolls as well when text changes; only people leave the end,
 * by the wheel, keys or the bar, and come back by being there.
 */
#ifndef JHW_STAY_AT_END_H
#define JHW_STAY_AT_END_H

#include <gtk/gtk.h>

/* @view is what @scroller shows. It begins at the end. */
void jhw_stay_at_end(GtkWidget *scroller, GtkWidget *view);
/* Something else is to be seen, as what was looked for; or the end again. */
void jhw_stay_at_end_set(GtkWidget *view, gboolean stay);

#endif
