/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The map as a widget: pans and zooms, selects, and changes regions by drags
 * and keys. A drag shows what it would come to before it is let go.
 *
 * Signal "scale-changed": the part that is seen is another one.
 * Signal "pointed" (const char *text): what is below the pointer; empty:
 * nothing.
 * Signal "menu" (double x, double y): somebody asks for the menu of what was
 * just selected.
 */
#ifndef JHW_MEMORY_VIEW_H
#define JHW_MEMORY_VIEW_H

#include <gtk/gtk.h>

#include "model/session.h"
#include "pages/memory/draw.h"

#define JHW_TYPE_MEMORY_VIEW (jhw_memory_view_get_type())
G_DECLARE_FINAL_TYPE(JhwMemoryView, jhw_memory_view, JHW, MEMORY_VIEW, GtkWidget)

GtkWidget *jhw_memory_view_new(JhwSession *session);
const JhwScale *jhw_memory_view_scale(JhwMemoryView *view);
/* Bytes over the width; the middle stays where it is. */
void jhw_memory_view_set_span(JhwMemoryView *view, uint64_t span);
void jhw_memory_view_show_all(JhwMemoryView *view);
/* Shows the selected region, as large as it goes. */
void jhw_memory_view_show_selected(JhwMemoryView *view);
/* What was pointed at last, in the current map. */
const JhwMemoryHit *jhw_memory_view_last_hit(JhwMemoryView *view);

#endif
