/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_POPOVER_H
#define JHW_POPOVER_H

#include <gtk/gtk.h>

/* A popover at @parent that goes away when it closes, and frees @data then
 * (@free may be NULL). */
GtkWidget *jhw_popover_new(GtkWidget *parent, gpointer data, GDestroyNotify free);
/* Its @data, which it does not free any more. */
gpointer jhw_popover_take(GtkWidget *popover);
/* Makes one that exists go away when it closes. */
void jhw_popover_attach(GtkWidget *popover, GtkWidget *parent);

#endif
