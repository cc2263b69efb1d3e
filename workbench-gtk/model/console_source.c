// SPDX-License-Identifier: GPL-2.0-or-later
/* Where a console is read: a job on the target, or on this machine. */
#include <glib-unix.h>
#include <jhcfg/follow.h>
#include <stdlib.h>
#include <string.h>

#include "model/console_private.h"
#include "model/text.h"

/* --- what comes --------------------------------------------------------------- */

/* Bytes that a cell's console overwrote before we read them count, too. */
static void count_missed(JhwConsole *console, const char *data, gsize size)
{
	static const char before[] = "<missed ";
	const char *at = data;

	while ((at = memmem(at, size - (gsize)(at - data), before, strlen(before)))) {
		g_autofree char *line = g_strndup(at, MIN(size - (gsize)(at - data), 64));
		char *end = strchr(line, '\n');
		unsigned long long missed;

		at += strlen(before);
		if (end && sscanf(line, "<missed %19llu bytes of console log>", &missed) == 1)
			console->offset += missed - (guint64)(end + 1 - line);
	}
}

static void on_output(struct jhcfg_job *job, void *user, enum jhcfg_stream stream, const void *data,
		      size_t size)
{
	JhwConsole *console = user;

	(void)job;
	if (stream != JHCFG_STREAM_OUTPUT)
		return;
	console->offset += size;
	if (console->place.source == JHW_CONSOLE_CELL)
		count_missed(console, data, size);
	jhw_console_feed(console, data, size, g_get_real_time() / 1000);
}

static void on_done(struct jhcfg_job *job, void *user, const struct jhcfg_job_end *end)
{
	JhwConsole *console = user;
	const char *why = jhcfg_follow_end(end);

	(void)job;
	console->job = NULL;
	if (end->error)
		why = g_strerror(-end->error);
	jhw_console_set_state(console, why ? why : _("it has ended"));
}

static void start_job(JhwConsole *console, struct jhcfg_target *target, const char *const *argv)
{
	const struct jhcfg_job_handler handler = {
		.output = on_output,
		.done = on_done,
		.user = console,
	};
	int err = jhcfg_target_run(target, argv, 0, &handler, &console->job);

	if (err == -EOPNOTSUPP)
		jhw_console_set_state(console, _("a recording has no consoles that go on"));
	else
		jhw_console_set_state(console, err ? g_strerror(-err) : "");
}

/* --- emulated boards ---------------------------------------------------------- */

static gboolean dispatch_here(G_GNUC_UNUSED gint fd, G_GNUC_UNUSED GIOCondition condition,
			      gpointer data)
{
	JhwConsole *console = data;

	jhcfg_target_dispatch(console->here, 0);
	return G_SOURCE_CONTINUE;
}

/* At a priority below that of drawing: a flood must not stop the window. */
static gboolean open_here(JhwConsole *console)
{
	if (console->here)
		return TRUE;
	if (jhcfg_target_open("local", NULL, NULL, &console->here))
		return FALSE;
	console->watch = g_unix_fd_add_full(G_PRIORITY_DEFAULT_IDLE, jhcfg_target_fd(console->here),
					    G_IO_IN, dispatch_here, console, NULL);
	return TRUE;
}

static void run_emulator(JhwConsole *console, const char *mode,
			 void (*run)(JhwConsole *console, struct jhcfg_target *target,
				     const char *const *argv))
{
	char *emulator = jhcfg_emulator_find();
	g_autofree char *number = g_strdup_printf("%u", console->place.number);
	const char *const argv[] = { emulator, "uart", console->path, number, mode, NULL };

	if (!emulator)
		jhw_console_set_state(console,
				      _("the program that runs emulated boards is not installed"));
	else if (open_here(console))
		run(console, console->here, argv);
	else
		jhw_console_set_state(console, _("programs cannot be run on this machine"));
	free(emulator);
}

static void sent(struct jhcfg_job *job, void *user, const struct jhcfg_job_end *end)
{
	JhwConsole *console = user;

	g_queue_remove(console->sends, job);
	if (end->error || end->status)
		jhw_console_set_state(console, _("what was typed could not be sent"));
}

static void start_send(JhwConsole *console, struct jhcfg_target *target, const char *const *argv)
{
	const struct jhcfg_job_handler handler = { .done = sent, .user = console };
	struct jhcfg_job *job;

	if (!jhcfg_target_run(target, argv, 10000, &handler, &job))
		g_queue_push_tail(console->sends, job);
}

/* --- all ---------------------------------------------------------------------- */

void jhw_console_start(JhwConsole *console, struct jhcfg_target *target)
{
	struct jhcfg_follow follow;

	if (console->job)
		return;
	switch (console->place.source) {
	case JHW_CONSOLE_FED:
		return;
	case JHW_CONSOLE_HYPERVISOR:
		jhcfg_follow_hypervisor(&follow);
		break;
	case JHW_CONSOLE_CELL:
		jhcfg_follow_cell(&follow, console->place.number, console->offset);
		break;
	case JHW_CONSOLE_LINE:
		jhcfg_follow_tty(&follow, console->path, "115200");
		break;
	case JHW_CONSOLE_UART:
		jhw_console_clear(console);
		run_emulator(console, "-f", start_job);
		return;
	}
	/* what is kept of it comes once more */
	if (console->place.source == JHW_CONSOLE_HYPERVISOR)
		jhw_console_clear(console);
	start_job(console, target, follow.argv);
}

void jhw_console_source_end(JhwConsole *console)
{
	struct jhcfg_job *job;

	g_clear_pointer(&console->job, jhcfg_job_cancel);
	while ((job = g_queue_pop_head(console->sends)))
		jhcfg_job_cancel(job);
	g_clear_handle_id(&console->watch, g_source_remove);
	g_clear_pointer(&console->here, jhcfg_target_close);
}

gboolean jhw_console_takes_input(JhwConsole *console)
{
	return console->job && (console->place.source == JHW_CONSOLE_LINE ||
				console->place.source == JHW_CONSOLE_UART);
}

void jhw_console_send(JhwConsole *console, const char *text)
{
	struct jhcfg_job *job;

	if (!jhw_console_takes_input(console))
		return;
	if (console->place.source == JHW_CONSOLE_LINE) {
		if (jhcfg_job_write(console->job, text, strlen(text)) < strlen(text))
			jhw_console_set_state(console, _("the line does not take what was typed"));
		return;
	}
	run_emulator(console, "-s", start_send);
	job = g_queue_peek_tail(console->sends);
	if (!job)
		return;
	jhcfg_job_write(job, text, strlen(text));
	jhcfg_job_end_input(job);
}

char *jhw_console_words(JhwConsole *console)
{
	static const char *const words[] = {
		[JHW_CONSOLE_FED] = N_("recorded"),
		[JHW_CONSOLE_HYPERVISOR] = N_("following"),
		[JHW_CONSOLE_CELL] = N_("following the virtual console"),
		[JHW_CONSOLE_LINE] = N_("following, 115200 baud"),
		[JHW_CONSOLE_UART] = N_("following the board's UART"),
	};
	gboolean runs = console->job || console->place.source == JHW_CONSOLE_FED;
	const char *text = *console->state ? console->state
			   : runs	   ? jhw_said(words[console->place.source])
					   : _("not followed");
	g_autofree char *log = console->log_path ? g_path_get_basename(console->log_path) : NULL;

	return log ? g_strdup_printf(_("%s \302\267 log in %s"), text, log) : g_strdup(text);
}
