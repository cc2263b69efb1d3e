// SPDX-License-Identifier: GPL-2.0-or-later
#include "check_report.h"

#include <errno.h>
#include <stdlib.h>

int check_report_make(struct check_report *report,
		      const struct check_input *input,
		      const struct jhcfg_findings *findings)
{
	report->input = input;
	report->findings = findings;
	report->known = calloc(jhcfg_findings_count(findings) + 1,
			       sizeof(*report->known));
	return report->known ? 0 : -ENOMEM;
}

void check_report_clear(struct check_report *report)
{
	free(report->known);
}

bool check_report_is_accepted(const struct check_report *report, size_t index)
{
	return report->known[index] ||
	       jhcfg_findings_at(report->findings, index)->waived;
}

size_t check_report_count(const struct check_report *report,
			  enum jhcfg_severity severity)
{
	const struct jhcfg_finding *finding;
	size_t count = 0;

	for (size_t n = 0; (finding = jhcfg_findings_at(report->findings, n));
	     n++)
		count += finding->severity == severity &&
			 !check_report_is_accepted(report, n);
	return count;
}

size_t check_report_waived(const struct check_report *report)
{
	const struct jhcfg_finding *finding;
	size_t count = 0;

	for (size_t n = 0; (finding = jhcfg_findings_at(report->findings, n));
	     n++)
		count += finding->waived;
	return count;
}

size_t check_report_known(const struct check_report *report)
{
	const struct jhcfg_finding *finding;
	size_t count = 0;

	for (size_t n = 0; (finding = jhcfg_findings_at(report->findings, n));
	     n++)
		count += report->known[n] && !finding->waived;
	return count;
}

bool check_report_failed(const struct check_report *report)
{
	return check_report_count(report, JHCFG_ERROR) ||
	       jhcfg_findings_dropped(report->findings) ||
	       (report->strict && check_report_count(report, JHCFG_WARNING));
}
