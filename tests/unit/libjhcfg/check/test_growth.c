// SPDX-License-Identifier: GPL-2.0-or-later
/* What size costs, counted in steps through the index of regions, and what is
 * made to cost much. */
#include <cmocka_all.h>
#include <stdio.h>

#include <jailhouse/cell-config.h>

#include "check/results.h"
#include "large.h"

/* Steps of all rules; nothing is wrong with a large system. */
static size_t steps_of(unsigned int cells)
{
	struct jhcfg_workspace *workspace = large_system(cells);
	struct jhcfg_findings *findings;
	size_t steps;

	assert_non_null(workspace);
	assert_int_equal(jhcfg_check(workspace, NULL, &findings), 0);
	if (jhcfg_findings_count(findings))
		fail_msg("%s: %s", jhcfg_findings_at(findings, 0)->rule->id,
			 jhcfg_findings_at(findings, 0)->message);
	steps = findings->steps;
	jhcfg_findings_free(findings);
	jhcfg_workspace_free(workspace);
	return steps;
}

/* Each step takes O(log n): the number of steps must grow no faster than n. */
static void test_steps_grow_with_size(void **state)
{
	const size_t one = steps_of(1), many = steps_of(64);

	(void)state;
	assert_true(one > 0);
	assert_true(many <= one * 64 * 5 / 4);
}

/* Every region over every other: n^2 pairs, of which a part is looked at. */
static void test_overlaps_of_all_come_to_an_end(void **state)
{
	struct jhcfg_workspace *workspace = large_system(4);
	const struct jhcfg_memory page = {
		.phys_start = 0x90000000,
		.virt_start = 0x90000000,
		.size = 0x10000000,
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			 JAILHOUSE_MEM_ROOTSHARED,
	};
	struct jhcfg_findings *findings;

	(void)state;
	assert_non_null(workspace);
	assert_int_equal(jhcfg_workspace_begin(workspace, "Spoil"), 0);
	for (size_t n = 0; n < jhcfg_workspace_num_cells(workspace); n++) {
		struct jhcfg_config *config = jhcfg_workspace_edit_cell(
			workspace, jhcfg_workspace_cell_key(workspace, n));

		for (size_t i = 0; i < 4000; i++)
			assert_int_equal(jhcfg_config_insert_memory(
						 config, SIZE_MAX, &page),
					 0);
	}
	jhcfg_workspace_end(workspace);
	assert_int_equal(jhcfg_check(workspace, NULL, &findings), 0);
	assert_true(jhcfg_findings_of(findings, JHCFG_ERROR) > 0);
	assert_true(jhcfg_findings_count(findings) <= CHECK_MAX_FINDINGS);
	assert_true(findings->steps <=
		    (size_t)CHECK_MAX_STEPS * jhcfg_rule_count());
	jhcfg_findings_free(findings);
	jhcfg_workspace_free(workspace);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_steps_grow_with_size),
		cmocka_unit_test(test_overlaps_of_all_come_to_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
