// SPDX-License-Identifier: LGPL-2.1-or-later
/* Judging a workspace: which rules, for which cells, in which scenarios. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "check/overrides.h"
#include "check/results.h"

static const struct jhcfg_check_options no_options;

static void skip(struct jhcfg_findings *findings, const struct rule *rule,
		 const char *reason)
{
	/* One row for each rule was set aside. */
	for (size_t n = 0; n < findings->num_skipped; n++)
		if (findings->skipped[n].rule == &rule->info)
			return;
	findings->skipped[findings->num_skipped++] = (struct jhcfg_skipped){
		.rule = &rule->info,
		.reason = reason,
	};
}

/* Why the rule cannot be judged; NULL: it can. */
static const char *lacks(const struct check *check, const struct rule *rule)
{
	const bool board = rule->info.modes & JHCFG_RULE_BOARD;
	const bool live = rule->info.modes & JHCFG_RULE_LIVE;

	if (board && live)
		return check->board || check->live
			       ? NULL
			       : "neither the board nor a target is known";
	if (board && !check->board)
		return "the board is not known";
	if (live && !check->live)
		return "there is no target to look at";
	return NULL;
}

static void judge(struct check *check, const struct rule *rule)
{
	struct check_results *results = check->results;

	check->steps = 0;
	if (rule->scope != RULE_CELL) {
		rule->check(check, check->cells[0]);
	} else {
		for (size_t n = 0; n < check->num_cells; n++)
			rule->check(check, check->cells[n]);
	}
	results->findings->steps += check->steps;
	if (check->steps >= CHECK_MAX_STEPS)
		skip(results->findings, rule,
		     "too much overlaps: only a part was judged");
}

/* All rules of these scopes, for the scenario that the check is in. */
static void judge_scopes(struct check *check,
			 const struct check_overrides *overrides,
			 unsigned int scopes)
{
	struct check_results *results = check->results;
	const struct rule *rule;

	for (size_t n = 0; (rule = check_rule_at(n)); n++) {
		const char *reason = lacks(check, rule);

		if (!(scopes & 1U << rule->scope))
			continue;
		results->rule = rule;
		results->rule_number = n;
		results->of_this_rule = 0;
		results->severity = rule->info.severity;
		if (!check_override(overrides, rule->info.id,
				    &results->severity))
			reason = "it is switched off";
		if (reason)
			skip(results->findings, rule, reason);
		else
			judge(check, rule);
	}
}

static void skip_rest(struct jhcfg_findings *findings, const char *reason)
{
	const struct rule *rule;

	for (size_t n = 0; (rule = check_rule_at(n)); n++)
		if (rule->scope == RULE_SCENARIO)
			skip(findings, rule, reason);
}

static const struct jhcfg_scenario *find_scenario(
	const struct jhcfg_workspace *workspace, const char *name)
{
	const struct jhcfg_scenario *scenario;

	for (size_t n = 0; (scenario = jhcfg_workspace_scenario(workspace, n));
	     n++)
		if (!strcmp(scenario->name, name))
			return scenario;
	return NULL;
}

static void mark_scenario(struct check *check,
			  const struct jhcfg_scenario *scenario)
{
	for (size_t n = 0; n < scenario->num_cells; n++) {
		const struct check_cell *cell =
			check_find_cell(check, scenario->cells[n]);

		if (cell)
			check->all[cell - check->all].in_any = true;
	}
}

/* Cells that no scenario has, as a new one: nobody knows what they are to run
 * with, so each is judged as if it ran alone. */
static void judge_loose(struct check *check,
			const struct check_overrides *overrides)
{
	const struct jhcfg_scenario *scenario;
	size_t judged = 0;

	for (size_t n = 0;
	     (scenario = jhcfg_workspace_scenario(check->workspace, n)); n++)
		mark_scenario(check, scenario);
	for (size_t n = 1; n < check->num_all; n++) {
		if (check->all[n].in_any)
			continue;
		if (judged++ == CHECK_MAX_SCENARIOS) {
			skip_rest(check->results->findings,
				  "there are too many cells without a "
				  "scenario: only the first were judged");
			return;
		}
		check_view_enter_alone(check, &check->all[n]);
		judge_scopes(check, overrides, 1U << RULE_SCENARIO);
	}
}

static int judge_all(struct check *check,
		     const struct check_overrides *overrides)
{
	const unsigned int once = 1U << RULE_SYSTEM | 1U << RULE_CELL;
	const unsigned int together = 1U << RULE_SCENARIO;
	const struct jhcfg_scenario *scenario;

	if (check->options->scenario) {
		scenario = find_scenario(check->workspace,
					 check->options->scenario);
		if (!scenario)
			return -ENOENT;
		check_view_enter(check, scenario);
		judge_scopes(check, overrides, once | together);
		return 0;
	}
	check_view_enter(check, NULL);
	judge_scopes(check, overrides, once);
	if (!jhcfg_workspace_num_scenarios(check->workspace)) {
		judge_scopes(check, overrides, together);
		return 0;
	}
	for (size_t n = 0;
	     n < CHECK_MAX_SCENARIOS &&
	     (scenario = jhcfg_workspace_scenario(check->workspace, n));
	     n++) {
		check_view_enter(check, scenario);
		judge_scopes(check, overrides, together);
	}
	if (jhcfg_workspace_num_scenarios(check->workspace) >
	    CHECK_MAX_SCENARIOS)
		skip_rest(check->results->findings,
			  "there are too many scenarios: only the first "
			  "were judged");
	judge_loose(check, overrides);
	return 0;
}

static int check_into(const struct jhcfg_workspace *workspace,
		      const struct jhcfg_check_options *options,
		      struct jhcfg_findings *findings)
{
	struct jhcfg_arena arena = { 0 };
	struct check_results results = { .findings = findings };
	struct check_overrides overrides = { .options = options };
	struct check check = { .results = &results };
	int err = check_view_make(&check, &arena, workspace, options);

	findings->serial = jhcfg_workspace_serial(workspace);
	findings->skipped =
		calloc(jhcfg_rule_count(), sizeof(*findings->skipped));
	if (!err && !findings->skipped)
		err = -ENOMEM;
	if (!err)
		err = check_overrides_read(&overrides, check.all[0].own);
	if (!err)
		err = judge_all(&check, &overrides);
	if (!err && (results.failed || findings->arena.failed))
		err = -ENOMEM;
	if (!err)
		err = check_results_finish(findings, workspace);
	check_overrides_clear(&overrides);
	free(results.next);
	jhcfg_arena_clear(&arena);
	return err;
}

int jhcfg_check(const struct jhcfg_workspace *workspace,
		const struct jhcfg_check_options *options,
		struct jhcfg_findings **findings)
{
	struct jhcfg_findings *made = calloc(1, sizeof(*made));
	int err = made ? 0 : -ENOMEM;

	if (!err)
		err = check_into(workspace, options ? options : &no_options,
				 made);
	if (err)
		jhcfg_findings_free(made);
	else
		*findings = made;
	return err;
}
