// SPDX-License-Identifier: LGPL-2.1-or-later
#include "util/number.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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

/* Reads digits, moves *@text behind them. strtoull() would take signs,
 * blanks and octal numbers. */
static int parse_digits(const char **text, uint64_t *value)
{
	const char *pos = *text;
	uint64_t number = 0;
	uint64_t base = 10;
	const char *start;

	if (pos[0] == '0' && (pos[1] == 'x' || pos[1] == 'X')) {
		base = 16;
		pos += 2;
	}
	for (start = pos; (uint64_t)digit_value(*pos) < base; pos++) {
		if (__builtin_mul_overflow(number, base, &number) ||
		    __builtin_add_overflow(number, (uint64_t)digit_value(*pos),
					   &number))
			return -ERANGE;
	}
	if (pos == start)
		return -EINVAL;
	*text = pos;
	*value = number;
	return 0;
}

static uint64_t suffix_factor(char suffix)
{
	switch (suffix) {
	case 'K':
	case 'k':
		return UINT64_C(1) << 10;
	case 'M':
	case 'm':
		return UINT64_C(1) << 20;
	case 'G':
	case 'g':
		return UINT64_C(1) << 30;
	default:
		return 0;
	}
}

int jhcfg_parse_number(const char *text, uint64_t max, uint64_t *value)
{
	uint64_t factor, number;
	int err;

	err = parse_digits(&text, &number);
	if (err)
		return err;
	factor = suffix_factor(*text);
	if (factor) {
		if (__builtin_mul_overflow(number, factor, &number))
			return -ERANGE;
		text++;
	}
	if (*text)
		return -EINVAL;
	if (number > max)
		return -ERANGE;
	*value = number;
	return 0;
}

int jhcfg_parse_range(const char *text, uint64_t max, uint64_t *first,
		      uint64_t *last)
{
	uint64_t from, to;
	int err;

	err = parse_digits(&text, &from);
	if (err)
		return err;
	to = from;
	if (*text == '-') {
		text++;
		err = parse_digits(&text, &to);
		if (err)
			return err;
	}
	if (*text || to < from)
		return -EINVAL;
	if (to > max)
		return -ERANGE;
	*first = from;
	*last = to;
	return 0;
}

void jhcfg_format_address(uint64_t value, char text[JHCFG_NUMBER_SIZE])
{
	snprintf(text, JHCFG_NUMBER_SIZE, "0x%08" PRIx64, value);
}

void jhcfg_format_size(uint64_t value, char text[JHCFG_NUMBER_SIZE])
{
	static const char suffixes[] = "GMK";

	for (size_t n = 0; value && n < strlen(suffixes); n++) {
		uint64_t factor = suffix_factor(suffixes[n]);

		if (value % factor)
			continue;
		snprintf(text, JHCFG_NUMBER_SIZE, "%" PRIu64 "%c",
			 value / factor, suffixes[n]);
		return;
	}
	snprintf(text, JHCFG_NUMBER_SIZE, "0x%" PRIx64, value);
}
