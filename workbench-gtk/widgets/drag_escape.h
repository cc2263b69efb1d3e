/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_DRAG_ESCAPE_H
#define JHW_DRAG_ESCAPE_H

#include <gtk/gtk.h>

/* Has Escape end the drags of @source, which GDK 4.8 does not on X11. */
void jhw_drag_escape_watch(GtkDragSource *source);

#endif
