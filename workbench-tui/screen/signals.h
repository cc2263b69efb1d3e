/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signals as something that a loop can wait for. */
#ifndef TUI_SIGNALS_H
#define TUI_SIGNALS_H

/* A descriptor that is readable when one came; -errno. */
int tui_signals_open(void);
void tui_signals_close(void);
/* The next one: SIGWINCH, SIGCONT, SIGTSTP, or one that asks us to end;
 * 0: none. */
int tui_signals_next(void);

#endif
