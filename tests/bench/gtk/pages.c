// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pages: what the editor costs with a system of 64 cells, 256 CPUs, 4,000
 * memory regions and 988 shared interrupts, on a display. Prints lines of
 * "what<tab>value", in milliseconds of the main thread's CPU time if nothing
 * else is said:
 *   highlight     the frame after a drag has moved on, 95 of 100 are faster
 *   redraw PAGE   all widgets drawn anew, and the window painted; least of some
 *   edit PAGE     an edit and the frame that shows it; the same
 *   rules         from an edit to new findings, wall clock; the same
 * pages --save FILE: writes the system as a project.
 */
#include <stdlib.h>
#include <time.h>

#include "app/application.h"
#include "app/pages.h"
#include "app/window.h"
#include "frames.h"
#include "gtk_fixture.h"
#include "large.h"
#include "model/move.h"
#include "pages/partition/lane.h"
#include "widget_fixture.h"

#define CELLS  63U /* beside the root */
#define WIDTH  1280
#define HEIGHT 800
#define RUNS   5U
#define FRAMES 100U

static double milliseconds(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double cpu_ms(void)
{
	return milliseconds(CLOCK_THREAD_CPUTIME_ID);
}

/* --- frames ------------------------------------------------------------------
 */

/* Nothing is left to do: no findings to come, no frames, no idle work. */
static void settle(GtkWidget *window)
{
	fixture_settle(jhw_window_session(JHW_WINDOW(window)));
	frames_wait(window, 4);
	while (g_main_context_iteration(NULL, FALSE))
		;
}

static void invalidate(GtkWidget *widget)
{
	gtk_widget_queue_draw(widget);
	for (GtkWidget *child = gtk_widget_get_first_child(widget); child;
	     child = gtk_widget_get_next_sibling(child))
		invalidate(child);
}

/* --- what is measured -------------------------------------------------------- */

static double redraw(GtkWidget *window)
{
	g_autoptr(GdkTexture) texture = NULL;
	double begin = cpu_ms();

	invalidate(window);
	frames_wait(window, 1);
	texture = frames_paint(window, WIDTH, HEIGHT);
	return cpu_ms() - begin;
}

/* A CPU of the root's goes to the first cell, or back. */
static void change(GtkWidget *window)
{
	JhwDocument *document = jhw_session_document(jhw_window_session(JHW_WINDOW(window)));
	static const JhwRef cpu = { JHW_REF_CPU, 0, 1 };
	g_autoptr(JhwRefList) refs = jhw_ref_list_new(&cpu, 1);

	if (jhw_document_undo_name(document))
		jhw_document_undo(document);
	else if (!jhw_move(document, refs, fixture_cell(document, "cell-1"), NULL))
		abort();
}

static double edit(GtkWidget *window)
{
	double begin = cpu_ms();

	change(window);
	frames_wait(window, 1);
	return cpu_ms() - begin;
}

static double rules(GtkWidget *window)
{
	double begin;

	change(window);
	begin = milliseconds(CLOCK_MONOTONIC);
	fixture_settle(jhw_window_session(JHW_WINDOW(window)));
	return milliseconds(CLOCK_MONOTONIC) - begin;
}

static double least(GtkWidget *window, double (*measure)(GtkWidget *window))
{
	double best = G_MAXDOUBLE;

	for (guint n = 0; n < 2 * RUNS; n++) {
		double took = measure(window);

		best = MIN(best, took);
		settle(window);
	}
	return best;
}

static gboolean is_any_lane(GtkWidget *widget, gconstpointer data)
{
	(void)data;
	return JHW_IS_LANE(widget);
}

static int by_value(const void *a, const void *b)
{
	const double *first = a, *second = b;

	return *first < *second ? -1 : *first > *second;
}

/* What a drop target does when a drag comes, moves and leaves. */
static void hover(GtkWidget *lane, JhwRefList *refs, guint step)
{
	gtk_widget_add_css_class(lane, "drop-here");
	g_signal_emit_by_name(lane, "hover", refs, 20.0 + 3 * step % 400, 10.0);
}

static double highlight(GtkWidget *window)
{
	g_autoptr(GPtrArray) lanes = fixture_find_all(window, is_any_lane, NULL);
	const JhwRef things[] = { { JHW_REF_CPU, 0, 2 }, { JHW_REF_DEVICE, 0, 3 } };
	g_autoptr(JhwRefList) refs = jhw_ref_list_new(things, G_N_ELEMENTS(things));
	double took[FRAMES];

	for (guint n = 0; n < FRAMES; n++) {
		/* five frames on each lane that is in view */
		GtkWidget *lane = lanes->pdata[n / 5 % 4];
		double begin = cpu_ms();

		hover(lane, refs, n);
		frames_wait(window, 1);
		took[n] = cpu_ms() - begin;
		if (n % 5 != 4)
			continue;
		gtk_widget_remove_css_class(lane, "drop-here");
		g_signal_emit_by_name(lane, "leave");
	}
	for (guint n = 0; n < 40; n++)
		g_printerr("%.1f%s", took[n], n % 5 == 4 ? "\n" : " ");
	qsort(took, FRAMES, sizeof(*took), by_value);
	return took[FRAMES * 95 / 100];
}

static void say(const char *what, const char *page, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	g_print("%s%s%s\t%s\n", what, page ? " " : "", page ? page : "",
		g_ascii_formatd(text, sizeof(text), "%.2f", value));
}

static void measure(GtkWidget *window)
{
	const struct jhw_page_type *page;

	settle(window);
	say("rules", NULL, least(window, rules));
	say("highlight", NULL, highlight(window));
	for (guint n = 0; (page = jhw_page_at(n)); n++) {
		gtk_widget_activate_action(window, "win.show-page", "s", page->id);
		settle(window);
		say("redraw", page->id, least(window, redraw));
		say("edit", page->id, least(window, edit));
	}
}

/* --- the program ------------------------------------------------------------- */

static int save(const char *path)
{
	struct jhcfg_workspace *workspace = large_system(CELLS);
	int err = workspace ? jhcfg_workspace_save(workspace, path, NULL) : -1;

	jhcfg_workspace_free(workspace);
	return err ? 1 : 0;
}

static GtkWidget *open(GtkApplication *application)
{
	/* a copy, since that has no steps to be undone */
	g_autoptr(JhwWorkspace) made = large_system(CELLS);
	g_autoptr(JhwDocument) document = jhw_document_new(jhcfg_workspace_fork(made), NULL);
	GtkWidget *window = GTK_WIDGET(jhw_window_new(application));

	g_object_set(gtk_settings_get_default(), "gtk-enable-animations", FALSE, NULL);
	gtk_window_set_default_size(GTK_WINDOW(window), WIDTH, HEIGHT);
	gtk_window_present(GTK_WINDOW(window));
	jhw_window_show(JHW_WINDOW(window), document);
	return window;
}

int main(int argc, char **argv)
{
	g_autoptr(JhwApplication) application = NULL;
	g_autoptr(GError) error = NULL;

	if (argc == 3 && g_str_equal(argv[1], "--save"))
		return save(argv[2]);
	if (argc != 1 || !gtk_init_check()) {
		g_printerr("usage: pages, on a display, or pages --save FILE\n");
		return 2;
	}
	application = jhw_application_new();
	if (!g_application_register(G_APPLICATION(application), NULL, &error)) {
		g_printerr("pages: %s\n", error->message);
		return 1;
	}
	measure(open(GTK_APPLICATION(application)));
	return 0;
}
