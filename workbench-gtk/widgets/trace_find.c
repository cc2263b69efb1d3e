// SPDX-License-Identifier: GPL-2.0-or-later
/* Finding widgets by what people read on them, for tests with a real pointer. */
#include <string.h>

#include "widgets/trace.h"

/* What is clicked when somebody clicks on that text. */
static GtkWidget *target_of(GtkWidget *label)
{
	GtkWidget *entry = gtk_label_get_mnemonic_widget(GTK_LABEL(label));
	GtkWidget *button = gtk_widget_get_ancestor(label, GTK_TYPE_BUTTON);

	/* a popover is below the button that opened it */
	if (button && gtk_widget_get_native(button) != gtk_widget_get_native(label))
		button = NULL;
	return entry ? entry : button ? button : label;
}

static gboolean has_text(GtkWidget *widget, const char *name)
{
	if (GTK_IS_LABEL(widget))
		return g_str_equal(gtk_label_get_text(GTK_LABEL(widget)), name);
	return !g_strcmp0(gtk_widget_get_tooltip_text(widget), name) ||
	       g_str_equal(gtk_widget_get_name(widget), name);
}

/* In popovers, or in windows themselves. */
static GtkWidget *find(GtkWidget *widget, const char *name, gboolean popover)
{
	GtkWidget *found = NULL, *child = gtk_widget_get_last_child(widget);

	if (!gtk_widget_get_mapped(widget) || !gtk_widget_get_child_visible(widget))
		return NULL;
	for (; child && !found; child = gtk_widget_get_prev_sibling(child))
		found = find(child, name, popover);
	if (found || GTK_IS_POPOVER(gtk_widget_get_native(widget)) != popover ||
	    !has_text(widget, name))
		return found;
	found = GTK_IS_LABEL(widget) ? target_of(widget) : widget;
	/* what was just opened has no place yet */
	return gtk_widget_get_width(found) > 0 ? found : NULL;
}

static GtkWidget *find_in_windows(const char *name, gboolean popover)
{
	GListModel *windows = gtk_window_get_toplevels();
	GtkWidget *found = NULL;

	for (guint n = g_list_model_get_n_items(windows); n-- > 0 && !found;) {
		g_autoptr(GtkWidget) window = g_list_model_get_item(windows, n);

		found = find(window, name, popover);
	}
	return found;
}

static void answer(const char *name)
{
	GtkWidget *found = find_in_windows(name, TRUE);

	if (!found)
		found = find_in_windows(name, FALSE);
	if (found)
		jhw_trace_geometry(found, name);
	else
		jhw_trace("NOWHERE %s", name);
}

static gboolean asked(GIOChannel *channel, G_GNUC_UNUSED GIOCondition condition,
		      G_GNUC_UNUSED gpointer data)
{
	g_autofree char *line = NULL;

	if (g_io_channel_read_line(channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
		return G_SOURCE_REMOVE;
	g_strchomp(line);
	if (g_str_has_prefix(line, "where "))
		answer(line + strlen("where "));
	return G_SOURCE_CONTINUE;
}

void jhw_trace_serve(void)
{
	GIOChannel *channel;

	if (!jhw_trace_on())
		return;
	channel = g_io_channel_unix_new(0);
	g_io_add_watch_full(channel, G_PRIORITY_LOW, G_IO_IN | G_IO_HUP, asked, NULL, NULL);
	g_io_channel_unref(channel);
}
