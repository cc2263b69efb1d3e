// SPDX-License-Identifier: GPL-2.0-or-later
/* The cells of the Run page: cards that stay as they are while the project and
 * the target change around them. */
#include "cmocka_all.h"

#include <jhcfg/edit.h>
#include <string.h>

#include "gtk_fixture.h"
#include "model/live.h"
#include "model/owner.h"
#include "pages/run/card_list.h"
#include "pages/run/page.h"
#include "widget_fixture.h"

#define BOARD	  "arm64/zynqmp-zcu102"
#define RECORDING "recorded:" TEST_FIXTURES "/run/zcu102.jsonl"

struct fixture {
	JhwDocument *document;
	JhwSession *session;
	GtkWidget *page, *window;
};

static int set_up(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);

	fixture->session = fixture_session(BOARD);
	fixture->document = g_object_ref(jhw_session_document(fixture->session));
	fixture->page = jhw_run_page_new(fixture->session);
	fixture->window = gtk_window_new();
	gtk_window_set_default_size(GTK_WINDOW(fixture->window), 720, 560);
	gtk_window_set_child(GTK_WINDOW(fixture->window), fixture->page);
	fixture_show(fixture->window);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	fixture_close(fixture->window, fixture->session, fixture->document);
	g_free(fixture);
	return 0;
}

static gboolean is_card(GtkWidget *widget, gconstpointer data)
{
	(void)data;
	return gtk_widget_has_css_class(widget, "cell-card") && gtk_widget_get_mapped(widget);
}

static gboolean is_seen(GtkWidget *widget, gconstpointer text)
{
	return gtk_widget_get_mapped(widget) && fixture_is_label(widget, text);
}

static GPtrArray *cards_of(struct fixture *fixture)
{
	return fixture_find_all(fixture->page, is_card, NULL);
}

static void play(struct fixture *fixture)
{
	JhwTarget *target = jhw_session_target(fixture->session);

	assert_true(jhw_target_open(target, RECORDING, NULL));
	while (!jhw_target_status(target) || !jhw_live_model(jhw_live_of(target)))
		g_main_context_iteration(NULL, TRUE);
	fixture_show(fixture->window);
}

/* As a cell that appears or a name that is typed would. */
static int rename_cell(struct jhcfg_workspace *workspace, gpointer key, struct jhcfg_diags *diags)
{
	(void)diags;
	return jhcfg_config_set_name(jhcfg_workspace_edit_cell(workspace, *(uint32_t *)key),
				     "other");
}

static void test_without_a_target_it_says_what_to_do(void **state)
{
	struct fixture *fixture = *state;
	g_autoptr(GPtrArray) cards = cards_of(fixture);
	GtkWidget *label = fixture_find(fixture->page, is_seen, "Choose Target\342\200\246");

	assert_int_equal(cards->len, 0);
	assert_non_null(label);
	assert_string_equal(gtk_actionable_get_action_name(GTK_ACTIONABLE(
				    gtk_widget_get_ancestor(label, GTK_TYPE_BUTTON))),
			    "win.show-targets");
	play(fixture);
	assert_null(fixture_find(fixture->page, is_seen, "Choose Target\342\200\246"));
	jhw_target_close(jhw_session_target(fixture->session));
	fixture_show(fixture->window);
	assert_non_null(fixture_find(fixture->page, is_seen, "Choose Target\342\200\246"));
}

static void test_what_is_not_created_is_one_row(void **state)
{
	static const char *const absent[] = { "ivshmem-demo", "ivshmem-demo-2", "linux-demo" };
	struct fixture *fixture = *state;
	g_autoptr(GPtrArray) cards = NULL;
	int y = -1;

	play(fixture);
	cards = cards_of(fixture);
	assert_int_equal(cards->len, 3);
	for (guint n = 0; n < G_N_ELEMENTS(absent); n++) {
		GtkWidget *label = fixture_find(fixture->page, is_seen, absent[n]);
		graphene_rect_t bounds;

		assert_non_null(label);
		assert_true(gtk_widget_compute_bounds(label, fixture->page, &bounds));
		assert_true(y < 0 || y == (int)bounds.origin.y);
		y = (int)bounds.origin.y;
	}
}

static void test_an_edit_keeps_cards_and_focus(void **state)
{
	struct fixture *fixture = *state;
	uint32_t key = fixture_cell(fixture->document, "linux-demo");
	g_autoptr(GPtrArray) before = NULL, after = NULL;
	GtkWidget *focus;

	play(fixture);
	before = cards_of(fixture);
	focus = before->pdata[1];
	gtk_widget_set_focusable(focus, TRUE);
	assert_true(gtk_widget_grab_focus(focus));
	assert_true(jhw_document_edit(fixture->document, "Rename", rename_cell, &key, NULL));
	fixture_show(fixture->window);
	after = cards_of(fixture);
	assert_int_equal(after->len, before->len);
	assert_memory_equal(after->pdata, before->pdata, before->len * sizeof(gpointer));
	assert_ptr_equal(gtk_window_get_focus(GTK_WINDOW(fixture->window)), focus);
	/* and the row of the others has its new name */
	assert_non_null(fixture_find(fixture->page, is_seen, "other"));
	assert_null(fixture_find(fixture->page, is_seen, "linux-demo"));
}

static void test_cards_come_and_go_with_cells(void **state)
{
	struct fixture *fixture = *state;
	JhwTarget *target = jhw_session_target(fixture->session);
	JhwLive *live;
	g_autoptr(GPtrArray) end = NULL, begin = NULL, again = NULL;

	play(fixture);
	live = jhw_live_of(target);
	end = cards_of(fixture);
	/* tick-demo is not there yet */
	jhw_live_seek(live, 9000);
	while (jhw_target_cell(target, "tick-demo"))
		g_main_context_iteration(NULL, TRUE);
	fixture_show(fixture->window);
	begin = cards_of(fixture);
	assert_true(begin->len < end->len);
	assert_ptr_equal(begin->pdata[0], end->pdata[0]);
	assert_non_null(fixture_find(fixture->page, is_seen, "tick-demo"));
	jhw_live_seek(live, 45000);
	while (!jhw_target_cell(target, "tick-demo"))
		g_main_context_iteration(NULL, TRUE);
	fixture_show(fixture->window);
	again = cards_of(fixture);
	assert_int_equal(again->len, end->len);
	assert_ptr_equal(again->pdata[0], end->pdata[0]);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(test_without_a_target_it_says_what_to_do),
		CASE(test_what_is_not_created_is_one_row),
		CASE(test_an_edit_keeps_cards_and_focus),
		CASE(test_cards_come_and_go_with_cells),
	};

	gtk_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
