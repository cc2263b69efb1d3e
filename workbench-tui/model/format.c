// SPDX-License-Identifier: GPL-2.0-or-later
/* Numbers as people read them. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "model/column.h"

/* snprintf() would take most of the time of a screen. */
static void put(char *text, size_t size, const char *from, size_t length)
{
	if (length > size - 1)
		length = size - 1;
	memcpy(text, from, length);
	text[length] = 0;
}

static bool is_unknown(uint64_t value, char *text, size_t size)
{
	if (value != TUI_NO_VALUE)
		return false;
	put(text, size, "-", 1);
	return true;
}

/* A plain number: most of those on a screen are none other. */
static void put_number(uint64_t number, char *text, size_t size)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	put(text, size, digits + at, sizeof(digits) - at);
}

/* @value in @unit with one decimal below 10 units. */
static void format_scaled(uint64_t value, uint64_t unit, char letter,
			  char *text, size_t size)
{
	/* a last unit must not be rounded up into the next one's digits */
	if (value / unit < 10 && value % unit)
		snprintf(text, size, "%" PRIu64 ".%" PRIu64 "%c", value / unit,
			 value % unit / (unit / 10 ? unit / 10 : 1), letter);
	else
		snprintf(text, size, "%" PRIu64 "%c", value / unit, letter);
}

void tui_format_rate(uint64_t rate_milli, char *text, size_t size)
{
	static const struct {
		uint64_t from, unit;
		char letter;
	} scales[] = {
		{ UINT64_C(100000000000000), UINT64_C(1000000000000), 'G' },
		{ UINT64_C(100000000000), 1000000000, 'M' },
		{ 100000000, 1000000, 'k' },
	};

	if (is_unknown(rate_milli, text, size))
		return;
	for (size_t n = 0; n < sizeof(scales) / sizeof(*scales); n++) {
		if (rate_milli >= scales[n].from) {
			format_scaled(rate_milli, scales[n].unit,
				      scales[n].letter, text, size);
			return;
		}
	}
	/* what is not none does not look like none */
	if (rate_milli && rate_milli < 100)
		snprintf(text, size, "<0.1");
	else if (rate_milli < 10000 && rate_milli % 1000 >= 100)
		snprintf(text, size, "%" PRIu64 ".%" PRIu64, rate_milli / 1000,
			 rate_milli % 1000 / 100);
	else
		put_number(rate_milli / 1000, text, size);
}

void tui_format_bytes(uint64_t bytes, char *text, size_t size)
{
	static const char letters[] = "BKMGTPE";
	unsigned int scale = 0;
	uint64_t unit;

	if (is_unknown(bytes, text, size))
		return;
	while (scale < 6 && bytes >> (10 * (scale + 1)))
		scale++;
	unit = UINT64_C(1) << (10 * scale);
	if (!scale)
		snprintf(text, size, "%" PRIu64, bytes);
	else if (bytes / unit < 10 && bytes % unit * 10 / unit)
		/* no overflow: less than 2^60, times ten */
		snprintf(text, size, "%" PRIu64 ".%" PRIu64 "%c", bytes / unit,
			 bytes % unit * 10 / unit, letters[scale]);
	else
		snprintf(text, size, "%" PRIu64 "%c", bytes / unit,
			 letters[scale]);
}

void tui_format_age(uint64_t ms, char *text, size_t size)
{
	uint64_t seconds = ms / 1000, hours = seconds / 3600;
	unsigned int minutes = (unsigned int)(seconds / 60 % 60);

	if (is_unknown(ms, text, size))
		return;
	if (hours < 24)
		snprintf(text, size, "%02u:%02u:%02u", (unsigned int)hours,
			 minutes, (unsigned int)(seconds % 60));
	else
		snprintf(text, size, "%" PRIu64 "d %02u:%02u", hours / 24,
			 (unsigned int)(hours % 24), minutes);
}

void tui_format_count(uint64_t count, char *text, size_t size)
{
	char digits[24];
	int length, used = 0;

	if (is_unknown(count, text, size))
		return;
	length = snprintf(digits, sizeof(digits), "%" PRIu64, count);
	for (int n = 0; n < length && (size_t)used + 2 < size; n++) {
		if (n && (length - n) % 3 == 0)
			text[used++] = ',';
		text[used++] = digits[n];
	}
	text[used] = 0;
}
