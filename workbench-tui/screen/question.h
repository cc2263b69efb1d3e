/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a question says in the room there is. Paths and names may be of any
 * length: they give way, so that its verb and its answer are always seen.
 */
#ifndef TUI_QUESTION_H
#define TUI_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

enum tui_part_cut {
	TUI_CUT_NEVER,
	TUI_CUT_MIDDLE, /* of a path the end tells more than its begin */
	TUI_CUT_END,	/* a list */
};

struct tui_question_part {
	const char *text; /* UTF-8 from anywhere; NULL: nothing */
	enum tui_part_cut cut;
	/* without it the question is still one: those of the highest number go
	 * first; 0: it stays */
	unsigned int goes;
};

/*
 * Puts the @count parts together in at most @room columns, and in @text of
 * @size bytes. Only if what stays is longer than that, its end is cut off.
 */
void tui_question_fit(const struct tui_question_part *parts, size_t count,
		      unsigned int room, bool ascii, char *text, size_t size);

#endif
