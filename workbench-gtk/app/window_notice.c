// SPDX-License-Identifier: GPL-2.0-or-later
/* What is told for a moment, at the bottom of the window; it is in the log, too. */
#include "app/window_private.h"
#include "widgets/trace.h"

#define SECONDS 6

static gboolean hide(gpointer data)
{
	JhwWindow *window = data;

	window->toast_timeout = 0;
	gtk_widget_set_visible(window->toast, FALSE);
	return G_SOURCE_REMOVE;
}

void jhw_window_notice(JhwWindow *window, const char *text)
{
	gtk_label_set_text(GTK_LABEL(window->toast), text);
	gtk_widget_set_visible(window->toast, TRUE);
	g_clear_handle_id(&window->toast_timeout, g_source_remove);
	window->toast_timeout = g_timeout_add_seconds(SECONDS, hide, window);
	jhw_trace("notice %s", text);
}

void jhw_window_add_banner(JhwWindow *window, GtkWidget *banner)
{
	gtk_box_append(GTK_BOX(window->banners), banner);
}

void jhw_window_complain(JhwWindow *window, GError *error)
{
	jhw_log_add(window->log, JHCFG_ERROR, "%s", error->message);
	jhw_window_notice(window, error->message);
	g_error_free(error);
}
