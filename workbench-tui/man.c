// SPDX-License-Identifier: GPL-2.0-or-later
#include "man.h"

#include "options.h"
#include "screen/keys.h"

static const char before_options[] =
	".TH JH\\-TOP 1 \"\" \"jailhouse-workbench\" \"User Commands\"\n"
	".SH NAME\n"
	"jh\\-top \\- what the hypervisor and every cell do\n"
	".SH SYNOPSIS\n"
	".B jh\\-top\n"
	"[\\fIOPTION\\fR]...\n"
	".SH DESCRIPTION\n"
	"Shows the cells of a Jailhouse hypervisor, how often each leaves to "
	"it and why, its pools, links, interrupts and console. The machine is "
	"this one or any other target; nothing is installed there. A driver "
	"that is not loaded, or a hypervisor that is not enabled, is waited "
	"for.\n"
	".PP\n"
	"What is not known is shown as a dash. Rates are per second. A cell "
	"that is shut down has no rates.\n"
	".SH OPTIONS\n";

static const char before_keys[] = ".SH KEYS\n";

static const char behind[] =
	".SH BUDGETS\n"
	"A budget says how many exits a second a cell may have: of all, or for "
	"one reason. It is \"\\fICELL\\fR: \\fILIMIT\\fR/s\" or \"\\fICELL "
	"REASON\\fR: \\fILIMIT\\fR/s\"; the cell * is each but the root. What "
	"exceeds it is red, an event, and the exit status 1 of what is printed "
	"without a screen. The limit \"\\-\" takes one away.\n"
	".SH SERIAL LINES\n"
	"The hypervisor's own console is often the line that one has logged in "
	"by. What it writes over is drawn again at the next refresh, for a "
	"quarter of the line at most. Of messages of the kernel "
	"nothing is known: ^L draws all again, and \\fBdmesg \\-n 1\\fR keeps "
	"them away. A line does not tell its size: \\fBstty rows 24 cols "
	"80\\fR, or LINES and COLUMNS.\n"
	".SH OUTPUTS\n"
	"With \\-\\-batch, \\-\\-json, \\-\\-csv, \\-\\-openmetrics and "
	"\\-\\-listen there is no screen. A recording is then printed as fast "
	"as it goes. \\-\\-json\\-schema prints what each line of \\-\\-json "
	"is valid against. Metrics in a file, and those that are asked for as "
	"text, have Prometheus' text format 0.0.4; a server that accepts "
	"OpenMetrics 1.0 gets it.\n"
	".SH EXIT STATUS\n"
	"0; 1: something failed, or a budget was exceeded; 2: wrong usage.\n"
	".SH ENVIRONMENT\n"
	".TP\n"
	".B NO_COLOR\n"
	"no colours, if it is not empty\n"
	".TP\n"
	".B JAILHOUSE_SSH_CONFIG\n"
	"the file for ssh:// targets instead of ~/.ssh/config\n"
	".TP\n"
	".B XDG_CONFIG_HOME\n"
	"where the settings are\n"
	".SH EXAMPLES\n"
	".nf\n"
	"jh\\-top \\-\\-target ssh://root@board\n"
	"jh\\-top \\-\\-budget \"rtos: 0/s\" \\-\\-batch \\-n 60\n"
	"jh\\-top \\-\\-record crash.jhrec\n"
	"jh\\-top \\-\\-replay crash.jhrec \\-\\-speed 4\n"
	"jh\\-top \\-\\-openmetrics "
	"/var/lib/prometheus/node-exporter/jailhouse.prom\n"
	".fi\n"
	".SH SEE ALSO\n"
	".BR jailhouse (8),\n"
	".BR jailhouse\\-target (8)\n";

void man_write(FILE *out)
{
	fputs(before_options, out);
	tui_options_man(out);
	fputs(before_keys, out);
	tui_keys_man(out);
	fputs(behind, out);
}
