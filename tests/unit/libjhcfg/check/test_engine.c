// SPDX-License-Identifier: GPL-2.0-or-later
/* What is around the rules: scenarios, waivers, severities, limits, fix-its. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "check/results.h"
#include "fixture.h"

static int set_up(void **state)
{
	static struct fixture fixture;

	sample_arm64(&fixture);
	*state = &fixture;
	return jhcfg_workspace_begin(fixture.workspace, "Test");
}

static int tear_down(void **state)
{
	fixture_clear(*state);
	return 0;
}

static struct jhcfg_findings *find(struct fixture *fixture)
{
	struct jhcfg_findings *findings;

	assert_int_equal(
		jhcfg_check(fixture->workspace, &fixture->options, &findings),
		0);
	return findings;
}

/* The only finding there is, or a failed test. */
static const struct jhcfg_finding *the_one(
	const struct jhcfg_findings *findings, const char *rule)
{
	const struct jhcfg_finding *finding = jhcfg_findings_at(findings, 0);

	assert_int_equal(jhcfg_findings_count(findings), 1);
	assert_non_null(finding);
	assert_string_equal(finding->rule->id, rule);
	return finding;
}

/* The only finding of that rule, or a failed test. */
static const struct jhcfg_finding *the_one_of(
	const struct jhcfg_findings *findings, const char *rule)
{
	const struct jhcfg_finding *finding, *found = NULL;

	for (size_t n = 0; (finding = jhcfg_findings_at(findings, n)); n++)
		if (!strcmp(finding->rule->id, rule)) {
			assert_null(found);
			found = finding;
		}
	assert_non_null(found);
	return found;
}

static const char *why_skipped(const struct jhcfg_findings *findings,
			       const char *rule)
{
	const struct jhcfg_rule *skipped;
	const char *reason;

	for (size_t n = 0;
	     (skipped = jhcfg_findings_skipped(findings, n, &reason)); n++)
		if (!strcmp(skipped->id, rule))
			return reason;
	return NULL;
}

static void never_answers(struct fixture *fixture)
{
	jhcfg_config_set_msg_reply_timeout(edit_rtos(fixture), 0);
}

static void add_scenario(struct fixture *fixture, const char *name,
			 const uint32_t *cells, size_t count)
{
	const struct jhcfg_scenario scenario = { name, cells, count };

	assert_int_equal(
		jhcfg_workspace_set_scenario(fixture->workspace, &scenario), 0);
}

/* --- scenarios ------------------------------------------------------------ */

static void test_finding_of_several_scenarios_is_shown_once(void **state)
{
	struct fixture *fixture = *state;
	const uint32_t both[] = { fixture->rtos, fixture->guest };
	struct jhcfg_findings *findings;

	jhcfg_config_set_name(edit_rtos(fixture), "sample");
	add_scenario(fixture, "first", both, 2);
	add_scenario(fixture, "second", &both[0], 1);
	findings = find(fixture);
	assert_string_equal(the_one(findings, "F05")->scenario, "first");
	jhcfg_findings_free(findings);
}

static unsigned int first_cpu(const struct jhcfg_cell *cell)
{
	unsigned int cpu = 0;

	while (!jhcfg_cell_has_cpu(cell, cpu))
		cpu++;
	return cpu;
}

/* As one that somebody has just made. */
static void test_cell_of_no_scenario_is_judged_alone(void **state)
{
	struct fixture *fixture = *state;
	struct jhcfg_findings *findings;
	const struct jhcfg_finding *finding;
	uint32_t loose;

	add_scenario(fixture, "first", &fixture->rtos, 1);
	add_scenario(fixture, "second", &fixture->guest, 1);
	loose = add_cell(fixture, "new");
	findings = find(fixture);
	finding = the_one_of(findings, "C03");
	assert_int_equal(finding->at.cell, loose);
	assert_string_equal(finding->scenario, "");
	jhcfg_findings_free(findings);
	/* in two of them it is told once */
	add_scenario(fixture, "first", &loose, 1);
	add_scenario(fixture, "second", &loose, 1);
	findings = find(fixture);
	assert_string_equal(the_one_of(findings, "C03")->scenario, "first");
	jhcfg_findings_free(findings);
}

/* It gets a CPU that is in use in a scenario only, which keeps it. */
static void test_cell_of_no_scenario_is_mended_alone(void **state)
{
	struct fixture *fixture = *state;
	struct jhcfg_findings *findings;
	size_t had;

	for (unsigned int cpu = 1; cpu < 8; cpu++)
		jhcfg_config_add_cpu(edit_guest(fixture), cpu);
	add_scenario(fixture, "first", &fixture->guest, 1);
	while (jhcfg_cell_num_cpus(jhcfg_config_cell(edit_rtos(fixture))))
		jhcfg_config_remove_cpu(
			edit_rtos(fixture),
			first_cpu(jhcfg_config_cell(edit_rtos(fixture))));
	had = jhcfg_cell_num_cpus(jhcfg_config_cell(edit_guest(fixture)));
	findings = find(fixture);
	assert_int_equal(jhcfg_check_fix(fixture->workspace, &fixture->options,
					 findings, the_one_of(findings, "C03"),
					 NULL),
			 0);
	jhcfg_findings_free(findings);
	assert_int_equal(
		jhcfg_cell_num_cpus(jhcfg_config_cell(edit_guest(fixture))),
		had);
}

/* What it would share with others counts once they are to run together. */
static void test_cells_of_no_scenario_do_not_meet(void **state)
{
	struct fixture *fixture = *state;
	const uint32_t both[] = { fixture->rtos, fixture->guest };
	struct jhcfg_findings *findings;
	uint32_t third = add_cell(fixture, "third");

	assert_int_equal(
		jhcfg_config_add_cpu(
			jhcfg_workspace_edit_cell(fixture->workspace, third),
			1),
		0);
	jhcfg_config_add_cpu(edit_rtos(fixture), 1);
	jhcfg_config_add_cpu(edit_guest(fixture), 1);
	add_scenario(fixture, "other", &third, 1);
	findings = find(fixture);
	for (size_t n = 0; n < jhcfg_findings_count(findings); n++)
		assert_string_not_equal(
			jhcfg_findings_at(findings, n)->rule->id, "C02");
	jhcfg_findings_free(findings);
	add_scenario(fixture, "both", both, 2);
	findings = find(fixture);
	the_one_of(findings, "C02");
	jhcfg_findings_free(findings);
}

static void test_scenario_that_is_named_judges_its_cells_only(void **state)
{
	struct fixture *fixture = *state;
	struct jhcfg_findings *findings;

	never_answers(fixture);
	add_scenario(fixture, "alone", &fixture->guest, 1);
	fixture->options.scenario = "alone";
	findings = find(fixture);
	assert_int_equal(jhcfg_findings_count(findings), 0);
	jhcfg_findings_free(findings);
	fixture->options.scenario = "none";
	assert_int_equal(
		jhcfg_check(fixture->workspace, &fixture->options, &findings),
		-ENOENT);
}

static void test_scenarios_without_end_are_cut(void **state)
{
	struct fixture *fixture = *state;
	struct jhcfg_findings *findings;
	char name[16];

	for (unsigned int n = 0; n <= CHECK_MAX_SCENARIOS; n++) {
		snprintf(name, sizeof(name), "%u", n);
		add_scenario(fixture, name, &fixture->guest, 1);
	}
	findings = find(fixture);
	assert_non_null(why_skipped(findings, "C02"));
	jhcfg_findings_free(findings);
}

/* --- waivers and severities ----------------------------------------------- */

static void waive(struct fixture *fixture, const char *object)
{
	const struct jhcfg_waiver waiver = { "B07", object, "for a test" };

	assert_int_equal(
		jhcfg_workspace_set_waiver(fixture->workspace, &waiver), 0);
}

static void expect_waived(struct fixture *fixture, bool waived)
{
	struct jhcfg_findings *findings = find(fixture);
	const struct jhcfg_finding *finding = the_one(findings, "B07");

	assert_int_equal(finding->waived, waived);
	assert_string_equal(finding->reason, waived ? "for a test" : "");
	assert_int_equal(jhcfg_findings_of(findings, JHCFG_WARNING), !waived);
	jhcfg_findings_free(findings);
}

static void test_waiver_of_the_object_counts(void **state)
{
	never_answers(*state);
	waive(*state, "linux");
	expect_waived(*state, false);
	waive(*state, "rtos");
	expect_waived(*state, true);
}

static void test_waiver_without_object_counts_everywhere(void **state)
{
	never_answers(*state);
	waive(*state, "");
	expect_waived(*state, true);
}

static void expect_severity(struct fixture *fixture,
			    enum jhcfg_severity severity)
{
	struct jhcfg_findings *findings = find(fixture);

	assert_int_equal(the_one(findings, "B07")->severity, severity);
	jhcfg_findings_free(findings);
}

static void test_severity_of_the_caller_beats_the_project(void **state)
{
	const struct jhcfg_override info = { "B07", JHCFG_INFO, false };
	struct fixture *fixture = *state;

	never_answers(fixture);
	expect_severity(fixture, JHCFG_WARNING);
	jhcfg_attrs_add(&edit_root(fixture)->system.attrs, "/severities",
			"{ \"B07\": \"error\", \"X\": 3, \"H08\": [] }");
	expect_severity(fixture, JHCFG_ERROR);
	fixture->options.overrides = &info;
	fixture->options.num_overrides = 1;
	expect_severity(fixture, JHCFG_INFO);
}

static void test_rule_switched_off_is_said_to_be(void **state)
{
	const struct jhcfg_override off = { "b07", JHCFG_INFO, true };
	struct fixture *fixture = *state;
	struct jhcfg_findings *findings;

	never_answers(fixture);
	fixture->options.overrides = &off;
	fixture->options.num_overrides = 1;
	findings = find(fixture);
	assert_int_equal(jhcfg_findings_count(findings), 0);
	assert_string_equal(why_skipped(findings, "B07"), "it is switched off");
	jhcfg_findings_free(findings);
}

static void test_rule_without_its_facts_is_not_judged(void **state)
{
	struct fixture *fixture = *state;
	struct jhcfg_findings *findings = find(fixture);

	assert_non_null(why_skipped(findings, "T01"));
	assert_null(why_skipped(findings, "H05"));
	assert_null(why_skipped(findings, "H01")); /* a board is enough */
	jhcfg_findings_free(findings);
	drop_board(fixture);
	findings = find(fixture);
	assert_non_null(why_skipped(findings, "H05"));
	assert_non_null(why_skipped(findings, "H01"));
	jhcfg_findings_free(findings);
}

/* --- limits and order ----------------------------------------------------- */

static void test_findings_beyond_the_limit_are_counted(void **state)
{
	struct fixture *fixture = *state;
	struct jhcfg_findings *findings;
	const struct jhcfg_finding *finding;

	for (unsigned int cpu = 8; cpu < 2000; cpu++)
		jhcfg_config_add_cpu(edit_rtos(fixture), cpu);
	findings = find(fixture);
	assert_int_equal(jhcfg_findings_count(findings), CHECK_MAX_OF_A_RULE);
	for (size_t n = 1; (finding = jhcfg_findings_at(findings, n)); n++)
		assert_true(jhcfg_findings_at(findings, n - 1)->at.index <
			    finding->at.index);
	jhcfg_findings_free(findings);
}

/* --- fix-its -------------------------------------------------------------- */

static void test_fix_of_another_state_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct jhcfg_findings *findings;

	never_answers(fixture);
	jhcfg_workspace_end(fixture->workspace);
	findings = find(fixture);
	assert_int_equal(jhcfg_check_fix(fixture->workspace, &fixture->options,
					 findings, the_one(findings, "B07"),
					 NULL),
			 0);
	assert_string_equal(jhcfg_workspace_undo_name(fixture->workspace),
			    "Fix B07: rtos");
	assert_int_equal(jhcfg_check_fix(fixture->workspace, &fixture->options,
					 findings, the_one(findings, "B07"),
					 NULL),
			 -ESTALE);
	jhcfg_findings_free(findings);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_finding_of_several_scenarios_is_shown_once),
		TEST(test_cell_of_no_scenario_is_judged_alone),
		TEST(test_cell_of_no_scenario_is_mended_alone),
		TEST(test_cells_of_no_scenario_do_not_meet),
		TEST(test_scenario_that_is_named_judges_its_cells_only),
		TEST(test_scenarios_without_end_are_cut),
		TEST(test_waiver_of_the_object_counts),
		TEST(test_waiver_without_object_counts_everywhere),
		TEST(test_severity_of_the_caller_beats_the_project),
		TEST(test_rule_switched_off_is_said_to_be),
		TEST(test_rule_without_its_facts_is_not_judged),
		TEST(test_findings_beyond_the_limit_are_counted),
		TEST(test_fix_of_another_state_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
