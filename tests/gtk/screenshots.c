// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * screenshots DIR PROJECT [RECORDING]: the window with each of its pages, light
 * and dark, as DIR/PAGE-light.png and so on, 1280x800; the Run page with its last
 * moment. Needs a display.
 */
#include <stdlib.h>

#include "app/application.h"
#include "app/pages.h"
#include "app/window.h"
#include "frames.h"
#include "model/live.h"
#include "pages/run/page.h"

#define WIDTH  1280
#define HEIGHT 800

static void open_project(JhwWindow *window, const char *path)
{
	jhw_window_open(window, path);
	while (!jhw_window_session(window))
		g_main_context_iteration(NULL, TRUE);
	while (!jhw_checker_is_settled(jhw_session_checker(jhw_window_session(window))))
		g_main_context_iteration(NULL, TRUE);
}

/* The first one behind the root: the inspector has something to show. */
static void select_cell(JhwWindow *window)
{
	JhwSession *session = jhw_window_session(window);
	JhwRef ref = jhw_ref_cell(jhcfg_workspace_cell_key(jhw_session_workspace(session), 1));

	if (ref.cell)
		jhw_selection_set(jhw_session_selection(session), &ref);
}

/* At its end, with all that happened before. */
static void open_recording(JhwWindow *window, const char *path)
{
	g_autofree char *name = g_strconcat("recorded:", path, NULL);
	JhwTarget *target = jhw_session_target(jhw_window_session(window));
	g_autoptr(GError) error = NULL;

	if (!jhw_target_open(target, name, &error)) {
		g_printerr("screenshots: %s\n", error->message);
		exit(1);
	}
	while (!jhw_target_status(target) || !jhw_live_model(jhw_live_of(target)))
		g_main_context_iteration(NULL, TRUE);
}

static gboolean save(GtkWidget *window, const char *folder, const char *page, gboolean dark)
{
	g_autofree char *name =
		g_strdup_printf("%s/%s-%s.png", folder, page, dark ? "dark" : "light");
	g_autoptr(GdkTexture) texture = frames_paint(window, WIDTH, HEIGHT);

	if (!gdk_texture_save_to_png(texture, name)) {
		g_printerr("screenshots: %s cannot be written\n", name);
		return FALSE;
	}
	g_print("%s\n", name);
	return TRUE;
}

static GtkWidget *find(GtkWidget *widget, GType type)
{
	GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE(widget, type) ? widget : NULL;

	for (widget = gtk_widget_get_first_child(widget); widget && !found;
	     widget = gtk_widget_get_next_sibling(widget))
		found = find(widget, type);
	return found;
}

/* The parts of the Run page that are not seen at first. */
static gboolean save_run(GtkWidget *window, const char *folder, gboolean dark)
{
	static const char *const parts[] = { "graphs", "events", "consoles" };
	GtkWidget *page = find(window, JHW_TYPE_RUN_PAGE);

	for (guint n = 0; n < G_N_ELEMENTS(parts); n++) {
		g_autofree char *name = g_strdup_printf("run-%s", parts[n]);

		gtk_widget_activate_action(page, "run.show", "s", parts[n]);
		frames_wait(window, FRAMES_SETTLED);
		/* the last one is what is seen at first */
		if (n + 1 < G_N_ELEMENTS(parts) && !save(window, folder, name, dark))
			return FALSE;
	}
	return TRUE;
}

static gboolean save_pages(GtkWidget *window, const char *folder, gboolean dark)
{
	const struct jhw_page_type *page;

	g_object_set(gtk_settings_get_default(), "gtk-application-prefer-dark-theme", dark, NULL);
	for (guint n = 0; (page = jhw_page_at(n)); n++) {
		gtk_widget_activate_action(window, "win.show-page", "s", page->id);
		frames_wait(window, FRAMES_SETTLED);
		if (!save(window, folder, page->id, dark))
			return FALSE;
	}
	return save_run(window, folder, dark);
}

int main(int argc, char **argv)
{
	g_autoptr(JhwApplication) application = NULL;
	g_autoptr(GError) error = NULL;
	GtkWidget *window;

	if (argc < 3 || argc > 4 || !gtk_init_check()) {
		g_printerr("usage: screenshots DIR PROJECT [RECORDING], on a display\n");
		return 2;
	}
	application = jhw_application_new();
	if (!g_application_register(G_APPLICATION(application), NULL, &error)) {
		g_printerr("screenshots: %s\n", error->message);
		return 1;
	}
	g_object_set(gtk_settings_get_default(), "gtk-enable-animations", FALSE, NULL);
	window = GTK_WIDGET(jhw_window_new(GTK_APPLICATION(application)));
	gtk_window_set_default_size(GTK_WINDOW(window), WIDTH, HEIGHT);
	gtk_window_present(GTK_WINDOW(window));
	open_project(JHW_WINDOW(window), argv[2]);
	select_cell(JHW_WINDOW(window));
	if (argc == 4)
		open_recording(JHW_WINDOW(window), argv[3]);
	return save_pages(window, argv[1], FALSE) && save_pages(window, argv[1], TRUE) ? 0 : 1;
}
