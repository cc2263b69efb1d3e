// SPDX-License-Identifier: LGPL-2.1-or-later
#include "emit/c_out.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#define COLUMNS 80
#define TAB	8

static void put_indent(struct c_out *out, unsigned int tabs)
{
	while (tabs--)
		fputc('\t', out->file);
}

void c_line(struct c_out *out, const char *format, ...)
{
	va_list args;

	put_indent(out, out->indent);
	va_start(args, format);
	vfprintf(out->file, format, args);
	va_end(args);
	fputc('\n', out->file);
}

void c_blank(struct c_out *out)
{
	fputc('\n', out->file);
}

void c_open(struct c_out *out, const char *name)
{
	if (name)
		c_line(out, ".%s = {", name);
	else
		c_line(out, "{");
	out->indent++;
}

void c_close(struct c_out *out)
{
	out->indent--;
	c_line(out, "},");
}

/* One word of a comment, in which the end of comments must not appear. */
static void put_word(FILE *file, const char *word, size_t length)
{
	for (size_t n = 0; n < length; n++) {
		fputc((unsigned char)word[n] < ' ' ? ' ' : word[n], file);
		if (n + 1 < length && ((word[n] == '*' && word[n + 1] == '/') ||
				       (word[n] == '/' && word[n + 1] == '*')))
			fputc(' ', file);
	}
}

static void put_words(struct c_out *out, const char *text)
{
	size_t start = out->indent * TAB + strlen(" * ");
	size_t column = start;

	put_indent(out, out->indent);
	fputs(" *", out->file);
	while (*(text += strspn(text, " \t\r\n"))) {
		size_t length = strcspn(text, " \t\r\n");

		if (column > start && column + 1 + length > COLUMNS) {
			fputc('\n', out->file);
			put_indent(out, out->indent);
			fputs(" *", out->file);
			column = start;
		}
		fputc(' ', out->file);
		put_word(out->file, text, length);
		column += length + 1;
		text += length;
	}
	fputc('\n', out->file);
}

static bool fits_line(const struct c_out *out, const char *text)
{
	return out->indent * TAB + strlen("/*  */") + strlen(text) <= COLUMNS &&
	       !strpbrk(text, "\t\r\n");
}

void c_comment(struct c_out *out, const char *text)
{
	if (fits_line(out, text)) {
		put_indent(out, out->indent);
		fputs("/* ", out->file);
		put_word(out->file, text, strlen(text));
		fputs(" */\n", out->file);
		return;
	}
	c_line(out, "/*");
	put_words(out, text);
	c_line(out, " */");
}

void c_terms_add(struct c_terms *terms, const char *format, ...)
{
	va_list args;

	if (terms->count == C_MAX_TERMS)
		return;
	va_start(args, format);
	vsnprintf(terms->terms[terms->count++], C_TERM_SIZE, format, args);
	va_end(args);
}

void c_terms_add_flags(struct c_terms *terms, uint64_t flags,
		       const struct jhcfg_name *names, const char *prefix)
{
	for (; names->name; names++) {
		if (!(flags & names->value))
			continue;
		c_terms_add(terms, "%s%s", prefix, names->name);
		flags &= ~names->value;
	}
	if (flags)
		c_terms_add(terms, "0x%" PRIx64, flags);
}

void c_assign_terms(struct c_out *out, const char *name,
		    const struct c_terms *terms)
{
	size_t start = out->indent * TAB + strlen(". = ") + strlen(name);
	size_t column = start;

	put_indent(out, out->indent);
	fprintf(out->file, ".%s = ", name);
	if (!terms->count)
		fputc('0', out->file);
	for (unsigned int n = 0; n < terms->count; n++) {
		bool is_last = n + 1 == terms->count;
		/* with what follows it: " |" or "," */
		size_t length = strlen(terms->terms[n]) + (is_last ? 1 : 2);

		if (n && column + 1 + length > COLUMNS) {
			fputc('\n', out->file);
			put_indent(out, (unsigned int)(start / TAB));
			fprintf(out->file, "%*s", (int)(start % TAB), "");
			column = start;
		} else if (n) {
			fputc(' ', out->file);
			column++;
		}
		fprintf(out->file, "%s%s", terms->terms[n],
			is_last ? "" : " |");
		column += length;
	}
	fputs(",\n", out->file);
}
