// SPDX-License-Identifier: GPL-2.0-or-later
#include "canvas/theme.h"

#include <string.h>

static gboolean is_dark(GtkWidget *widget)
{
	GdkRGBA text;

	gtk_style_context_get_color(gtk_widget_get_style_context(widget), &text);
	return 0.3 * text.red + 0.6 * text.green + 0.1 * text.blue > 0.5;
}

static gboolean is_high_contrast(GtkWidget *widget)
{
	const char *forced = g_getenv("GTK_THEME");
	g_autofree char *theme = NULL;

	if (forced)
		return strstr(forced, "HighContrast") != NULL;
	g_object_get(gtk_widget_get_settings(widget), "gtk-theme-name", &theme, NULL);
	return theme && strstr(theme, "HighContrast") != NULL;
}

JhwTheme jhw_theme_of(GtkWidget *widget)
{
	return (is_dark(widget) ? JHW_THEME_DARK : 0) |
	       (is_high_contrast(widget) ? JHW_THEME_CONTRAST : 0);
}
