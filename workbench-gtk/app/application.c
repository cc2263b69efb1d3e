// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/application.h"

#include "app/command_line.h"
#include "app/preferences.h"
#include "app/shortcuts.h"
#include "app/style.h"
#include "app/window.h"
#include "model/text.h"
#include "widgets/trace.h"

struct _JhwApplication {
	GtkApplication parent_instance;
	char *target; /* of the command line; NULL: none */
};

G_DEFINE_FINAL_TYPE(JhwApplication, jhw_application, GTK_TYPE_APPLICATION)

static void new_window(G_GNUC_UNUSED GSimpleAction *action, G_GNUC_UNUSED GVariant *parameter,
		       gpointer application)
{
	gtk_window_present(GTK_WINDOW(jhw_window_new(application)));
}

/* Windows that have something to lose ask first. */
static void quit(G_GNUC_UNUSED GSimpleAction *action, G_GNUC_UNUSED GVariant *parameter,
		 gpointer application)
{
	g_autoptr(GList) windows = g_list_copy(gtk_application_get_windows(application));

	for (GList *at = windows; at; at = at->next)
		gtk_window_close(at->data);
}

static void about(G_GNUC_UNUSED GSimpleAction *action, G_GNUC_UNUSED GVariant *parameter,
		  gpointer application)
{
	gtk_show_about_dialog(gtk_application_get_active_window(application), "program-name",
			      "Jailhouse Workbench", "logo-icon-name", JHW_APPLICATION_ID,
			      "version", JHW_VERSION, "license-type", GTK_LICENSE_GPL_2_0,
			      "comments", _("Partition a machine into cells, and run them"), NULL);
}

static void preferences(G_GNUC_UNUSED GSimpleAction *action, G_GNUC_UNUSED GVariant *parameter,
			gpointer application)
{
	gtk_window_present(GTK_WINDOW(
		jhw_preferences_window_new(gtk_application_get_active_window(application))));
}

static void shortcuts(G_GNUC_UNUSED GSimpleAction *action, G_GNUC_UNUSED GVariant *parameter,
		      gpointer application)
{
	GtkWidget *window = jhw_shortcuts_window_new();

	gtk_window_set_transient_for(GTK_WINDOW(window),
				     gtk_application_get_active_window(application));
	gtk_window_present(GTK_WINDOW(window));
	g_object_unref(window); /* GTK has it until it is closed */
}

static void startup(GApplication *application)
{
	static const GActionEntry actions[] = {
		{ .name = "new-window", .activate = new_window },
		{ .name = "quit", .activate = quit },
		{ .name = "preferences", .activate = preferences },
		{ .name = "shortcuts", .activate = shortcuts },
		{ .name = "about", .activate = about },
	};

	G_APPLICATION_CLASS(jhw_application_parent_class)->startup(application);
	g_action_map_add_action_entries(G_ACTION_MAP(application), actions, G_N_ELEMENTS(actions),
					application);
	jhw_shortcuts_install(GTK_APPLICATION(application));
	gtk_window_set_default_icon_name(JHW_APPLICATION_ID);
	jhw_style_load();
	jhw_preferences_apply();
	jhw_trace_serve();
}

static void open_path(GApplication *application, const char *path)
{
	JhwWindow *window = jhw_window_new(GTK_APPLICATION(application));

	/* it is read while the window comes */
	if (path)
		jhw_window_open(window, path);
	gtk_window_present(GTK_WINDOW(window));
	if (JHW_APPLICATION(application)->target)
		jhw_window_connect(window, JHW_APPLICATION(application)->target);
}

static void activate(GApplication *application)
{
	open_path(application, NULL);
}

/* Each project gets a window. */
static void open_files(GApplication *application, GFile **files, gint count,
		       G_GNUC_UNUSED const gchar *hint)
{
	for (gint n = 0; n < count; n++) {
		g_autofree char *path = g_file_get_path(files[n]);

		open_path(application, path);
	}
}

/* -1: go on. */
static gint take_options(GApplication *application, GVariantDict *options)
{
	g_variant_dict_lookup(options, "target", "s", &JHW_APPLICATION(application)->target);
	return -1;
}

static void jhw_application_finalize(GObject *object)
{
	g_free(JHW_APPLICATION(object)->target);
	G_OBJECT_CLASS(jhw_application_parent_class)->finalize(object);
}

static void jhw_application_class_init(JhwApplicationClass *class)
{
	GApplicationClass *application_class = G_APPLICATION_CLASS(class);

	G_OBJECT_CLASS(class)->finalize = jhw_application_finalize;
	application_class->handle_local_options = take_options;
	application_class->startup = startup;
	application_class->activate = activate;
	application_class->open = open_files;
}

static void jhw_application_init(G_GNUC_UNUSED JhwApplication *application)
{
}

JhwApplication *jhw_application_new(void)
{
	JhwApplication *application =
		g_object_new(JHW_TYPE_APPLICATION, "application-id", JHW_APPLICATION_ID, "flags",
			     G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE,
			     "resource-base-path", "/org/jailhouse/Workbench", NULL);

	jhw_command_line_add(G_APPLICATION(application));
	return application;
}
