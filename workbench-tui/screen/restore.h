/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The terminal's state from before us, brought back from wherever the program
 * dies: a handler of a signal may do nothing that ncurses does.
 */
#ifndef TUI_RESTORE_H
#define TUI_RESTORE_H

#include <stddef.h>

/* Before the terminal is changed: keeps its modes. */
void tui_restore_save(void);
/* After it was: keeps what brings it back, beginning with @sequence, and
 * catches signals that kill with a dump. */
void tui_restore_arm(const char *sequence);
/* It is back. */
void tui_restore_forget(void);
/* Brings it back now; legal in a handler of a signal. */
void tui_restore_now(void);
/* All of it to the terminal, or as much as it takes. */
void tui_restore_write(const char *data, size_t size);

#endif
