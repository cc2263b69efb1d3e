// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/trace.h"

#include <stdio.h>

gboolean jhw_trace_on(void)
{
	static gsize on; /* set once */

	if (g_once_init_enter(&on))
		g_once_init_leave(&on, g_strcmp0(g_getenv("JHW_TRACE"), "1") == 0 ? 2 : 1);
	return on == 2;
}

void jhw_trace(const char *format, ...)
{
	va_list args;

	if (!jhw_trace_on())
		return;
	va_start(args, format);
	vfprintf(stdout, format, args);
	va_end(args);
	fputc('\n', stdout);
	fflush(stdout);
}

/* Where the surface lies in that of the window. */
static void add_surface(GdkSurface *surface, double *x, double *y)
{
	while (GDK_IS_POPUP(surface)) {
		*x += gdk_popup_get_position_x(GDK_POPUP(surface));
		*y += gdk_popup_get_position_y(GDK_POPUP(surface));
		surface = gdk_popup_get_parent(GDK_POPUP(surface));
	}
}

/* @bounds is in the coordinates of @native. */
static void tell_place(GtkNative *native, const graphene_rect_t *bounds, const char *name)
{
	double x, y;

	gtk_native_get_surface_transform(native, &x, &y);
	add_surface(gtk_native_get_surface(native), &x, &y);
	jhw_trace("GEOM %s %d %d %d %d", name, (int)(bounds->origin.x + (float)x),
		  (int)(bounds->origin.y + (float)y), (int)bounds->size.width,
		  (int)bounds->size.height);
}

void jhw_trace_geometry(GtkWidget *widget, const char *name)
{
	GtkNative *native = gtk_widget_get_native(widget);
	graphene_rect_t bounds;

	if (jhw_trace_on() && native && gtk_widget_get_mapped(widget) &&
	    gtk_widget_compute_bounds(widget, GTK_WIDGET(native), &bounds))
		tell_place(native, &bounds, name);
}

void jhw_trace_drawn(GtkWidget *widget, const graphene_rect_t *where, const char *name)
{
	GtkNative *native = gtk_widget_get_native(widget);
	graphene_rect_t bounds = *where;

	if (jhw_trace_on() && native && gtk_widget_get_mapped(widget) &&
	    gtk_widget_compute_point(widget, GTK_WIDGET(native), &where->origin, &bounds.origin))
		tell_place(native, &bounds, name);
}
