// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/keys.h"

#include <string.h>

#include "screen/text.h"

#define F(n)	(TUI_KEY_F0 + (n))
#define CTRL(c) TUI_KEY_CTRL(c)

static const char *const sections[TUI_NUM_KEY_SECTIONS] = {
	[TUI_KEYS_MOVE] = "Moving", [TUI_KEYS_TABLE] = "Cells",
	[TUI_KEYS_PANES] = "Panes", [TUI_KEYS_ACT] = "Actions",
	[TUI_KEYS_TIME] = "Time",   [TUI_KEYS_OTHER] = "Other",
};

// clang-format off
static const struct tui_key table[] = {
	{ TUI_CMD_UP, TUI_KEYS_MOVE, { TUI_KEY_UP, CTRL('p') },
	  NULL, "up, in the table or the pane with the focus", false },
	{ TUI_CMD_DOWN, TUI_KEYS_MOVE, { TUI_KEY_DOWN, CTRL('n') },
	  NULL, "down", false },
	{ TUI_CMD_PAGE_UP, TUI_KEYS_MOVE, { TUI_KEY_PAGE_UP, CTRL('b') },
	  NULL, "a page up", false },
	{ TUI_CMD_PAGE_DOWN, TUI_KEYS_MOVE, { TUI_KEY_PAGE_DOWN, CTRL('f') },
	  NULL, "a page down", false },
	{ TUI_CMD_FIRST, TUI_KEYS_MOVE, { TUI_KEY_HOME, 'g' },
	  NULL, "to the begin", false },
	{ TUI_CMD_LAST, TUI_KEYS_MOVE, { TUI_KEY_END, 'G' },
	  NULL, "to the end, and stay there in the console and events", false },
	{ TUI_CMD_LEFT, TUI_KEYS_MOVE, { TUI_KEY_LEFT },
	  NULL, "to the left: columns, or the text of the pane", false },
	{ TUI_CMD_RIGHT, TUI_KEYS_MOVE, { TUI_KEY_RIGHT },
	  NULL, "to the right", false },
	{ TUI_CMD_HELP, TUI_KEYS_OTHER, { F(1), '?', 'h' },
	  "Help", "this help", false },
	{ TUI_CMD_SETUP, TUI_KEYS_OTHER, { F(2), 'S' },
	  "Setup", "columns, panes, delay, colours, mouse", false },
	{ TUI_CMD_SEARCH, TUI_KEYS_TABLE, { F(3), '/' },
	  "Search", "search a cell by its name", false },
	{ TUI_CMD_FIND_NEXT, TUI_KEYS_TABLE, { 'n' },
	  NULL, "search the next one", false },
	{ TUI_CMD_FILTER, TUI_KEYS_TABLE, { F(4), '\\' },
	  "Filter", "show only cells with this in name or state", false },
	{ TUI_CMD_TREE, TUI_KEYS_TABLE, { F(5), 't', '*' },
	  "Tree", "open or close all of the tree cell, CPU, counter", false },
	{ TUI_CMD_EXPAND, TUI_KEYS_TABLE, { '+', '=' },
	  NULL, "open the row", false },
	{ TUI_CMD_COLLAPSE, TUI_KEYS_TABLE, { '-' },
	  NULL, "close the row", false },
	{ TUI_CMD_TOGGLE, TUI_KEYS_TABLE, { TUI_KEY_ENTER },
	  NULL, "open or close the row", false },
	{ TUI_CMD_SORT, TUI_KEYS_TABLE, { F(6), '<', '>', '.', ',' },
	  "Sort", "choose the column that is sorted by", false },
	{ TUI_CMD_INVERT, TUI_KEYS_TABLE, { 'I' },
	  NULL, "sort the other way round", false },
	{ TUI_CMD_SORT_EXITS, TUI_KEYS_TABLE, { 'P' },
	  NULL, "sort by exits a second", false },
	{ TUI_CMD_SORT_RAM, TUI_KEYS_TABLE, { 'M' },
	  NULL, "sort by memory", false },
	{ TUI_CMD_SORT_CHANGE, TUI_KEYS_TABLE, { 'T' },
	  NULL, "sort by the time of the last change", false },
	{ TUI_CMD_SORT_ID, TUI_KEYS_TABLE, { 'N' },
	  NULL, "sort by id", false },
	{ TUI_CMD_TAG, TUI_KEYS_TABLE, { ' ' },
	  NULL, "tag the cell: actions are for all tagged ones", false },
	{ TUI_CMD_UNTAG, TUI_KEYS_TABLE, { 'U' },
	  NULL, "untag all cells", false },
	{ TUI_CMD_FOLLOW, TUI_KEYS_TABLE, { 'F' },
	  NULL, "follow the cell wherever sorting puts it", false },
	{ TUI_CMD_BUDGET, TUI_KEYS_TABLE, { 'b' },
	  NULL, "set a budget of exits for the cell", false },
	{ TUI_CMD_NEXT_FOCUS, TUI_KEYS_PANES, { '\t' },
	  NULL, "focus to the next pane", false },
	{ TUI_CMD_LAST_FOCUS, TUI_KEYS_PANES, { TUI_KEY_BACK_TAB },
	  NULL, "focus to the one before", false },
	{ TUI_CMD_DETAIL, TUI_KEYS_PANES, { 'd' },
	  NULL, "what the cell has: memory, interrupts, devices", false },
	{ TUI_CMD_LINKS, TUI_KEYS_PANES, { 'v' },
	  NULL, "ivshmem links", false },
	{ TUI_CMD_IRQS, TUI_KEYS_PANES, { 'i' },
	  NULL, "interrupts and their owners", false },
	{ TUI_CMD_CONSOLE, TUI_KEYS_PANES, { 'l' },
	  NULL, "the hypervisor's console", false },
	{ TUI_CMD_EVENTS, TUI_KEYS_PANES, { 'e' },
	  NULL, "what happened", false },
	{ TUI_CMD_START, TUI_KEYS_ACT, { F(7), 's' },
	  "Start", "start the cell", true },
	{ TUI_CMD_SHUTDOWN, TUI_KEYS_ACT, { F(8), 'x' },
	  "Shutdown", "shut the cell down", true },
	{ TUI_CMD_DESTROY, TUI_KEYS_ACT, { F(9), 'k' },
	  "Destroy", "destroy the cell", true },
	{ TUI_CMD_LOAD, TUI_KEYS_ACT, { 'L' },
	  NULL, "load an image into the cell", true },
	{ TUI_CMD_CREATE, TUI_KEYS_ACT, { 'C' },
	  NULL, "create a cell from a file", true },
	{ TUI_CMD_CANCEL, TUI_KEYS_ACT, { TUI_KEY_ESCAPE },
	  NULL, "cancel actions that wait, or whose file is brought", true },
	{ TUI_CMD_QUIT, TUI_KEYS_OTHER, { F(10), 'q' },
	  "Quit", "quit", false },
	{ TUI_CMD_PAUSE, TUI_KEYS_TIME, { 'Z', 'p' },
	  NULL, "stop the clock, and go on", false },
	{ TUI_CMD_SEEK_BACK, TUI_KEYS_TIME, { '(' },
	  NULL, "replay: 10 s back", false },
	{ TUI_CMD_SEEK_ON, TUI_KEYS_TIME, { ')' },
	  NULL, "replay: 10 s on", false },
	{ TUI_CMD_SLOWER, TUI_KEYS_TIME, { '{' },
	  NULL, "replay: half as fast", false },
	{ TUI_CMD_FASTER, TUI_KEYS_TIME, { '}' },
	  NULL, "replay: twice as fast", false },
	{ TUI_CMD_REFRESH, TUI_KEYS_TIME, { 'r' },
	  NULL, "look now", false },
	{ TUI_CMD_NEXT_TAB, TUI_KEYS_OTHER, { ']' },
	  NULL, "the next target", false },
	{ TUI_CMD_LAST_TAB, TUI_KEYS_OTHER, { '[' },
	  NULL, "the target before", false },
	{ TUI_CMD_REDRAW, TUI_KEYS_OTHER, { CTRL('l') },
	  NULL, "draw all again", false },
};

static const struct name_row {
	uint32_t key;
	const char *name;
} names[] = {
	{ TUI_KEY_UP, "Up" },	       { TUI_KEY_DOWN, "Down" },
	{ TUI_KEY_LEFT, "Left" },      { TUI_KEY_RIGHT, "Right" },
	{ TUI_KEY_PAGE_UP, "PgUp" },   { TUI_KEY_PAGE_DOWN, "PgDn" },
	{ TUI_KEY_HOME, "Home" },      { TUI_KEY_END, "End" },
	{ TUI_KEY_BACK_TAB, "S-Tab" }, { '\t', "Tab" },
	{ TUI_KEY_ENTER, "Enter" },    { ' ', "Space" },
	{ TUI_KEY_ESCAPE, "Esc" },     { TUI_KEY_DELETE, "Del" },
	{ TUI_KEY_BACKSPACE, "Bksp" },
};
// clang-format on

#define NUM_KEYS (sizeof(table) / sizeof(table[0]))

const struct tui_key *tui_keys_at(size_t index)
{
	return index < NUM_KEYS ? &table[index] : NULL;
}

const char *tui_keys_section(enum tui_key_section section)
{
	return sections[section];
}

enum tui_command tui_keys_command(uint32_t key)
{
	for (size_t n = 0; key && n < NUM_KEYS; n++) {
		for (size_t k = 0; k < TUI_MAX_KEYS; k++) {
			if (table[n].keys[k] == key)
				return table[n].command;
		}
	}
	return TUI_CMD_NONE;
}

void tui_key_name(uint32_t key, char *name)
{
	for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
		if (names[n].key != key)
			continue;
		strcpy(name, names[n].name);
		return;
	}
	if (key > TUI_KEY_F0 && key <= TUI_KEY_F12)
		sprintf(name, "F%u", (unsigned int)(key - TUI_KEY_F0) % 100);
	else if (key < ' ')
		sprintf(name, "^%c", (char)('@' + key));
	else
		tui_text_encode(key, name);
}

void tui_keys_names(const struct tui_key *key, char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t k = 0; k < TUI_MAX_KEYS && key->keys[k]; k++) {
		char name[12];
		int length;

		tui_key_name(key->keys[k], name);
		length = snprintf(text + used, size - used, "%s%s",
				  k ? " " : "", name);
		used += (size_t)length;
		if (used >= size)
			return;
	}
}

void tui_keys_man(FILE *out)
{
	for (int section = 0; section < TUI_NUM_KEY_SECTIONS; section++) {
		fprintf(out, ".SS %s\n", sections[section]);
		for (size_t n = 0; n < NUM_KEYS; n++) {
			char text[64];

			if ((int)table[n].section != section)
				continue;
			tui_keys_names(&table[n], text, sizeof(text));
			fputs(".TP\n.B \"", out);
			for (const char *c = text; *c; c++)
				fputs(*c == '\\'  ? "\\e"
				      : *c == '-' ? "\\-"
				      : *c == '^' ? "\\(ha"
						  : (char[]){ *c, '\0' },
				      out);
			fprintf(out, "\"\n%s.\n", table[n].help);
		}
	}
}
