// SPDX-License-Identifier: GPL-2.0-or-later
#include "stats_screen.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <ncurses.h>

#include "stats_read.h"

/* A first look soon, then a rate that can be read. */
#define FIRST_REFRESH_MS 1000
#define REFRESH_MS	 4000

struct screen {
	const struct sysfs_cell *cell;
	int cpu; /* -1: all */
	bool has_before;
	struct stats_sample before;
	struct stats_sample now;
	struct stats_row *rows;
	size_t count;
};

static void draw(const struct screen *screen)
{
	char text[256];

	erase();
	mvprintw(0, 0, "Statistics for %.*s cell", COLS > 30 ? COLS - 20 : 10,
		 screen->cell->name);
	for (int line = 0;
	     line + 2 < LINES - 1 &&
	     stats_format_line(screen->rows, screen->count, screen->cpu,
			       (size_t)line, (size_t)COLS, text, sizeof(text));
	     line++) {
		if (line == 0)
			attron(A_REVERSE);
		mvaddstr(line + 2, 0, text);
		if (line == 0)
			attroff(A_REVERSE);
	}
	mvaddnstr(LINES - 1, 0, "q quit  c next CPU  a all CPUs", COLS);
	refresh();
}

static void forget(struct screen *screen)
{
	stats_clear(&screen->before);
	stats_clear(&screen->now);
	screen->has_before = false;
}

/* Takes a sample; the one before it is what rates refer to. */
static int sample(struct screen *screen)
{
	struct stats_sample now;
	struct stats_row *rows;
	int err;

	err = stats_read(screen->cell->id, screen->cpu, &now);
	if (err)
		return err;
	rows = reallocarray(screen->rows, now.count + 1, sizeof(*rows));
	if (!rows) {
		stats_clear(&now);
		return -ENOMEM;
	}
	stats_clear(&screen->before);
	screen->before = screen->now;
	screen->now = now;
	screen->rows = rows;
	screen->count =
		stats_compute(screen->has_before ? &screen->before : NULL,
			      &screen->now, rows);
	screen->has_before = true;
	return 0;
}

static int select_cpu(struct screen *screen, bool all)
{
	size_t count;
	int *cpus, err;

	err = stats_read_cpus(screen->cell->id, &cpus, &count);
	if (err)
		return err;
	screen->cpu = all ? -1 : stats_next_cpu(cpus, count, screen->cpu);
	free(cpus);
	forget(screen);
	return sample(screen);
}

static int loop(struct screen *screen)
{
	int err = sample(screen);

	timeout(FIRST_REFRESH_MS);
	while (!err) {
		draw(screen);
		switch (getch()) {
		case 'q':
			return 0;
		case 'a':
			err = select_cpu(screen, true);
			timeout(FIRST_REFRESH_MS);
			break;
		case 'c':
			err = select_cpu(screen, false);
			timeout(FIRST_REFRESH_MS);
			break;
		case ERR:
			err = sample(screen);
			timeout(REFRESH_MS);
			break;
		default: /* a resize needs nothing but drawing */
			break;
		}
	}
	return err;
}

int stats_screen_run(const struct sysfs_cell *cell)
{
	struct screen screen = { .cell = cell, .cpu = -1 };
	SCREEN *terminal;
	int err;

	/* initscr() would end the program */
	terminal = newterm(NULL, stdout, stdin);
	if (!terminal)
		return -ENOTTY;
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	curs_set(0);
	err = loop(&screen);
	endwin();
	delscreen(terminal);

	forget(&screen);
	free(screen.rows);
	return err;
}
