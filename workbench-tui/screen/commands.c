// SPDX-License-Identifier: GPL-2.0-or-later
/* What the keys of keys.c do, but for those of move.c and find.c. */
#include "screen/view.h"

#define SEEK_MS		10000
#define MAX_SPEED_MILLI 64000
#define MIN_SPEED_MILLI 250

/* --- panes and tabs ------------------------------------------------------- */

static void focus(struct tui_screen *screen, int by)
{
	int count = (int)screen->num_panes + 1; /* and the table */

	screen->focus = (screen->focus + 1 + by + count) % count - 1;
}

static void cmd_next_focus(struct tui_screen *screen)
{
	focus(screen, 1);
}

static void cmd_last_focus(struct tui_screen *screen)
{
	focus(screen, -1);
}

static void cmd_detail(struct tui_screen *screen)
{
	tui_panes_toggle(screen, TUI_PANE_DETAIL);
}

static void cmd_links(struct tui_screen *screen)
{
	tui_panes_toggle(screen, TUI_PANE_LINKS);
}

static void cmd_irqs(struct tui_screen *screen)
{
	tui_panes_toggle(screen, TUI_PANE_IRQS);
}

static void cmd_console(struct tui_screen *screen)
{
	tui_panes_toggle(screen, TUI_PANE_CONSOLE);
}

static void cmd_events(struct tui_screen *screen)
{
	tui_panes_toggle(screen, TUI_PANE_EVENTS);
}

static void switch_tab(struct tui_screen *screen, size_t by)
{
	screen->active = (screen->active + by) % screen->num_tabs;
	tui_tab_update(tui_tab(screen), &screen->settings);
}

static void cmd_next_tab(struct tui_screen *screen)
{
	switch_tab(screen, 1);
}

static void cmd_last_tab(struct tui_screen *screen)
{
	switch_tab(screen, screen->num_tabs - 1);
}

/* --- actions -------------------------------------------------------------- */

static void cmd_start(struct tui_screen *screen)
{
	tui_action_begin(screen, TUI_START);
}

static void cmd_shutdown(struct tui_screen *screen)
{
	tui_action_begin(screen, TUI_SHUTDOWN);
}

static void cmd_destroy(struct tui_screen *screen)
{
	tui_action_begin(screen, TUI_DESTROY);
}

static void cmd_load(struct tui_screen *screen)
{
	tui_action_begin(screen, TUI_LOAD);
}

static void cmd_create(struct tui_screen *screen)
{
	tui_action_begin(screen, TUI_CREATE);
}

/* --- time ----------------------------------------------------------------- */

static void cmd_pause(struct tui_screen *screen)
{
	const struct tui_tab *tab = tui_tab(screen);

	tui_session_pause(tab->session, !tab->model->playback.paused);
}

static bool replays(struct tui_screen *screen)
{
	if (tui_tab(screen)->model->playback.replay)
		return true;
	tui_say(screen, TUI_WARNING, "this is for recordings; see --replay");
	return false;
}

/* The model is another one at once, and so must be its rows. */
static void seek(struct tui_screen *screen, uint64_t ms)
{
	struct tui_tab *tab = tui_tab(screen);

	tui_session_seek(tab->session, ms);
	tui_tab_update(tab, &screen->settings);
}

static void cmd_seek_back(struct tui_screen *screen)
{
	uint64_t at = tui_tab(screen)->model->playback.position_ms;

	if (replays(screen))
		seek(screen, at > SEEK_MS ? at - SEEK_MS : 0);
}

static void cmd_seek_on(struct tui_screen *screen)
{
	uint64_t at = tui_tab(screen)->model->playback.position_ms;

	if (replays(screen))
		seek(screen, at + SEEK_MS);
}

static void cmd_slower(struct tui_screen *screen)
{
	const struct tui_tab *tab = tui_tab(screen);
	unsigned int speed = tab->model->playback.speed_milli / 2;

	if (replays(screen))
		tui_session_set_speed(tab->session, speed < MIN_SPEED_MILLI
							    ? MIN_SPEED_MILLI
							    : speed);
}

static void cmd_faster(struct tui_screen *screen)
{
	const struct tui_tab *tab = tui_tab(screen);
	unsigned int speed = tab->model->playback.speed_milli * 2;

	if (replays(screen))
		tui_session_set_speed(tab->session, speed > MAX_SPEED_MILLI
							    ? MAX_SPEED_MILLI
							    : speed);
}

static void cmd_refresh(struct tui_screen *screen)
{
	tui_session_refresh(tui_tab(screen)->session);
	/* where files are at hand, it has been done already */
	tui_dispatch(screen, screen->active);
}

static void cmd_redraw(struct tui_screen *screen)
{
	(void)screen;
	tui_terminal_touch();
}

static void cmd_quit(struct tui_screen *screen)
{
	screen->quit = true;
}

static const struct tui_command_row commands[] = {
	{ TUI_CMD_HELP, tui_help_open },
	{ TUI_CMD_SETUP, tui_setup_open },
	{ TUI_CMD_SORT, tui_sort_open },
	{ TUI_CMD_START, cmd_start },
	{ TUI_CMD_SHUTDOWN, cmd_shutdown },
	{ TUI_CMD_DESTROY, cmd_destroy },
	{ TUI_CMD_QUIT, cmd_quit },
	{ TUI_CMD_LOAD, cmd_load },
	{ TUI_CMD_CREATE, cmd_create },
	{ TUI_CMD_CANCEL, tui_action_cancel },
	{ TUI_CMD_NEXT_FOCUS, cmd_next_focus },
	{ TUI_CMD_LAST_FOCUS, cmd_last_focus },
	{ TUI_CMD_DETAIL, cmd_detail },
	{ TUI_CMD_LINKS, cmd_links },
	{ TUI_CMD_IRQS, cmd_irqs },
	{ TUI_CMD_CONSOLE, cmd_console },
	{ TUI_CMD_EVENTS, cmd_events },
	{ TUI_CMD_NEXT_TAB, cmd_next_tab },
	{ TUI_CMD_LAST_TAB, cmd_last_tab },
	{ TUI_CMD_PAUSE, cmd_pause },
	{ TUI_CMD_SEEK_BACK, cmd_seek_back },
	{ TUI_CMD_SEEK_ON, cmd_seek_on },
	{ TUI_CMD_SLOWER, cmd_slower },
	{ TUI_CMD_FASTER, cmd_faster },
	{ TUI_CMD_REFRESH, cmd_refresh },
	{ TUI_CMD_REDRAW, cmd_redraw },
	{ TUI_CMD_NONE, NULL },
};

void tui_command(struct tui_screen *screen, enum tui_command command)
{
	static const struct tui_command_row *const tables[] = {
		commands, tui_move_commands, tui_find_commands
	};

	for (size_t n = 0; n < sizeof(tables) / sizeof(*tables); n++) {
		const struct tui_command_row *row = tables[n];

		while (row->run && row->command != command)
			row++;
		if (!row->run)
			continue;
		row->run(screen);
		screen->dirty = true;
		return;
	}
}
