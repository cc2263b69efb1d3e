// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/style.h"

#include <gtk/gtk.h>

#define FOLDER "/org/jailhouse/Workbench/"

/* Colours come from one of two files, all else from a third that names them. */
static void load_colours(GtkSettings *settings, G_GNUC_UNUSED GParamSpec *spec,
			 GtkCssProvider *colours)
{
	gboolean dark = FALSE;

	g_object_get(settings, "gtk-application-prefer-dark-theme", &dark, NULL);
	gtk_css_provider_load_from_resource(colours, dark ? FOLDER "dark.css" : FOLDER "light.css");
}

void jhw_style_load(void)
{
	GtkSettings *settings = gtk_settings_get_default();
	GdkDisplay *display = gdk_display_get_default();
	g_autoptr(GtkCssProvider) colours = gtk_css_provider_new();
	g_autoptr(GtkCssProvider) style = gtk_css_provider_new();

	load_colours(settings, NULL, colours);
	gtk_css_provider_load_from_resource(style, FOLDER "style.css");
	gtk_style_context_add_provider_for_display(display, GTK_STYLE_PROVIDER(colours),
						   GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
	gtk_style_context_add_provider_for_display(display, GTK_STYLE_PROVIDER(style),
						   GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
	g_signal_connect_object(settings, "notify::gtk-application-prefer-dark-theme",
				G_CALLBACK(load_colours), colours, 0);
}
