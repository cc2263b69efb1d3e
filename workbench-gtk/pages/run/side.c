// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/side.h"

GtkWidget *jhw_run_side_new(JhwSession *session)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	GtkWidget *scroller = gtk_scrolled_window_new(), *deploy = jhw_deploy_view_new(session);

	gtk_widget_add_css_class(box, "form-page");
	gtk_box_append(GTK_BOX(box), deploy);
	gtk_box_append(GTK_BOX(box), jhw_preflight_view_new(session));
	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
				       GTK_POLICY_AUTOMATIC);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), box);
	gtk_widget_set_vexpand(scroller, TRUE);
	g_object_set_data(G_OBJECT(scroller), "jhw-deploy", deploy);
	return scroller;
}

void jhw_run_side_plan(GtkWidget *side)
{
	jhw_deploy_view_plan(g_object_get_data(G_OBJECT(side), "jhw-deploy"));
}
