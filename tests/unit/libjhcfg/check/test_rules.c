// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every rule, by its fixtures: silent on the good one; on the bad one it, and
 * nothing else, speaks; its fix-it silences it without harm, and can be undone.
 * A failure names the rule and the number of its row.
 */
#include <cmocka_all.h>
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/project.h>

#include "cases.h"
#include "check/results.h"

#define MAX_FIXES 32

/* The cases in one row, with a name for each. */
struct named_case {
	const struct check_case *row;
	char name[32];
};

static struct jhcfg_findings *find(struct fixture *fixture)
{
	struct jhcfg_findings *findings = NULL;

	assert_int_equal(
		jhcfg_check(fixture->workspace, &fixture->options, &findings),
		0);
	return findings;
}

static void change(struct fixture *fixture, void (*by)(struct fixture *))
{
	assert_int_equal(jhcfg_workspace_begin(fixture->workspace, "Fixture"),
			 0);
	by(fixture);
	jhcfg_workspace_end(fixture->workspace);
}

static bool is_of(const struct jhcfg_finding *finding, const char *rule)
{
	return !strcmp(finding->rule->id, rule);
}

static const struct jhcfg_finding *first_of(
	const struct jhcfg_findings *findings, const char *rule)
{
	const struct jhcfg_finding *finding;

	for (size_t n = 0; (finding = jhcfg_findings_at(findings, n)); n++)
		if (is_of(finding, rule))
			return finding;
	return NULL;
}

static void refuse_finding(const struct named_case *named, const char *where,
			   const struct jhcfg_finding *finding)
{
	fail_msg("%s: %s: %s %s: %s", named->name, where, finding->rule->id,
		 finding->object, finding->message);
}

/* --- what is found -------------------------------------------------------- */

static void test_case_good_is_silent(void **state)
{
	const struct named_case *named = *state;
	const struct jhcfg_finding *finding;
	struct jhcfg_findings *findings;
	struct fixture fixture;

	named->row->sample(&fixture);
	if (named->row->good)
		change(&fixture, named->row->good);
	findings = find(&fixture);
	finding = first_of(findings, named->row->rule);
	if (finding)
		refuse_finding(named, "the good fixture", finding);
	jhcfg_findings_free(findings);
	fixture_clear(&fixture);
}

static void test_case_bad_is_found(void **state)
{
	const struct named_case *named = *state;
	const struct check_case *row = named->row;
	const struct jhcfg_finding *finding;
	struct jhcfg_findings *findings;
	struct fixture fixture;
	size_t of_rule = 0;

	row->sample(&fixture);
	change(&fixture, row->bad);
	findings = find(&fixture);
	for (size_t n = 0; (finding = jhcfg_findings_at(findings, n)); n++) {
		of_rule += is_of(finding, row->rule);
		if (!is_of(finding, row->rule) &&
		    !(row->also && strstr(row->also, finding->rule->id)))
			refuse_finding(named, "not meant by the bad fixture",
				       finding);
		assert_string_not_equal(finding->object, "");
		assert_string_not_equal(finding->message, "");
		assert_string_not_equal(finding->advice, "");
	}
	if (!of_rule)
		fail_msg("%s: nothing is found in the bad fixture",
			 named->name);
	jhcfg_findings_free(findings);
	fixture_clear(&fixture);
}

/* --- what fix-its do ------------------------------------------------------ */

/* The contents as text, which the caller frees. */
static char *contents(const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_link *link;
	size_t size;
	char *all;
	FILE *out = open_memstream(&all, &size);

	assert_non_null(out);
	for (size_t n = 0; n < jhcfg_workspace_num_cells(workspace); n++) {
		uint32_t key = jhcfg_workspace_cell_key(workspace, n);
		char *text;

		assert_int_equal(
			jhcfg_project_write(
				jhcfg_workspace_cell(workspace, key), &text),
			0);
		fprintf(out, "%u: %s", key, text);
		free(text);
	}
	for (size_t n = 0; (link = jhcfg_workspace_link(workspace, n)); n++) {
		fprintf(out, "%u %s %x %x %jx %jx %jx %jx %u %u:", link->key,
			link->name, link->bdf, link->protocol,
			(uintmax_t)link->base, (uintmax_t)link->state_size,
			(uintmax_t)link->rw_size, (uintmax_t)link->output_size,
			link->num_peers, link->num_msix_vectors);
		for (unsigned int id = 0; id < link->num_peers; id++)
			fprintf(out, " %u", link->peers[id]);
	}
	fclose(out);
	return all;
}

static bool was_there(const struct jhcfg_findings *before,
		      const struct jhcfg_finding *wanted)
{
	const struct jhcfg_finding *finding;

	for (size_t n = 0; (finding = jhcfg_findings_at(before, n)); n++)
		if (finding->rule == wanted->rule &&
		    !strcmp(finding->object, wanted->object))
			return true;
	return false;
}

static void refuse_new_errors(const struct named_case *named,
			      const struct jhcfg_findings *before,
			      const struct jhcfg_findings *after)
{
	const struct jhcfg_finding *finding;

	for (size_t n = 0; (finding = jhcfg_findings_at(after, n)); n++)
		if (finding->severity == JHCFG_ERROR &&
		    !was_there(before, finding))
			refuse_finding(named, "made by the fix-it", finding);
}

static const char *first_word(const struct jhcfg_diags *diags)
{
	const struct jhcfg_diag *diag = jhcfg_diags_get(diags, 0);

	return diag ? diag->text : "";
}

/* Applies fix-its of the rule until it is silent; returns their number. */
static size_t fix_all(const struct named_case *named, struct fixture *fixture)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_findings *before = find(fixture);
	const struct jhcfg_finding *finding;
	size_t steps = 0;

	while ((finding = first_of(before, named->row->rule))) {
		struct jhcfg_findings *after;

		if (!finding->fixable)
			refuse_finding(named, "not fixable", finding);
		if (steps++ > MAX_FIXES)
			refuse_finding(named, "still there", finding);
		if (jhcfg_check_fix(fixture->workspace, &fixture->options,
				    before, finding, diags))
			fail_msg("%s: the fix-it refuses: %s", named->name,
				 first_word(diags));
		after = find(fixture);
		refuse_new_errors(named, before, after);
		jhcfg_findings_free(before);
		before = after;
	}
	jhcfg_findings_free(before);
	jhcfg_diags_free(diags);
	return steps;
}

static void test_case_fix_repairs_and_is_undone(void **state)
{
	const struct named_case *named = *state;
	struct fixture fixture;
	char *broken, *undone;
	size_t steps;

	named->row->sample(&fixture);
	change(&fixture, named->row->bad);
	broken = contents(fixture.workspace);
	steps = fix_all(named, &fixture);
	assert_true(steps > 0);
	for (size_t n = 0; n < steps; n++) {
		const char *name = jhcfg_workspace_undo_name(fixture.workspace);

		assert_non_null(name);
		assert_non_null(strstr(name, named->row->rule));
		assert_int_equal(jhcfg_workspace_undo(fixture.workspace), 0);
	}
	undone = contents(fixture.workspace);
	assert_string_equal(undone, broken);
	free(undone);
	free(broken);
	fixture_clear(&fixture);
}

/* One that cannot be repaired is said to be so, or says why when asked. */
static void test_case_fix_is_refused_with_reason(void **state)
{
	const struct named_case *named = *state;
	struct jhcfg_diags *diags = jhcfg_diags_new();
	const struct jhcfg_finding *finding;
	struct jhcfg_findings *findings;
	struct fixture fixture;
	char *before, *after;

	named->row->sample(&fixture);
	change(&fixture, named->row->bad);
	before = contents(fixture.workspace);
	findings = find(&fixture);
	finding = first_of(findings, named->row->rule);
	if (!finding)
		fail_msg("%s: nothing is found", named->name);
	else if (finding->fixable) {
		assert_int_equal(jhcfg_check_fix(fixture.workspace,
						 &fixture.options, findings,
						 finding, diags),
				 -EINVAL);
		assert_string_not_equal(first_word(diags), "");
	} else {
		assert_int_equal(jhcfg_check_fix(fixture.workspace,
						 &fixture.options, findings,
						 finding, diags),
				 -ENOTSUP);
	}
	after = contents(fixture.workspace);
	assert_string_equal(after, before);
	free(before);
	free(after);
	jhcfg_findings_free(findings);
	jhcfg_diags_free(diags);
	fixture_clear(&fixture);
}

/* --- samples and table ---------------------------------------------------- */

static void expect_clean(void (*sample)(struct fixture *fixture))
{
	const struct named_case named = { .name = "sample" };
	const struct jhcfg_finding *finding;
	struct jhcfg_findings *findings;
	struct fixture fixture;

	sample(&fixture);
	findings = find(&fixture);
	finding = jhcfg_findings_at(findings, 0);
	if (finding)
		refuse_finding(&named, "not clean", finding);
	jhcfg_findings_free(findings);
	fixture_clear(&fixture);
}

static void test_samples_are_clean(void **state)
{
	(void)state;
	expect_clean(sample_arm64);
	expect_clean(sample_x86);
}

static void test_rules_all_have_cases(void **state)
{
	const struct jhcfg_rule *rule;

	(void)state;
	for (size_t n = 0; (rule = jhcfg_rule_at(n)); n++) {
		bool found = false, fixed = !rule->fix;

		for (size_t t = 0; check_cases[t]; t++)
			for (size_t i = 0; check_cases[t][i].rule; i++) {
				const struct check_case *row =
					&check_cases[t][i];

				if (strcmp(row->rule, rule->id) != 0)
					continue;
				found = true;
				fixed |= !row->beyond;
			}
		if (!found || !fixed)
			fail_msg("rule %s has no %s", rule->id,
				 found ? "row for its fix-it" : "fixtures");
	}
}

/* Ids are for ever: their number never goes down. */
static void test_rules_are_many(void **state)
{
	const struct jhcfg_rule *rule;
	size_t fixable = 0;

	(void)state;
	assert_true(jhcfg_rule_count() >= 106);
	for (size_t n = 0; (rule = jhcfg_rule_at(n)); n++)
		fixable += !!rule->fix;
	assert_true(fixable >= 60);
}

static void test_rules_are_well_formed(void **state)
{
	const struct rule *rule;

	(void)state;
	for (size_t n = 0; (rule = check_rule_at(n)); n++) {
		const struct jhcfg_rule *info = &rule->info;

		assert_int_equal(strlen(info->id), 3);
		assert_ptr_equal(jhcfg_rule_find(info->id), info);
		assert_true(strlen(info->title) > 10);
		assert_true(strlen(info->doc) > 20);
		assert_true(strlen(info->advice) > 5);
		assert_non_null(rule->check);
		assert_int_equal(!info->fix, !rule->fix);
	}
}

/* -------------------------------------------------------------------------- */

#define MAX_TESTS 1024

static struct CMUnitTest tests[MAX_TESTS];
static struct named_case names[MAX_TESTS];
static size_t num_tests, num_names;

static void add_test(const char *name, CMUnitTestFunction function, void *state)
{
	assert(num_tests < MAX_TESTS);
	tests[num_tests++] = (struct CMUnitTest){
		.name = name,
		.test_func = function,
		.initial_state = state,
	};
}

static void add_case(const struct check_case *row)
{
	const struct jhcfg_rule *rule = jhcfg_rule_find(row->rule);
	struct named_case *named = &names[num_names++];

	named->row = row;
	snprintf(named->name, sizeof(named->name), "%s, row %zu", row->rule,
		 num_names);
	add_test(named->name, test_case_good_is_silent, named);
	add_test(named->name, test_case_bad_is_found, named);
	if (rule && rule->fix)
		add_test(named->name,
			 row->beyond ? test_case_fix_is_refused_with_reason
				     : test_case_fix_repairs_and_is_undone,
			 named);
}

int main(void)
{
	add_test("samples", test_samples_are_clean, NULL);
	add_test("cases", test_rules_all_have_cases, NULL);
	add_test("table", test_rules_are_well_formed, NULL);
	add_test("numbers", test_rules_are_many, NULL);
	for (size_t t = 0; check_cases[t]; t++)
		for (size_t n = 0; check_cases[t][n].rule; n++)
			add_case(&check_cases[t][n]);
	return _cmocka_run_group_tests("check-rules", tests, num_tests, NULL,
				       NULL);
}
