// SPDX-License-Identifier: GPL-2.0-or-later
/* Drags on what is drawn by hand, with a real pointer: what Escape takes back, and
 * what is done without it. Needs xdotool. */
#include "cmocka_all.h"

#include "app/style.h"
#include "gtk_fixture.h"
#include "frames.h"
#include "pages/interrupts/matrix.h"
#include "pages/interrupts/matrix_draw.h"
#include "pages/interrupts/page.h"
#include "pages/memory/draw.h"
#include "pages/memory/page.h"
#include "pages/memory/view_private.h"
#include "scenes.h"
#include "widget_fixture.h"

#define FIRST 5U /* squares of the matrix between which is dragged */
#define LAST  9U

struct fixture {
	JhwDocument *document;
	JhwLog *log;
	JhwSession *session;
	GtkWidget *window;
	char *before;
};

static void show(struct fixture *fixture, GtkWidget *(*create)(JhwSession *session))
{
	fixture->document = scene_qemu();
	fixture->before = fixture_text(fixture->document);
	fixture->log = jhw_log_new();
	fixture->session = jhw_session_new(fixture->document, fixture->log);
	fixture->window = gtk_window_new();
	gtk_window_set_default_size(GTK_WINDOW(fixture->window), 1000, 700);
	gtk_window_set_child(GTK_WINDOW(fixture->window), create(fixture->session));
	fixture_show(fixture->window);
}

static void tear_down(struct fixture *fixture)
{
	fixture_close(fixture->window, fixture->session, fixture->document);
	g_object_unref(fixture->log);
	g_free(fixture->before);
}

static gboolean is_of_type(GtkWidget *widget, gconstpointer type)
{
	return G_TYPE_CHECK_INSTANCE_TYPE(widget, *(const GType *)type);
}

static GtkWidget *find(struct fixture *fixture, GType type)
{
	return fixture_find(fixture->window, is_of_type, &type);
}

static gboolean is_unchanged(struct fixture *fixture)
{
	g_autofree char *now = fixture_text(fixture->document);

	return !jhw_document_undo_name(fixture->document) && g_str_equal(now, fixture->before);
}

/* --- the pointer ----------------------------------------------------------------- */

static void run_xdotool(const char *what)
{
	g_autofree char *command = g_strconcat("xdotool ", what, NULL);
	g_autoptr(GError) error = NULL;
	int status;

	if (!g_spawn_command_line_sync(command, NULL, NULL, &status, &error))
		fail_msg("%s", error->message);
	assert_int_equal(status, 0);
}

static void point(GtkWidget *widget, double x, double y, const char *then)
{
	GtkNative *native = gtk_widget_get_native(widget);
	g_autofree char *what = NULL;
	graphene_point_t at = { (float)x, (float)y }, in_window;
	double left, top;

	gtk_native_get_surface_transform(native, &left, &top);
	assert_true(gtk_widget_compute_point(widget, GTK_WIDGET(native), &at, &in_window));
	what = g_strdup_printf("mousemove %d %d %s", (int)(in_window.x + left),
			       (int)(in_window.y + top), then);
	run_xdotool(what);
}

/* Two moves: the first one may only bring the pointer there. */
static void drag(GtkWidget *widget, double x, double y, double to_x, double to_y)
{
	point(widget, x, y, "mousedown 1");
	point(widget, to_x, to_y, "mousemove_relative 2 0");
}

#define WAIT_UNTIL(condition)                                                                      \
	while (!(condition))                                                                       \
	g_main_context_iteration(NULL, TRUE)

/* --- memory ---------------------------------------------------------------------- */

/* RAM of a cell over most of the width, selected, and dragged by its middle. */
static JhwMemoryView *drag_region(struct fixture *fixture, double *x, double *y)
{
	const JhwMemoryRow *row;
	const JhwSegment *segment;
	JhwMemoryView *view;
	JhwRef ram;

	show(fixture, jhw_memory_page_new);
	view = JHW_MEMORY_VIEW(find(fixture, JHW_TYPE_MEMORY_VIEW));
	ram = scene_ram(fixture->document, "inmate-demo");
	jhw_selection_set(jhw_session_selection(fixture->session), &ram);
	jhw_memory_view_show_selected(view);
	jhw_memory_view_set_span(view, view->scale.span * 4);
	frames_wait(fixture->window, FRAMES_SETTLED);
	segment = jhw_memory_view_find(view, &ram, &row);
	assert_non_null(segment);
	*x = (jhw_scale_x(&view->scale, segment->start + row->shift) +
	      jhw_scale_x(&view->scale, segment->last + row->shift)) /
	     2;
	*y = jhw_memory_bar_y(view->map, 0) + JHW_MEMORY_BAR / 2.0;
	drag(GTK_WIDGET(view), *x, *y, *x + 200, *y);
	WAIT_UNTIL(view->drag && view->preview);
	return view;
}

static void test_a_region_goes_where_it_is_dragged(void **state)
{
	struct fixture fixture;
	double x, y;

	(void)state;
	drag_region(&fixture, &x, &y);
	assert_true(is_unchanged(&fixture)); /* so far */
	run_xdotool("mouseup 1");
	WAIT_UNTIL(jhw_document_undo_name(fixture.document));
	assert_false(is_unchanged(&fixture));
	tear_down(&fixture);
}

static void test_escape_leaves_a_dragged_region_where_it_is(void **state)
{
	struct fixture fixture;
	JhwMemoryView *view;
	double x, y, before;

	(void)state;
	view = drag_region(&fixture, &x, &y);
	run_xdotool("key Escape");
	WAIT_UNTIL(!view->drag && !view->preview);
	run_xdotool("mouseup 1");
	/* what comes later has been seen: so has the button */
	before = view->pointer_x;
	point(GTK_WIDGET(view), x + 100, y, "");
	WAIT_UNTIL(view->pointer_x != before);
	assert_null(view->drag);
	assert_true(is_unchanged(&fixture));
	tear_down(&fixture);
}

/* --- interrupts ------------------------------------------------------------------ */

static guint count_selected(struct fixture *fixture)
{
	g_autoptr(JhwRefList) refs = jhw_selection_list(jhw_session_selection(fixture->session));

	return refs->count;
}

static void note_menu(G_GNUC_UNUSED GtkWidget *matrix, G_GNUC_UNUSED double x,
		      G_GNUC_UNUSED double y, gboolean *asked)
{
	*asked = TRUE;
}

static void note_pointed(G_GNUC_UNUSED GtkWidget *matrix, guint index, guint *pointed)
{
	*pointed = index;
}

static void place_of(GtkWidget *matrix, guint index, double *x, double *y)
{
	double size;

	jhw_matrix_place(index, gtk_widget_get_width(matrix), x, y, &size);
	*x += size / 2;
	*y += size / 2;
}

/* Over five lines. */
static GtkWidget *drag_lines(struct fixture *fixture, gboolean *asked)
{
	GtkWidget *matrix;
	double x, y, to_x, to_y;

	show(fixture, jhw_interrupts_page_new);
	matrix = find(fixture, JHW_TYPE_MATRIX);
	*asked = FALSE;
	g_signal_connect(matrix, "menu", G_CALLBACK(note_menu), asked);
	place_of(matrix, FIRST, &x, &y);
	place_of(matrix, LAST, &to_x, &to_y);
	drag(matrix, x, y, to_x, to_y);
	WAIT_UNTIL(count_selected(fixture) == LAST - FIRST + 1);
	return matrix;
}

static void test_lines_that_are_dragged_over_get_a_menu(void **state)
{
	struct fixture fixture;
	gboolean asked;

	(void)state;
	drag_lines(&fixture, &asked);
	assert_false(asked);
	run_xdotool("mouseup 1");
	WAIT_UNTIL(asked);
	assert_int_equal(count_selected(&fixture), LAST - FIRST + 1);
	tear_down(&fixture);
}

static void test_escape_leaves_the_line_where_the_drag_began(void **state)
{
	struct fixture fixture;
	GtkWidget *matrix;
	gboolean asked;
	guint pointed = G_MAXUINT;
	double x, y;

	(void)state;
	matrix = drag_lines(&fixture, &asked);
	g_signal_connect(matrix, "pointed", G_CALLBACK(note_pointed), &pointed);
	run_xdotool("key Escape");
	WAIT_UNTIL(count_selected(&fixture) == 1);
	run_xdotool("mouseup 1");
	place_of(matrix, LAST + 3, &x, &y);
	point(matrix, x, y, "");
	WAIT_UNTIL(pointed == LAST + 3);
	assert_false(asked);
	assert_int_equal(count_selected(&fixture), 1);
	assert_true(is_unchanged(&fixture));
	tear_down(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_region_goes_where_it_is_dragged),
		cmocka_unit_test(test_escape_leaves_a_dragged_region_where_it_is),
		cmocka_unit_test(test_escape_leaves_the_line_where_the_drag_began),
		/* the last one: its menu has the pointer */
		cmocka_unit_test(test_lines_that_are_dragged_over_get_a_menu),
	};
	g_autofree char *xdotool = g_find_program_in_path("xdotool");

	if (!xdotool)
		return 77;
	gtk_init();
	jhw_style_load();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
