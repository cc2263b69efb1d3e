/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line above everything, with up to two answers. */
#ifndef JHW_BANNER_H
#define JHW_BANNER_H

#include <gtk/gtk.h>

/* A new banner that goes away with any of its answers. Each calls its function
 * with @data, NULL: only goes away. */
GtkWidget *jhw_banner_new(const char *text, const char *yes, GCallback on_yes, const char *no,
			  GCallback on_no, gpointer data);

#endif
