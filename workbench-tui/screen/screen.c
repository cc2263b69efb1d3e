// SPDX-License-Identifier: GPL-2.0-or-later
/* The screen as an object. */
#include "screen/screen.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "screen/serial.h"
#include "screen/signals.h"
#include "screen/view.h"

uint64_t tui_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void tui_say(struct tui_screen *screen, enum tui_severity severity,
	     const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(screen->message, sizeof(screen->message), format, args);
	va_end(args);
	screen->message_severity = severity;
	screen->message_until_ms = tui_now_ms() + TUI_MESSAGE_MS;
	screen->dirty = true;
}

/* Options are for once: where they still hold, what they hide is kept. */
static void uncover(const struct tui_screen *screen,
		    struct tui_settings *settings)
{
	const struct tui_screen_options *options = &screen->options;

	if (options->columns && !strcmp(settings->columns, options->columns))
		strcpy(settings->columns, screen->hidden.columns);
	if (options->sort && !strcmp(settings->sort, options->sort))
		strcpy(settings->sort, screen->hidden.sort);
	if (options->no_mouse && settings->no_mouse)
		settings->no_mouse = screen->hidden.no_mouse;
}

void tui_screen_save(struct tui_screen *screen)
{
	struct tui_settings settings = screen->settings;
	int err;

	if (!screen->settings_path)
		return;
	uncover(screen, &settings);
	err = tui_settings_write(&settings, screen->settings_path);
	if (err == -EROFS && screen->settings.version > TUI_SETTINGS_VERSION)
		tui_say(screen, TUI_WARNING,
			"settings are not kept: %s is of a newer jh-top",
			screen->settings_path);
	else if (err)
		tui_say(screen, TUI_WARNING, "settings are not kept: %s: %s",
			screen->settings_path, strerror(-err));
}

static void apply_options(struct tui_screen *screen)
{
	const struct tui_screen_options *options = &screen->options;
	struct tui_settings *settings = &screen->settings;

	strcpy(screen->hidden.columns, settings->columns);
	strcpy(screen->hidden.sort, settings->sort);
	screen->hidden.no_mouse = settings->no_mouse;
	if (options->columns)
		snprintf(settings->columns, sizeof(settings->columns), "%s",
			 options->columns);
	if (options->sort)
		snprintf(settings->sort, sizeof(settings->sort), "%s",
			 options->sort);
	if (options->no_mouse)
		settings->no_mouse = true;
}

struct tui_screen *tui_screen_new(const struct tui_screen_options *options)
{
	struct tui_screen *screen = calloc(1, sizeof(*screen));
	int err = 0;

	if (!screen)
		return NULL;
	screen->options = *options;
	screen->settings_path = options->settings ? strdup(options->settings)
						  : tui_settings_path();
	tui_settings_init(&screen->settings);
	if (screen->settings_path)
		err = tui_settings_read(&screen->settings,
					screen->settings_path);
	if (err) /* and they are not overwritten by what was not read */
		tui_say(screen, TUI_WARNING, "settings: %s: %s",
			screen->settings_path, strerror(-err));
	if (err) {
		free(screen->settings_path);
		screen->settings_path = NULL;
	}
	apply_options(screen);
	tui_panes_from_settings(screen);
	return screen;
}

void tui_screen_free(struct tui_screen *screen)
{
	if (!screen)
		return;
	tui_settings_clear(&screen->settings);
	free(screen->settings_path);
	tui_canvas_free(&screen->canvas);
	free(screen);
}

void tui_screen_ask(struct tui_session *session, void *user,
		    enum jhcfg_question question, const char *prompt)
{
	struct tui_screen *screen = user;

	for (size_t n = 0; n < screen->num_tabs; n++) {
		struct tui_tab *tab = &screen->tabs[n];

		if (tab->session != session)
			continue;
		snprintf(tab->question, sizeof(tab->question), "%s",
			 *prompt ? prompt : "Password:");
		tab->question_kind = question;
		screen->dirty = true;
		return;
	}
	tui_session_answer(session, NULL);
}

/* --- running ------------------------------------------------------------- */

static int add_tabs(struct tui_screen *screen,
		    struct tui_session *const *sessions, size_t count)
{
	for (size_t n = 0; n < count && n < TUI_MAX_TABS; n++) {
		int err = tui_tab_init(&screen->tabs[n], sessions[n], screen);

		if (err)
			return err;
		screen->num_tabs++;
		if (screen->settings.delay_ms && !screen->options.has_delay)
			tui_session_set_delay(sessions[n],
					      screen->settings.delay_ms);
	}
	return 0;
}

static void use_budgets(const struct tui_screen *screen)
{
	for (size_t n = 0; n < screen->num_tabs; n++)
		tui_session_set_budgets(screen->tabs[n].session,
					&screen->budgets);
}

/* Budgets of the command line come before those that were kept, which stay as
 * they are. */
static void apply_budgets(struct tui_screen *screen)
{
	const struct tui_budgets *more = screen->options.budgets;

	tui_budgets_copy(&screen->budgets, &screen->settings.budgets);
	for (size_t n = 0; more && n < more->count; n++) {
		char text[TUI_BUDGET_TEXT];

		tui_budget_format(&more->all[n], text);
		tui_budgets_add(&screen->budgets, text);
	}
	use_budgets(screen);
}

int tui_screen_budget(struct tui_screen *screen, const char *text)
{
	int err = tui_budgets_add(&screen->budgets, text);

	if (!err)
		err = tui_budgets_add(&screen->settings.budgets, text);
	if (err)
		return err;
	use_budgets(screen);
	tui_screen_save(screen);
	return 0;
}

/* Where the locale that was asked for is not installed (small targets), the C
 * library's own UTF-8 is as good. */
static bool locale_is_ascii(void)
{
	const char *wanted = getenv("LC_ALL");

	if (!wanted || !*wanted)
		wanted = getenv("LC_CTYPE");
	if (!wanted || !*wanted)
		wanted = getenv("LANG");
	if (!setlocale(LC_CTYPE, "") && wanted &&
	    (strstr(wanted, "UTF-8") || strstr(wanted, "utf8")))
		setlocale(LC_CTYPE, "C.UTF-8");
	return strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

int tui_screen_run(struct tui_screen *screen,
		   struct tui_session *const *sessions, size_t count)
{
	const unsigned int line = tui_serial_bytes_s(STDOUT_FILENO);
	const bool ascii = locale_is_ascii();
	const struct tui_terminal_options options = {
		.colors = screen->options.colors != TUI_SCREEN_AUTO
				  ? screen->options.colors
				  : screen->settings.colors,
		.ascii = ascii || screen->options.ascii,
		.mouse = !screen->settings.no_mouse,
		.shared = line != 0,
	};
	int signals, err;

	err = add_tabs(screen, sessions, count);
	if (err || !screen->num_tabs)
		goto out_tabs;
	apply_budgets(screen);
	tui_repair_init(&screen->repair, line);
	signals = tui_signals_open();
	err = signals < 0 ? signals : 0;
	if (err)
		goto out_signals;
	err = tui_terminal_open(&options);
	if (err)
		goto out_signals;
	tui_input_init();
	screen->canvas.ascii = options.ascii || screen->settings.ascii;
	err = tui_loop(screen, signals);
	tui_terminal_close();

out_signals:
	tui_signals_close();
out_tabs:
	for (size_t n = 0; n < screen->num_tabs; n++)
		tui_tab_clear(&screen->tabs[n]);
	screen->num_tabs = 0;
	return err;
}
