// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/input.h"

#include <stdio.h>
#include <string.h>

#include <curses.h>

#define KEY_SGR_MOUSE  (KEY_MAX + 1)
#define LONGEST_REPORT 24
#define WHEEL_LINES    3

static const struct key_row {
	int curses;
	uint32_t key;
} keys[] = {
	{ KEY_UP, TUI_KEY_UP },
	{ KEY_DOWN, TUI_KEY_DOWN },
	{ KEY_LEFT, TUI_KEY_LEFT },
	{ KEY_RIGHT, TUI_KEY_RIGHT },
	{ KEY_PPAGE, TUI_KEY_PAGE_UP },
	{ KEY_NPAGE, TUI_KEY_PAGE_DOWN },
	{ KEY_HOME, TUI_KEY_HOME },
	{ KEY_END, TUI_KEY_END },
	{ KEY_BACKSPACE, TUI_KEY_BACKSPACE },
	{ KEY_DC, TUI_KEY_DELETE },
	{ KEY_BTAB, TUI_KEY_BACK_TAB },
	{ KEY_ENTER, TUI_KEY_ENTER },
};

/* Where terminals disagree with their descriptions. */
static const struct sequence_row {
	const char *sequence;
	int curses;
} sequences[] = {
	{ "\033[<", KEY_SGR_MOUSE }, { "\033[H", KEY_HOME },
	{ "\033[F", KEY_END },	     { "\033[1~", KEY_HOME },
	{ "\033[4~", KEY_END },	     { "\033[A", KEY_UP },
	{ "\033[B", KEY_DOWN },	     { "\033[C", KEY_RIGHT },
	{ "\033[D", KEY_LEFT },	     { "\033[11~", KEY_F(1) },
	{ "\033[12~", KEY_F(2) },    { "\033[13~", KEY_F(3) },
	{ "\033[14~", KEY_F(4) },    { "\033[[A", KEY_F(1) },
	{ "\033[[B", KEY_F(2) },     { "\033[[C", KEY_F(3) },
	{ "\033[[D", KEY_F(4) },     { "\033[[E", KEY_F(5) },
};

void tui_input_init(void)
{
	for (size_t n = 0; n < sizeof(sequences) / sizeof(sequences[0]); n++)
		define_key(sequences[n].sequence, sequences[n].curses);
}

static uint32_t translate(int curses)
{
	if (curses > KEY_F0 && curses <= KEY_F(12))
		return TUI_KEY_F0 + (uint32_t)(curses - KEY_F0);
	for (size_t n = 0; n < sizeof(keys) / sizeof(keys[0]); n++) {
		if (keys[n].curses == curses)
			return keys[n].key;
	}
	return 0;
}

void tui_input_mouse(const char *report, struct tui_input *input)
{
	unsigned int button, x, y;
	char end;

	*input = (struct tui_input){ .kind = TUI_INPUT_NONE };
	if (sscanf(report, "%4u;%5u;%5u%c", &button, &x, &y, &end) != 4 ||
	    end != 'M' || !x || !y)
		return; /* also: a button was released */
	input->x = x - 1;
	input->y = y - 1;
	if ((button & ~1u) == 64) {
		input->kind = TUI_INPUT_WHEEL;
		input->steps = button & 1 ? WHEEL_LINES : -WHEEL_LINES;
	} else if ((button & ~0x1cu) ==
		   0) { /* shift, meta, control: whatever */
		input->kind = TUI_INPUT_CLICK;
	}
}

/* The rest of a report follows what curses took for a key. */
static void read_mouse(struct tui_input *input)
{
	char report[LONGEST_REPORT + 1];
	size_t length = 0;

	timeout(ESCDELAY);
	while (length < LONGEST_REPORT) {
		wint_t next;

		if (get_wch(&next) != OK || next > 0x7e)
			break;
		report[length++] = (char)next;
		if (next == 'M' || next == 'm')
			break;
	}
	nodelay(stdscr, TRUE);
	report[length] = '\0';
	tui_input_mouse(report, input);
}

bool tui_input_next(struct tui_input *input)
{
	wint_t key;
	int kind = get_wch(&key);

	*input = (struct tui_input){ .kind = TUI_INPUT_NONE };
	if (kind == ERR)
		return false;
	if (kind == KEY_CODE_YES && key == KEY_SGR_MOUSE) {
		read_mouse(input);
		return true;
	}
	input->key = kind == KEY_CODE_YES ? translate((int)key) : key;
	if (input->key == '\r')
		input->key = TUI_KEY_ENTER;
	if (input->key == 0x7f || input->key == TUI_KEY_CTRL('h'))
		input->key = TUI_KEY_BACKSPACE;
	if (input->key)
		input->kind = TUI_INPUT_KEY;
	return true;
}
