// SPDX-License-Identifier: GPL-2.0-or-later
/* jh-top: what the hypervisor and every cell do. */
#include <errno.h>
#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "man.h"
#include "model/session.h"
#include "options.h"
#include "out/out.h"
#include "screen/screen.h"

#define LARGE (16 << 10) /* bytes that get pages of their own */

static void say(const char *object, const char *text)
{
	fprintf(stderr, "jh-top: %s%s%s\n", object, *object ? ": " : "", text);
}

static void say_diags(const struct jhcfg_diags *diags)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++) {
		say(diag->object, diag->text);
		if (*diag->hint)
			fprintf(stderr, "  hint: %s\n", diag->hint);
	}
}

/* Sessions of the screen, each a tab. */
struct tabs {
	struct tui_session *sessions[TUI_MAX_TARGETS];
	size_t count;
};

static int open_tab(struct tabs *tabs, const char *name,
		    const struct tui_options *options,
		    struct tui_screen *screen)
{
	const struct tui_session_options session = {
		.delay_ms = options->delay_ms,
		.record = options->record,
		.writable =
			!options->readonly && (options->writable || !geteuid()),
		.replay = options->replay,
		.budgets = &options->budgets,
		.ask = tui_screen_ask,
		.user = screen,
	};
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err = diags ? 0 : -ENOMEM;

	if (!err)
		err = tui_session_open(name, &session, diags,
				       &tabs->sessions[tabs->count]);
	if (!err)
		tabs->count++;
	else if (!diags || !jhcfg_diags_get(diags, 0))
		say(name, strerror(-err));
	say_diags(diags);
	jhcfg_diags_free(diags);
	return err;
}

static int open_tabs(struct tabs *tabs, const struct tui_options *options,
		     struct tui_screen *screen)
{
	char recorded[4096];
	int err = 0;

	if (options->replay) {
		if ((size_t)snprintf(recorded, sizeof(recorded), "recorded:%s",
				     options->replay) >= sizeof(recorded))
			return -ENAMETOOLONG;
		err = open_tab(tabs, recorded, options, screen);
		if (!err)
			tui_session_set_speed(tabs->sessions[0],
					      options->speed_milli);
		return err;
	}
	if (!options->num_targets)
		return open_tab(tabs, "local", options, screen);
	for (size_t n = 0; n < options->num_targets && !err; n++)
		err = open_tab(tabs, options->targets[n], options, screen);
	return err;
}

static int run_screen(const struct tui_options *options)
{
	static const enum tui_screen_colors colors[] = {
		[TUI_COLORS_AUTO] = TUI_SCREEN_AUTO,
		[TUI_COLORS_MONO] = TUI_SCREEN_MONO,
		[TUI_COLORS_16] = TUI_SCREEN_16,
		[TUI_COLORS_256] = TUI_SCREEN_256,
		[TUI_COLORS_TRUE] = TUI_SCREEN_TRUE,
	};
	const struct tui_screen_options screen_options = {
		.colors = colors[options->colors],
		.no_mouse = options->no_mouse,
		.ascii = options->ascii,
		.settings = options->settings,
		.columns = options->columns,
		.sort = options->sort,
		.filter = options->filter,
		.has_delay = options->has_delay,
		.budgets = &options->budgets,
	};
	struct tui_screen *screen = tui_screen_new(&screen_options);
	struct tabs tabs = { .count = 0 };
	int err;

	if (!screen)
		return -ENOMEM;
	err = open_tabs(&tabs, options, screen);
	if (!err) {
		err = tui_screen_run(screen, tabs.sessions, tabs.count);
		if (err)
			say("", err == -ENOTTY ? "there is no terminal that it "
						 "can be shown on; --batch "
						 "needs none"
					       : strerror(-err));
	}
	while (tabs.count)
		tui_session_close(tabs.sessions[--tabs.count]);
	tui_screen_free(screen);
	return err;
}

/*
 * What is large gets pages of its own, which malloc() need not clear: those
 * that are not written to are none, and they are given back when an array
 * grows. That is so only if there is no room left in what malloc() has, of
 * which it keeps a lot if it is let.
 */
static void keep_memory_small(void)
{
	mallopt(M_MMAP_THRESHOLD, LARGE);
	mallopt(M_TOP_PAD, 0);
	malloc_trim(0);
}

int main(int argc, char **argv)
{
	static struct tui_options options; /* what is not set takes no page */

	keep_memory_small();
	setlocale(LC_CTYPE, "");
	if (tui_options_parse(argc, argv, &options, stderr))
		return 2;
	if (options.help)
		tui_options_help(stdout);
	else if (options.version)
		puts("jh-top " JH_VERSION);
	else if (options.man)
		man_write(stdout);
	else if (options.output != TUI_OUT_SCREEN)
		return out_run(&options);
	else
		return !!run_screen(&options);
	return fflush(stdout) ? 1 : 0;
}
