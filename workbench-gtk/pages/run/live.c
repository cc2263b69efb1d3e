// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/live.h"

#include "model/live.h"
#include "model/text.h"
#include "pages/run/consoles.h"
#include "pages/run/events.h"
#include "pages/run/meters.h"
#include "widgets/accessible.h"

#define KEY	 "jhw-run-live"
#define SMALLEST 216 /* height */

struct live {
	JhwLive *live;
	GtkWidget *stack;
	GtkWidget *events;
	guint unseen;
};

/* "Events (2)", until they are looked at. */
static void update(struct live *live)
{
	guint unseen = jhw_events_unseen(live->events);
	g_autofree char *title = NULL;

	if (unseen == live->unseen)
		return;
	live->unseen = unseen;
	title = unseen ? g_strdup_printf(_("Events (%u)"), unseen) : g_strdup(_("Events"));
	gtk_stack_page_set_title(gtk_stack_get_page(GTK_STACK(live->stack), live->events), title);
}

static void destroyed(struct live *live)
{
	g_signal_handlers_disconnect_by_data(live->live, live);
}

static void free_live(gpointer data)
{
	struct live *live = data;

	g_object_unref(live->live);
	g_free(live);
}

void jhw_run_live_show(GtkWidget *widget, const char *part)
{
	struct live *live = g_object_get_data(G_OBJECT(widget), KEY);

	gtk_stack_set_visible_child_name(GTK_STACK(live->stack), part);
}

GtkWidget *jhw_run_live_new(JhwSession *session)
{
	struct live *live = g_new0(struct live, 1);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	GtkWidget *switcher = gtk_stack_switcher_new();

	live->live = g_object_ref(jhw_live_of(jhw_session_target(session)));
	live->stack = gtk_stack_new();
	live->events = jhw_events_new(session);
	gtk_stack_add_titled(GTK_STACK(live->stack), jhw_consoles_new(session), "consoles",
			     _("Consoles"));
	gtk_stack_add_titled(GTK_STACK(live->stack), jhw_meters_new(session), "graphs",
			     _("Graphs"));
	gtk_stack_add_titled(GTK_STACK(live->stack), live->events, "events", _("Events"));
	gtk_stack_switcher_set_stack(GTK_STACK_SWITCHER(switcher), GTK_STACK(live->stack));
	jhw_accessible_name(switcher, _("Live"));
	gtk_widget_set_halign(switcher, GTK_ALIGN_START);
	gtk_widget_add_css_class(switcher, "small");
	gtk_widget_set_vexpand(live->stack, TRUE);
	gtk_widget_set_size_request(live->stack, -1, SMALLEST);
	gtk_box_append(GTK_BOX(box), switcher);
	gtk_box_append(GTK_BOX(box), live->stack);
	gtk_widget_add_css_class(box, "card");
	gtk_widget_add_css_class(box, "live");
	gtk_widget_set_overflow(box, GTK_OVERFLOW_HIDDEN);
	g_object_set_data_full(G_OBJECT(box), KEY, live, free_live);
	/* after the events have looked */
	g_signal_connect_data(live->live, "changed", G_CALLBACK(update), live, NULL,
			      G_CONNECT_AFTER | G_CONNECT_SWAPPED);
	g_signal_connect_data(live->events, "map", G_CALLBACK(update), live, NULL,
			      G_CONNECT_AFTER | G_CONNECT_SWAPPED);
	g_signal_connect_swapped(box, "destroy", G_CALLBACK(destroyed), live);
	return box;
}
