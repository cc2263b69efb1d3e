// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/console_filter.h"

#include <string.h>

#define REPLACEMENT  0xfffdU
#define PICTURES     0x2400U /* of the controls, in their order */
#define PICTURE_DEL  0x2421U
#define ESCAPE	     0x1b
#define MAX_SEQUENCE 64U
#define MAX_MARKS    2U
#define TAB	     8U

static void put(JhwConsoleFilter *filter, GString *text, gunichar c)
{
	g_string_append_unichar(text, c);
	filter->column++;
}

static void backspace(JhwConsoleFilter *filter, GString *text)
{
	if (!filter->column)
		return;
	g_string_truncate(text, (gsize)(g_utf8_prev_char(text->str + text->len) - text->str));
	filter->column--;
}

static void put_control(JhwConsoleFilter *filter, GString *text, guchar byte)
{
	switch (byte) {
	case '\r':
		filter->state = JHW_FILTER_RETURN;
		return;
	case ESCAPE:
		filter->state = JHW_FILTER_ESCAPE;
		return;
	case '\b':
		backspace(filter, text);
		return;
	case '\t':
		do
			put(filter, text, ' ');
		while (filter->column % TAB);
		return;
	default:
		put(filter, text, byte == 0x7f ? PICTURE_DEL : PICTURES + byte);
	}
}

static gboolean is_harmless(gunichar c)
{
	GUnicodeType type = g_unichar_type(c);

	return g_unichar_isprint(c) && type != G_UNICODE_LINE_SEPARATOR &&
	       type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

static void put_character(JhwConsoleFilter *filter, GString *text, gunichar c)
{
	filter->marks = g_unichar_ismark(c) ? filter->marks + 1 : 0;
	/* they pile up, and do so over other lines; and one needs a letter below it */
	if (filter->marks > MAX_MARKS || (filter->marks && !filter->column))
		c = REPLACEMENT;
	put(filter, text, is_harmless(c) ? c : REPLACEMENT);
}

/* Of a byte that is no part of ASCII, or comes behind one that is none. */
static gboolean put_part(JhwConsoleFilter *filter, guchar byte, GString *text)
{
	char rest[sizeof(filter->partial)];
	gunichar c;
	guint count;
	gboolean ended = FALSE;

	filter->partial[filter->num_partial++] = (char)byte;
	c = g_utf8_get_char_validated(filter->partial, filter->num_partial);
	if (c == (gunichar)-2 && filter->num_partial < sizeof(filter->partial) - 1)
		return FALSE;
	count = filter->num_partial;
	filter->num_partial = 0;
	if (c != (gunichar)-1 && c != (gunichar)-2) {
		put_character(filter, text, c);
		return FALSE;
	}
	/* the first byte is none of a character; those behind it may be */
	memcpy(rest, filter->partial, count);
	put(filter, text, REPLACEMENT);
	for (guint n = 1; n < count; n++)
		ended = jhw_console_filter(filter, (guchar)rest[n], text);
	return ended; /* only the last one can be a newline */
}

static gboolean put_text(JhwConsoleFilter *filter, guchar byte, GString *text)
{
	filter->state = JHW_FILTER_TEXT;
	if (filter->num_partial || byte >= 0x80)
		return put_part(filter, byte, text);
	if (byte == '\n') {
		filter->marks = 0;
		return TRUE;
	}
	if (byte < ' ' || byte == 0x7f) {
		put_control(filter, text, byte);
		return FALSE;
	}
	filter->marks = 0;
	put(filter, text, byte);
	return FALSE;
}

gboolean jhw_console_filter(JhwConsoleFilter *filter, guchar byte, GString *text)
{
	switch (filter->state) {
	case JHW_FILTER_TEXT:
		break;
	case JHW_FILTER_RETURN:
		if (byte == '\r')
			return FALSE;
		if (byte != '\n')
			put(filter, text, PICTURES + '\r');
		break;
	case JHW_FILTER_ESCAPE:
		if (byte == '[') {
			filter->state = JHW_FILTER_SEQUENCE;
			filter->length = 0;
			return FALSE;
		}
		put(filter, text, PICTURES + ESCAPE);
		break;
	case JHW_FILTER_SEQUENCE:
		if (byte >= 0x20 && byte < 0x40 && filter->length++ < MAX_SEQUENCE)
			return FALSE;
		if (byte >= 0x40 && byte < 0x7f && filter->length <= MAX_SEQUENCE) {
			filter->state = JHW_FILTER_TEXT;
			return FALSE;
		}
		put(filter, text, PICTURES + ESCAPE);
		break;
	}
	return put_text(filter, byte, text);
}
