// SPDX-License-Identifier: LGPL-2.1-or-later
/* Who owns what, with what the rules say of it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "export/export.h"
#include "util/markdown.h"

int export_judge(struct export *export, bool strict,
		 struct jhcfg_findings **findings)
{
	struct jhcfg_image *images = load_for_rules(&export->loads);
	const struct jhcfg_check_options options = {
		.images = images,
		.num_images = export->loads.count,
	};
	size_t errors;
	int err = images ? jhcfg_check(export->workspace, &options, findings)
			 : -ENOMEM;

	free(images);
	if (err || !strict)
		return err;
	errors = jhcfg_findings_of(*findings, JHCFG_ERROR);
	if (!errors)
		return 0;
	jhcfg_diags_add(export->diags, JHCFG_ERROR, "", "project", "",
			"mend the project, waive what is meant to be so, or "
			"force it",
			"rules find %zu error%s in it", errors,
			errors == 1 ? "" : "s");
	return -EPERM;
}

static void put(FILE *out, const char *text)
{
	fputc(' ', out);
	jhcfg_markdown_put(out, text);
	fputs(" |", out);
}

static void put_findings(FILE *out, const struct jhcfg_findings *findings)
{
	const struct jhcfg_finding *finding;

	fprintf(out, "\n## Rules\n\n%zu errors, %zu warnings, %zu notes\n",
		jhcfg_findings_of(findings, JHCFG_ERROR),
		jhcfg_findings_of(findings, JHCFG_WARNING),
		jhcfg_findings_of(findings, JHCFG_INFO));
	if (!jhcfg_findings_count(findings))
		return;
	fputs("\n| Rule | Severity | Object | Finding |\n"
	      "|---|---|---|---|\n",
	      out);
	for (size_t n = 0; (finding = jhcfg_findings_at(findings, n)); n++) {
		fputc('|', out);
		put(out, finding->rule->id);
		put(out, finding->waived
				 ? "accepted"
				 : jhcfg_severity_name(finding->severity));
		put(out, finding->object);
		put(out, finding->message);
		fputc('\n', out);
	}
}

int export_add_report(struct export *export,
		      const struct jhcfg_findings *findings)
{
	char *owners, *text = NULL;
	size_t size;
	FILE *out;
	int err = jhcfg_emit_report(export->workspace, JHCFG_REPORT_MARKDOWN,
				    &owners);

	if (err)
		return err;
	out = open_memstream(&text, &size);
	if (out) {
		fputs(owners, out);
		put_findings(out, findings);
	}
	free(owners);
	if (!out || fclose(out)) {
		free(text);
		return -ENOMEM;
	}
	return export_add(&export->files, "report", ".md", text, size);
}
