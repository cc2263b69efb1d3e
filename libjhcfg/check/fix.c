// SPDX-License-Identifier: LGPL-2.1-or-later
/* Applying fix-its. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "check/results.h"

struct jhcfg_config *fix_edit_cell(const struct fix *fix,
				   const struct check_cell *cell)
{
	return jhcfg_workspace_edit_cell(fix->workspace, cell->key);
}

struct jhcfg_config *fix_edit(const struct fix *fix)
{
	return fix_edit_cell(fix, fix->cell);
}

int fix_refuse(const struct fix *fix, const char *hint, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	jhcfg_diags_add(fix->diags, JHCFG_ERROR, fix->finding->rule->id,
			fix->finding->object, "", hint, "%s", text);
	return -EINVAL;
}

static const struct rule *find_rule(const struct jhcfg_rule *info)
{
	const struct rule *rule;

	for (size_t n = 0; (rule = check_rule_at(n)); n++)
		if (&rule->info == info)
			return rule;
	return NULL;
}

static const struct jhcfg_scenario *find_scenario(
	const struct jhcfg_workspace *workspace, const char *name)
{
	const struct jhcfg_scenario *scenario;

	for (size_t n = 0; (scenario = jhcfg_workspace_scenario(workspace, n));
	     n++)
		if (*name && !strcmp(scenario->name, name))
			return scenario;
	return NULL;
}

/* The cells that the finding was made among. One of no scenario, where others
 * have some, was judged alone. */
static void enter(struct check *check, const struct rule *rule,
		  const struct jhcfg_finding *finding)
{
	const struct jhcfg_scenario *scenario =
		find_scenario(check->workspace, finding->scenario);
	uint32_t key = finding->at.cell > JHCFG_ROOT_KEY
			       ? finding->at.cell
			       : finding->related.cell;
	const struct check_cell *cell = check_find_cell(check, key);

	if (!scenario && rule->scope == RULE_SCENARIO && cell &&
	    !cell->is_root && jhcfg_workspace_num_scenarios(check->workspace))
		check_view_enter_alone(check, &check->all[cell - check->all]);
	else
		check_view_enter(check, scenario);
}

static size_t num_errors(const struct fix *fix)
{
	return fix->diags ? jhcfg_diags_count(fix->diags, JHCFG_ERROR) : 0;
}

/* An element that the cell only has because of a link is in no list that a
 * fix-it could edit. */
static int explain(const struct fix *fix, int err, size_t said)
{
	if (err == -ENOENT)
		return fix_refuse(fix, "change the link instead",
				  "what would be changed is not written in the "
				  "configuration: it comes from a link");
	if (err == -EINVAL && num_errors(fix) == said)
		return fix_refuse(fix, "correct it by hand",
				  "the configuration cannot hold the result");
	return err;
}

static int apply(const struct rule *rule, struct fix *fix)
{
	const size_t said = num_errors(fix);
	char name[128];
	int err;

	snprintf(name, sizeof(name), "Fix %s: %s", rule->info.id,
		 fix->finding->object);
	err = jhcfg_workspace_begin(fix->workspace, name);
	if (err)
		return err;
	err = rule->fix(fix);
	if (fix->check->results->failed)
		err = -ENOMEM;
	err = explain(fix, err, said);
	if (err)
		jhcfg_workspace_cancel(fix->workspace);
	else
		jhcfg_workspace_end(fix->workspace);
	return err;
}

int jhcfg_check_fix(struct jhcfg_workspace *workspace,
		    const struct jhcfg_check_options *options,
		    const struct jhcfg_findings *findings,
		    const struct jhcfg_finding *finding,
		    struct jhcfg_diags *diags)
{
	static const struct jhcfg_check_options none;
	const struct rule *rule = find_rule(finding->rule);
	struct jhcfg_arena arena = { 0 };
	struct check_results results = { .findings = NULL };
	struct check check = { .results = &results };
	struct fix fix = {
		.workspace = workspace,
		.finding = finding,
		.check = &check,
		.diags = diags,
	};
	int err;

	if (!finding->fixable || !rule)
		return -ENOTSUP;
	if (findings->serial != jhcfg_workspace_serial(workspace))
		return -ESTALE;
	/* Made before the step begins, the view belongs to the state before
	 * it, which the step keeps to come back to. */
	err = check_view_make(&check, &arena, workspace,
			      options ? options : &none);
	if (!err) {
		enter(&check, rule, finding);
		fix.cell = check_find_cell(&check, finding->at.cell
							   ? finding->at.cell
							   : JHCFG_ROOT_KEY);
		fix.related = check_find_cell(&check, finding->related.cell);
		err = fix.cell ? apply(rule, &fix) : -ESTALE;
	}
	jhcfg_arena_clear(&arena);
	return err;
}
