// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/window_private.h"
#include "panels/cells.h"

static JhwDocument *document_of(GtkWidget *widget)
{
	return jhw_session_document(JHW_WINDOW(widget)->session);
}

static void open_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
			G_GNUC_UNUSED GVariant *parameter)
{
	jhw_window_choose_file(JHW_WINDOW(widget));
}

static void open_path_action(GtkWidget *widget, G_GNUC_UNUSED const char *name, GVariant *parameter)
{
	jhw_window_open(JHW_WINDOW(widget), g_variant_get_string(parameter, NULL));
}

static void cancel_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
			  G_GNUC_UNUSED GVariant *parameter)
{
	g_cancellable_cancel(JHW_WINDOW(widget)->loading);
}

static void save_action(GtkWidget *widget, const char *name, G_GNUC_UNUSED GVariant *parameter)
{
	jhw_window_save(JHW_WINDOW(widget), g_str_equal(name, "win.save-as"));
}

static void undo_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
			G_GNUC_UNUSED GVariant *parameter)
{
	jhw_document_undo(document_of(widget));
}

static void redo_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
			G_GNUC_UNUSED GVariant *parameter)
{
	jhw_document_redo(document_of(widget));
}

static void export_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
			  G_GNUC_UNUSED GVariant *parameter)
{
	jhw_window_export(JHW_WINDOW(widget));
}

static void deploy_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
			  G_GNUC_UNUSED GVariant *parameter)
{
	jhw_window_deploy(JHW_WINDOW(widget));
}

static void connect_action(GtkWidget *widget, G_GNUC_UNUSED const char *name, GVariant *parameter)
{
	jhw_window_connect(JHW_WINDOW(widget), g_variant_get_string(parameter, NULL));
}

static void choose_target_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
				 G_GNUC_UNUSED GVariant *parameter)
{
	jhw_window_choose_target(JHW_WINDOW(widget));
}

static void show_targets_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
				G_GNUC_UNUSED GVariant *parameter)
{
	jhw_window_show_targets(JHW_WINDOW(widget));
}

static void open_recording_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
				  G_GNUC_UNUSED GVariant *parameter)
{
	jhw_window_open_recording(JHW_WINDOW(widget));
}

static void disconnect_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
			      G_GNUC_UNUSED GVariant *parameter)
{
	jhw_target_close(JHW_WINDOW(widget)->target);
}

static void choose_import_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
				 G_GNUC_UNUSED GVariant *parameter)
{
	jhw_window_choose_import(JHW_WINDOW(widget));
}

static void accept_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
			  G_GNUC_UNUSED GVariant *parameter)
{
	jhw_window_accept(JHW_WINDOW(widget));
}

static void decline_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
			   G_GNUC_UNUSED GVariant *parameter)
{
	jhw_window_decline(JHW_WINDOW(widget));
}

static void save_picture_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
				G_GNUC_UNUSED GVariant *parameter)
{
	jhw_window_save_picture(JHW_WINDOW(widget));
}

static void print_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
			 G_GNUC_UNUSED GVariant *parameter)
{
	jhw_window_print(JHW_WINDOW(widget));
}

static void new_cell_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
			    G_GNUC_UNUSED GVariant *parameter)
{
	/* the first one at the left */
	jhw_cells_panel_new_cell(gtk_widget_get_first_child(JHW_WINDOW(widget)->sidebar));
}

static void show_problems_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
				 G_GNUC_UNUSED GVariant *parameter)
{
	JhwWindow *window = JHW_WINDOW(widget);
	gboolean shown = gtk_widget_get_visible(window->bottom);

	gtk_widget_set_visible(window->bottom, !shown);
	gtk_stack_set_visible_child_name(GTK_STACK(window->bottom_pages), "problems");
}

static void show_page_action(GtkWidget *widget, G_GNUC_UNUSED const char *name, GVariant *parameter)
{
	gtk_stack_set_visible_child_name(GTK_STACK(JHW_WINDOW(widget)->pages),
					 g_variant_get_string(parameter, NULL));
}

void jhw_window_install_actions(GtkWidgetClass *class)
{
	static const struct {
		const char *name, *parameter;
		GtkWidgetActionActivateFunc activate;
	} actions[] = {
		{ "win.open", NULL, open_action },
		{ "win.open-path", "s", open_path_action },
		{ "win.cancel", NULL, cancel_action },
		{ "win.save", NULL, save_action },
		{ "win.save-as", NULL, save_action },
		{ "win.undo", NULL, undo_action },
		{ "win.redo", NULL, redo_action },
		{ "win.export", NULL, export_action },
		{ "win.deploy", NULL, deploy_action },
		{ "win.connect", "s", connect_action },
		{ "win.choose-target", NULL, choose_target_action },
		{ "win.show-targets", NULL, show_targets_action },
		{ "win.open-recording", NULL, open_recording_action },
		{ "win.disconnect", NULL, disconnect_action },
		{ "win.choose-import", NULL, choose_import_action },
		{ "win.accept", NULL, accept_action },
		{ "win.decline", NULL, decline_action },
		{ "win.save-picture", NULL, save_picture_action },
		{ "win.print", NULL, print_action },
		{ "win.new-cell", NULL, new_cell_action },
		{ "win.show-problems", NULL, show_problems_action },
		{ "win.show-page", "s", show_page_action },
	};

	for (guint n = 0; n < G_N_ELEMENTS(actions); n++)
		gtk_widget_class_install_action(class, actions[n].name, actions[n].parameter,
						actions[n].activate);
}

void jhw_window_update_actions(JhwWindow *window)
{
	GtkWidget *widget = GTK_WIDGET(window);
	JhwDocument *document = window->session ? jhw_session_document(window->session) : NULL;
	gboolean open = document != NULL;
	gboolean writable = open && !jhw_document_read_only(document);

	gtk_widget_action_set_enabled(
		widget, "win.save",
		writable && (jhw_document_modified(document) || !jhw_document_path(document)));
	gtk_widget_action_set_enabled(
		widget, "win.save-as",
		open && !jhcfg_workspace_read_only(jhw_document_workspace(document)));
	gtk_widget_action_set_enabled(widget, "win.undo",
				      writable && jhw_document_undo_name(document));
	gtk_widget_action_set_enabled(widget, "win.redo",
				      writable && jhw_document_redo_name(document));
	gtk_widget_action_set_enabled(widget, "win.export", open);
	gtk_widget_action_set_enabled(widget, "win.deploy",
				      open && !jhw_target_is_recording(window->target));
	gtk_widget_action_set_enabled(widget, "win.accept", window->reviewed != NULL);
	gtk_widget_action_set_enabled(widget, "win.decline", window->reviewed != NULL);
	gtk_widget_action_set_enabled(widget, "win.save-picture", open);
	gtk_widget_action_set_enabled(widget, "win.print", open);
	gtk_widget_action_set_enabled(widget, "win.new-cell", writable);
	gtk_widget_action_set_enabled(widget, "win.show-problems", open);
	gtk_widget_action_set_enabled(widget, "win.show-page", open);
}
