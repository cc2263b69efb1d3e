// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/text.h"

#include <wchar.h>

/* Bytes behind the first one, the least value that needs them, by lead. */
static const struct lead {
	unsigned char mask, lead;
	unsigned int more;
	uint32_t least;
} leads[] = {
	{ 0x80, 0x00, 0, 0 },
	{ 0xe0, 0xc0, 1, 0x80 },
	{ 0xf0, 0xe0, 2, 0x800 },
	{ 0xf8, 0xf0, 3, 0x10000 },
};

/* Characters without a look of their own that change how others are shown:
 * the format controls of Unicode, and what terminals may take for them. */
static const struct range {
	uint32_t first, last;
} formats[] = {
	{ 0x00ad, 0x00ad }, { 0x034f, 0x034f },	   { 0x061c, 0x061c },
	{ 0x115f, 0x1160 }, { 0x17b4, 0x17b5 },	   { 0x180b, 0x180f },
	{ 0x200b, 0x200f }, { 0x2028, 0x202e },	   { 0x2060, 0x206f },
	{ 0x3164, 0x3164 }, { 0xfe00, 0xfe0f },	   { 0xfeff, 0xfeff },
	{ 0xffa0, 0xffa0 }, { 0xfff0, 0xfffb },	   { 0x1d173, 0x1d17a },
	{ 0xd800, 0xdfff }, { 0xe0000, 0x10ffff },
};

static bool is_format(uint32_t character)
{
	for (size_t n = 0; n < sizeof(formats) / sizeof(formats[0]); n++) {
		if (character >= formats[n].first &&
		    character <= formats[n].last)
			return true;
	}
	return false;
}

/* The next code point; a byte that begins none counts as one unshown. */
static uint32_t decode(const char **text)
{
	const unsigned char *bytes = (const unsigned char *)*text;

	for (size_t n = 0; n < sizeof(leads) / sizeof(leads[0]); n++) {
		const struct lead *lead = &leads[n];
		uint32_t value;
		unsigned int at;

		if ((bytes[0] & lead->mask) != lead->lead)
			continue;
		value = bytes[0] & (unsigned char)~lead->mask;
		for (at = 1; at <= lead->more; at++) {
			if ((bytes[at] & 0xc0) != 0x80)
				break;
			value = value << 6 | (bytes[at] & 0x3f);
		}
		if (at <= lead->more || value < lead->least)
			break;
		*text += at;
		return value;
	}
	*text += 1;
	return 0x110000; /* none that there is */
}

static int width_of(uint32_t character, bool ascii)
{
	if (character >= 0x20 && character < 0x7f)
		return 1;
	if (ascii || character < 0xa0 || is_format(character))
		return -1;
	return wcwidth((wchar_t)character);
}

/* A character of ASCII that no mark follows: all of most texts. */
static bool is_plain(const char *text)
{
	return text[0] >= 0x20 && text[0] < 0x7f &&
	       (unsigned char)text[1] < 0x80;
}

bool tui_text_next(const char **text, bool ascii, struct tui_char *next)
{
	const char *behind;
	uint32_t mark;
	int width;

	if (!**text)
		return false;
	if (is_plain(*text)) {
		*next = (struct tui_char){ .base = (uint32_t) * (*text)++,
					   .width = 1 };
		return true;
	}
	next->base = decode(text);
	next->mark = 0;
	width = width_of(next->base, ascii);
	if (width < 1) /* unprintable, or a mark on nothing */
		next->base = TUI_UNSHOWN;
	next->width = width == 2 ? 2 : 1;

	/* One mark is what languages need; towers of them leave the line. */
	for (behind = *text; *behind; *text = behind) {
		mark = decode(&behind);
		if (width_of(mark, ascii) != 0)
			break;
		if (!next->mark && width >= 1)
			next->mark = mark;
	}
	return true;
}

unsigned int tui_text_width(const char *text, bool ascii)
{
	unsigned int width = 0;
	struct tui_char next;

	for (;;) {
		for (; is_plain(text); text++)
			width++;
		if (!tui_text_next(&text, ascii, &next))
			return width;
		width += next.width;
	}
}

size_t tui_text_encode(uint32_t character, char *text)
{
	size_t more = 3;

	while (more && character < leads[more].least)
		more--;
	for (size_t n = more; n; n--) {
		text[n] = (char)(0x80 | (character & 0x3f));
		character >>= 6;
	}
	text[0] = (char)(leads[more].lead | character);
	text[more + 1] = '\0';
	return more + 1;
}
