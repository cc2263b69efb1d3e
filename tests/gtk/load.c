// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * load PROJECT RECORDING PART SECONDS: what the Run page costs while a recording
 * goes on in it ten times as fast as it was: one of a moment each second gives
 * ten pictures a second. PART is "consoles", "graphs" or "events". Prints how
 * often it was drawn, and the part of one core that it took. Needs a display.
 */
#include <stdlib.h>
#include <sys/resource.h>

#include "app/application.h"
#include "app/window.h"
#include "model/live.h"
#include "pages/run/page.h"

static guint frames;

static void count_frame(G_GNUC_UNUSED GdkFrameClock *clock, G_GNUC_UNUSED gpointer data)
{
	frames++;
}

static double cpu_seconds(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static GtkWidget *find(GtkWidget *widget, GType type)
{
	GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE(widget, type) ? widget : NULL;

	for (widget = gtk_widget_get_first_child(widget); widget && !found;
	     widget = gtk_widget_get_next_sibling(widget))
		found = find(widget, type);
	return found;
}

/* Begins again at its end. */
static void go_on(JhwLive *live)
{
	if (jhw_live_model(live)->playback.paused)
		jhw_live_play(live, TRUE);
}

static gboolean note_end(gpointer over)
{
	*(gboolean *)over = TRUE;
	return G_SOURCE_REMOVE;
}

static void run(const char *what, double seconds)
{
	gboolean over = FALSE;
	gint64 began = g_get_monotonic_time();
	double cpu = cpu_seconds(), passed;
	guint first = frames;

	g_timeout_add((guint)(seconds * 1000), note_end, &over);
	while (!over)
		g_main_context_iteration(NULL, TRUE);
	passed = (double)(g_get_monotonic_time() - began) / 1e6;
	g_print("%s: %.1f frames/s, %.1f %% of one core\n", what, (frames - first) / passed,
		100 * (cpu_seconds() - cpu) / passed);
}

static JhwLive *open_all(JhwWindow *window, char **argv)
{
	g_autofree char *name = g_strconcat("recorded:", argv[2], NULL);
	JhwTarget *target;

	jhw_window_open(window, argv[1]);
	while (!jhw_window_session(window))
		g_main_context_iteration(NULL, TRUE);
	target = jhw_session_target(jhw_window_session(window));
	if (!jhw_target_open(target, name, NULL)) {
		g_printerr("load: %s cannot be opened\n", argv[2]);
		exit(1);
	}
	gtk_widget_activate_action(GTK_WIDGET(window), "win.show-page", "s", "run");
	gtk_widget_activate_action(find(GTK_WIDGET(window), JHW_TYPE_RUN_PAGE), "run.show", "s",
				   argv[3]);
	return jhw_live_of(target);
}

int main(int argc, char **argv)
{
	g_autoptr(JhwApplication) application = NULL;
	JhwWindow *window;
	JhwLive *live;

	if (argc != 5 || !gtk_init_check()) {
		g_printerr("usage: load PROJECT RECORDING PART SECONDS, on a display\n");
		return 2;
	}
	application = jhw_application_new();
	if (!g_application_register(G_APPLICATION(application), NULL, NULL))
		return 1;
	/* a cursor that blinks is drawn sixty times a second */
	g_object_set(gtk_settings_get_default(), "gtk-cursor-blink", FALSE, NULL);
	window = jhw_window_new(GTK_APPLICATION(application));
	gtk_window_set_default_size(GTK_WINDOW(window), 1280, 800);
	gtk_window_present(GTK_WINDOW(window));
	live = open_all(window, argv);
	g_signal_connect(gtk_widget_get_frame_clock(GTK_WIDGET(window)), "after-paint",
			 G_CALLBACK(count_frame), NULL);
	g_signal_connect(live, "changed", G_CALLBACK(go_on), NULL);
	jhw_live_set_speed(live, 10000);
	jhw_live_play(live, TRUE);
	run("begin", 2);
	run(argv[3], g_ascii_strtod(argv[4], NULL));
	g_signal_handlers_disconnect_by_func(live, go_on, NULL);
	jhw_live_play(live, FALSE);
	run("end", 2);
	run("at rest", 5);
	return 0;
}
