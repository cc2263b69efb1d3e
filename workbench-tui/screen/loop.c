// SPDX-License-Identifier: GPL-2.0-or-later
/* What the screen waits for: keys, signals, targets and the time. */
#include "screen/view.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "screen/signals.h"

static void resize(struct tui_screen *screen)
{
	unsigned int width, height;

	tui_terminal_size(&width, &height);
	if (width != screen->canvas.width || height != screen->canvas.height)
		tui_canvas_resize(&screen->canvas, width, height);
	screen->dirty = true;
}

void tui_handle(struct tui_screen *screen, const struct tui_input *input)
{
	if (screen->message_until_ms) {
		screen->message_until_ms = 0;
		screen->dirty = true;
	}
	if (screen->overlay)
		screen->overlay->input(screen, input);
	else if (input->kind == TUI_INPUT_KEY)
		tui_command(screen, tui_keys_command(input->key));
	else if (input->kind != TUI_INPUT_NONE)
		tui_mouse(screen, input);
}

static void handle_signals(struct tui_screen *screen)
{
	for (int signal; (signal = tui_signals_next()) != 0;) {
		switch (signal) {
		case SIGWINCH:
			break;
		case SIGTSTP:
			tui_terminal_leave();
			raise(SIGSTOP);
			break; /* SIGCONT follows */
		case SIGCONT:
			/* the shell, or whoever, has used it since */
			tui_terminal_leave();
			tui_terminal_enter();
			break;
		default:
			screen->quit = true;
			return;
		}
	}
	resize(screen);
}

/* How actions ended, also where nobody sees the events. */
static void tell_actions(struct tui_screen *screen, struct tui_tab *tab)
{
	const struct tui_model *model = tab->model;

	/* a replay that went back begins anew */
	if (tab->events_told > model->num_events)
		tab->events_told = 0;
	while (tab->events_told < model->num_events) {
		const struct tui_event *event =
			tui_model_event(model, ++tab->events_told);

		if (event && event->kind == TUI_EVENT_ACTION)
			tui_say(screen, event->severity, "%s", event->text);
	}
}

void tui_dispatch(struct tui_screen *screen, size_t index)
{
	struct tui_tab *tab = &screen->tabs[index];
	int changed = tui_session_dispatch(tab->session);

	if (changed < 0)
		tui_say(screen, TUI_ERROR, "%s: %s", tab->model->target,
			strerror(-changed));
	if (changed <= 0)
		return;
	tui_tab_update(tab, &screen->settings);
	tell_actions(screen, tab);
	if (tui_session_local(tab->session))
		tui_repair_look(&screen->repair, tab->model);
	/* of another tab, only its state is seen */
	if (index == screen->active || screen->num_tabs > 1)
		screen->dirty = true;
}

/* A terminal that can be read and has nothing is gone. */
static bool read_input(struct tui_screen *screen)
{
	struct tui_input input;
	int waiting = 0;

	if (ioctl(STDIN_FILENO, FIONREAD, &waiting) || !waiting)
		return false;
	while (!screen->quit && tui_input_next(&input))
		tui_handle(screen, &input);
	return true;
}

/* Until something is to be done that no descriptor tells; -1: nothing. */
static int wait_ms(const struct tui_screen *screen)
{
	uint64_t now = tui_now_ms();
	int repair = tui_repair_wait_ms(&screen->repair, now);
	int message;

	if (!screen->message_until_ms)
		return repair;
	message = screen->message_until_ms > now
			  ? (int)(screen->message_until_ms - now)
			  : 0;
	return repair >= 0 && repair < message ? repair : message;
}

/* What it takes to draw all: a byte and a half for each character. */
static size_t bytes_of_all(const struct tui_canvas *canvas)
{
	return (size_t)canvas->width * canvas->height * 3 / 2;
}

static void show(struct tui_screen *screen)
{
	if (screen->message_until_ms &&
	    tui_now_ms() >= screen->message_until_ms) {
		screen->message_until_ms = 0;
		screen->dirty = true;
	}
	tui_question_open(screen);
	if (tui_repair_due(&screen->repair, tui_now_ms(),
			   bytes_of_all(&screen->canvas))) {
		tui_terminal_repair();
		screen->dirty = true;
	}
	if (!screen->dirty)
		return;
	tui_draw(screen);
	tui_terminal_show(&screen->canvas);
}

int tui_loop(struct tui_screen *screen, int signals)
{
	struct pollfd fds[2 + TUI_MAX_TABS] = {
		{ .fd = signals, .events = POLLIN },
		{ .fd = STDIN_FILENO, .events = POLLIN },
	};

	for (size_t n = 0; n < screen->num_tabs; n++)
		fds[2 + n] = (struct pollfd){
			.fd = tui_session_fd(screen->tabs[n].session),
			.events = POLLIN,
		};
	resize(screen);
	/* where files are at hand, they have been read */
	for (size_t n = 0; n < screen->num_tabs; n++)
		tui_dispatch(screen, n);
	while (!screen->quit) {
		show(screen);
		if (poll(fds, 2 + screen->num_tabs, wait_ms(screen)) < 0) {
			if (errno == EINTR)
				continue;
			return -errno;
		}
		if (fds[0].revents)
			handle_signals(screen);
		if (fds[1].revents & (POLLIN | POLLHUP | POLLERR | POLLNVAL) &&
		    !read_input(screen))
			return 0;
		for (size_t n = 0; n < screen->num_tabs; n++) {
			if (fds[2 + n].revents)
				tui_dispatch(screen, n);
		}
	}
	return 0;
}
