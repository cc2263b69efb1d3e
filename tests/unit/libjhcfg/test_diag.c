// SPDX-License-Identifier: GPL-2.0-or-later
#include <jhcfg/diag.h>

#include "cmocka_all.h"

static void test_diags_keep_order_and_count_by_severity(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();

	(void)state;
	jhcfg_diags_add(diags, JHCFG_WARNING, "W01", "cell \"a\"", "/x", NULL,
			"first %d", 1);
	jhcfg_diags_add(diags, JHCFG_ERROR, "E01", "cell \"b\"", "/y", "do it",
			"second");
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_WARNING), 1);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_INFO), 0);
	assert_string_equal(jhcfg_diags_get(diags, 0)->text, "first 1");
	assert_string_equal(jhcfg_diags_get(diags, 0)->hint, "");
	assert_string_equal(jhcfg_diags_get(diags, 1)->rule, "E01");
	assert_string_equal(jhcfg_diags_get(diags, 1)->hint, "do it");
	assert_null(jhcfg_diags_get(diags, 2));
	jhcfg_diags_free(diags);
}

static void test_diags_without_list_swallow(void **state)
{
	(void)state;
	jhcfg_diags_add(NULL, JHCFG_ERROR, "E01", "", "", NULL, "text");
	jhcfg_diags_free(NULL);
}

static void test_diags_flood_is_bounded(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();

	(void)state;
	for (int n = 0; n < 5000; n++)
		jhcfg_diags_add(diags, JHCFG_ERROR, "E01", "", "", NULL, "%d",
				n);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1000);
	jhcfg_diags_free(diags);
}

static void test_severity_names(void **state)
{
	(void)state;
	assert_string_equal(jhcfg_severity_name(JHCFG_ERROR), "error");
	assert_string_equal(jhcfg_severity_name(JHCFG_WARNING), "warning");
	assert_string_equal(jhcfg_severity_name(JHCFG_INFO), "info");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_diags_keep_order_and_count_by_severity),
		cmocka_unit_test(test_diags_without_list_swallow),
		cmocka_unit_test(test_diags_flood_is_bounded),
		cmocka_unit_test(test_severity_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
