// SPDX-License-Identifier: GPL-2.0-or-later
/* What a target says, as text that does no harm to a terminal. */
#include <string.h>

#include "model/store.h"

/*
 * Bytes of the UTF-8 character at @text, and which one it is; 0: it is none.
 * Unicode 15.0, table 3-7: no overlong forms, no surrogates.
 */
static size_t character_at(const unsigned char *text, size_t length,
			   uint32_t *character)
{
	static const struct {
		unsigned char mask, lead;
		uint32_t least;
	} forms[] = {
		{ 0x80, 0x00, 0 },
		{ 0xe0, 0xc0, 0x80 },
		{ 0xf0, 0xe0, 0x800 },
		{ 0xf8, 0xf0, 0x10000 },
	};
	uint32_t value;
	size_t size = 0;

	while (size < 4 && (text[0] & forms[size].mask) != forms[size].lead)
		size++;
	if (size == 4 || size >= length)
		return 0;
	value = text[0] & (unsigned char)~forms[size].mask;
	for (size_t n = 1; n <= size; n++) {
		if ((text[n] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (text[n] & 0x3f);
	}
	if (value < forms[size].least || value > 0x10ffff ||
	    (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*character = value;
	return size + 1;
}

/* Moves a cursor, changes colours, or the direction of what follows. */
static bool is_harmful(uint32_t character)
{
	return character < 0x20 || (character >= 0x7f && character <= 0x9f) ||
	       character == 0x061c || character == 0x200e ||
	       character == 0x200f ||
	       (character >= 0x2028 && character <= 0x202e) ||
	       (character >= 0x2066 && character <= 0x2069) ||
	       character == 0xfeff || (character & 0xfffe) == 0xfffe;
}

void tui_text_copy(char *to, size_t size, const char *text, size_t length)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t used = 0;

	while (length && used + 1 < size) {
		uint32_t character = 0;
		size_t bytes = character_at(at, length, &character);

		if (bytes > size - 1 - used)
			break;
		if (!bytes || is_harmful(character))
			to[used++] = character == '\t' ? ' ' : '?';
		else
			memmove(to + used, at, bytes);
		if (bytes && !is_harmful(character))
			used += bytes;
		at += bytes ? bytes : 1;
		length -= bytes ? bytes : 1;
	}
	to[used] = 0;
}
