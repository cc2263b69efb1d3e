// SPDX-License-Identifier: GPL-2.0-or-later
/* What stands above the graphs: the name of the large one, and how they are shown. */
#include "model/text.h"
#include "pages/run/meters_private.h"
#include "widgets/accessible.h"
#include "widgets/tooltip.h"

static void list_toggled(GtkToggleButton *button, struct meters *meters)
{
	gtk_stack_set_visible_child(GTK_STACK(meters->stack), gtk_toggle_button_get_active(button)
								      ? meters->list
								      : meters->graphs);
	jhw_meters_show(meters);
}

static void span_chosen(GtkDropDown *spans, G_GNUC_UNUSED GParamSpec *property,
			struct meters *meters)
{
	static const gint64 minutes[] = { 1, 5, 10 };

	meters->span_ms = minutes[MIN(gtk_drop_down_get_selected(spans), 2)] * 60000;
	jhw_meters_show(meters);
}

static void pace_chosen(GtkDropDown *paces, G_GNUC_UNUSED GParamSpec *property,
			struct meters *meters)
{
	static const guint delays[] = { 100, 500, 1000, 5000 };

	jhw_live_set_delay(meters->live, delays[MIN(gtk_drop_down_get_selected(paces), 3)]);
}

static GtkWidget *new_choice(GtkWidget *bar, const char *const *texts, guint chosen,
			     const char *tip, GCallback callback, struct meters *meters)
{
	GtkWidget *choice = gtk_drop_down_new_from_strings(texts);

	gtk_drop_down_set_selected(GTK_DROP_DOWN(choice), chosen);
	jhw_tooltip_set(choice, tip);
	gtk_widget_set_valign(choice, GTK_ALIGN_CENTER);
	gtk_widget_add_css_class(choice, "small");
	jhw_accessible_name(choice, tip);
	g_signal_connect(choice, "notify::selected", callback, meters);
	gtk_box_append(GTK_BOX(bar), choice);
	return choice;
}

GtkWidget *jhw_meters_bar_new(struct meters *meters)
{
	const char *const spans[] = { _("1 minute"), _("5 minutes"), _("10 minutes"), NULL };
	const char *const paces[] = { _("every 0.1 s"), _("every 0.5 s"), _("every second"),
				      _("every 5 s"), NULL };
	GtkWidget *bar = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
	GtkWidget *list = gtk_toggle_button_new_with_label(_("List"));

	meters->title = gtk_label_new(NULL);
	gtk_label_set_xalign(GTK_LABEL(meters->title), 0);
	gtk_label_set_ellipsize(GTK_LABEL(meters->title), PANGO_ELLIPSIZE_END);
	gtk_widget_set_hexpand(meters->title, TRUE);
	gtk_widget_add_css_class(meters->title, "strong");
	gtk_widget_add_css_class(meters->title, "numeric");
	gtk_box_append(GTK_BOX(bar), meters->title);
	new_choice(bar, spans, 0, _("How far back"), G_CALLBACK(span_chosen), meters);
	meters->pace = new_choice(bar, paces, 2, _("How often the target is looked at"),
				  G_CALLBACK(pace_chosen), meters);
	jhw_tooltip_set(list, _("The same in words"));
	gtk_widget_add_css_class(list, "small");
	gtk_widget_set_valign(list, GTK_ALIGN_CENTER);
	g_signal_connect(list, "toggled", G_CALLBACK(list_toggled), meters);
	gtk_box_append(GTK_BOX(bar), list);
	gtk_widget_add_css_class(bar, "console-bar");
	return bar;
}
