/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <inmate/printk.h>

#include "report.h"

/* Only the boot CPU of a test inmate reports. */
static unsigned int results;

void report_pass(const char *name)
{
	results++;
	printk("PASS %s\n", name);
}

void report_fail(const char *name, const char *why, ...)
{
	char text[128];
	va_list args;

	results++;
	va_start(args, why);
	format_text(text, sizeof(text), why, args);
	va_end(args);
	printk("FAIL %s: %s\n", name, text);
}

void report_skip(const char *name, const char *why)
{
	results++;
	printk("SKIP %s: %s\n", name, why);
}

void report_equal(const char *name, u64 seen, u64 expected)
{
	if (seen == expected)
		report_pass(name);
	else
		report_fail(name, "expected 0x%llx, seen 0x%llx", expected,
			    seen);
}

void report_true(const char *name, bool ok, const char *why)
{
	if (ok)
		report_pass(name);
	else
		report_fail(name, "%s", why);
}

void report_done(void)
{
	printk("DONE %u\n", results);
}
