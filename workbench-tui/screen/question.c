// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/question.h"

#include <string.h>

#include "screen/canvas.h"
#include "screen/text.h"

/* A part that gives way is not worth its place with fewer columns than this,
 * as long as something else can go. */
#define WORTH_IT 10

/* How what is put together is made of its parts. */
struct fit {
	const struct tui_question_part *parts;
	size_t count;
	unsigned int level; /* parts that go before this one are gone */
	bool ascii;
};

struct out {
	char *text;
	size_t used, size;
	unsigned int room; /* columns that are left */
	bool ascii;
};

static bool is_there(const struct fit *fit, size_t n)
{
	return fit->parts[n].text && fit->parts[n].goes <= fit->level;
}

static unsigned int width_of(const struct fit *fit, size_t n)
{
	return is_there(fit, n) ? tui_text_width(fit->parts[n].text, fit->ascii)
				: 0;
}

/* Columns of all that does not give way, and the least of what does. */
static unsigned int least_width(const struct fit *fit)
{
	unsigned int sum = 0;

	for (size_t n = 0; n < fit->count; n++) {
		unsigned int width = width_of(fit, n);

		sum += fit->parts[n].cut && width > WORTH_IT ? WORTH_IT : width;
	}
	return sum;
}

/* Columns for each part that gives way: the same for all, but none more than
 * it needs. */
static unsigned int share_of(const struct fit *fit, unsigned int room)
{
	unsigned int share = 0, fixed = 0, sum;

	for (size_t n = 0; n < fit->count; n++)
		fixed += fit->parts[n].cut ? 0 : width_of(fit, n);
	do {
		share++;
		sum = fixed;
		for (size_t n = 0; n < fit->count; n++) {
			unsigned int width = width_of(fit, n);

			if (fit->parts[n].cut)
				sum += width < share ? width : share;
		}
	} while (sum < room && share < room);
	return sum > room ? share - 1 : share;
}

/* The begin of a text, at most @width columns and what there is room for. */
static void add_begin(struct out *out, const char *text, unsigned int width)
{
	const size_t size = out->size - out->used;
	const char *next = text, *end = text;
	struct tui_char shown;

	if (width > out->room)
		width = out->room;
	while (tui_text_next(&next, out->ascii, &shown) &&
	       shown.width <= width && (size_t)(next - text) < size) {
		width -= shown.width;
		out->room -= shown.width;
		end = next;
	}
	memcpy(out->text + out->used, text, (size_t)(end - text));
	out->used += (size_t)(end - text);
	out->text[out->used] = '\0';
}

/* The end of a text, at most @width columns. */
static void add_end(struct out *out, const char *text, unsigned int width)
{
	unsigned int all = tui_text_width(text, out->ascii);
	struct tui_char next;

	while (all > width && tui_text_next(&text, out->ascii, &next))
		all -= next.width;
	add_begin(out, text, all);
}

static void add_cut(struct out *out, const struct tui_question_part *part,
		    unsigned int width)
{
	unsigned int begin;

	if (!width)
		return;
	begin = part->cut == TUI_CUT_MIDDLE ? (width - 1) / 3 : width - 1;
	add_begin(out, part->text, begin);
	add_begin(out, tui_sign(TUI_SIGN_MORE, out->ascii), 1);
	if (part->cut == TUI_CUT_MIDDLE)
		add_end(out, part->text, width - 1 - begin);
}

void tui_question_fit(const struct tui_question_part *parts, size_t count,
		      unsigned int room, bool ascii, char *text, size_t size)
{
	struct fit fit = { parts, count, 0, ascii };
	struct out out = { text, 0, size, room, ascii };
	unsigned int share;

	for (size_t n = 0; n < count; n++) {
		if (parts[n].goes > fit.level)
			fit.level = parts[n].goes;
	}
	while (fit.level && least_width(&fit) > room)
		fit.level--;
	share = share_of(&fit, room);
	text[0] = '\0';
	for (size_t n = 0; n < count; n++) {
		unsigned int width = width_of(&fit, n);

		if (parts[n].cut && width > share)
			add_cut(&out, &parts[n], share);
		else if (width)
			add_begin(&out, parts[n].text, width);
	}
}
