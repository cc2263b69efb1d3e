/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line that somebody types. */
#ifndef TUI_PROMPT_H
#define TUI_PROMPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TUI_PROMPT_SIZE 256 /* bytes, with the NUL */

struct tui_prompt {
	char text[TUI_PROMPT_SIZE]; /* UTF-8 */
	size_t length, cursor;
};

enum tui_prompt_end {
	TUI_PROMPT_GOES_ON,
	TUI_PROMPT_CHANGED,
	TUI_PROMPT_DONE,
	TUI_PROMPT_CANCELLED,
};

/* Begins with @text, cut at a character if it is too long. */
void tui_prompt_begin(struct tui_prompt *prompt, const char *text);
enum tui_prompt_end tui_prompt_key(struct tui_prompt *prompt, uint32_t key);

#endif
