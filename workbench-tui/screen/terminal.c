// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

#include "screen/output.h"
#include "screen/restore.h"
#include "screen/text.h"

#define LONGEST_TERM 64
/* Bytes of the stack that setupterm() may have used: the functions in there
 * have arrays of 32 KiB, the longest that a description may be. */
#define DEEPEST_STACK (128 << 10)
/* Columns that are rather written once more than jumped over: a jump takes
 * about as many bytes. */
#define LONGEST_GAP 6

/* Buttons and wheel, with numbers in decimal (xterm's control sequences, "SGR
 * mouse mode"). */
#define MOUSE_ON  "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

/*
 * terminfo has one terminal of a process, and so has this file: set by open,
 * cleared by close, used by one thread. Of ncurses, only terminfo is used: its
 * windows would be three more copies of the canvas, of 28 bytes a column.
 */
static struct {
	bool open;
	struct termios modes, found; /* ours, and those from before */
	struct tui_canvas shown;     /* what is on it */
	bool whole;		     /* shown is not what is on it */
	bool repair;		     /* nor is it what others wrote over */
	bool shared;
	bool ascii;
	bool mouse, has_mouse;
	struct tui_look looks[TUI_NUM_STYLES];
} terminal;

/* Where the next character goes, and how it will look. */
static struct {
	bool placed; /* x and y are known */
	unsigned int x, y;
	struct tui_look look;
} pen;

/* A description of the same terminal that has true colour: ncurses' own
 * names, "xterm-direct" for "xterm-256color". false: none is installed. */
static bool describe_direct(const char *name)
{
	const char *dash = name ? strchr(name, '-') : NULL;
	int length = dash ? (int)(dash - name) : (int)strlen(name ? name : "");
	int found = 0;
	char direct[LONGEST_TERM];

	if (!length || length > LONGEST_TERM - 8)
		return false;
	snprintf(direct, sizeof(direct), "%.*s-direct", length, name);
	return !setupterm(direct, STDOUT_FILENO, &found) && found == 1;
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

/* The stack never shrinks: pages that were written to below what is in use now,
 * once and not again, are given back. */
static void give_back_stack(void)
{
	const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	/* a page further down than this function and what it calls may be */
	const uintptr_t end =
		((uintptr_t)__builtin_frame_address(0) & ~(page - 1)) - page;

	madvise((void *)(end - DEEPEST_STACK), DEEPEST_STACK, MADV_DONTNEED);
}

/* Finds out what the terminal can do. false: nobody described it, or it
 * cannot show a screen. */
static bool describe(enum tui_screen_colors *colors)
{
	int found = 0;

	if (*colors == TUI_SCREEN_AUTO && no_color())
		*colors = TUI_SCREEN_MONO;
	if ((*colors == TUI_SCREEN_TRUE ||
	     (*colors == TUI_SCREEN_AUTO && says_true_color())) &&
	    describe_direct(getenv("TERM")))
		return true;
	if (setupterm(NULL, STDOUT_FILENO, &found) || found != 1)
		return false;
	if (cursor_address && clear_screen)
		return true;
	del_curterm(cur_term);
	return false;
}

/* The richest palette that is wanted and that there is. */
static enum tui_palette choose_palette(enum tui_screen_colors wanted)
{
	enum tui_palette has = TUI_PALETTE_MONO;
	/* the struct of term.h has it in 16 bits */
	int colors = tigetnum("colors");

	if (wanted == TUI_SCREEN_MONO || !set_a_foreground || !set_a_background)
		return TUI_PALETTE_MONO;
	if (colors >= 8)
		has = TUI_PALETTE_16;
	if (colors >= 256)
		has = TUI_PALETTE_256;
	if (colors >= 1 << 24)
		has = TUI_PALETTE_TRUE;
	if (wanted == TUI_SCREEN_16 && has > TUI_PALETTE_16)
		return TUI_PALETTE_16;
	if (wanted == TUI_SCREEN_256 && has == TUI_PALETTE_TRUE)
		return TUI_PALETTE_TRUE; /* indices mean something else there */
	return has;
}

static void set_styles(enum tui_palette palette)
{
	for (int n = 0; n < TUI_NUM_STYLES; n++)
		terminal.looks[n] = tui_style_look((enum tui_style)n, palette);
}

/* --- modes ---------------------------------------------------------------- */

/* Keys come one by one and are not shown; signals' keys stay. */
static void set_modes(void)
{
	struct termios modes;

	if (tcgetattr(STDIN_FILENO, &modes))
		return;
	terminal.found = terminal.modes = modes;
	terminal.modes.c_iflag &= ~(tcflag_t)ICRNL;
	terminal.modes.c_oflag &= ~(tcflag_t)ONLCR;
	terminal.modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	terminal.modes.c_cc[VMIN] = 1;
	terminal.modes.c_cc[VTIME] = 0;
}

void tui_terminal_enter(void)
{
	tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal.modes);
	tui_output_capability(enter_ca_mode);
	tui_output_capability(keypad_xmit);
	tui_output_capability(cursor_invisible);
	if (terminal.mouse)
		tui_output_bytes(MOUSE_ON, strlen(MOUSE_ON));
	tui_output_flush();
	tui_terminal_touch();
}

void tui_terminal_leave(void)
{
	if (terminal.mouse)
		tui_output_bytes(MOUSE_OFF, strlen(MOUSE_OFF));
	tui_output_capability(exit_attribute_mode);
	/* where there is no other screen, the shell goes on below ours */
	if (terminal.shown.height)
		tui_output_capability(tiparm(
			cursor_address, (int)terminal.shown.height - 1, 0));
	tui_output_capability(keypad_local);
	tui_output_capability(exit_ca_mode);
	/* Behind that: some terminals (those made of libvterm) bring the
	 * cursor of their other screen back together with whether it was
	 * seen. */
	tui_output_capability(cursor_normal);
	tui_output_flush();
	tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal.found);
}

int tui_terminal_open(const struct tui_terminal_options *options)
{
	enum tui_screen_colors colors = options->colors;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
	    !describe(&colors))
		return -ENOTTY;
	give_back_stack();
	set_styles(choose_palette(colors));
	terminal.open = true;
	terminal.ascii = options->ascii;
	terminal.shared = options->shared;
	terminal.has_mouse = key_mouse != NULL;
	terminal.mouse = terminal.has_mouse && options->mouse;
	tui_restore_save();
	tui_restore_arm(terminal.has_mouse ? MOUSE_OFF : "");
	set_modes();
	tui_terminal_enter();
	return 0;
}

void tui_terminal_close(void)
{
	if (!terminal.open)
		return;
	tui_terminal_leave();
	del_curterm(cur_term);
	tui_canvas_free(&terminal.shown);
	terminal.open = terminal.mouse = false;
	tui_restore_forget();
}

bool tui_terminal_ascii(void)
{
	return terminal.ascii;
}

void tui_terminal_set_mouse(bool on)
{
	const char *sequence = on ? MOUSE_ON : MOUSE_OFF;

	if (!terminal.has_mouse || terminal.mouse == on)
		return;
	terminal.mouse = on;
	tui_output_bytes(sequence, strlen(sequence));
	tui_output_flush();
}

/* What a user says of a line that does not tell itself, or what the terminal's
 * description does. */
static unsigned int assumed(const char *variable, int described,
			    unsigned int usual)
{
	const char *said = getenv(variable);
	long value = said ? strtol(said, NULL, 10) : 0;

	if (value <= 0 || value > 1000)
		value = described;
	return value > 0 ? (unsigned int)value : usual;
}

void tui_terminal_size(unsigned int *width, unsigned int *height)
{
	struct winsize size = { 0 };

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col &&
	    size.ws_row) {
		*width = size.ws_col;
		*height = size.ws_row;
	} else {
		*width = assumed("COLUMNS", columns, 80);
		*height = assumed("LINES", lines, 24);
	}
}

/* --- showing -------------------------------------------------------------- */

static bool same_look(const struct tui_look *a, const struct tui_look *b)
{
	return a->text == b->text && a->fill == b->fill && a->attrs == b->attrs;
}

static void set_look(const struct tui_look *look)
{
	if (same_look(&pen.look, look))
		return;
	pen.look = *look;
	/* which ends colours, too, where there are any */
	tui_output_capability(exit_attribute_mode);
	if (look->attrs & TUI_ATTR_BOLD)
		tui_output_capability(enter_bold_mode);
	if (look->attrs & TUI_ATTR_DIM)
		tui_output_capability(enter_dim_mode);
	if (look->attrs & TUI_ATTR_REVERSE)
		tui_output_capability(enter_reverse_mode);
	if (look->attrs & TUI_ATTR_UNDERLINE)
		tui_output_capability(enter_underline_mode);
	if (look->text != TUI_COLOR_NONE)
		tui_output_capability(tiparm(set_a_foreground, look->text));
	if (look->fill != TUI_COLOR_NONE)
		tui_output_capability(tiparm(set_a_background, look->fill));
}

/* The line's end leaves the cursor where terminals disagree. */
static void show_spot(const struct tui_canvas *canvas,
		      const struct tui_spot *spot)
{
	char text[8];

	set_look(&terminal.looks[spot->style]);
	tui_output_bytes(text, tui_text_encode(spot->base, text));
	if (spot->mark)
		tui_output_bytes(text, tui_text_encode(spot->mark, text));
	pen.x += spot->width;
	pen.placed = pen.x < canvas->width;
}

/* What is between the pen and @x of its line can be written as it is. */
static bool short_gap(const struct tui_canvas *canvas, unsigned int x,
		      unsigned int y)
{
	const struct tui_spot *line = canvas->spots + (size_t)y * canvas->width;

	if (!pen.placed || pen.y != y || pen.x > x || x - pen.x > LONGEST_GAP)
		return false;
	for (unsigned int n = pen.x; n < x; n++) {
		if (!same_look(&pen.look, &terminal.looks[line[n].style]))
			return false;
	}
	return true;
}

static void bring_pen(const struct tui_canvas *canvas, unsigned int x,
		      unsigned int y)
{
	if (!short_gap(canvas, x, y)) {
		tui_output_capability(tiparm(cursor_address, (int)y, (int)x));
		pen.placed = true;
		pen.x = x;
		pen.y = y;
	}
	while (pen.x < x)
		show_spot(canvas,
			  &canvas->spots[(size_t)y * canvas->width + pen.x]);
}

/* Wide characters change whole: terminals blank what is left of one. */
static bool differs(const struct tui_spot *now, const struct tui_spot *was)
{
	return memcmp(now, was, sizeof(*now)) != 0 ||
	       (now->width == 2 && memcmp(now + 1, was + 1, sizeof(*now)));
}

/* Some terminals move all lines up when their last column is written. */
static bool scrolls(const struct tui_canvas *canvas, unsigned int x,
		    unsigned int y, unsigned int width)
{
	return auto_right_margin && !eat_newline_glitch &&
	       y + 1 == canvas->height && x + width == canvas->width;
}

static void show_line(const struct tui_canvas *canvas, unsigned int y)
{
	const size_t at = (size_t)y * canvas->width;
	const struct tui_spot *now = canvas->spots + at;
	struct tui_spot *was = terminal.shown.spots + at;

	if (!memcmp(now, was, canvas->width * sizeof(*now)))
		return;
	for (unsigned int x = 0; x < canvas->width; x++) {
		if (!now[x].width || !differs(&now[x], &was[x]) ||
		    scrolls(canvas, x, y, now[x].width))
			continue;
		bring_pen(canvas, x, y);
		show_spot(canvas, &now[x]);
	}
	memcpy(was, now, canvas->width * sizeof(*now));
}

static void show_nothing(void)
{
	tui_output_capability(exit_attribute_mode);
	pen.look = terminal.looks[TUI_NORMAL];
	tui_output_capability(clear_screen);
	pen.placed = false;
	tui_canvas_clear(&terminal.shown);
	terminal.whole = terminal.repair = false;
}

/* Line by line: the screen is not seen to be empty meanwhile. */
static void clear_line(const struct tui_canvas *canvas, unsigned int y)
{
	static const struct tui_spot blank = { .base = ' ', .width = 1 };
	struct tui_spot *was = terminal.shown.spots + (size_t)y * canvas->width;

	set_look(&terminal.looks[TUI_NORMAL]);
	bring_pen(canvas, 0, y);
	tui_output_capability(clr_eol);
	for (unsigned int x = 0; x < canvas->width; x++)
		was[x] = blank;
}

void tui_terminal_show(const struct tui_canvas *canvas)
{
	struct tui_canvas *shown = &terminal.shown;

	if (shown->width != canvas->width || shown->height != canvas->height) {
		terminal.whole = true;
		if (tui_canvas_resize(shown, canvas->width, canvas->height))
			return;
	}
	/* the cursor is where others left it */
	pen.placed &= !terminal.shared;
	if (terminal.whole || (terminal.repair && !clr_eol))
		show_nothing();
	for (unsigned int y = 0; y < canvas->height; y++) {
		if (terminal.repair)
			clear_line(canvas, y);
		show_line(canvas, y);
	}
	terminal.repair = false;
	tui_output_flush();
}

void tui_terminal_touch(void)
{
	terminal.whole = true;
}

void tui_terminal_repair(void)
{
	terminal.repair = true;
}
