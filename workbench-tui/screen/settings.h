/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What somebody set up: a file "KEY = VALUE" a line, which is replaced as one
 * step whenever something changes, so that no crash loses it. Keys that we do
 * not know are kept: they are of another version. A file of a newer format is
 * read as far as it is understood, and never written.
 */
#ifndef TUI_SETTINGS_H
#define TUI_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/budget.h"
#include "screen/terminal.h"

#define TUI_SETTINGS_VERSION 1
#define TUI_SETTINGS_TEXT    512

struct tui_settings {
	char columns[TUI_SETTINGS_TEXT]; /* names, commas between; "": usual */
	char sort[48];			 /* "-NAME": inverted; "": by id */
	char panes[128];		 /* names of open panes */
	unsigned int delay_ms;		 /* 0: as the command line says */
	enum tui_screen_colors colors;
	bool ascii, no_mouse;
	struct tui_budgets budgets;

	/* lines of the file that are not ours */
	char *unknown;
	unsigned int version; /* of the file; 0: there was none */
};

/* As they are without a file. */
void tui_settings_init(struct tui_settings *settings);
void tui_settings_clear(struct tui_settings *settings);
/*
 * Reads a file that need not exist. What is wrong in it is left as it is
 * here. Errors are those of jhcfg_file_read(), -ENOMEM.
 */
int tui_settings_read(struct tui_settings *settings, const char *path);
/* Folders on the way are made. -EROFS: the file is of a newer format. */
int tui_settings_write(const struct tui_settings *settings, const char *path);
/* Where they are, to be freed: $XDG_CONFIG_HOME/jh-top/settings. NULL: there
 * is no home, or no memory. */
char *tui_settings_path(void);

#endif
