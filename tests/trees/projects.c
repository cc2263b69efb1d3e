// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * projects SYSTEM.json...: loads each project with its board and holds it
 * against all rules. Prints errors and warnings; exit 1 if one has an error,
 * cannot be loaded, or has no board.
 */
#include <stdio.h>

#include <jhcfg/check.h>
#include <jhcfg/jhcfg.h>
#include <jhcfg/workspace.h>

static int print_findings(const char *path,
			  const struct jhcfg_findings *findings)
{
	const struct jhcfg_finding *finding;

	for (size_t n = 0; (finding = jhcfg_findings_at(findings, n)); n++)
		if (finding->severity != JHCFG_INFO && !finding->waived)
			printf("%s: %s: %s: %s: %s [%s]\n", path,
			       finding->scenario,
			       jhcfg_severity_name(finding->severity),
			       finding->object, finding->message,
			       finding->rule->id);
	return jhcfg_findings_of(findings, JHCFG_ERROR) != 0;
}

static int check(const char *path, struct jhcfg_diags *diags)
{
	struct jhcfg_workspace *workspace = NULL;
	struct jhcfg_findings *findings = NULL;
	int failed = 1;

	if (jhcfg_workspace_load(path, diags, &workspace) ||
	    jhcfg_diags_get(diags, 0))
		printf("%s: cannot be loaded without a finding: %s\n", path,
		       jhcfg_diags_get(diags, 0)
			       ? jhcfg_diags_get(diags, 0)->text
			       : "");
	else if (!jhcfg_workspace_board(workspace))
		printf("%s: has no board\n", path);
	else if (jhcfg_check(workspace, NULL, &findings))
		printf("%s: cannot be checked\n", path);
	else
		failed = print_findings(path, findings);
	jhcfg_findings_free(findings);
	jhcfg_workspace_free(workspace);
	return failed;
}

int main(int argc, char **argv)
{
	int failed = argc < 2;

	for (int n = 1; n < argc; n++) {
		struct jhcfg_diags *diags = jhcfg_diags_new();

		failed |= check(argv[n], diags);
		jhcfg_diags_free(diags);
	}
	return failed;
}
