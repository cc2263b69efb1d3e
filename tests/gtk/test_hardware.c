// SPDX-License-Identifier: GPL-2.0-or-later
/* The tree of hardware: what devices are found by, their interrupt lines, links
 * that come and go. */
#include "cmocka_all.h"

#include "gtk_fixture.h"
#include "model/hardware.h"
#include "pages/links/edit.h"

#define BOARD "arm64/zynqmp-zcu102"

/* The devices (of all groups) that @text finds, as one string. */
static char *found(JhwDocument *document, const char *text)
{
	g_autoptr(GListModel) tree = jhw_hardware_tree(jhw_document_workspace(document));
	GString *names = g_string_new(NULL);

	for (guint n = 0; n < g_list_model_get_n_items(tree); n++) {
		g_autoptr(JhwNode) group = g_list_model_get_item(tree, n);
		GListModel *children = jhw_node_children(group);

		for (guint m = 0; m < g_list_model_get_n_items(children); m++) {
			g_autoptr(JhwNode) child = g_list_model_get_item(children, m);

			if (!jhw_node_matches(child, text))
				continue;
			/* what is found is in a group that is found */
			assert_true(jhw_node_matches(group, text));
			g_string_append_printf(names, "%s%s", names->len ? " " : "",
					       jhw_node_title(child));
		}
	}
	return g_string_free(names, FALSE);
}

static void test_devices_are_found_by_what_they_have(void **state)
{
	static const char *const texts[] = {
		"serial1",	    /* name */
		"0xff010000",	    /* first address */
		"0xff010ffc",	    /* one of its registers */
		"irq54",	    /* INTID */
		"uarts 0xff010000", /* several words */
	};
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autofree char *uarts = found(document, "cdns,uart"), *none = found(document, "0xff01");
	g_autofree char *nothing = found(document, "0x1"), *spi = found(document, "spi 22");

	(void)state;
	for (guint n = 0; n < G_N_ELEMENTS(texts); n++) {
		g_autofree char *names = found(document, texts[n]);

		assert_string_equal(names, "serial1");
	}
	/* as a device tree numbers it; each word by itself */
	assert_non_null(strstr(spi, "serial1"));
	/* any of its compatible strings */
	assert_non_null(strstr(uarts, "serial0"));
	assert_non_null(strstr(uarts, "serial1"));
	assert_non_null(strstr(none, "serial1"));
	assert_null(strstr(nothing, "serial0"));
}

static void test_interrupt_lines_are_below_their_device(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autoptr(GListModel) tree = jhw_hardware_tree(jhw_document_workspace(document));
	JhwRef uart = fixture_device(document, "serial1");
	guint lines = 0;

	(void)state;
	for (guint n = 0; n < g_list_model_get_n_items(tree); n++) {
		g_autoptr(JhwNode) group = g_list_model_get_item(tree, n);
		GListModel *devices = jhw_node_children(group);

		for (guint m = 0; m < g_list_model_get_n_items(devices); m++) {
			g_autoptr(JhwNode) device = g_list_model_get_item(devices, m);
			g_autoptr(JhwNode) line = NULL;

			if (!jhw_ref_equal(jhw_node_ref(device), &uart))
				continue;
			assert_int_equal(g_list_model_get_n_items(jhw_node_children(device)), 1);
			line = g_list_model_get_item(jhw_node_children(device), 0);
			assert_int_equal(jhw_node_ref(line)->kind, JHW_REF_IRQ);
			assert_int_equal(jhw_node_ref(line)->id, 54);
			assert_string_equal(jhw_node_detail(line), "SPI 22");
			/* found with the device, and by itself */
			assert_true(jhw_node_matches(line, "serial1"));
			lines++;
		}
	}
	assert_int_equal(lines, 1);
}

static guint num_links(GListModel *tree)
{
	g_autoptr(JhwNode) group = g_list_model_get_item(tree, g_list_model_get_n_items(tree) - 1);

	return g_list_model_get_n_items(jhw_node_children(group));
}

static void test_links_come_and_go_in_the_tree(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	g_autoptr(GListModel) tree = jhw_hardware_tree(workspace);
	guint count = num_links(tree);

	(void)state;
	assert_int_equal(count, jhcfg_workspace_num_links(workspace));
	assert_true(jhw_links_add(document, fixture_cell(document, "inmate-demo"),
				  fixture_cell(document, "tick-demo"), JHW_NEW_ETHERNET, 0, NULL));
	jhw_hardware_update(tree, jhw_document_workspace(document));
	assert_int_equal(num_links(tree), count + 1);
	jhw_document_undo(document);
	jhw_hardware_update(tree, jhw_document_workspace(document));
	assert_int_equal(num_links(tree), count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_devices_are_found_by_what_they_have),
		cmocka_unit_test(test_interrupt_lines_are_below_their_device),
		cmocka_unit_test(test_links_come_and_go_in_the_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
