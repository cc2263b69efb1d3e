/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may be done with a region, and the small dialogs for it. */
#ifndef JHW_MEMORY_MENU_H
#define JHW_MEMORY_MENU_H

#include <gtk/gtk.h>

#include "model/session.h"

/* The actions "memory.zoom", "memory.split", "memory.merge", "memory.remove",
 * "memory.fit", "memory.find" for @widget, a Memory page, and what is in it; they
 * are about what is selected, and off where that makes no sense. "memory.zoom"
 * activates @zoom with @widget. */
void jhw_memory_menu_install(GtkWidget *widget, JhwSession *session,
			     void (*zoom)(GtkWidget *widget));
/* Where what "memory.find" asks pops up: the button that has it. */
void jhw_memory_menu_set_button(GtkWidget *widget, GtkWidget *button);
/* Pops up at that point of @parent, the page's view. */
void jhw_memory_menu_show(GtkWidget *parent, double x, double y);
/* A small form for the size that a cell gets, at @at of @parent; NULL: at all of it. */
void jhw_memory_find_space(GtkWidget *parent, const GdkRectangle *at, JhwSession *session);
/* Asks for a file and makes the selected region large enough. */
void jhw_memory_fit_image(GtkWidget *parent, JhwSession *session);

#endif
