// SPDX-License-Identifier: LGPL-2.1-or-later
#include "fault/match.h"

#include <string.h>

/* What is left of the line. */
struct text {
	const char *at, *end;
};

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

static bool take_number(struct text *text, unsigned int base,
			struct match *match)
{
	const char *start;
	uint64_t value = 0;

	if (base == 16 && text->end - text->at > 2 && text->at[0] == '0' &&
	    text->at[1] == 'x')
		text->at += 2;
	start = text->at;
	for (; text->at < text->end; text->at++) {
		unsigned int next = (unsigned int)digit(*text->at);

		if (next >= base)
			break;
		if (__builtin_mul_overflow(value, base, &value) ||
		    __builtin_add_overflow(value, next, &value))
			return false;
	}
	if (text->at == start || match->count == MATCH_NUMBERS)
		return false;
	match->numbers[match->count++] = value;
	return true;
}

static bool take_access(struct text *text, struct match *match)
{
	static const struct {
		const char *word;
		enum jhcfg_access access;
	} words[] = {
		{ "read", JHCFG_ACCESS_READ },
		{ "write", JHCFG_ACCESS_WRITE },
		{ "execute", JHCFG_ACCESS_EXECUTE },
	};

	for (size_t n = 0; n < sizeof(words) / sizeof(*words); n++) {
		size_t length = strlen(words[n].word);

		if ((size_t)(text->end - text->at) < length ||
		    memcmp(text->at, words[n].word, length))
			continue;
		text->at += length;
		match->access = words[n].access;
		return true;
	}
	return false;
}

static bool take_rest(struct text *text, struct match *match)
{
	match->rest.start = text->at;
	match->rest.length = (size_t)(text->end - text->at);
	text->at = text->end;
	return true;
}

static bool take_value(char letter, struct text *text, struct match *match)
{
	switch (letter) {
	case 'x':
		return take_number(text, 16, match);
	case 'd':
		return take_number(text, 10, match);
	case 'a':
		return take_access(text, match);
	case '*':
		return take_rest(text, match);
	default:
		return false;
	}
}

static bool match_text(const char *pattern, struct text text,
		       struct match *match);

/* Names may hold quotes: the first one that makes the rest match ends it. */
static bool match_name(const char *pattern, struct text text,
		       struct match *match)
{
	const struct match before = *match;
	const char *start = text.at;

	for (; text.at < text.end; text.at++) {
		if (*text.at != '"')
			continue;
		*match = before;
		if (!match_text(pattern, text, match))
			continue;
		match->name.start = start;
		match->name.length = (size_t)(text.at - start);
		return true;
	}
	return false;
}

static bool match_text(const char *pattern, struct text text,
		       struct match *match)
{
	for (; *pattern; pattern++) {
		if (*pattern == '%' && pattern[1] == 'n')
			return match_name(pattern + 2, text, match);
		if (*pattern == '%') {
			if (!take_value(*++pattern, &text, match))
				return false;
		} else if (*pattern == ' ') {
			while (text.at < text.end && *text.at == ' ')
				text.at++;
		} else if (text.at == text.end || *text.at++ != *pattern) {
			return false;
		}
	}
	return text.at == text.end;
}

bool match_line(const char *pattern, const char *line, size_t length,
		struct match *match)
{
	const struct text text = { line, line + length };

	*match = (struct match){ .name.start = "", .rest.start = "" };
	return match_text(pattern, text, match);
}
