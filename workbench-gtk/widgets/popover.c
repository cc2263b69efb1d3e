// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/popover.h"

#define KEY "jhw-popover"

/* Not at once: the item of a menu acts after the menu has closed. */
static gboolean drop(gpointer data)
{
	GtkWidget *popover = data;

	if (gtk_widget_get_parent(popover))
		gtk_widget_unparent(popover);
	g_object_unref(popover);
	return G_SOURCE_REMOVE;
}

static void closed(GtkWidget *popover)
{
	g_idle_add(drop, g_object_ref(popover));
}

void jhw_popover_attach(GtkWidget *popover, GtkWidget *parent)
{
	gtk_widget_set_parent(popover, parent);
	g_signal_connect_object(parent, "destroy", G_CALLBACK(gtk_widget_unparent), popover,
				G_CONNECT_SWAPPED);
	g_signal_connect(popover, "closed", G_CALLBACK(closed), NULL);
}

GtkWidget *jhw_popover_new(GtkWidget *parent, gpointer data, GDestroyNotify free)
{
	GtkWidget *popover = gtk_popover_new();

	g_object_set_data_full(G_OBJECT(popover), KEY, data, free);
	jhw_popover_attach(popover, parent);
	return popover;
}

gpointer jhw_popover_take(GtkWidget *popover)
{
	return g_object_steal_data(G_OBJECT(popover), KEY);
}
