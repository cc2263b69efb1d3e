// SPDX-License-Identifier: GPL-2.0-or-later
#include "output.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many bytes at @text are a control character; 0: it is none. Some
 * terminals also act on the second set, U+0080 to U+009F in UTF-8. */
static size_t control_size(const unsigned char *text, size_t size)
{
	if (*text < 0x20 || *text == 0x7f)
		return 1;
	return size > 1 && text[0] == 0xc2 && text[1] >= 0x80 && text[1] < 0xa0
		       ? 2
		       : 0;
}

void output_clean(FILE *out, const char *text, size_t size, const char *keep)
{
	const unsigned char *at = (const unsigned char *)text;

	for (; size; at++, size--) {
		size_t control = control_size(at, size);

		if (!control || (control == 1 && *at && strchr(keep, *at))) {
			fputc(*at, out);
			continue;
		}
		for (; control > 1; control--, at++, size--)
			fprintf(out, "\\x%02x", *at);
		fprintf(out, "\\x%02x", *at);
	}
}

static void print_clean(const char *text)
{
	output_clean(stderr, text, strlen(text), "\n\t");
}

void output_errno(const char *what, int err)
{
	fprintf(stderr, "%s: %s\n", what, strerror(abs(err)));
}

/* Any part of it may be what a target said, or the name of a file. */
__attribute__((format(printf, 2, 0))) static void say(const char *what,
						      const char *format,
						      va_list args)
{
	char *text;

	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	fprintf(stderr, "%s: ", what);
	print_clean(text ? text : "no memory");
	fputc('\n', stderr);
	free(text);
}

void output_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("jailhouse", format, args);
	va_end(args);
}

void output_hint(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("hint", format, args);
	va_end(args);
}

/* Whether @file, which was named before, is what @text names, with or without
 * its folders. */
static bool is_said(const char *file, const char *text)
{
	const char *name = file ? strrchr(file, '/') : NULL;

	return file &&
	       (!strcmp(file, text) || (name && !strcmp(name + 1, text)));
}

static void print_diag(const char *file, const struct jhcfg_diag *diag)
{
	if (*diag->place && !is_said(file, diag->place)) {
		print_clean(diag->place);
		fputs(": ", stderr);
	}
	fprintf(stderr, "%s: ", jhcfg_severity_name(diag->severity));
	if (!is_said(file, diag->object)) {
		print_clean(diag->object);
		fputs(": ", stderr);
	}
	print_clean(diag->text);
	if (*diag->rule)
		fprintf(stderr, " [%s]", diag->rule);
	fputc('\n', stderr);
	if (!*diag->hint)
		return;
	fputs("hint: ", stderr);
	print_clean(diag->hint);
	fputc('\n', stderr);
}

void output_diags(const char *file, const struct jhcfg_diags *diags)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++) {
		if (file)
			fprintf(stderr, "%s: ", file);
		print_diag(file, diag);
	}
}
