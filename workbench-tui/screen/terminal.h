/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The terminal that we run on: shows a canvas there, and leaves it as it was
 * found, however the program ends. There is one of a process.
 */
#ifndef TUI_TERMINAL_H
#define TUI_TERMINAL_H

#include <stdbool.h>

#include "screen/canvas.h"

enum tui_screen_colors {
	TUI_SCREEN_AUTO,
	TUI_SCREEN_MONO,
	TUI_SCREEN_16,
	TUI_SCREEN_256,
	TUI_SCREEN_TRUE,
};

struct tui_terminal_options {
	enum tui_screen_colors colors;
	bool ascii; /* also where the locale has more */
	bool mouse;
	bool shared; /* others write to it, and move its cursor */
};

/* -ENOTTY: standard input and output are no terminal, or one that nobody
 * described. */
int tui_terminal_open(const struct tui_terminal_options *options);
/* Legal without an open one. */
void tui_terminal_close(void);

/* Whether only ASCII can be shown. */
bool tui_terminal_ascii(void);
void tui_terminal_set_mouse(bool on);
/* Asks for the size, which may have changed. */
void tui_terminal_size(unsigned int *width, unsigned int *height);
/* Brings what differs to the terminal. */
void tui_terminal_show(const struct tui_canvas *canvas);
/* The next time, everything is sent: somebody else has drawn on it. */
void tui_terminal_touch(void);
/* The same, for text that came between: without clearing it first. */
void tui_terminal_repair(void);
/* Gives it back to who started us, and takes it again. */
void tui_terminal_leave(void);
void tui_terminal_enter(void);

#endif
