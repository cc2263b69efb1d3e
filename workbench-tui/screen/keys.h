/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which key does what. The help (?), the bar of F keys and the manual page
 * come from this one table. Where htop has the same thing, it has the key.
 */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "screen/input.h"

enum tui_command {
	TUI_CMD_NONE,
	TUI_CMD_HELP,
	TUI_CMD_SETUP,
	TUI_CMD_SEARCH,
	TUI_CMD_FILTER,
	TUI_CMD_TREE,
	TUI_CMD_SORT,
	TUI_CMD_START,
	TUI_CMD_SHUTDOWN,
	TUI_CMD_DESTROY,
	TUI_CMD_QUIT,
	TUI_CMD_LOAD,
	TUI_CMD_CREATE,
	TUI_CMD_CANCEL,
	TUI_CMD_BUDGET,
	TUI_CMD_UP,
	TUI_CMD_DOWN,
	TUI_CMD_PAGE_UP,
	TUI_CMD_PAGE_DOWN,
	TUI_CMD_FIRST,
	TUI_CMD_LAST,
	TUI_CMD_LEFT,
	TUI_CMD_RIGHT,
	TUI_CMD_EXPAND,
	TUI_CMD_COLLAPSE,
	TUI_CMD_TOGGLE,
	TUI_CMD_TAG,
	TUI_CMD_UNTAG,
	TUI_CMD_FOLLOW,
	TUI_CMD_FIND_NEXT,
	TUI_CMD_INVERT,
	TUI_CMD_SORT_ID,
	TUI_CMD_SORT_EXITS,
	TUI_CMD_SORT_RAM,
	TUI_CMD_SORT_CHANGE,
	TUI_CMD_NEXT_FOCUS,
	TUI_CMD_LAST_FOCUS,
	TUI_CMD_DETAIL,
	TUI_CMD_LINKS,
	TUI_CMD_IRQS,
	TUI_CMD_CONSOLE,
	TUI_CMD_EVENTS,
	TUI_CMD_NEXT_TAB,
	TUI_CMD_LAST_TAB,
	TUI_CMD_PAUSE,
	TUI_CMD_SEEK_BACK,
	TUI_CMD_SEEK_ON,
	TUI_CMD_SLOWER,
	TUI_CMD_FASTER,
	TUI_CMD_REFRESH,
	TUI_CMD_REDRAW,
	TUI_NUM_COMMANDS,
};

enum tui_key_section {
	TUI_KEYS_MOVE,
	TUI_KEYS_TABLE,
	TUI_KEYS_PANES,
	TUI_KEYS_ACT,
	TUI_KEYS_TIME,
	TUI_KEYS_OTHER,
	TUI_NUM_KEY_SECTIONS,
};

#define TUI_MAX_KEYS 5

struct tui_key {
	enum tui_command command;
	enum tui_key_section section;
	uint32_t keys[TUI_MAX_KEYS]; /* until 0 */
	const char *bar;	     /* in the bar of F keys; NULL: not there */
	const char *help;
	bool acts; /* changes something on the target */
};

/* Row @index of the table; NULL behind the last one. */
const struct tui_key *tui_keys_at(size_t index);
const char *tui_keys_section(enum tui_key_section section);
/* What to do; TUI_CMD_NONE: nothing is bound to it. */
enum tui_command tui_keys_command(uint32_t key);
/* How a key is called, at most 12 bytes with the NUL: "F3", "PgUp", "\". */
void tui_key_name(uint32_t key, char *name);
/* All names of a row with blanks between, in @size bytes. */
void tui_keys_names(const struct tui_key *key, char *names, size_t size);
/* The table as rows of a manual page. */
void tui_keys_man(FILE *out);

#endif
