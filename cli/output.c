// SPDX-License-Identifier: GPL-2.0-or-later
#include "output.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void output_errno(const char *what, int err)
{
	fprintf(stderr, "%s: %s\n", what, strerror(abs(err)));
}

void output_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "jailhouse: ");
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
}

void output_hint(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "hint: ");
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
}

void output_diags(const char *file, const struct jhcfg_diags *diags)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++) {
		if (file)
			fprintf(stderr, "%s: ", file);
		if (*diag->place)
			fprintf(stderr, "%s: ", diag->place);
		fprintf(stderr, "%s: %s: %s",
			jhcfg_severity_name(diag->severity), diag->object,
			diag->text);
		if (*diag->rule)
			fprintf(stderr, " [%s]", diag->rule);
		fputc('\n', stderr);
		if (*diag->hint)
			output_hint("%s", diag->hint);
	}
}
