// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/tooltip.h"

void jhw_tooltip_set(GtkWidget *widget, const char *text)
{
	gboolean visible = gtk_widget_get_visible(widget);

	if (g_strcmp0(gtk_widget_get_tooltip_text(widget), text) == 0)
		return;
	/* GTK asks if the widget is said to be visible, which all of them are from
	 * the beginning */
	if (visible && !gtk_widget_get_mapped(widget)) {
		gtk_widget_set_visible(widget, FALSE);
		gtk_widget_set_tooltip_text(widget, text);
		gtk_widget_set_visible(widget, TRUE);
	} else {
		gtk_widget_set_tooltip_text(widget, text);
	}
}
