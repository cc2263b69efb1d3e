/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What screen readers say where GTK (4.8) does not know it, or says it twice.
 * Names are those that people see, or would if there was room.
 */
#ifndef JHW_ACCESSIBLE_H
#define JHW_ACCESSIBLE_H

#include <gtk/gtk.h>

/* The widget's name; it is that of its parts that are used, too: the button in a
 * drop-down, the list of a column view. Who has a label that
 * leads to it has its own name from there. A drop-down is named once. */
void jhw_accessible_name(GtkWidget *widget, const char *name);
/* The same of a label that tells a key by an underscore, which is not read. */
void jhw_accessible_key_name(GtkWidget *widget, const char *label);
/* The same of the row that shows the item: of a list, or of a column view. To be
 * called when it is bound. */
void jhw_accessible_row(GtkListItem *item, const char *name);
/* Buttons whose label tells a key by an underscore, and is read once. */
GtkWidget *jhw_button_new(const char *label);
GtkWidget *jhw_check_button_new(const char *label);
void jhw_button_set_label(GtkWidget *button, const char *label);
/* The same of one that somebody else has made. */
void jhw_button_read_once(GtkWidget *button);
/* A picture that shows what is said beside it. */
GtkWidget *jhw_decoration_new(const char *icon);

#endif
