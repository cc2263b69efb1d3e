// SPDX-License-Identifier: GPL-2.0-or-later
/* The live parts of the Run page as widgets: consoles, graphs, events, replay. */
#include "cmocka_all.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "frames.h"
#include "gtk_fixture.h"
#include "model/console.h"
#include "model/fault.h"
#include "model/live.h"
#include "pages/memory/page.h"
#include "pages/memory/view.h"
#include "pages/run/console_view.h"
#include "pages/run/page.h"
#include "pages/run/side.h"
#include "widget_fixture.h"

#define BOARD	  "arm64/zynqmp-zcu102"
#define RECORDING "recorded:" TEST_FIXTURES "/jh-top/crash.jsonl"
#define NOON	  1795262400000LL

static void iterate(void)
{
	g_main_context_iteration(NULL, TRUE);
}

static void count_frame(G_GNUC_UNUSED GdkFrameClock *clock, guint *frames)
{
	(*frames)++;
}

static GtkWidget *show(GtkWidget *widget)
{
	GtkWidget *window = gtk_window_new();

	gtk_window_set_default_size(GTK_WINDOW(window), 800, 500);
	gtk_window_set_child(GTK_WINDOW(window), widget);
	gtk_window_present(GTK_WINDOW(window));
	while (!gtk_widget_get_mapped(widget))
		iterate();
	return window;
}

static char *text_of(JhwConsoleView *view)
{
	GtkTextBuffer *buffer = jhw_console_view_text(view);
	GtkTextIter start, end;

	gtk_text_buffer_get_bounds(buffer, &start, &end);
	return gtk_text_buffer_get_text(buffer, &start, &end, FALSE);
}

static void wait_for_text(JhwConsoleView *view, const char *wanted)
{
	for (;;) {
		g_autofree char *text = text_of(view);

		if (strstr(text, wanted))
			return;
		iterate();
	}
}

static JhwConsole *new_console(void)
{
	const JhwConsolePlace place = { .source = JHW_CONSOLE_FED };

	return jhw_console_new(&place);
}

static void feed(JhwConsole *console, const char *text)
{
	jhw_console_feed(console, text, strlen(text), NOON);
}

/* --- one console ---------------------------------------------------------------- */

static void test_lines_are_shown_with_their_times(void **state)
{
	g_autoptr(JhwConsole) console = new_console();
	g_autofree char *stamp = jhw_console_stamp(NOON), *line = NULL, *text = NULL;
	GtkWidget *view = jhw_console_view_new(console), *window = show(view);

	(void)state;
	line = g_strdup_printf("%s Hello 1 from cell!\n%s \342\220\233]0;title", stamp, stamp);
	feed(console, "Hello 1 from");
	feed(console, " cell!\r\n\033]0;title");
	wait_for_text(JHW_CONSOLE_VIEW(view), "title");
	text = text_of(JHW_CONSOLE_VIEW(view));
	assert_string_equal(text, line);
	gtk_window_destroy(GTK_WINDOW(window));
}

static char *kept_text(JhwConsoleBuffer *lines)
{
	g_autofree char *stamp = jhw_console_stamp(NOON);
	GString *text = g_string_new(NULL);

	for (guint64 n = jhw_console_buffer_first(lines); n < jhw_console_buffer_end(lines); n++)
		g_string_append_printf(text, "%s%s %s", text->len ? "\n" : "", stamp,
				       jhw_console_buffer_line(lines, n)->text);
	return g_string_free(text, FALSE);
}

/* Whatever comes, in whichever parts. */
static void test_what_is_shown_is_what_is_kept(void **state)
{
	static const char *const parts[] = { "word ", "\n", "line\n", "\b", "\033[1m" };
	g_autoptr(JhwConsole) console = new_console();
	GtkWidget *view = jhw_console_view_new(console), *window = show(view);
	g_autoptr(GRand) rand = g_rand_new_with_seed(3);

	(void)state;
	for (guint n = 0; n < 9; n++) {
		g_autofree char *shown = NULL, *kept = NULL;

		if (n % 4 == 3)
			jhw_console_clear(console);
		/* more than are kept */
		for (guint m = g_rand_int_range(rand, 0, n == 7 ? 15000 : 400); m--;)
			feed(console, parts[g_rand_int_range(rand, 0, 5)]);
		kept = kept_text(jhw_console_buffer(console));
		for (shown = text_of(JHW_CONSOLE_VIEW(view)); !g_str_equal(shown, kept);) {
			iterate();
			g_free(shown);
			shown = text_of(JHW_CONSOLE_VIEW(view));
		}
	}
	gtk_window_destroy(GTK_WINDOW(window));
}

static GtkWidget *find_type(GtkWidget *widget, GType type, guint index);

static GtkAdjustment *scroll_of(GtkWidget *view)
{
	return gtk_scrollable_get_vadjustment(
		GTK_SCROLLABLE(find_type(view, GTK_TYPE_TEXT_VIEW, 0)));
}

static gboolean is_at_end(GtkWidget *view)
{
	GtkAdjustment *scroll = scroll_of(view);

	return gtk_adjustment_get_value(scroll) + gtk_adjustment_get_page_size(scroll) >=
	       gtk_adjustment_get_upper(scroll) - 1;
}

static void feed_lines(JhwConsole *console, GtkWidget *view, const char *last)
{
	for (guint n = 0; n < 100; n++)
		feed(console, "a line\n");
	feed(console, last);
	wait_for_text(JHW_CONSOLE_VIEW(view), last);
}

static void turn_wheel_up(GtkWidget *view)
{
	g_autoptr(GListModel) controllers =
		gtk_widget_observe_controllers(find_type(view, GTK_TYPE_TEXT_VIEW, 0));

	for (guint n = 0; n < g_list_model_get_n_items(controllers); n++) {
		g_autoptr(GtkEventController) wheel = g_list_model_get_item(controllers, n);
		gboolean handled;

		if (g_strcmp0(gtk_event_controller_get_name(wheel), "stay-at-end") == 0)
			g_signal_emit_by_name(wheel, "scroll", 0.0, -1.0, &handled);
	}
	gtk_adjustment_set_value(scroll_of(view), 200);
}

static void test_the_end_is_seen_until_somebody_leaves_it(void **state)
{
	g_autoptr(JhwConsole) console = new_console();
	GtkWidget *view = jhw_console_view_new(console), *window = show(view);
	double upper;

	(void)state;
	feed_lines(console, view, "first");
	while (!is_at_end(view) || gtk_adjustment_get_upper(scroll_of(view)) < 1000)
		iterate();
	turn_wheel_up(view);
	upper = gtk_adjustment_get_upper(scroll_of(view));
	feed_lines(console, view, "second");
	while (gtk_adjustment_get_upper(scroll_of(view)) < upper + 1000)
		iterate();
	assert_false(is_at_end(view));
	/* and once more when he is back */
	gtk_adjustment_set_value(scroll_of(view), gtk_adjustment_get_upper(scroll_of(view)));
	feed_lines(console, view, "third");
	while (!is_at_end(view) || gtk_adjustment_get_upper(scroll_of(view)) < upper + 2000)
		iterate();
	gtk_window_destroy(GTK_WINDOW(window));
}

static void test_a_flood_does_not_stop_the_window(void **state)
{
	g_autoptr(JhwConsole) console = new_console();
	GtkWidget *view = jhw_console_view_new(console), *window = show(view);
	g_autofree char *flood = g_malloc(1 << 16), *text = NULL;
	guint frames = 0;
	guint64 fed = 0;

	(void)state;
	for (guint n = 0; n < 1 << 16; n++)
		flood[n] = n % 24 == 23 ? '\n' : (char)('a' + n % 26);
	g_signal_connect(gtk_widget_get_frame_clock(window), "after-paint", G_CALLBACK(count_frame),
			 &frames);
	/* 2,700 lines at once, again and again, and the window draws meanwhile */
	while (frames < 10 || fed < 20) {
		jhw_console_feed(console, flood, 1 << 16, NOON);
		fed++;
		gtk_widget_queue_draw(window);
		iterate();
	}
	feed(console, "\nthe last line\n");
	wait_for_text(JHW_CONSOLE_VIEW(view), "the last line");
	assert_int_equal(
		gtk_text_buffer_get_line_count(jhw_console_view_text(JHW_CONSOLE_VIEW(view))),
		JHW_CONSOLE_MAX_LINES);
	gtk_window_destroy(GTK_WINDOW(window));
}

static void test_search_selects_lines(void **state)
{
	g_autoptr(JhwConsole) console = new_console();
	GtkWidget *view = jhw_console_view_new(console), *window = show(view);
	GtkWidget *search = find_type(view, GTK_TYPE_SEARCH_ENTRY, 0);
	GtkTextBuffer *buffer = jhw_console_view_text(JHW_CONSOLE_VIEW(view));
	GtkTextIter start, end;

	(void)state;
	feed(console, "one\nStarted cell\nthree\nstarted again\nfive\n");
	wait_for_text(JHW_CONSOLE_VIEW(view), "five");
	gtk_editable_set_text(GTK_EDITABLE(search), "started");
	while (!gtk_text_buffer_get_selection_bounds(buffer, &start, &end))
		iterate();
	assert_int_equal(gtk_text_iter_get_line(&start), 3);
	g_signal_emit_by_name(search, "next-match");
	assert_true(gtk_text_buffer_get_selection_bounds(buffer, &start, &end));
	assert_int_equal(gtk_text_iter_get_line(&start), 1);
	/* where it is, is marked */
	gtk_text_buffer_get_iter_at_line_offset(buffer, &start, 1, 14);
	assert_true(gtk_text_iter_has_tag(
		&start, gtk_text_tag_table_lookup(gtk_text_buffer_get_tag_table(buffer), "match")));
	gtk_editable_set_text(GTK_EDITABLE(search), "nowhere");
	while (!gtk_widget_has_css_class(search, "error"))
		iterate();
	gtk_window_destroy(GTK_WINDOW(window));
}

static void test_log_has_all_lines(void **state)
{
	g_autoptr(JhwConsole) console = new_console();
	g_autofree char *folder = g_dir_make_tmp("jhw-log-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "console.log", NULL), *text = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	feed(console, "before\n");
	assert_true(jhw_console_log_to(console, path, &error));
	feed(console, "\033[31mbehind\033[0m\nopen");
	assert_true(jhw_console_log_to(console, NULL, NULL));
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	assert_non_null(strstr(text, "] before\n"));
	assert_non_null(strstr(text, "] behind\n"));
	assert_null(strstr(text, "open"));
	assert_false(jhw_console_log_to(console, folder, &error));
	assert_non_null(strstr(error->message, folder));
	unlink(path);
	rmdir(folder);
}

/* --- a serial line --------------------------------------------------------------- */

static int open_line(char *path, size_t size)
{
	int line = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);

	assert_true(line >= 0);
	assert_int_equal(grantpt(line), 0);
	assert_int_equal(unlockpt(line), 0);
	assert_int_equal(ptsname_r(line, path, size), 0);
	return line;
}

static void say(int line, const char *text)
{
	assert_int_equal(write(line, text, strlen(text)), strlen(text));
}

static gboolean note_input(G_GNUC_UNUSED int fd, G_GNUC_UNUSED GIOCondition condition,
			   gpointer has_input)
{
	*(gboolean *)has_input = TRUE;
	return G_SOURCE_REMOVE;
}

/* Waits, while the program runs, until there is something to read. */
static void wait_for_input(int line)
{
	gboolean has_input = FALSE;

	g_unix_fd_add(line, G_IO_IN, note_input, &has_input);
	while (!has_input)
		iterate();
}

static void test_a_line_is_followed_and_typed_to(void **state)
{
	char path[64], got[64] = "";
	int line = open_line(path, sizeof(path));
	const JhwConsolePlace place = { .source = JHW_CONSOLE_LINE, .path = path };
	g_autoptr(JhwConsole) console = jhw_console_new(&place);
	g_autoptr(JhwTarget) target = jhw_target_new();
	GtkWidget *view = jhw_console_view_new(console), *window = show(view);
	size_t size = 0;

	(void)state;
	assert_true(jhw_target_open(target, "local", NULL));
	jhw_console_start(console, jhw_target_handle(target));
	assert_true(jhw_console_takes_input(console));
	jhw_console_send(console, "root\r");
	while (size < 5) {
		ssize_t part;

		wait_for_input(line);
		part = read(line, got + size, sizeof(got) - 1 - size);
		size += part > 0 ? (size_t)part : 0;
	}
	assert_string_equal(got, "root\r");
	say(line, "Password: ");
	wait_for_text(JHW_CONSOLE_VIEW(view), "Password: ");
	jhw_console_stop(console, "disconnected");
	assert_false(jhw_console_takes_input(console));
	wait_for_text(JHW_CONSOLE_VIEW(view), "disconnected");
	close(line);
	gtk_window_destroy(GTK_WINDOW(window));
}

/* --- the page -------------------------------------------------------------------- */

struct fixture {
	JhwDocument *document;
	JhwSession *session;
	GtkWidget *page, *window;
	char *shown; /* page that was asked for */
};

static void page_wanted(G_GNUC_UNUSED JhwSession *session, const char *page,
			struct fixture *fixture)
{
	g_free(fixture->shown);
	fixture->shown = g_strdup(page);
}

static gboolean is_type(GtkWidget *widget, gconstpointer type)
{
	return G_TYPE_CHECK_INSTANCE_TYPE(widget, *(const GType *)type);
}

/* Number @index of that type below the widget. */
static GtkWidget *find_type(GtkWidget *widget, GType type, guint index)
{
	g_autoptr(GPtrArray) found = fixture_find_all(widget, is_type, &type);

	assert_true(index < found->len);
	return found->pdata[index];
}

static int set_up(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);

	fixture->session = fixture_session(BOARD);
	fixture->document = g_object_ref(jhw_session_document(fixture->session));
	fixture->page = jhw_run_page_new(fixture->session);
	g_signal_connect(fixture->session, "show-page", G_CALLBACK(page_wanted), fixture);
	fixture->window = show(fixture->page);
	assert_true(jhw_target_open(jhw_session_target(fixture->session), RECORDING, NULL));
	/* the hypervisor's console, and those of two cells */
	while (gtk_notebook_get_n_pages(
		       GTK_NOTEBOOK(find_type(fixture->page, GTK_TYPE_NOTEBOOK, 0))) < 3)
		iterate();
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	fixture_close(fixture->window, fixture->session, fixture->document);
	g_free(fixture->shown);
	g_free(fixture);
	return 0;
}

static void test_a_fault_leads_to_its_address(void **state)
{
	struct fixture *fixture = *state;
	JhwSelection *selection = jhw_session_selection(fixture->session);
	const struct jhcfg_workspace *workspace = jhw_session_workspace(fixture->session);
	GtkWidget *view = find_type(fixture->page, JHW_TYPE_CONSOLE_VIEW, 0);
	GtkTextBuffer *buffer = jhw_console_view_text(JHW_CONSOLE_VIEW(view));
	GtkWidget *text;
	const struct jhcfg_memory *region;
	gboolean handled = FALSE;
	GtkTextIter at;
	JhwRef ref;

	wait_for_text(JHW_CONSOLE_VIEW(view), "Unhandled data write at 0xff000030");
	/* the project knows what is there */
	wait_for_text(JHW_CONSOLE_VIEW(view), "serial0");
	text = find_type(view, GTK_TYPE_TEXT_VIEW, 0);
	gtk_text_buffer_get_start_iter(buffer, &at);
	assert_true(gtk_text_iter_forward_search(&at, "0xff000030", 0, &at, NULL, NULL));
	gtk_text_buffer_place_cursor(buffer, &at);
	/* as Enter would */
	g_autoptr(GListModel) controllers = gtk_widget_observe_controllers(text);
	for (guint n = 0; n < g_list_model_get_n_items(controllers) && !handled; n++) {
		g_autoptr(GtkEventController) keys = g_list_model_get_item(controllers, n);

		/* GTK's own one wants an event of the server */
		if (g_strcmp0(gtk_event_controller_get_name(keys), "console") == 0)
			g_signal_emit_by_name(keys, "key-pressed", GDK_KEY_Return, 36, 0, &handled);
	}
	assert_true(handled);
	assert_string_equal(fixture->shown, "memory");
	ref = jhw_selection_current(selection);
	assert_int_equal(ref.kind, JHW_REF_REGION);
	region = jhcfg_cell_memory(jhcfg_config_cell(jhcfg_workspace_cell(workspace, ref.cell)),
				   ref.id);
	assert_in_range(0xff000030, region->phys_start, region->phys_start + region->size - 1);
}

static void test_who_is_led_to_memory_sees_the_place(void **state)
{
	struct fixture *fixture = *state;
	GtkWidget *page = jhw_memory_page_new(fixture->session), *window = show(page);
	GtkWidget *view = find_type(page, JHW_TYPE_MEMORY_VIEW, 0);
	JhwRef ref = jhw_address_ref(jhw_session_workspace(fixture->session), 0xff010000);
	const JhwScale *scale = jhw_memory_view_scale(JHW_MEMORY_VIEW(view));

	assert_int_equal(ref.kind, JHW_REF_REGION);
	jhw_session_go_to(fixture->session, &ref);
	assert_in_range(scale->span, 4096, 1 << 20);
	assert_in_range(0xff010000, scale->start, scale->start + scale->span);
	gtk_window_destroy(GTK_WINDOW(window));
}

/* What they said last stays until there is another target. */
static void test_consoles_outlive_their_target(void **state)
{
	struct fixture *fixture = *state;
	JhwTarget *target = jhw_session_target(fixture->session);
	GtkWidget *notebook = find_type(fixture->page, GTK_TYPE_NOTEBOOK, 0), *view;
	g_autofree char *text = NULL;

	view = find_type(fixture->page, JHW_TYPE_CONSOLE_VIEW, 0);
	wait_for_text(JHW_CONSOLE_VIEW(view), "Parking CPU 3");
	jhw_target_close(target);
	assert_null(jhw_live_model(jhw_live_of(target)));
	assert_int_equal(gtk_notebook_get_n_pages(GTK_NOTEBOOK(notebook)), 3);
	text = text_of(JHW_CONSOLE_VIEW(view));
	assert_non_null(strstr(text, "Parking CPU 3"));
	assert_true(jhw_target_open(target, "local", NULL));
	while (gtk_notebook_get_n_pages(GTK_NOTEBOOK(notebook)) > 1)
		iterate();
	view = find_type(fixture->page, JHW_TYPE_CONSOLE_VIEW, 0);
	assert_int_equal(
		gtk_text_buffer_get_char_count(jhw_console_view_text(JHW_CONSOLE_VIEW(view))), 0);
}

static void test_parts_are_shown_in_turn(void **state)
{
	static const char *const parts[] = { "graphs", "events", "consoles" };
	struct fixture *fixture = *state;
	JhwLive *live = jhw_live_of(jhw_session_target(fixture->session));

	for (guint n = 0; n < G_N_ELEMENTS(parts); n++) {
		gtk_widget_activate_action(fixture->page, "run.show", "s", parts[n]);
		/* and go on while time does, both ways */
		for (guint64 ms = 0; ms <= 30000; ms += 6000) {
			jhw_live_seek(live, n % 2 ? 30000 - ms : ms);
			frames_wait(fixture->window, 2);
		}
	}
}

static void test_the_slider_seeks(void **state)
{
	struct fixture *fixture = *state;
	JhwLive *live = jhw_live_of(jhw_session_target(fixture->session));
	GtkWidget *scale = find_type(fixture->page, GTK_TYPE_SCALE, 0);

	while (gtk_range_get_value(GTK_RANGE(scale)) < 31000)
		iterate();
	gtk_range_set_value(GTK_RANGE(scale), 4000);
	assert_int_equal(jhw_live_model(live)->playback.position_ms, 4000);
	while (jhw_target_cell(jhw_session_target(fixture->session), "rtos")->state !=
	       JHCFG_CELL_RUNNING)
		iterate();
}

static void test_nothing_is_planned_for_a_recording(void **state)
{
	struct fixture *fixture = *state;
	JhwTarget *target = jhw_session_target(fixture->session);
	GtkWidget *view = jhw_deploy_view_new(fixture->session), *window = show(view);
	GtkWidget *plan = gtk_widget_get_ancestor(fixture_find(view, fixture_is_label, "Plan"),
						  GTK_TYPE_BUTTON);

	assert_false(gtk_widget_get_sensitive(plan));
	assert_string_equal(gtk_widget_get_tooltip_text(plan),
			    "Nothing can be deployed to a recording");
	/* nor by another way */
	jhw_deploy_view_plan(view);
	assert_false(jhw_deploy_is_there(jhw_session_deploy(fixture->session)));
	jhw_target_close(target);
	assert_true(gtk_widget_get_sensitive(plan));
	assert_null(gtk_widget_get_tooltip_text(plan));
	gtk_window_destroy(GTK_WINDOW(window));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines_are_shown_with_their_times),
		cmocka_unit_test(test_what_is_shown_is_what_is_kept),
		cmocka_unit_test(test_the_end_is_seen_until_somebody_leaves_it),
		cmocka_unit_test(test_a_flood_does_not_stop_the_window),
		cmocka_unit_test(test_search_selects_lines),
		cmocka_unit_test(test_log_has_all_lines),
		cmocka_unit_test(test_a_line_is_followed_and_typed_to),
		CASE(test_a_fault_leads_to_its_address),
		CASE(test_who_is_led_to_memory_sees_the_place),
		CASE(test_consoles_outlive_their_target),
		CASE(test_parts_are_shown_in_turn),
		CASE(test_the_slider_seeks),
		CASE(test_nothing_is_planned_for_a_recording),
	};

	gtk_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
