// SPDX-License-Identifier: GPL-2.0-or-later
/* Findings for continuous integration: a test case for each rule. */
#include <string.h>

#include "check_report.h"

static void print_escaped(FILE *out, const char *text)
{
	static const char *const names[] = {
		['&'] = "&amp;",  ['<'] = "&lt;",    ['>'] = "&gt;",
		['"'] = "&quot;", ['\''] = "&apos;",
	};

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < sizeof(names) / sizeof(names[0]) && names[c])
			fputs(names[c], out);
		else
			fputc(c, out);
	}
}

static void print_attribute(FILE *out, const char *name, const char *value)
{
	fprintf(out, " %s=\"", name);
	print_escaped(out, value);
	fputc('"', out);
}

static bool fails(const struct check_report *report, size_t index)
{
	const struct jhcfg_finding *finding =
		jhcfg_findings_at(report->findings, index);

	return !check_report_is_accepted(report, index) &&
	       (finding->severity == JHCFG_ERROR ||
		(report->strict && finding->severity == JHCFG_WARNING));
}

static const char *skipped_for(const struct jhcfg_findings *findings,
			       const struct jhcfg_rule *rule)
{
	const struct jhcfg_rule *skipped;
	const char *reason;

	for (size_t n = 0;
	     (skipped = jhcfg_findings_skipped(findings, n, &reason)); n++)
		if (skipped == rule)
			return reason;
	return NULL;
}

static void print_finding(FILE *out, const struct jhcfg_finding *finding)
{
	fprintf(out, "\t\t\t<failure");
	print_attribute(out, "type", jhcfg_severity_name(finding->severity));
	print_attribute(out, "message", finding->message);
	fputc('>', out);
	print_escaped(out, finding->object);
	fprintf(out, ": ");
	print_escaped(out, finding->advice);
	fprintf(out, "</failure>\n");
}

/* What does not fail: warnings, remarks, and what is accepted. */
static void print_others(FILE *out, const struct check_report *report,
			 const struct jhcfg_rule *rule)
{
	const struct jhcfg_finding *finding;
	bool any = false;

	for (size_t n = 0; (finding = jhcfg_findings_at(report->findings, n));
	     n++) {
		if (finding->rule != rule || fails(report, n))
			continue;
		if (!any)
			fprintf(out, "\t\t\t<system-out>");
		any = true;
		print_escaped(out, jhcfg_severity_name(finding->severity));
		fprintf(out, ": ");
		print_escaped(out, finding->object);
		fprintf(out, ": ");
		print_escaped(out, finding->message);
		if (check_report_is_accepted(report, n))
			fprintf(out, " (accepted)");
		fputc('\n', out);
	}
	if (any)
		fprintf(out, "</system-out>\n");
}

static void print_rule(FILE *out, const struct check_report *report,
		       const struct jhcfg_rule *rule)
{
	const char *reason = skipped_for(report->findings, rule);
	const struct jhcfg_finding *finding;
	char group[] = "rules.?";

	group[6] = rule->id[0];
	fprintf(out, "\t\t<testcase");
	print_attribute(out, "classname", group);
	fprintf(out, " name=\"%s ", rule->id);
	print_escaped(out, rule->title);
	fprintf(out, "\">\n");
	if (reason) {
		fprintf(out, "\t\t\t<skipped");
		print_attribute(out, "message", reason);
		fprintf(out, "/>\n");
	}
	for (size_t n = 0; (finding = jhcfg_findings_at(report->findings, n));
	     n++)
		if (finding->rule == rule && fails(report, n))
			print_finding(out, finding);
	print_others(out, report, rule);
	fprintf(out, "\t\t</testcase>\n");
}

static bool rule_fails(const struct check_report *report,
		       const struct jhcfg_rule *rule)
{
	const struct jhcfg_finding *finding;

	for (size_t n = 0; (finding = jhcfg_findings_at(report->findings, n));
	     n++)
		if (finding->rule == rule && fails(report, n))
			return true;
	return false;
}

int check_print_junit(FILE *out, const struct check_report *report)
{
	const struct jhcfg_rule *rule;
	const char *reason;
	size_t failures = 0, skipped = 0;

	for (size_t n = 0; (rule = jhcfg_rule_at(n)); n++)
		failures += rule_fails(report, rule);
	while (jhcfg_findings_skipped(report->findings, skipped, &reason))
		skipped++;
	fprintf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		     "<testsuites>\n\t<testsuite name=\"jailhouse config "
		     "check\"");
	print_attribute(out, "file", report->input->path);
	fprintf(out, " tests=\"%zu\" failures=\"%zu\" skipped=\"%zu\">\n",
		jhcfg_rule_count(), failures, skipped);
	for (size_t n = 0; (rule = jhcfg_rule_at(n)); n++)
		print_rule(out, report, rule);
	fprintf(out, "\t</testsuite>\n</testsuites>\n");
	return 0;
}
