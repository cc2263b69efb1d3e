// SPDX-License-Identifier: GPL-2.0-or-later
/* empty: a window of GTK with nothing in it, which says SETTLED when it has been
 * painted, as the editor does: what of the editor's start is not its own. */
#include <gtk/gtk.h>

static void painted(G_GNUC_UNUSED GdkFrameClock *clock, G_GNUC_UNUSED gpointer data)
{
	g_print("SETTLED\n");
}

static void activate(GApplication *application)
{
	GtkWidget *window = gtk_application_window_new(GTK_APPLICATION(application));

	gtk_window_set_default_size(GTK_WINDOW(window), 1280, 800);
	gtk_window_present(GTK_WINDOW(window));
	g_signal_connect(gtk_widget_get_frame_clock(window), "after-paint", G_CALLBACK(painted),
			 NULL);
}

int main(int argc, char **argv)
{
	g_autoptr(GtkApplication) application = gtk_application_new(NULL, G_APPLICATION_NON_UNIQUE);

	g_signal_connect(application, "activate", G_CALLBACK(activate), NULL);
	return g_application_run(G_APPLICATION(application), argc, argv);
}
