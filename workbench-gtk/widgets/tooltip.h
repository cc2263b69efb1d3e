/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_TOOLTIP_H
#define JHW_TOOLTIP_H

#include <gtk/gtk.h>

/*
 * gtk_widget_set_tooltip_text(), without the four questions to the X server that
 * it asks about the pointer: as long as a widget is not on the screen, nobody
 * points at it. Nothing is done if it has that text already.
 */
void jhw_tooltip_set(GtkWidget *widget, const char *text);

#endif
