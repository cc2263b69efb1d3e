// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/style.h"

#include <gtk/gtk.h>
#include <string.h>

#define FOLDER "/org/jailhouse/Workbench/"

static void add_sheet(GString *text, const char *name)
{
	g_autofree char *path = g_strconcat(FOLDER, name, NULL);
	g_autoptr(GBytes) bytes = g_resources_lookup_data(path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

	if (bytes)
		g_string_append_len(text, g_bytes_get_data(bytes, NULL),
				    (gssize)g_bytes_get_size(bytes));
}

/* Colours come from one of two files, in high contrast some of them from a
 * further one, all else from style.css, which names them. */
static void load_colours(GtkSettings *settings, G_GNUC_UNUSED GParamSpec *spec,
			 GtkCssProvider *colours)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const char *forced = g_getenv("GTK_THEME");
	g_autofree char *theme = NULL;
	gboolean dark = FALSE;

	g_object_get(settings, "gtk-application-prefer-dark-theme", &dark, "gtk-theme-name", &theme,
		     NULL);
	dark = forced ? g_str_has_suffix(forced, ":dark") : dark;
	add_sheet(text, dark ? "dark.css" : "light.css");
	if (strstr(forced ? forced : theme ? theme : "", "HighContrast"))
		add_sheet(text, dark ? "contrast-dark.css" : "contrast-light.css");
	gtk_css_provider_load_from_data(colours, text->str, (gssize)text->len);
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
	g_signal_connect_object(settings, "notify::gtk-theme-name", G_CALLBACK(load_colours),
				colours, 0);
}
