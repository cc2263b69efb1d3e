// SPDX-License-Identifier: GPL-2.0-or-later
/* The Links page without a display: places, and what changes links. */
#include "cmocka_all.h"

#include "gtk_fixture.h"
#include "model/link.h"
#include "pages/links/edit.h"
#include "pages/links/graph.h"

#define BOARD "arm64/qemu-arm64"

static const JhwGraphNode *node(const JhwGraph *graph, guint index)
{
	return graph->nodes->pdata[index];
}

static void test_nothing_lies_upon_anything_else(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);

	(void)state;
	for (int width = 0; width < 3000; width += 333) {
		g_autoptr(JhwGraph) graph = jhw_graph_new(jhw_document_workspace(document), width);

		assert_true(graph->width >= width);
		for (guint n = 0; n < graph->nodes->len; n++) {
			assert_int_equal(
				jhw_graph_node_at(graph, node(graph, n)->x, node(graph, n)->y), n);
			assert_true(node(graph, n)->x + graph->node_width / 2 <= graph->width);
			assert_true(!n ||
				    node(graph, n)->x - node(graph, n - 1)->x > graph->node_width);
		}
		for (guint n = 0; n < graph->edges->len; n++) {
			const JhwGraphEdge *edge = graph->edges->pdata[n];
			double left, right;

			jhw_graph_edge_extent(edge, &left, &right);
			assert_int_equal(jhw_graph_edge_at(graph, (left + right) / 2, edge->y), n);
			assert_true(edge->y < graph->height);
			for (guint m = 0; m < edge->ends->len; m++) {
				guint end = g_array_index(edge->ends, guint, m);
				double x = g_array_index(edge->drops, double, m);

				/* it goes up to the cell that is its end */
				assert_int_equal(jhw_graph_node_at(graph, x, node(graph, end)->y),
						 end);
			}
		}
		assert_int_equal(jhw_graph_node_at(graph, -5, -5), G_MAXUINT);
		assert_int_equal(jhw_graph_edge_at(graph, 1, graph->height - 1), G_MAXUINT);
	}
}

static const struct jhcfg_link *link_at(JhwDocument *document, size_t index)
{
	const struct jhcfg_link *link =
		jhcfg_workspace_link(jhw_document_workspace(document), index);

	assert_non_null(link);
	return link;
}

static void test_links_come_and_go_in_one_step(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autofree char *before = fixture_text(document), *after = NULL;
	size_t count = jhcfg_workspace_num_links(jhw_document_workspace(document));
	uint32_t a = fixture_cell(document, "inmate-demo"), b = fixture_cell(document, "tick-demo");
	uint32_t key;

	(void)state;
	assert_true(jhw_links_add(document, a, b, JHW_NEW_ETHERNET, 0, NULL));
	assert_true(jhw_links_add(document, a, b, JHW_NEW_SHARED, 0x10000, NULL));
	assert_true(jhw_links_add(document, a, b, JHW_NEW_OUTPUTS, 0x2000, NULL));
	assert_string_equal(jhw_link_kind(link_at(document, count)->protocol), "Ethernet");
	assert_true(link_at(document, count + 1)->rw_size == 0x10000);
	assert_true(link_at(document, count + 2)->output_size == 0x2000);
	key = link_at(document, count)->key;
	assert_true(jhw_links_remove(document, key, NULL));
	assert_int_equal(jhcfg_workspace_num_links(jhw_document_workspace(document)), count + 2);
	for (int n = 0; n < 4; n++)
		jhw_document_undo(document);
	assert_null(jhw_document_undo_name(document));
	after = fixture_text(document);
	assert_string_equal(before, after);
}

static void test_ends_join_where_there_is_room(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	uint32_t a = fixture_cell(document, "inmate-demo"), b = fixture_cell(document, "tick-demo");
	uint32_t c = fixture_cell(document, "linux-demo");
	size_t count = jhcfg_workspace_num_links(jhw_document_workspace(document));
	g_autoptr(GError) twice = NULL, third = NULL, alone = NULL;
	uint32_t key;

	(void)state;
	assert_true(jhw_links_add(document, a, b, JHW_NEW_SHARED, 0x1000, NULL));
	key = link_at(document, count)->key;
	assert_true(jhw_links_join(document, key, c, NULL));
	assert_int_equal(link_at(document, count)->num_peers, 3);
	assert_false(jhw_links_join(document, key, c, &twice));
	assert_non_null(strstr(twice->message, "already"));

	assert_true(jhw_links_add(document, a, b, JHW_NEW_ETHERNET, 0, NULL));
	key = link_at(document, count + 1)->key;
	assert_false(jhw_links_join(document, key, c, &third));
	assert_non_null(strstr(third->message, "two ends"));
	assert_int_equal(link_at(document, count + 1)->num_peers, 2);
	/* not with itself */
	assert_false(jhw_links_add(document, a, a, JHW_NEW_SHARED, 0x1000, &alone));
	assert_non_null(alone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_lies_upon_anything_else),
		cmocka_unit_test(test_links_come_and_go_in_one_step),
		cmocka_unit_test(test_ends_join_where_there_is_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
