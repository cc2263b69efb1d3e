// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/source/syntax.h"

#include <string.h>

static size_t end_of_line(const char *text, size_t at)
{
	return at + strcspn(text + at, "\n");
}

static size_t end_of_comment(const char *text, size_t at)
{
	const char *end = strstr(text + at + 2, "*/");

	return end ? (size_t)(end - text) + 2 : at + strlen(text + at);
}

/* With the closing quote, if there is one in the line. */
static size_t end_of_string(const char *text, size_t at)
{
	for (at++; text[at] && text[at] != '\n'; at++) {
		if (text[at] == '"')
			return at + 1;
		if (text[at] == '\\' && text[at + 1])
			at++;
	}
	return at;
}

static gboolean is_word(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

static size_t end_of_word(const char *text, size_t at)
{
	while (is_word(text[at]))
		at++;
	return at;
}

static gboolean begins_line(const char *text, size_t at)
{
	while (at && (text[at - 1] == ' ' || text[at - 1] == '\t'))
		at--;
	return !at || text[at - 1] == '\n';
}

static gboolean found(struct jhw_span *span, enum jhw_token token, size_t start, size_t end)
{
	*span = (struct jhw_span){ token, start, end };
	return TRUE;
}

/* JSON's keys are strings before a colon. */
static enum jhw_token string_token(enum jhw_syntax syntax, const char *text, size_t end)
{
	return syntax == JHW_SYNTAX_JSON && text[end] == ':' ? JHW_TOKEN_NAME : JHW_TOKEN_STRING;
}

/* The span that begins just here. */
static gboolean token_at(enum jhw_syntax syntax, const char *text, size_t at, struct jhw_span *span)
{
	gboolean c = syntax == JHW_SYNTAX_C, behind_word = at && is_word(text[at - 1]);
	size_t end;

	if (c && text[at] == '/' && text[at + 1] == '*')
		return found(span, JHW_TOKEN_COMMENT, at, end_of_comment(text, at));
	if (c && text[at] == '/' && text[at + 1] == '/')
		return found(span, JHW_TOKEN_COMMENT, at, end_of_line(text, at));
	if (c && text[at] == '#' && begins_line(text, at))
		return found(span, JHW_TOKEN_DIRECTIVE, at, end_of_line(text, at));
	if (text[at] == '"') {
		end = end_of_string(text, at);
		return found(span, string_token(syntax, text, end), at, end);
	}
	if (c && text[at] == '.' && g_ascii_isalpha(text[at + 1]) && !behind_word)
		return found(span, JHW_TOKEN_NAME, at, end_of_word(text, at + 1));
	if (g_ascii_isdigit(text[at]) && !behind_word)
		return found(span, JHW_TOKEN_NUMBER, at, end_of_word(text, at));
	return FALSE;
}

gboolean jhw_syntax_next(enum jhw_syntax syntax, const char *text, size_t position,
			 struct jhw_span *span)
{
	if (syntax == JHW_SYNTAX_PLAIN)
		return FALSE;
	for (; text[position]; position++)
		if (token_at(syntax, text, position, span))
			return TRUE;
	return FALSE;
}
