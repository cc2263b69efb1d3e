// SPDX-License-Identifier: GPL-2.0-or-later
/* PCI: the tree of a recorded PC and of a board, what functions have, and the
 * page that shows it. */
#include "cmocka_all.h"

#include "app/style.h"
#include "gtk_fixture.h"
#include "model/error.h"
#include "model/move.h"
#include "model/owner.h"
#include "model/pci.h"
#include "model/pci_details.h"
#include "pages/links/edit.h"
#include "pages/pci/page.h"
#include "panels/cells.h"
#include "widget_fixture.h"

#define BOARD "arm64/qemu-arm64-smmu"
#define EDU   0x18U /* 00:03.0, of dma-demo */
#define NET   0x10U /* 00:02.0, of the root */

/* Depth first; NULL: there is none. *@depth: how far below the top. */
static JhwPciNode *find_node(GListModel *nodes, const char *title, guint *depth)
{
	for (guint n = 0; nodes && n < g_list_model_get_n_items(nodes); n++) {
		g_autoptr(JhwPciNode) node = g_list_model_get_item(nodes, n);
		JhwPciNode *found;

		if (g_str_equal(node->title, title))
			return node; /* the list keeps it */
		(*depth)++;
		found = find_node(G_LIST_MODEL(node->children), title, depth);
		if (found)
			return found;
		(*depth)--;
	}
	return NULL;
}

static guint count_functions(GListModel *nodes)
{
	guint count = 0;

	for (guint n = 0; nodes && n < g_list_model_get_n_items(nodes); n++) {
		g_autoptr(JhwPciNode) node = g_list_model_get_item(nodes, n);

		count += node->kind == JHW_PCI_FUNCTION || node->kind == JHW_PCI_BRIDGE;
		count += node->children ? count_functions(G_LIST_MODEL(node->children)) : 0;
	}
	return count;
}

static void test_functions_of_a_pc_are_behind_their_bridges(void **state)
{
	g_autoptr(JhwDocument) document = fixture_machine("q35-intel");
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	g_autoptr(GListModel) bridges = jhw_pci_tree(workspace, JHW_PCI_BY_BRIDGE);
	g_autoptr(GListModel) groups = jhw_pci_tree(workspace, JHW_PCI_BY_GROUP);
	size_t count = jhcfg_board_num_pci_functions(jhcfg_workspace_board(workspace));
	guint depth = 0;
	JhwPciNode *node = find_node(bridges, "00:00.0", &depth);

	(void)state;
	/* each is there once, whatever the order */
	assert_int_not_equal(count, 0);
	assert_int_equal(count_functions(bridges), count);
	assert_int_equal(count_functions(groups), count);
	assert_non_null(node);
	assert_int_equal(depth, 1);
	assert_ptr_equal(strstr(node->what, "Host bridge"), node->what);
	/* a network card behind a root port */
	depth = 0;
	node = find_node(bridges, "01:00.0", &depth);
	assert_non_null(node);
	assert_int_equal(depth, 2);
	assert_non_null(strstr(node->what, "Ethernet controller, 8086:10d3"));
	assert_non_null(strstr(node->messages, "MSI-X"));
	assert_int_equal(node->owner, JHCFG_ROOT_KEY);
}

static void test_functions_of_one_device_in_two_cells_are_marked(void **state)
{
	g_autoptr(JhwDocument) document = fixture_machine("q35-intel");
	const JhwRef sata = jhw_ref_of(JHW_REF_PCI, 0x1f << 3 | 2);
	g_autoptr(JhwRefList) refs = jhw_ref_list_new(&sata, 1);
	g_autoptr(GListModel) before = NULL, after = NULL;
	guint depth = 0;
	uint32_t cell;

	(void)state;
	cell = fixture_new_cell(document, "inmate", 1);
	before = jhw_pci_tree(jhw_document_workspace(document), JHW_PCI_BY_BRIDGE);
	assert_string_equal(find_node(before, "00:1f.2", &depth)->conflict, "");
	assert_true(jhw_move(document, refs, cell, NULL));
	after = jhw_pci_tree(jhw_document_workspace(document), JHW_PCI_BY_BRIDGE);
	assert_int_equal(find_node(after, "00:1f.2", &depth)->owner, cell);
	assert_non_null(strstr(find_node(after, "00:1f.2", &depth)->conflict, "00:1f.3 of root"));
	assert_non_null(strstr(find_node(after, "00:1f.3", &depth)->conflict, "00:1f.2 of inmate"));
	/* bridges stay with the root, whatever is beside them */
	assert_string_equal(find_node(after, "00:1f.0", &depth)->conflict, "");
}

static void test_registers_lead_to_regions_and_go_with_the_function(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	uint32_t from = fixture_cell(document, "dma-demo"),
		 to = fixture_cell(document, "tick-demo");
	const JhwRef edu = jhw_ref_of(JHW_REF_PCI, EDU);
	g_autoptr(JhwRefList) refs = jhw_ref_list_new(&edu, 1);
	g_autoptr(GPtrArray) bars = jhw_pci_bars(workspace, EDU), moved = NULL;
	g_autoptr(GPtrArray) caps = jhw_pci_caps(workspace, EDU);
	g_autofree char *messages = jhw_pci_message_lines(workspace, EDU);
	const JhwPciBar *bar;

	(void)state;
	assert_int_equal(bars->len, 1);
	bar = bars->pdata[0];
	assert_string_equal(bar->place, "0x10000000 + 1M");
	assert_int_equal(bar->region.kind, JHW_REF_REGION);
	assert_int_equal(bar->region.cell, from);
	assert_string_equal(bar->region_name, "edu");
	assert_int_equal(caps->len, 1);
	assert_string_equal(((JhwPciCap *)caps->pdata[0])->name, "MSI");
	assert_non_null(strstr(messages, "MSI, 1, 64-bit"));
	assert_true(jhw_move(document, refs, to, NULL));
	moved = jhw_pci_bars(jhw_document_workspace(document), EDU);
	assert_int_equal(((JhwPciBar *)moved->pdata[0])->region.cell, to);
}

static void test_registers_without_a_board_are_told_by_their_size(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autoptr(JhwWorkspace) fork = jhw_document_fork(document);
	g_autoptr(GPtrArray) bars = NULL, none = jhw_pci_bars(fork, 0x1234);

	(void)state;
	assert_int_equal(jhcfg_workspace_begin(fork, "forget the board"), 0);
	assert_int_equal(jhcfg_workspace_set_board(fork, NULL), 0);
	jhcfg_workspace_end(fork);
	bars = jhw_pci_bars(fork, NET);
	assert_int_equal(bars->len, 4);
	assert_string_equal(((JhwPciBar *)bars->pdata[0])->place, "128K");
	assert_string_equal(((JhwPciBar *)bars->pdata[2])->place, "0x20");
	assert_int_equal(((JhwPciBar *)bars->pdata[0])->region.kind, JHW_REF_NONE);
	assert_int_equal(none->len, 0);
}

/* --- the page ----------------------------------------------------------------- */

struct fixture {
	JhwDocument *document;
	JhwLog *log;
	JhwSession *session;
	GtkWidget *window;
	char *page; /* that "show-page" named last */
};

static void show_page(struct fixture *fixture, const char *page)
{
	g_free(fixture->page);
	fixture->page = g_strdup(page);
}

/* With the list of cells, as in the window. */
static void set_up(struct fixture *fixture, const char *board)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);

	*fixture = (struct fixture){ .document = fixture_board(board), .log = jhw_log_new() };
	fixture->session = jhw_session_new(fixture->document, fixture->log);
	g_signal_connect_swapped(fixture->session, "show-page", G_CALLBACK(show_page), fixture);
	fixture->window = gtk_window_new();
	gtk_window_set_default_size(GTK_WINDOW(fixture->window), 1000, 600);
	gtk_box_append(GTK_BOX(box), jhw_cells_panel_new(fixture->session));
	gtk_box_append(GTK_BOX(box), jhw_pci_page_new(fixture->session));
	gtk_window_set_child(GTK_WINDOW(fixture->window), box);
	fixture_show(fixture->window);
}

static void tear_down(struct fixture *fixture)
{
	fixture_close(fixture->window, fixture->session, fixture->document);
	g_object_unref(fixture->log);
	g_free(fixture->page);
}

/* The widget around a label that has drags, or drops. */
static GtkWidget *around(struct fixture *fixture, const char *text, GType type)
{
	GtkWidget *label = fixture_find(fixture->window, fixture_is_label, text);

	assert_non_null(label);
	return gtk_widget_get_ancestor(label, type);
}

static void test_function_is_dragged_from_the_tree_onto_a_cell(void **state)
{
	struct fixture fixture;
	const JhwRef edu = jhw_ref_of(JHW_REF_PCI, EDU);
	uint32_t cell;

	(void)state;
	set_up(&fixture, BOARD);
	cell = fixture_cell(fixture.document, "tick-demo");
	assert_true(fixture_drop(around(&fixture, "00:03.0", GTK_TYPE_TREE_EXPANDER),
				 around(&fixture, "tick-demo", GTK_TYPE_LIST_BOX_ROW)));
	assert_int_equal(jhw_owner_of(jhw_document_workspace(fixture.document), &edu), cell);
	/* by menu and keyboard it goes back */
	gtk_widget_activate_action(around(&fixture, "00:03.0", GTK_TYPE_TREE_EXPANDER), "move.to",
				   "u", fixture_cell(fixture.document, "dma-demo"));
	assert_int_equal(jhw_owner_of(jhw_document_workspace(fixture.document), &edu),
			 fixture_cell(fixture.document, "dma-demo"));
	jhw_document_undo(fixture.document);
	jhw_document_undo(fixture.document);
	assert_null(jhw_document_undo_name(fixture.document));
	tear_down(&fixture);
}

static void test_bar_shows_its_region_in_memory(void **state)
{
	struct fixture fixture;
	const JhwRef edu = jhw_ref_of(JHW_REF_PCI, EDU);
	JhwRef selected;

	(void)state;
	set_up(&fixture, BOARD);
	jhw_selection_set(jhw_session_selection(fixture.session), &edu);
	g_signal_emit_by_name(around(&fixture, "edu of dma-demo", GTK_TYPE_BUTTON), "clicked");
	selected = jhw_selection_current(jhw_session_selection(fixture.session));
	assert_int_equal(selected.kind, JHW_REF_REGION);
	assert_int_equal(selected.cell, fixture_cell(fixture.document, "dma-demo"));
	assert_string_equal(fixture.page, "memory");
	/* who comes back finds the function still there */
	assert_non_null(fixture_find(fixture.window, fixture_is_label, "edu of dma-demo"));
	tear_down(&fixture);
}

static void test_page_without_functions_says_what_to_do(void **state)
{
	struct fixture fixture;
	const struct jhcfg_link *link;
	GtkWidget *title;

	(void)state;
	set_up(&fixture, "arm64/qemu-arm64");
	title = fixture_find(fixture.window, fixture_is_label, "No PCI devices");
	assert_false(gtk_widget_get_child_visible(gtk_widget_get_parent(title)));
	assert_non_null(fixture_find(fixture.window, fixture_is_label, "Virtual PCI"));
	while ((link = jhcfg_workspace_link(jhw_document_workspace(fixture.document), 0)))
		assert_true(jhw_links_remove(fixture.document, link->key, NULL));
	fixture_show(fixture.window);
	assert_true(gtk_widget_get_child_visible(gtk_widget_get_parent(title)));
	tear_down(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_functions_of_a_pc_are_behind_their_bridges),
		cmocka_unit_test(test_functions_of_one_device_in_two_cells_are_marked),
		cmocka_unit_test(test_registers_lead_to_regions_and_go_with_the_function),
		cmocka_unit_test(test_registers_without_a_board_are_told_by_their_size),
		cmocka_unit_test(test_function_is_dragged_from_the_tree_onto_a_cell),
		cmocka_unit_test(test_bar_shows_its_region_in_memory),
		cmocka_unit_test(test_page_without_functions_says_what_to_do),
	};

	gtk_init();
	jhw_style_load();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
