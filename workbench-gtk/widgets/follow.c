// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/follow.h"

struct follower {
	GtkWidget *widget;
	JhwDocument *document;
	void (*update)(gpointer data);
	gpointer data;
	gboolean stale;
};

static void run(struct follower *follower)
{
	follower->stale = FALSE;
	follower->update(follower->data);
}

static void changed(struct follower *follower)
{
	if (gtk_widget_get_mapped(follower->widget))
		run(follower);
	else
		follower->stale = TRUE;
}

static void mapped(struct follower *follower)
{
	if (follower->stale)
		run(follower);
}

/* When the widget is destroyed: what it shows goes first. */
static void destroyed(struct follower *follower)
{
	g_signal_handlers_disconnect_by_data(follower->document, follower);
	g_signal_handlers_disconnect_by_data(follower->widget, follower);
	g_object_unref(follower->document);
	g_free(follower);
}

void jhw_follow_document(GtkWidget *widget, JhwSession *session, void (*update)(gpointer data),
			 gpointer data)
{
	struct follower *follower = g_new0(struct follower, 1);

	follower->widget = widget;
	follower->document = g_object_ref(jhw_session_document(session));
	follower->update = update;
	follower->data = data;
	g_signal_connect_swapped(follower->document, "changed", G_CALLBACK(changed), follower);
	g_signal_connect_swapped(widget, "map", G_CALLBACK(mapped), follower);
	g_signal_connect_swapped(widget, "destroy", G_CALLBACK(destroyed), follower);
}
