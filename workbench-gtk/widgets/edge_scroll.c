// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/edge_scroll.h"

#include "widgets/trace.h"

#define EDGE	  36.0	/* pixels in which it scrolls */
#define MAX_SPEED 900.0 /* pixels a second at the edge itself */

struct scroll {
	GtkWidget *scroller;
	GdkDrag *drag; /* that it scrolls for; NULL: it does not */
	guint tick;
	gint64 last_us;
	double speed; /* pixels a second; below 0: upwards */
};

static GtkAdjustment *adjustment_of(struct scroll *scroll)
{
	return gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(scroll->scroller));
}

/* Also when the drag ends: behind a drop nobody is told of leaving. */
static void stop(struct scroll *scroll)
{
	if (!scroll->drag)
		return;
	g_signal_handlers_disconnect_by_data(scroll->drag, scroll);
	g_clear_object(&scroll->drag);
	gtk_widget_remove_tick_callback(scroll->scroller, scroll->tick);
	jhw_trace("edge %d", (int)gtk_adjustment_get_value(adjustment_of(scroll)));
}

static gboolean move_on(G_GNUC_UNUSED GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
	struct scroll *scroll = data;
	GtkAdjustment *adjustment = adjustment_of(scroll);
	gint64 now_us = gdk_frame_clock_get_frame_time(clock);
	/* frames that come late do not make it jump */
	double seconds = CLAMP((double)(now_us - scroll->last_us) / 1e6, 0, 0.1);

	scroll->last_us = now_us;
	gtk_adjustment_set_value(adjustment,
				 gtk_adjustment_get_value(adjustment) + scroll->speed * seconds);
	jhw_trace("edge at %d", (int)gtk_adjustment_get_value(adjustment));
	return G_SOURCE_CONTINUE;
}

static void start(struct scroll *scroll, GdkDrag *drag)
{
	GdkFrameClock *clock = gtk_widget_get_frame_clock(scroll->scroller);

	scroll->drag = g_object_ref(drag);
	scroll->last_us = gdk_frame_clock_get_frame_time(clock);
	scroll->tick = gtk_widget_add_tick_callback(scroll->scroller, move_on, scroll, NULL);
	g_signal_connect_swapped(drag, "drop-performed", G_CALLBACK(stop), scroll);
	g_signal_connect_swapped(drag, "cancel", G_CALLBACK(stop), scroll);
	g_signal_connect_swapped(drag, "dnd-finished", G_CALLBACK(stop), scroll);
}

/* How far into an edge that is, from -1, the upper one, to 1; 0: it is in none. */
static double depth_at(struct scroll *scroll, double y)
{
	double height = gtk_widget_get_height(scroll->scroller);
	double edge = MIN(EDGE, height / 4);

	if (y < edge)
		return MAX(y / edge, 0) - 1;
	if (y > height - edge)
		return 1 - MAX((height - y) / edge, 0);
	return 0;
}

static void motion(GtkDropControllerMotion *controller, G_GNUC_UNUSED double x, double y,
		   struct scroll *scroll)
{
	GdkDrop *drop = gtk_drop_controller_motion_get_drop(controller);
	GdkDrag *drag = drop ? gdk_drop_get_drag(drop) : NULL;
	double depth = depth_at(scroll, y);

	scroll->speed = depth * MAX_SPEED;
	if (scroll->drag && (!depth || drag != scroll->drag))
		stop(scroll);
	if (depth && drag && !scroll->drag)
		start(scroll, drag);
}

static void enter(GtkDropControllerMotion *controller, double x, double y, struct scroll *scroll)
{
	motion(controller, x, y, scroll);
}

static void free_scroll(gpointer data)
{
	struct scroll *scroll = data;

	/* the scroller ends its ticks itself by now */
	if (scroll->drag)
		g_signal_handlers_disconnect_by_data(scroll->drag, scroll);
	g_clear_object(&scroll->drag);
	g_free(scroll);
}

void jhw_edge_scroll_add(GtkScrolledWindow *scroller)
{
	GtkEventController *controller = gtk_drop_controller_motion_new();
	struct scroll *scroll = g_new0(struct scroll, 1);

	scroll->scroller = GTK_WIDGET(scroller);
	/* before those in it, which take what is above them */
	gtk_event_controller_set_propagation_phase(controller, GTK_PHASE_CAPTURE);
	g_object_set_data_full(G_OBJECT(controller), "jhw-scroll", scroll, free_scroll);
	g_signal_connect(controller, "enter", G_CALLBACK(enter), scroll);
	g_signal_connect(controller, "motion", G_CALLBACK(motion), scroll);
	g_signal_connect_swapped(controller, "leave", G_CALLBACK(stop), scroll);
	gtk_widget_add_controller(GTK_WIDGET(scroller), controller);
}
