// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/no_target.h"

#include "model/text.h"
#include "widgets/accessible.h"

static GtkWidget *add_label(GtkWidget *box, const char *text, const char *class)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_wrap(GTK_LABEL(label), TRUE);
	gtk_label_set_justify(GTK_LABEL(label), GTK_JUSTIFY_CENTER);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 70);
	gtk_widget_add_css_class(label, class);
	gtk_box_append(GTK_BOX(box), label);
	return label;
}

static GtkWidget *add_button(GtkWidget *box, const char *label, const char *action)
{
	GtkWidget *button = jhw_button_new(label);

	gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
	gtk_box_append(GTK_BOX(box), button);
	return button;
}

GtkWidget *jhw_no_target_new(void)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
	GtkWidget *buttons = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

	add_label(box, _("No target"), "empty-title");
	add_label(box,
		  _("A target is the machine that runs the cells: a board behind SSH, an emulated "
		    "board, or this machine. A recording shows what one did."),
		  "dim");
	gtk_widget_add_css_class(
		add_button(buttons, _("_Choose Target\342\200\246"), "win.show-targets"),
		"suggested-action");
	add_button(buttons, _("Open _Recording\342\200\246"), "win.open-recording");
	gtk_widget_set_halign(buttons, GTK_ALIGN_CENTER);
	gtk_widget_set_margin_top(buttons, 4);
	gtk_box_append(GTK_BOX(box), buttons);
	gtk_widget_add_css_class(box, "card");
	gtk_widget_add_css_class(box, "no-target");
	return box;
}
