// SPDX-License-Identifier: GPL-2.0-or-later
#include "panels/log.h"

#include "model/text.h"
#include "widgets/accessible.h"

static void setup(G_GNUC_UNUSED GtkListItemFactory *factory, GtkListItem *item)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
	GtkWidget *time = gtk_label_new(NULL), *text = gtk_label_new(NULL);

	gtk_widget_add_css_class(time, "dim");
	gtk_widget_add_css_class(time, "address");
	gtk_widget_set_valign(time, GTK_ALIGN_START);
	gtk_label_set_xalign(GTK_LABEL(text), 0);
	gtk_label_set_wrap(GTK_LABEL(text), TRUE);
	gtk_label_set_selectable(GTK_LABEL(text), TRUE);
	gtk_box_append(GTK_BOX(box), time);
	gtk_box_append(GTK_BOX(box), text);
	gtk_list_item_set_child(item, box);
	gtk_list_item_set_activatable(item, FALSE);
}

static void bind(G_GNUC_UNUSED GtkListItemFactory *factory, GtkListItem *item)
{
	GtkWidget *time = gtk_widget_get_first_child(gtk_list_item_get_child(item));
	GtkWidget *text = gtk_widget_get_next_sibling(time);
	JhwLogLine *line = gtk_list_item_get_item(item);

	gtk_label_set_text(GTK_LABEL(time), jhw_log_line_time(line));
	gtk_label_set_text(GTK_LABEL(text), jhw_log_line_text(line));
	jhw_accessible_row(item, jhw_log_line_text(line));
	if (jhw_log_line_severity(line) == JHCFG_ERROR)
		gtk_widget_add_css_class(text, "error");
	else
		gtk_widget_remove_css_class(text, "error");
}

GtkWidget *jhw_log_panel_new(JhwLog *log)
{
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
	GListModel *lines = g_object_ref(jhw_log_lines(log));
	GtkWidget *scroller = gtk_scrolled_window_new();
	GtkWidget *view =
		gtk_list_view_new(GTK_SELECTION_MODEL(gtk_no_selection_new(lines)), factory);

	g_signal_connect(factory, "setup", G_CALLBACK(setup), NULL);
	g_signal_connect(factory, "bind", G_CALLBACK(bind), NULL);
	gtk_widget_add_css_class(view, "log");
	jhw_accessible_name(view, _("Log"));
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), view);
	return scroller;
}
