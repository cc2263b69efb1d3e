// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

#include "screen/restore.h"

/* Written by handlers, read by the loop; opened before they are set. */
static int ends[2] = { -1, -1 };
/* Somebody asked us to end, and nothing came of it. */
static volatile sig_atomic_t asked;

static const struct caught {
	int signal;
	bool ends_us;
} caught[] = {
	{ SIGWINCH, false }, { SIGCONT, false }, { SIGTSTP, false },
	{ SIGTERM, true },   { SIGINT, true },	 { SIGHUP, true },
	{ SIGQUIT, true },
};

#define NUM_CAUGHT (sizeof(caught) / sizeof(caught[0]))

static void note(int signal)
{
	const int before = errno;
	const char byte = (char)signal;
	ssize_t done;

	for (size_t n = 0; n < NUM_CAUGHT; n++) {
		if (caught[n].signal != signal || !caught[n].ends_us)
			continue;
		/* The loop hangs, say in a terminal that takes nothing: do
		 * not make them reach for SIGKILL. */
		if (asked++) {
			tui_restore_now();
			_exit(128 + signal);
		}
	}
	done = write(ends[1], &byte, 1); /* full: it looks anyway */
	(void)done;
	errno = before;
}

int tui_signals_open(void)
{
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK))
		return -errno;
	asked = 0;
	for (size_t n = 0; n < NUM_CAUGHT; n++) {
		struct sigaction action = { .sa_handler = note,
					    .sa_flags = SA_RESTART };

		sigaction(caught[n].signal, &action, NULL);
	}
	signal(SIGPIPE, SIG_IGN);
	return ends[0];
}

void tui_signals_close(void)
{
	for (size_t n = 0; n < NUM_CAUGHT; n++)
		signal(caught[n].signal, SIG_DFL);
	for (int n = 0; n < 2; n++) {
		if (ends[n] >= 0)
			close(ends[n]);
		ends[n] = -1;
	}
}

int tui_signals_next(void)
{
	unsigned char byte;

	return read(ends[0], &byte, 1) == 1 ? byte : 0;
}
