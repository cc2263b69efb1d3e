// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/banner.h"

#include "widgets/accessible.h"

static void dismiss(GtkWidget *button)
{
	GtkWidget *banner = gtk_widget_get_ancestor(button, GTK_TYPE_BOX);

	gtk_box_remove(GTK_BOX(gtk_widget_get_parent(banner)), banner);
}

static void add_answer(GtkWidget *banner, const char *label, const char *class, GCallback callback,
		       gpointer data)
{
	GtkWidget *button = jhw_button_new(label);

	gtk_widget_add_css_class(button, class);
	gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
	if (callback)
		g_signal_connect_swapped(button, "clicked", callback, data);
	g_signal_connect_after(button, "clicked", G_CALLBACK(dismiss), NULL);
	gtk_box_append(GTK_BOX(banner), button);
}

GtkWidget *jhw_banner_new(const char *text, const char *yes, GCallback on_yes, const char *no,
			  GCallback on_no, gpointer data)
{
	GtkWidget *banner = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);
	GtkWidget *label = gtk_label_new(text);

	gtk_widget_add_css_class(banner, "banner");
	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_wrap(GTK_LABEL(label), TRUE);
	gtk_widget_set_hexpand(label, TRUE);
	gtk_box_append(GTK_BOX(banner), label);
	if (no)
		add_answer(banner, no, "flat", on_no, data);
	if (yes)
		add_answer(banner, yes, "small", on_yes, data);
	return banner;
}
