// SPDX-License-Identifier: GPL-2.0-or-later
/* What a deploy does to a target, and what it does not. */
#include "rig.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/edit.h>

static void assert_state(const struct rig *rig, const char *expected)
{
	char *state = rig_state(rig);

	assert_string_equal(state, expected);
	free(state);
}

static void test_deploy_to_an_empty_target_runs_all(void **state)
{
	struct rig *rig = *state;
	char *seen;

	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_string_equal(
		rig_steps(rig),
		"upload system.cell, upload a.cell, upload a.bin, "
		"upload b.cell, upload b.bin, load driver, enable, "
		"cell create a, cell load a, cell start a, "
		"cell create b, cell load b, cell start b, clean up");
	seen = rig_read(rig, "cat sys/cells/1/name sys/cells/1/state "
			     "sys/cells/2/state loaded/1 loaded/2");
	assert_string_equal(seen, "a\nrunning\nrunning\n"
				  "image of a at 0x0\nimage of b at 0x0\n");
	free(seen);
}

static void test_second_deploy_has_no_steps(void **state)
{
	struct rig *rig = *state;
	char *before, *calls;

	rig_expect(rig, JHCFG_DEPLOY_DONE);
	before = rig_state(rig);
	rig_sh(rig, ": >calls");
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_string_equal(rig_steps(rig), "");
	assert_state(rig, before);
	calls = rig_read(rig, "cat calls");
	assert_string_equal(calls, "");
	free(calls);
	free(before);
}

static void test_other_image_is_loaded_only(void **state)
{
	struct rig *rig = *state;
	static char other[] = "another image of b";

	rig_expect(rig, JHCFG_DEPLOY_DONE);
	rig->images[1].bytes = other;
	rig->images[1].size = strlen(other);
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_string_equal(rig_steps(rig),
			    "upload b.bin, cell shutdown b, cell load b, "
			    "cell start b, clean up");
}

/* Gives cell "b" more memory. */
static void change_b(struct rig *rig)
{
	struct jhcfg_config *config;
	struct jhcfg_memory ram;

	assert_int_equal(jhcfg_workspace_begin(rig->workspace, "grow"), 0);
	config = jhcfg_workspace_edit_cell(rig->workspace, rig->b);
	ram = *jhcfg_cell_memory(jhcfg_config_cell(config), 0);
	ram.size *= 2;
	assert_int_equal(jhcfg_config_replace_memory(config, 0, &ram), 0);
	jhcfg_workspace_end(rig->workspace);
}

static void test_changed_cell_is_made_again_alone(void **state)
{
	struct rig *rig = *state;

	rig_expect(rig, JHCFG_DEPLOY_DONE);
	change_b(rig);
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_string_equal(rig_steps(rig),
			    "upload b.cell, cell destroy b, cell create b, "
			    "cell load b, cell start b, clean up");
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_string_equal(rig_steps(rig), "");
}

static void change_root(struct rig *rig)
{
	struct jhcfg_config *config;

	assert_int_equal(jhcfg_workspace_begin(rig->workspace, "root"), 0);
	config = jhcfg_workspace_edit_cell(rig->workspace, JHCFG_ROOT_KEY);
	jhcfg_config_set_vpci_irq_base(config, 96);
	jhcfg_workspace_end(rig->workspace);
}

static void test_changed_system_is_enabled_again(void **state)
{
	struct rig *rig = *state;

	rig_expect(rig, JHCFG_DEPLOY_DONE);
	change_root(rig);
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_string_equal(
		rig_steps(rig),
		"upload system.cell, upload a.cell, upload b.cell, "
		"cell destroy b, cell destroy a, disable, enable, "
		"cell create a, cell load a, cell start a, "
		"cell create b, cell load b, cell start b, clean up");
}

static void test_removed_cell_is_destroyed(void **state)
{
	struct rig *rig = *state;

	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_int_equal(jhcfg_workspace_begin(rig->workspace, "remove"), 0);
	assert_int_equal(jhcfg_workspace_remove_cell(rig->workspace, rig->a),
			 0);
	jhcfg_workspace_end(rig->workspace);
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_string_equal(rig_steps(rig), "cell destroy a, clean up");
}

static void test_cell_that_has_ended_is_loaded_and_started(void **state)
{
	struct rig *rig = *state;

	rig_expect(rig, JHCFG_DEPLOY_DONE);
	rig_sh(rig, "echo failed >sys/cells/1/state");
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_string_equal(rig_steps(rig),
			    "cell load a, cell start a, clean up");
}

static void test_cell_of_somebody_else_stays(void **state)
{
	struct rig *rig = *state;

	rig->options.num_images = 1;
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_int_equal(jhcfg_workspace_begin(rig->workspace, "remove"), 0);
	assert_int_equal(jhcfg_workspace_remove_cell(rig->workspace, rig->b),
			 0);
	jhcfg_workspace_end(rig->workspace);
	/* it was created, but has no images: nobody knows whose it is */
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_string_equal(rig_steps(rig), "");
	rig->options.prune = true;
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_string_equal(rig_steps(rig), "cell destroy b, clean up");
}

/* --- failures ------------------------------------------------------------- */

static size_t count_calls(const struct rig *rig)
{
	char *text = rig_read(rig, "wc -l <calls");
	size_t count = strtoul(text, NULL, 10);

	free(text);
	return count;
}

/*
 * Lets each call fail, one after the other, and compares the target with what
 * it was. Ends when a deploy has fewer calls than the one that is to fail.
 */
static void fail_everywhere(struct rig *rig, bool late, size_t least)
{
	char *before = rig_state(rig);
	size_t number = 1;

	for (;; number++) {
		enum jhcfg_deploy_phase phase;
		char *after;

		rig_sh(rig, ": >calls; echo %zu >fail; %s late", number,
		       late ? ": >" : "rm -f");
		phase = rig_deploy(rig);
		if (phase == JHCFG_DEPLOY_DONE)
			break;
		if (count_calls(rig) < number)
			rig_tell(rig);
		assert_true(count_calls(rig) >= number);
		after = rig_state(rig);
		if (strcmp(before, after))
			rig_tell(rig);
		assert_string_equal(after, before);
		free(after);
	}
	assert_true(count_calls(rig) < number);
	assert_true(number > least);
	rig_sh(rig, "rm fail");
	free(before);
}

static void test_failure_anywhere_on_an_empty_target(void **state)
{
	fail_everywhere(*state, false, 13);
}

static void test_failure_behind_any_effect_on_an_empty_target(void **state)
{
	fail_everywhere(*state, true, 13);
}

static void test_failure_anywhere_in_another_system(void **state)
{
	struct rig *rig = *state;

	rig_expect(rig, JHCFG_DEPLOY_DONE);
	change_root(rig);
	fail_everywhere(rig, false, 13);
}

static void test_failure_behind_any_effect_in_another_system(void **state)
{
	struct rig *rig = *state;

	rig_expect(rig, JHCFG_DEPLOY_DONE);
	change_root(rig);
	fail_everywhere(rig, true, 13);
}

static void test_failure_anywhere_in_another_cell(void **state)
{
	struct rig *rig = *state;
	static char other[] = "another image of a";

	rig_expect(rig, JHCFG_DEPLOY_DONE);
	change_b(rig);
	rig->images[0].bytes = other;
	rig->images[0].size = strlen(other);
	fail_everywhere(rig, false, 9);
}

static void test_failure_with_keep_going_does_the_rest(void **state)
{
	struct rig *rig = *state;
	char *seen;

	rig->options.keep_going = true;
	/* five uploads, modprobe, enable: then it is the turn of cell "a" */
	rig_sh(rig, "echo 8 >fail");
	assert_int_equal(rig_deploy(rig), JHCFG_DEPLOY_FAILED);
	seen = rig_read(rig,
			"cat sys/cells/*/name; tail -n 1 sys/cells/1/state");
	assert_string_equal(seen, "root\nb\nrunning\n");
	free(seen);
	/* and the next one does only what is missing */
	rig_sh(rig, "rm fail");
	rig_expect(rig, JHCFG_DEPLOY_DONE);
	assert_non_null(strstr(rig_steps(rig), "cell create a"));
	assert_null(strstr(rig_steps(rig), "cell create b"));
}

static void test_failure_without_rollback_leaves_what_was_done(void **state)
{
	struct rig *rig = *state;
	char *seen;

	rig->options.no_rollback = true;
	rig_sh(rig, "echo 9 >fail");
	assert_int_equal(rig_deploy(rig), JHCFG_DEPLOY_FAILED);
	seen = rig_read(rig, "cat sys/cells/*/name");
	assert_string_equal(seen, "root\na\n");
	free(seen);
}

static void test_findings_of_rules_refuse_without_force(void **state)
{
	struct rig *rig = *state;

	rig->options.force = false;
	rig_plan(rig);
	assert_int_equal(jhcfg_deploy_phase(rig->deploy), JHCFG_DEPLOY_PLANNED);
	assert_false(jhcfg_deploy_may_run(rig->deploy));
	assert_int_equal(jhcfg_deploy_run(rig->deploy), -EPERM);
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_deploy_to_an_empty_target_runs_all),
		CASE(test_second_deploy_has_no_steps),
		CASE(test_other_image_is_loaded_only),
		CASE(test_changed_cell_is_made_again_alone),
		CASE(test_changed_system_is_enabled_again),
		CASE(test_removed_cell_is_destroyed),
		CASE(test_cell_that_has_ended_is_loaded_and_started),
		CASE(test_cell_of_somebody_else_stays),
		CASE(test_failure_anywhere_on_an_empty_target),
		CASE(test_failure_behind_any_effect_on_an_empty_target),
		CASE(test_failure_anywhere_in_another_system),
		CASE(test_failure_behind_any_effect_in_another_system),
		CASE(test_failure_anywhere_in_another_cell),
		CASE(test_failure_with_keep_going_does_the_rest),
		CASE(test_failure_without_rollback_leaves_what_was_done),
		CASE(test_findings_of_rules_refuse_without_force),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
