// SPDX-License-Identifier: GPL-2.0-or-later
/* Findings for people. */
#include <string.h>

#include <jailhouse/cell-config.h>

#include "check_report.h"

static const char *architecture_name(uint8_t architecture)
{
	switch (architecture) {
	case JAILHOUSE_X86:
		return "x86";
	case JAILHOUSE_ARM:
		return "arm";
	case JAILHOUSE_ARM64:
		return "arm64";
	default:
		return "unknown";
	}
}

/* As the established tool begins. */
static void print_set(FILE *out, const struct check_input *input)
{
	struct jhcfg_workspace *workspace = input->workspace;

	fprintf(out, "Reading configuration set:\n");
	for (size_t n = 0; n < jhcfg_workspace_num_cells(workspace); n++) {
		uint32_t key = jhcfg_workspace_cell_key(workspace, n);
		const struct jhcfg_config *config =
			jhcfg_workspace_cell(workspace, key);

		if (!config)
			continue;
		if (!n)
			fprintf(out, "  Architecture:  %s\n",
				architecture_name(
					jhcfg_config_architecture(config)));
		fprintf(out, "  %s %s (%s)\n",
			n ? "Non-root cell:" : "Root cell:    ",
			jhcfg_cell_name(jhcfg_config_cell(config)),
			check_input_file(input, key));
	}
}

static void print_finding(FILE *out, const struct jhcfg_finding *finding)
{
	fprintf(out, "%s: %s %s: %s\n", jhcfg_severity_name(finding->severity),
		finding->rule->id, finding->object, finding->message);
	if (*finding->scenario)
		fprintf(out, "    in scenario \"%s\"\n", finding->scenario);
	fprintf(out, "    advice: %s\n", finding->advice);
	if (finding->fixable)
		fprintf(out, "    --fix %s: %s\n", finding->rule->id,
			finding->rule->fix);
}

/* Rules by the reason why they were not judged. */
static void print_skipped(FILE *out, const struct jhcfg_findings *findings)
{
	const struct jhcfg_rule *rule;
	const char *reason, *other;

	for (size_t n = 0;
	     (rule = jhcfg_findings_skipped(findings, n, &reason)); n++) {
		bool first = true;

		for (size_t i = 0;
		     i < n && jhcfg_findings_skipped(findings, i, &other); i++)
			first &= strcmp(other, reason) != 0;
		if (!first)
			continue;
		fprintf(out, "not judged, since %s:", reason);
		for (size_t i = n;
		     (rule = jhcfg_findings_skipped(findings, i, &other)); i++)
			if (!strcmp(other, reason))
				fprintf(out, " %s", rule->id);
		fprintf(out, "\n");
	}
}

static void print_count(FILE *out, size_t count, const char *one)
{
	fprintf(out, "%zu %s%s", count, one, count == 1 ? "" : "s");
}

static void print_summary(FILE *out, const struct check_report *report)
{
	print_count(out, check_report_count(report, JHCFG_ERROR), "error");
	fprintf(out, ", ");
	print_count(out, check_report_count(report, JHCFG_WARNING), "warning");
	fprintf(out, ", ");
	print_count(out, check_report_count(report, JHCFG_INFO), "remark");
	if (check_report_waived(report))
		fprintf(out, ", %zu waived", check_report_waived(report));
	if (check_report_known(report))
		fprintf(out, ", %zu in the baseline",
			check_report_known(report));
	if (jhcfg_findings_dropped(report->findings))
		fprintf(out, ", %zu more not shown",
			jhcfg_findings_dropped(report->findings));
	fprintf(out, "\n");
}

int check_print_text(FILE *out, const struct check_report *report)
{
	const struct jhcfg_finding *finding;

	print_set(out, report->input);
	for (size_t n = 0; (finding = jhcfg_findings_at(report->findings, n));
	     n++)
		if (!check_report_is_accepted(report, n))
			print_finding(out, finding);
	print_skipped(out, report->findings);
	print_summary(out, report);
	return 0;
}
