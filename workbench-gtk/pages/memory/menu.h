/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may be done with a region, and the small dialogs for it. */
#ifndef JHW_MEMORY_MENU_H
#define JHW_MEMORY_MENU_H

#include <gtk/gtk.h>

#include "model/session.h"

/* The actions "memory.zoom", "memory.split", "memory.merge", "memory.remove",
 * "memory.fit", "memory.find" for @widget and what is in it; they are about
 * what is selected, and off where that makes no sense. "memory.zoom" activates
 * @zoom with @widget. */
void jhw_memory_menu_install(GtkWidget *widget, JhwSession *session,
			     void (*zoom)(GtkWidget *widget));
/* Pops up at that point of @parent. */
void jhw_memory_menu_show(GtkWidget *parent, double x, double y);
/* A small form: size, and which cell gets it. */
void jhw_memory_find_space(GtkWidget *parent, JhwSession *session);
/* Asks for a file and makes the selected region large enough. */
void jhw_memory_fit_image(GtkWidget *parent, JhwSession *session);

#endif
