// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/restore.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

/* Set while no signal of the list can come, read by its handlers. */
static struct {
	bool has_modes;
	struct termios modes;
	char sequence[256];
	size_t size;
} saved;

static const int deadly[] = {
	SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS
};

void tui_restore_write(const char *data, size_t size)
{
	while (size) {
		ssize_t done = write(STDOUT_FILENO, data, size);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return;
		data += done;
		size -= (size_t)done;
	}
}

void tui_restore_now(void)
{
	tui_restore_write(saved.sequence, saved.size);
	saved.size = 0;
	if (saved.has_modes)
		tcsetattr(STDIN_FILENO, TCSANOW, &saved.modes);
	saved.has_modes = false;
}

static void die(int signal)
{
	tui_restore_now();
	raise(signal); /* SA_RESETHAND: as if there were no handler */
}

void tui_restore_save(void)
{
	saved.has_modes = tcgetattr(STDIN_FILENO, &saved.modes) == 0;
	saved.size = 0;
}

/* A string of terminfo without its delays: "$<5>". */
static void add(const char *text)
{
	while (text && *text && saved.size < sizeof(saved.sequence)) {
		if (text[0] == '$' && text[1] == '<' && strchr(text, '>')) {
			text = strchr(text, '>') + 1;
			continue;
		}
		saved.sequence[saved.size++] = *text++;
	}
}

void tui_restore_arm(const char *sequence)
{
	struct sigaction action = { .sa_handler = die,
				    .sa_flags = SA_RESETHAND | SA_NODEFER };

	add(sequence);
	add(orig_pair);
	add(exit_attribute_mode);
	add(keypad_local);
	add(cursor_normal);
	add(exit_ca_mode);
	for (size_t n = 0; n < sizeof(deadly) / sizeof(deadly[0]); n++)
		sigaction(deadly[n], &action, NULL);
}

void tui_restore_forget(void)
{
	for (size_t n = 0; n < sizeof(deadly) / sizeof(deadly[0]); n++)
		signal(deadly[n], SIG_DFL);
	saved.size = 0;
	saved.has_modes = false;
}
