/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The screen of jh-top: all that its users see of it, and its loop. */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "model/budget.h"
#include "model/session.h"
#include "screen/terminal.h"

struct tui_screen;

/* Strings must live as long as the screen. */
struct tui_screen_options {
	enum tui_screen_colors colors;
	bool no_mouse, ascii;
	const char *settings; /* file; NULL: where XDG says */
	/* NULL: as the settings say */
	const char *columns, *sort, *filter;
	/* delay was given on the command line: not that of the settings */
	bool has_delay;
	const struct tui_budgets *budgets; /* beside those of the settings */
};

/* Reads the settings; the terminal stays as it is. NULL: no memory. */
struct tui_screen *tui_screen_new(const struct tui_screen_options *options);
void tui_screen_free(struct tui_screen *screen);

/* The ask() of sessions; @user is the screen. */
void tui_screen_ask(struct tui_session *session, void *user,
		    enum jhcfg_question question, const char *prompt);

/*
 * Shows the sessions, each in a tab, until somebody wants to leave or the
 * terminal is gone. The sessions stay the caller's. 0, or -errno: -ENOTTY:
 * there is no terminal that it could be shown on.
 */
int tui_screen_run(struct tui_screen *screen,
		   struct tui_session *const *sessions, size_t count);

#endif
