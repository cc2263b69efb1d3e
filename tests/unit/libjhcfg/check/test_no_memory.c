// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every allocation fails once, in a check of each bad fixture and in its
 * fix-it: the check then says -ENOMEM, and the fix-it leaves all as it was.
 * The linker leads the library's allocations here (--wrap).
 */
#include <cmocka_all.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"

#define MAX_ALLOCATIONS 100000

/* Allocations until one fails; negative: none does. */
static long until_failure = -1;
static bool has_failed;

static bool fails(void)
{
	if (until_failure < 0 || until_failure-- > 0)
		return false;
	has_failed = true;
	return true;
}

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__real_reallocarray(void *old, size_t count, size_t size);
void *__wrap_reallocarray(void *old, size_t count, size_t size);

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return fails() ? NULL : __real_realloc(old, size);
}

void *__wrap_reallocarray(void *old, size_t count, size_t size)
{
	return fails() ? NULL : __real_reallocarray(old, count, size);
}

static void fail_after(long allocations)
{
	has_failed = false;
	until_failure = allocations;
}

/* --- checks --------------------------------------------------------------- */

static void make_bad(const struct check_case *row, struct fixture *fixture)
{
	row->sample(fixture);
	assert_int_equal(jhcfg_workspace_begin(fixture->workspace, "Fixture"),
			 0);
	row->bad(fixture);
	jhcfg_workspace_end(fixture->workspace);
}

static void try_check(const struct check_case *row)
{
	struct jhcfg_findings *findings;
	struct fixture fixture;
	bool strict;
	int err;

	make_bad(row, &fixture);
	/* What is said of a file comes as diagnostics, which may be lost. */
	strict = !fixture.options.num_files;
	for (long n = 0; n < MAX_ALLOCATIONS; n++) {
		findings = NULL;
		fail_after(n);
		err = jhcfg_check(fixture.workspace, &fixture.options,
				  &findings);
		until_failure = -1;
		if (err != -ENOMEM && (err || (has_failed && strict)))
			fail_msg("%s: allocation %ld: %d", row->rule, n, err);
		if (!has_failed)
			break;
		jhcfg_findings_free(findings);
	}
	assert_false(has_failed);
	jhcfg_findings_free(findings);
	fixture_clear(&fixture);
}

static void test_check_without_memory_says_so(void **state)
{
	(void)state;
	for (size_t t = 0; check_cases[t]; t++)
		for (size_t n = 0; check_cases[t][n].rule; n++)
			try_check(&check_cases[t][n]);
}

/* --- fix-its -------------------------------------------------------------- */

static const struct jhcfg_finding *fixable_of(
	const struct jhcfg_findings *findings, const char *rule)
{
	const struct jhcfg_finding *finding;

	for (size_t n = 0; (finding = jhcfg_findings_at(findings, n)); n++)
		if (finding->fixable && !strcmp(finding->rule->id, rule))
			return finding;
	return NULL;
}

/* True: no allocation failed any more. */
static bool try_fix(const struct check_case *row, struct fixture *fixture,
		    const struct jhcfg_config *before, long allocations)
{
	struct jhcfg_findings *findings = NULL;
	const struct jhcfg_finding *finding;
	int err;

	assert_int_equal(
		jhcfg_check(fixture->workspace, &fixture->options, &findings),
		0);
	finding = fixable_of(findings, row->rule);
	if (!finding) {
		jhcfg_findings_free(findings);
		return true;
	}
	fail_after(allocations);
	err = jhcfg_check_fix(fixture->workspace, &fixture->options, findings,
			      finding, NULL);
	until_failure = -1;
	/* Of a step that succeeds the history may be lost. */
	if (!err && has_failed)
		assert_null(jhcfg_workspace_undo_name(fixture->workspace));
	else if (!err)
		assert_int_equal(jhcfg_workspace_undo(fixture->workspace), 0);
	if (err || !has_failed)
		assert_true(jhcfg_config_equal(
			before, jhcfg_workspace_cell(
					fixture->workspace,
					finding->at.cell ? finding->at.cell
							 : JHCFG_ROOT_KEY)));
	jhcfg_findings_free(findings);
	return !has_failed;
}

static void try_fixes(const struct check_case *row)
{
	struct jhcfg_findings *findings;
	const struct jhcfg_finding *finding;
	struct jhcfg_config *before;
	struct fixture fixture;
	bool done = false;

	for (long n = 0; !done && n < MAX_ALLOCATIONS; n++) {
		make_bad(row, &fixture);
		assert_int_equal(jhcfg_check(fixture.workspace,
					     &fixture.options, &findings),
				 0);
		finding = fixable_of(findings, row->rule);
		before = jhcfg_config_copy(jhcfg_workspace_cell(
			fixture.workspace, finding && finding->at.cell
						   ? finding->at.cell
						   : JHCFG_ROOT_KEY));
		jhcfg_findings_free(findings);
		done = try_fix(row, &fixture, before, n);
		jhcfg_config_free(before);
		fixture_clear(&fixture);
	}
	assert_true(done);
}

static void test_fix_without_memory_changes_nothing(void **state)
{
	(void)state;
	for (size_t t = 0; check_cases[t]; t++)
		for (size_t n = 0; check_cases[t][n].rule; n++)
			try_fixes(&check_cases[t][n]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check_without_memory_says_so),
		cmocka_unit_test(test_fix_without_memory_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
