// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/stay_at_end.h"

#define KEY  "jhw-stay-at-end"
#define NEAR 24 /* pixels that are no distance */

static GtkAdjustment *scroll_of(GtkWidget *view)
{
	return gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(view));
}

static double end_of(GtkAdjustment *scroll)
{
	return gtk_adjustment_get_upper(scroll) - gtk_adjustment_get_page_size(scroll);
}

static gboolean stays(GtkWidget *view)
{
	return GPOINTER_TO_INT(g_object_get_data(G_OBJECT(view), KEY));
}

void jhw_stay_at_end_set(GtkWidget *view, gboolean stay)
{
	g_object_set_data(G_OBJECT(view), KEY, GINT_TO_POINTER(stay));
	if (stay)
		gtk_adjustment_set_value(scroll_of(view), end_of(scroll_of(view)));
}

static void size_changed(GtkWidget *view)
{
	if (stays(view))
		jhw_stay_at_end_set(view, TRUE);
}

static void scrolled(GtkWidget *view)
{
	GtkAdjustment *scroll = scroll_of(view);

	if (gtk_adjustment_get_value(scroll) >= end_of(scroll) - NEAR)
		g_object_set_data(G_OBJECT(view), KEY, GINT_TO_POINTER(TRUE));
}

/* --- what people do ------------------------------------------------------------- */

static gboolean wheel_turned(G_GNUC_UNUSED GtkEventControllerScroll *wheel, G_GNUC_UNUSED double dx,
			     double dy, GtkWidget *view)
{
	if (dy < 0)
		jhw_stay_at_end_set(view, FALSE);
	return FALSE;
}

static gboolean key_pressed(G_GNUC_UNUSED GtkEventControllerKey *keys, guint key,
			    G_GNUC_UNUSED guint code, G_GNUC_UNUSED GdkModifierType state,
			    GtkWidget *view)
{
	if (key == GDK_KEY_Up || key == GDK_KEY_Page_Up || key == GDK_KEY_Home)
		jhw_stay_at_end_set(view, FALSE);
	return FALSE;
}

static void bar_pressed(GtkWidget *view)
{
	jhw_stay_at_end_set(view, FALSE);
}

static void add(GtkWidget *widget, GtkEventController *controller)
{
	gtk_event_controller_set_propagation_phase(controller, GTK_PHASE_CAPTURE);
	gtk_widget_add_controller(widget, controller);
}

void jhw_stay_at_end(GtkWidget *scroller, GtkWidget *view)
{
	GtkEventController *wheel =
		gtk_event_controller_scroll_new(GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
	GtkEventController *keys = gtk_event_controller_key_new();
	GtkGesture *press = gtk_gesture_click_new();

	gtk_event_controller_set_name(wheel, "stay-at-end");
	g_signal_connect(wheel, "scroll", G_CALLBACK(wheel_turned), view);
	g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), view);
	g_signal_connect_object(press, "pressed", G_CALLBACK(bar_pressed), view, G_CONNECT_SWAPPED);
	add(view, wheel);
	add(view, keys);
	add(gtk_scrolled_window_get_vscrollbar(GTK_SCROLLED_WINDOW(scroller)),
	    GTK_EVENT_CONTROLLER(press));
	g_signal_connect_object(scroll_of(view), "changed", G_CALLBACK(size_changed), view,
				G_CONNECT_SWAPPED);
	g_signal_connect_object(scroll_of(view), "value-changed", G_CALLBACK(scrolled), view,
				G_CONNECT_SWAPPED);
	jhw_stay_at_end_set(view, TRUE);
}
