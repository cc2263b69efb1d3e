// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

#include "screen/restore.h"
#include "screen/text.h"

#define ESCAPE_DELAY_MS 25
#define LONGEST_TERM	64

/* Buttons and wheel, with numbers in decimal (xterm's control sequences, "SGR
 * mouse mode"). */
#define MOUSE_ON  "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

/* ncurses has one terminal of a process, and so has this file: set by open,
 * cleared by close, used by one thread. */
static struct {
	SCREEN *screen;
	struct tui_canvas shown; /* what is on it */
	bool whole;		 /* shown is not what is on it */
	bool ascii;
	bool mouse, has_mouse;
	attr_t attrs[TUI_NUM_STYLES];
	short pairs[TUI_NUM_STYLES];
} terminal;

/* A description of the same terminal that has true colour: ncurses' own
 * names, "xterm-direct" for "xterm-256color". NULL: none is installed. */
static const char *direct_name(const char *name, char *direct)
{
	const char *dash = name ? strchr(name, '-') : NULL;
	int length = dash ? (int)(dash - name) : (int)strlen(name ? name : "");
	int found = 0;
	TERMINAL *described;

	if (!length || length > LONGEST_TERM - 8)
		return NULL;
	snprintf(direct, LONGEST_TERM, "%.*s-direct", length, name);
	if (setupterm(direct, STDOUT_FILENO, &found) || found != 1)
		return NULL;
	described = set_curterm(NULL);
	del_curterm(described);
	return direct;
}

static bool says_true_color(void)
{
	const char *said = getenv("COLORTERM");

	return said && (!strcmp(said, "truecolor") || !strcmp(said, "24bit"));
}

static bool no_color(void)
{
	const char *said = getenv("NO_COLOR"); /* https://no-color.org */

	return said && *said;
}

static SCREEN *open_screen(enum tui_screen_colors *colors)
{
	char direct[LONGEST_TERM];
	const char *name = NULL;

	if (*colors == TUI_SCREEN_AUTO && no_color())
		*colors = TUI_SCREEN_MONO;
	if (*colors == TUI_SCREEN_TRUE ||
	    (*colors == TUI_SCREEN_AUTO && says_true_color()))
		name = direct_name(getenv("TERM"), direct);
	return newterm(name, stdout, stdin);
}

/* The richest palette that is wanted and that there is. */
static enum tui_palette choose_palette(enum tui_screen_colors wanted)
{
	enum tui_palette has = TUI_PALETTE_MONO;

	if (wanted == TUI_SCREEN_MONO || !has_colors() || start_color() == ERR)
		return TUI_PALETTE_MONO;
	if (COLORS >= 8)
		has = TUI_PALETTE_16;
	if (COLORS >= 256)
		has = TUI_PALETTE_256;
	if (COLORS >= 1 << 24)
		has = TUI_PALETTE_TRUE;
	if (wanted == TUI_SCREEN_16 && has > TUI_PALETTE_16)
		return TUI_PALETTE_16;
	if (wanted == TUI_SCREEN_256 && has == TUI_PALETTE_TRUE)
		return TUI_PALETTE_TRUE; /* indices mean something else there */
	return has;
}

static attr_t curses_attrs(unsigned int attrs)
{
	attr_t found = A_NORMAL;

	if (attrs & TUI_ATTR_BOLD)
		found |= A_BOLD;
	if (attrs & TUI_ATTR_DIM)
		found |= A_DIM;
	if (attrs & TUI_ATTR_REVERSE)
		found |= A_REVERSE;
	if (attrs & TUI_ATTR_UNDERLINE)
		found |= A_UNDERLINE;
	return found;
}

static void set_styles(enum tui_palette palette)
{
	bool own = palette != TUI_PALETTE_MONO && use_default_colors() != ERR;

	for (int n = 0; n < TUI_NUM_STYLES; n++) {
		struct tui_look look =
			tui_style_look((enum tui_style)n, palette);

		if (!own && look.text == TUI_COLOR_NONE)
			look.text = COLOR_WHITE;
		if (!own && look.fill == TUI_COLOR_NONE)
			look.fill = COLOR_BLACK;
		terminal.attrs[n] = curses_attrs(look.attrs);
		terminal.pairs[n] = 0;
		if (palette == TUI_PALETTE_MONO)
			continue;
		init_extended_pair(n + 1, look.text, look.fill);
		terminal.pairs[n] = (short)(n + 1);
	}
}

static void send(const char *sequence)
{
	fflush(stdout);
	tui_restore_write(sequence, strlen(sequence));
}

int tui_terminal_open(const struct tui_terminal_options *options)
{
	enum tui_screen_colors colors = options->colors;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return -ENOTTY;
	tui_restore_save();
	terminal.screen = open_screen(&colors); /* initscr() would exit */
	if (!terminal.screen) {
		tui_restore_forget();
		return -ENOTTY;
	}
	set_escdelay(ESCAPE_DELAY_MS);
	cbreak();
	noecho();
	nonl();
	nodelay(stdscr, TRUE);
	keypad(stdscr, TRUE);
	curs_set(0);
	leaveok(stdscr, TRUE);
	set_styles(choose_palette(colors));
	terminal.ascii = options->ascii;
	terminal.whole = true;
	terminal.has_mouse = key_mouse != NULL;
	tui_restore_arm(terminal.has_mouse ? MOUSE_OFF : "");
	tui_terminal_set_mouse(options->mouse);
	return 0;
}

void tui_terminal_close(void)
{
	if (!terminal.screen)
		return;
	tui_terminal_leave();
	delscreen(terminal.screen);
	tui_canvas_free(&terminal.shown);
	terminal.screen = NULL;
	tui_restore_forget();
}

bool tui_terminal_ascii(void)
{
	return terminal.ascii;
}

void tui_terminal_set_mouse(bool on)
{
	if (!terminal.has_mouse || terminal.mouse == on)
		return;
	terminal.mouse = on;
	send(on ? MOUSE_ON : MOUSE_OFF);
}

void tui_terminal_size(unsigned int *width, unsigned int *height)
{
	struct winsize size = { 0 };

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col &&
	    size.ws_row)
		resizeterm(size.ws_row, size.ws_col);
	*width = COLS > 0 ? (unsigned int)COLS : 1;
	*height = LINES > 0 ? (unsigned int)LINES : 1;
}

static void show_spot(unsigned int x, unsigned int y,
		      const struct tui_spot *spot)
{
	const wchar_t text[] = { (wchar_t)spot->base, (wchar_t)spot->mark, 0 };
	cchar_t shown;

	if (setcchar(&shown, text, terminal.attrs[spot->style],
		     terminal.pairs[spot->style], NULL) != ERR)
		mvadd_wch((int)y, (int)x, &shown);
}

/* Wide characters change whole: curses moves what is behind them. */
static bool differs(const struct tui_spot *now, const struct tui_spot *was,
		    bool whole)
{
	return whole || memcmp(now, was, sizeof(*now)) != 0 ||
	       (now->width == 2 && memcmp(now + 1, was + 1, sizeof(*now)));
}

void tui_terminal_show(const struct tui_canvas *canvas)
{
	const size_t count = (size_t)canvas->width * canvas->height;
	struct tui_canvas *shown = &terminal.shown;

	if (shown->width != canvas->width || shown->height != canvas->height) {
		terminal.whole = true;
		if (tui_canvas_resize(shown, canvas->width, canvas->height))
			return;
	}
	if (terminal.whole) {
		erase();
		clearok(curscr, TRUE);
	}
	for (size_t n = 0; n < count; n++) {
		if (canvas->spots[n].width &&
		    differs(&canvas->spots[n], &shown->spots[n],
			    terminal.whole))
			show_spot((unsigned int)(n % canvas->width),
				  (unsigned int)(n / canvas->width),
				  &canvas->spots[n]);
	}
	memcpy(shown->spots, canvas->spots, count * sizeof(*shown->spots));
	terminal.whole = false;
	refresh();
}

void tui_terminal_touch(void)
{
	terminal.whole = true;
}

void tui_terminal_leave(void)
{
	if (terminal.mouse)
		send(MOUSE_OFF);
	endwin();
	/* Some terminals (those made of libvterm) bring the cursor of their
	 * other screen back together with whether it was seen. */
	if (cursor_normal)
		putp(cursor_normal);
	fflush(stdout);
}

void tui_terminal_enter(void)
{
	refresh(); /* ncurses enters again */
	if (terminal.mouse)
		send(MOUSE_ON);
	tui_terminal_touch();
}
