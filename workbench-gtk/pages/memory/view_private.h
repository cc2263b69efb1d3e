/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What view.c, which shows the map, and view_input.c, which follows pointer and
 * keys, share. */
#ifndef JHW_MEMORY_VIEW_PRIVATE_H
#define JHW_MEMORY_VIEW_PRIVATE_H

#include "pages/memory/drag.h"
#include "pages/memory/view.h"

struct _JhwMemoryView {
	GtkWidget parent_instance;
	JhwSession *session;
	JhwMemoryMap *map;
	JhwMemoryMap *preview; /* while a region is dragged */
	JhwScale scale;
	gboolean shown; /* the scale was set for this project */
	guint telling;	/* a source, 0: none */
	JhwMemoryHit hit;
	double pointer_x;
	JhwMemoryDrag *drag; /* NULL: none, or the view is panned */
	GtkGesture *gesture; /* of drags; the widget's */
	double panned;	     /* pixels of the drag that were panned already */
};

/* view.c */
void jhw_memory_view_scale_changed(JhwMemoryView *view);
/* Emits "pointed". */
void jhw_memory_view_say(JhwMemoryView *view, const char *text);
/* Emits "menu". */
void jhw_memory_view_ask_for_menu(JhwMemoryView *view, double x, double y);
/* The first segment of that object, with its row; NULL: it is not on the map. */
const JhwSegment *jhw_memory_view_find(JhwMemoryView *view, const JhwRef *ref,
				       const JhwMemoryRow **row);
/* view_input.c */
void jhw_memory_view_add_controllers(JhwMemoryView *view);
/* Forgets the drag, if there is one. */
void jhw_memory_view_end_drag(JhwMemoryView *view);

#endif
