/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What tests with a real pointer wait for: with JHW_TRACE=1 in the environment
 * a line on stdout for each thing that happens. Without it, nothing.
 */
#ifndef JHW_TRACE_H
#define JHW_TRACE_H

#include <gtk/gtk.h>

gboolean jhw_trace_on(void);
void jhw_trace(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* "GEOM NAME X Y WIDTH HEIGHT", in pixels of the window. */
void jhw_trace_geometry(GtkWidget *widget, const char *name);
/* The same of something that is drawn in it, in its coordinates. */
void jhw_trace_drawn(GtkWidget *widget, const graphene_rect_t *where, const char *name);
/*
 * From now on answers lines on stdin: "where NAME" with the geometry of what is
 * seen and has that text, tooltip or widget name (a popover's before the
 * window's), or with "NOWHERE NAME". Entries are named by their labels.
 */
void jhw_trace_serve(void);

#endif
