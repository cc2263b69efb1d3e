/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What somebody does: keys and the mouse. */
#ifndef TUI_INPUT_H
#define TUI_INPUT_H

#include <stdbool.h>
#include <stdint.h>

/* Keys that are no characters: above all of those. */
enum {
	TUI_KEY_BASE = 0x200000,
	TUI_KEY_UP,
	TUI_KEY_DOWN,
	TUI_KEY_LEFT,
	TUI_KEY_RIGHT,
	TUI_KEY_PAGE_UP,
	TUI_KEY_PAGE_DOWN,
	TUI_KEY_HOME,
	TUI_KEY_END,
	TUI_KEY_BACKSPACE,
	TUI_KEY_DELETE,
	TUI_KEY_BACK_TAB,
	TUI_KEY_F0, /* F1 is the next one, up to F12 */
	TUI_KEY_F12 = TUI_KEY_F0 + 12,
};

#define TUI_KEY_ENTER	     '\n'
#define TUI_KEY_ESCAPE	     27
#define TUI_KEY_CTRL(letter) ((letter)&0x1f)

enum tui_input_kind {
	TUI_INPUT_NONE,
	TUI_INPUT_KEY,
	TUI_INPUT_CLICK,
	TUI_INPUT_WHEEL,
};

struct tui_input {
	enum tui_input_kind kind;
	uint32_t key;	   /* a character or one of the above */
	unsigned int x, y; /* CLICK and WHEEL; from 0 */
	int steps;	   /* WHEEL: > 0: down */
};

/* After the terminal was opened: teaches it what we understand. */
void tui_input_init(void);
/* The next one that is there, without waiting; false: none. */
bool tui_input_next(struct tui_input *input);

/*
 * What the mouse tells: "B;X;YM" or "B;X;Ym" of SGR mode, without what
 * introduces it. TUI_INPUT_NONE if that means nothing to us.
 */
void tui_input_mouse(const char *report, struct tui_input *input);

#endif
