// SPDX-License-Identifier: GPL-2.0-or-later
#include "terminal.h"

#include "cmocka_all.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <vterm.h>

#define LIMIT_MS 100000
#define LARGEST	 (512 * 1024)
/* no letters: they would make words that spell checkers do not know */
#define LOOK_SIGNS "0123456789@#$%&*+=<>?!~^:;|/"
#define MAX_LOOKS  (sizeof(LOOK_SIGNS) - 1)
#define LAST	   5 /* ENQ: which no program here writes */
#define NO_STATUS  (-1)

/* How a character looks. */
struct look {
	VTermColor text, fill;
	bool bold, underline, reverse;
};

struct terminal {
	int master, slave; /* the slave is kept, to look at its modes */
	pid_t pid;
	int status, limit_ms;
	struct termios modes;
	VTerm *vterm;
	VTermScreen *screen;
	bool alternate, cursor, mouse;
	bool last; /* what was written last is through the kernel */
	size_t bytes;
	char *text;
	struct look looks[MAX_LOOKS];
	size_t num_looks;
};

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	struct terminal *terminal = user;

	if (property == VTERM_PROP_ALTSCREEN)
		terminal->alternate = value->boolean;
	if (property == VTERM_PROP_CURSORVISIBLE)
		terminal->cursor = value->boolean;
	if (property == VTERM_PROP_MOUSE)
		terminal->mouse = value->number != 0;
	return 1;
}

static const VTermScreenCallbacks callbacks = {
	.settermprop = on_property,
};

static void run_child(const struct terminal_options *options, int slave)
{
	const char *const *env = options->env;

	setenv("TERM", options->term ? options->term : "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TZ", "UTC", 1);
	unsetenv("COLORTERM");
	unsetenv("NO_COLOR");
	unsetenv("LINES");
	unsetenv("COLUMNS");
	for (; env && *env; env++) {
		char *pair = strdup(*env), *value = strchr(pair, '=');

		*value = '\0';
		setenv(pair, value + 1, 1);
		free(pair);
	}
	setsid();
	ioctl(slave, TIOCSCTTY, 0);
	for (int fd = 0; fd < 3; fd++)
		dup2(slave, fd);
	execv(options->argv[0], (char *const *)(uintptr_t)options->argv);
	_exit(127);
}

struct terminal *terminal_start(const struct terminal_options *options)
{
	struct terminal *terminal = calloc(1, sizeof(*terminal));
	struct winsize size = {
		.ws_col =
			(unsigned short)(options->width ? options->width : 80),
		.ws_row = (unsigned short)(options->height ? options->height
							   : 24),
	};

	assert_non_null(terminal);
	assert_int_equal(
		openpty(&terminal->master, &terminal->slave, NULL, NULL, &size),
		0);
	fcntl(terminal->master, F_SETFD, FD_CLOEXEC);
	fcntl(terminal->slave, F_SETFD, FD_CLOEXEC);
	fcntl(terminal->master, F_SETFL, O_NONBLOCK);
	tcgetattr(terminal->slave, &terminal->modes);
	terminal->status = NO_STATUS;
	terminal->limit_ms = options->limit_ms ? options->limit_ms : LIMIT_MS;
	terminal->cursor = true;
	terminal->text = malloc(LARGEST);
	terminal->vterm = vterm_new(size.ws_row, size.ws_col);
	vterm_set_utf8(terminal->vterm, 1);
	terminal->screen = vterm_obtain_screen(terminal->vterm);
	vterm_screen_enable_altscreen(terminal->screen, 1);
	vterm_screen_set_callbacks(terminal->screen, &callbacks, terminal);
	vterm_screen_reset(terminal->screen, 1);
	terminal->pid = fork();
	assert_true(terminal->pid >= 0);
	if (!terminal->pid)
		run_child(options, terminal->slave);
	return terminal;
}

void terminal_free(struct terminal *terminal)
{
	if (!terminal)
		return;
	if (terminal->status == NO_STATUS) {
		kill(terminal->pid, SIGKILL);
		waitpid(terminal->pid, NULL, 0);
	}
	terminal_hang_up(terminal);
	vterm_free(terminal->vterm);
	free(terminal->text);
	free(terminal);
}

pid_t terminal_pid(const struct terminal *terminal)
{
	return terminal->pid;
}

bool terminal_mouse(const struct terminal *terminal)
{
	return terminal->mouse;
}

size_t terminal_bytes(const struct terminal *terminal)
{
	return terminal->bytes;
}

void terminal_hang_up(struct terminal *terminal)
{
	if (terminal->slave >= 0)
		close(terminal->slave);
	if (terminal->master >= 0)
		close(terminal->master);
	terminal->master = terminal->slave = -1;
}

void terminal_resize(struct terminal *terminal, unsigned int width,
		     unsigned int height)
{
	struct winsize size = { .ws_col = (unsigned short)width,
				.ws_row = (unsigned short)height };

	vterm_set_size(terminal->vterm, (int)height, (int)width);
	ioctl(terminal->master, TIOCSWINSZ, &size);
}

/* Takes our own sign away. */
static size_t take_sign(struct terminal *terminal, char *buffer, size_t size)
{
	char *sign = memchr(buffer, LAST, size);

	if (!sign)
		return size;
	terminal->last = true;
	size--;
	memmove(sign, sign + 1, size - (size_t)(sign - buffer));
	return size;
}

/* Takes what was written, waits for it up to @ms. False: there was nothing. */
static bool pump(struct terminal *terminal, int ms)
{
	struct pollfd fd = { .fd = terminal->master, .events = POLLIN };
	char buffer[8192];
	ssize_t got;

	if (poll(&fd, 1, ms) <= 0)
		return false;
	got = read(terminal->master, buffer, sizeof(buffer));
	if (got <= 0)
		return false;
	got = (ssize_t)take_sign(terminal, buffer, (size_t)got);
	terminal->bytes += (size_t)got;
	vterm_input_write(terminal->vterm, buffer, (size_t)got);
	return true;
}

/* A program that has written may be over before the kernel has passed that on:
 * it is all there when what we write behind it is. */
static void take_last(struct terminal *terminal)
{
	long end = now_ms() + terminal->limit_ms;
	char path[64], sign = LAST;
	int fd;

	if (terminal->master < 0)
		return;
	assert_int_equal(ptsname_r(terminal->master, path, sizeof(path)), 0);
	/* not the program's own: it may be full, and we are to empty it */
	fd = open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	assert_true(fd >= 0);
	while (write(fd, &sign, 1) != 1) {
		assert_true(now_ms() < end);
		pump(terminal, 20);
	}
	close(fd);
	for (terminal->last = false; !terminal->last; pump(terminal, 20))
		assert_true(now_ms() < end);
}

void terminal_send(struct terminal *terminal, const char *keys)
{
	size_t left = strlen(keys);

	while (left) {
		ssize_t put = write(terminal->master, keys, left);

		if (put < 0) {
			assert_int_equal(errno, EAGAIN);
			pump(terminal, 10);
			continue;
		}
		keys += put;
		left -= (size_t)put;
	}
}

static bool ended(struct terminal *terminal)
{
	int status;

	if (terminal->status == NO_STATUS &&
	    waitpid(terminal->pid, &status, WNOHANG) == terminal->pid)
		terminal->status = status;
	return terminal->status != NO_STATUS;
}

static void wait_for(struct terminal *terminal, const char *text, bool shown)
{
	long end = now_ms() + terminal->limit_ms;

	while (terminal_shows(terminal, text) != shown) {
		pump(terminal, 20);
		if (now_ms() < end && !ended(terminal))
			continue;
		while (pump(terminal, 0))
			;
		if (terminal_shows(terminal, text) == shown)
			return;
		/* CMocka's messages end where screens go on */
		fputs(terminal_text(terminal), stdout);
		fflush(stdout);
		fail_msg("\"%s\" is %sthere", text, shown ? "not " : "");
	}
}

void terminal_wait(struct terminal *terminal, const char *text)
{
	wait_for(terminal, text, true);
}

void terminal_wait_gone(struct terminal *terminal, const char *text)
{
	wait_for(terminal, text, false);
}

void terminal_settle(struct terminal *terminal, int ms)
{
	long end = now_ms() + terminal->limit_ms;

	while (pump(terminal, ms))
		assert_true(now_ms() < end);
}

int terminal_wait_end(struct terminal *terminal)
{
	long end = now_ms() + terminal->limit_ms;

	while (!ended(terminal)) {
		assert_true(now_ms() < end);
		if (terminal->master >= 0)
			pump(terminal, 20);
		else
			poll(NULL, 0, 5);
	}
	take_last(terminal);
	return terminal->status;
}

void terminal_wait_stop(struct terminal *terminal)
{
	long end = now_ms() + terminal->limit_ms;
	int status = 0;

	while (waitpid(terminal->pid, &status, WNOHANG | WUNTRACED) == 0) {
		assert_true(now_ms() < end);
		pump(terminal, 5);
	}
	assert_true(WIFSTOPPED(status));
	take_last(terminal);
}

/* --- what is seen --------------------------------------------------------- */

static size_t put_character(uint32_t c, char *text)
{
	if (c < 0x80) {
		text[0] = (char)(c ? c : ' ');
		return 1;
	}
	if (c < 0x800) {
		text[0] = (char)(0xc0 | c >> 6);
		text[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		text[0] = (char)(0xe0 | c >> 12);
		text[1] = (char)(0x80 | (c >> 6 & 0x3f));
		text[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	text[0] = (char)(0xf0 | c >> 18);
	text[1] = (char)(0x80 | (c >> 12 & 0x3f));
	text[2] = (char)(0x80 | (c >> 6 & 0x3f));
	text[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* Appends line @y to @text; returns its end. */
static char *put_line(struct terminal *terminal, int y, char *text)
{
	char *begin = text;
	int rows, columns;

	vterm_get_size(terminal->vterm, &rows, &columns);
	for (int x = 0; x < columns;) {
		VTermScreenCell cell;

		vterm_screen_get_cell(terminal->screen,
				      (VTermPos){ .row = y, .col = x }, &cell);
		for (int n = 0; n < VTERM_MAX_CHARS_PER_CELL; n++) {
			if (n && !cell.chars[n])
				break;
			text += put_character(cell.chars[n], text);
		}
		x += cell.width > 1 ? cell.width : 1;
	}
	while (text > begin && text[-1] == ' ')
		text--;
	*text = '\0';
	return text;
}

const char *terminal_line(struct terminal *terminal, unsigned int y)
{
	put_line(terminal, (int)y, terminal->text);
	return terminal->text;
}

const char *terminal_text(struct terminal *terminal)
{
	char *text = terminal->text;
	int rows, columns;

	vterm_get_size(terminal->vterm, &rows, &columns);
	for (int y = 0; y < rows; y++) {
		text = put_line(terminal, y, text);
		*text++ = '\n';
	}
	*text = '\0';
	return terminal->text;
}

bool terminal_shows(struct terminal *terminal, const char *text)
{
	return strstr(terminal_text(terminal), text) != NULL;
}

/* --- how it looks --------------------------------------------------------- */

static bool is_default(const VTermColor *color)
{
	return VTERM_COLOR_IS_DEFAULT_FG(color) ||
	       VTERM_COLOR_IS_DEFAULT_BG(color);
}

static bool same_color(const VTermColor *a, const VTermColor *b)
{
	return is_default(a) ? is_default(b)
			     : !is_default(b) && vterm_color_is_equal(a, b);
}

/* '.' for what has no colour and no attribute, else a sign of its own. */
static char look_sign(struct terminal *terminal, const VTermScreenCell *cell)
{
	const struct look look = { cell->fg, cell->bg, cell->attrs.bold,
				   cell->attrs.underline != 0,
				   cell->attrs.reverse };
	size_t n;

	if (is_default(&look.text) && is_default(&look.fill) && !look.bold &&
	    !look.underline && !look.reverse)
		return '.';
	for (n = 0; n < terminal->num_looks; n++) {
		const struct look *known = &terminal->looks[n];

		if (same_color(&known->text, &look.text) &&
		    same_color(&known->fill, &look.fill) &&
		    known->bold == look.bold &&
		    known->underline == look.underline &&
		    known->reverse == look.reverse)
			break;
	}
	assert_true(n < MAX_LOOKS);
	if (n == terminal->num_looks)
		terminal->looks[terminal->num_looks++] = look;
	return LOOK_SIGNS[n];
}

static char *put_color(const VTermColor *color, const char *name, char *text)
{
	if (is_default(color))
		return text;
	if (VTERM_COLOR_IS_INDEXED(color))
		return text + sprintf(text, " %s %u", name, color->indexed.idx);
	return text + sprintf(text, " %s #%02x%02x%02x", name, color->rgb.red,
			      color->rgb.green, color->rgb.blue);
}

const char *terminal_looks(struct terminal *terminal)
{
	char *text = terminal->text;
	int rows, columns;

	terminal->num_looks = 0;
	vterm_get_size(terminal->vterm, &rows, &columns);
	for (int y = 0; y < rows; y++) {
		char *begin = text;

		for (int x = 0; x < columns; x++) {
			VTermScreenCell cell;

			vterm_screen_get_cell(terminal->screen,
					      (VTermPos){ .row = y, .col = x },
					      &cell);
			*text++ = look_sign(terminal, &cell);
		}
		while (text > begin && text[-1] == '.')
			text--;
		*text++ = '\n';
	}
	for (size_t n = 0; n < terminal->num_looks; n++) {
		const struct look *look = &terminal->looks[n];

		*text++ = LOOK_SIGNS[n];
		*text++ = ':';
		text = put_color(&look->text, "text", text);
		text = put_color(&look->fill, "fill", text);
		text += sprintf(text, "%s%s%s\n", look->bold ? " bold" : "",
				look->underline ? " underlined" : "",
				look->reverse ? " reversed" : "");
	}
	*text = '\0';
	return terminal->text;
}

void terminal_check_restored(struct terminal *terminal)
{
	struct termios now;

	assert_int_equal(tcgetattr(terminal->slave, &now), 0);
	assert_int_equal(now.c_lflag, terminal->modes.c_lflag);
	assert_int_equal(now.c_iflag, terminal->modes.c_iflag);
	assert_int_equal(now.c_oflag, terminal->modes.c_oflag);
	assert_false(terminal->alternate);
	assert_false(terminal->mouse);
	assert_true(terminal->cursor);
}
