// SPDX-License-Identifier: LGPL-2.1-or-later
#include "import/linux/text.h"

#include <string.h>

char *text_next_line(struct text_lines *lines)
{
	char *line = lines->next, *end;

	if (!line || !*line)
		return NULL;
	end = strchr(line, '\n');
	if (end)
		*end++ = '\0';
	lines->next = end;
	lines->number++;
	return line;
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

static bool read_digits(const char **at, unsigned int base, uint64_t *value)
{
	const char *from = *at;
	uint64_t number = 0;
	unsigned int digit;

	for (; (digit = (unsigned int)digit_value(*from)) < base; from++)
		if (__builtin_mul_overflow(number, base, &number) ||
		    __builtin_add_overflow(number, digit, &number))
			return false;
	if (from == *at)
		return false;
	*at = from;
	*value = number;
	return true;
}

bool text_hex(const char **at, uint64_t *value)
{
	return read_digits(at, 16, value);
}

bool text_decimal(const char **at, uint64_t *value)
{
	return read_digits(at, 10, value);
}

bool text_expect(const char **at, const char *words)
{
	size_t length = strlen(words);

	if (strncmp(*at, words, length) != 0)
		return false;
	*at += length;
	return true;
}

const char *text_skip_blanks(const char *at)
{
	return at + strspn(at, " \t");
}

bool text_number(const char *text, uint64_t *value)
{
	const char *at = text_skip_blanks(text);
	uint64_t number;

	if (text_expect(&at, "0x") || text_expect(&at, "0X")) {
		if (!text_hex(&at, &number))
			return false;
	} else if (!text_decimal(&at, &number)) {
		return false;
	}
	if (*text_skip_blanks(at))
		return false;
	*value = number;
	return true;
}

const char *text_value(const char *line, const char *key)
{
	if (!text_expect(&line, key))
		return NULL;
	line = text_skip_blanks(line);
	return *line == ':' ? text_skip_blanks(line + 1) : NULL;
}

bool text_has_word(const char *text, const char *word)
{
	size_t length = strlen(word);

	while (*(text = text_skip_blanks(text))) {
		size_t size = strcspn(text, " \t");

		if (size == length && !memcmp(text, word, size))
			return true;
		text += size;
	}
	return false;
}

uint64_t text_list_next(const char *list, uint64_t from)
{
	uint64_t best = UINT64_MAX;

	for (;;) {
		uint64_t first, last;

		if (!text_decimal(&list, &first))
			return best;
		last = first;
		if (text_expect(&list, "-") && !text_decimal(&list, &last))
			return best;
		if (first < from)
			first = from;
		if (first <= last && first < best)
			best = first;
		if (!text_expect(&list, ","))
			return best;
	}
}
