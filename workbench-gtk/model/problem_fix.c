// SPDX-License-Identifier: GPL-2.0-or-later
/* Fix-its with their previews, and waivers. */
#include <errno.h>
#include <stdlib.h>

#include <jhcfg/diff.h>

#include "model/error.h"
#include "model/problem.h"
#include "model/text.h"

/* The fix-it wants findings of this very state, and those at hand were made
 * from a copy of it: the rules run once more. */
static int fix(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags)
{
	struct jhcfg_findings *findings = NULL;
	const struct jhcfg_finding *finding;
	int err = jhcfg_check(workspace, NULL, &findings);

	if (err)
		return err;
	for (size_t n = 0; (finding = jhcfg_findings_at(findings, n)); n++)
		if (jhw_problem_is(data, finding))
			break;
	err = finding ? jhcfg_check_fix(workspace, NULL, findings, finding, diags) : -ESTALE;
	jhcfg_findings_free(findings);
	return err;
}

gboolean jhw_problem_fix(JhwProblem *problem, JhwDocument *document, GError **error)
{
	g_autofree char *name = g_strdup_printf(_("Fix %s: %s"), jhw_problem_rule(problem)->id,
						jhw_problem_object(problem));

	return jhw_document_edit(document, name, fix, problem, error);
}

static GPtrArray *configs_of(const struct jhcfg_workspace *workspace)
{
	GPtrArray *configs = g_ptr_array_new();
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		union {
			const struct jhcfg_config *constant;
			gpointer plain;
		} config = { jhcfg_workspace_cell(workspace, key) };

		if (config.plain)
			g_ptr_array_add(configs, config.plain);
	}
	return configs;
}

static char *describe(const struct jhcfg_workspace *before, const struct jhcfg_workspace *after)
{
	g_autoptr(GPtrArray) old = configs_of(before), new = configs_of(after);
	const struct jhcfg_diff_side a = {
		.configs = (const struct jhcfg_config *const *)old->pdata,
		.num_configs = old->len,
	};
	const struct jhcfg_diff_side b = {
		.configs = (const struct jhcfg_config *const *)new->pdata,
		.num_configs = new->len,
	};
	struct jhcfg_diff *diff = NULL;
	char *text, *copy;

	if (jhcfg_diff_make(&a, &b, &diff))
		return g_strdup("");
	text = jhcfg_diff_text(diff);
	copy = g_strdup(text);
	free(text);
	jhcfg_diff_free(diff);
	return g_strchomp(copy);
}

char *jhw_problem_preview_fix(JhwProblem *problem, JhwDocument *document, GError **error)
{
	g_autoptr(JhwWorkspace) fork = jhw_document_fork(document);
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	int err = fork ? fix(fork, problem, diags) : -ENOMEM;

	if (err) {
		jhw_error_take(error, err, diags);
		return NULL;
	}
	return describe(jhw_document_workspace(document), fork);
}

static int set_waiver(struct jhcfg_workspace *workspace, gpointer data,
		      G_GNUC_UNUSED struct jhcfg_diags *diags)
{
	return jhcfg_workspace_set_waiver(workspace, data);
}

gboolean jhw_problem_waive(JhwProblem *problem, JhwDocument *document, const char *reason,
			   GError **error)
{
	struct jhcfg_waiver waiver = {
		.rule = jhw_problem_rule(problem)->id,
		.object = jhw_problem_object(problem),
		.reason = reason,
	};
	g_autofree char *name =
		g_strdup_printf("%s %s: %s", reason ? _("Waive") : _("Take back waiver"),
				waiver.rule, waiver.object);

	return jhw_document_edit(document, name, set_waiver, &waiver, error);
}
