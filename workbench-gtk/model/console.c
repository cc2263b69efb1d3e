// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <string.h>

#include "model/console_private.h"
#include "model/fault.h"
#include "model/text.h"

#define SHORTEST_MS 100U /* between two signals */

G_DEFINE_FINAL_TYPE(JhwConsole, jhw_console, G_TYPE_OBJECT)

enum {
	CHANGED,
	NUM_SIGNALS
};
static guint signals[NUM_SIGNALS]; /* set once, with the class */

/* --- telling ------------------------------------------------------------------ */

static gboolean tell_now(gpointer data)
{
	JhwConsole *console = data;

	console->tell = 0;
	console->told = g_get_monotonic_time();
	if (console->log)
		fflush(console->log);
	g_signal_emit(console, signals[CHANGED], 0);
	return G_SOURCE_REMOVE;
}

void jhw_console_tell(JhwConsole *console)
{
	gint64 passed = (g_get_monotonic_time() - console->told) / 1000;

	if (!console->tell)
		console->tell = g_timeout_add(
			passed < SHORTEST_MS ? SHORTEST_MS - (guint)passed : 0, tell_now, console);
}

void jhw_console_set_state(JhwConsole *console, const char *state)
{
	g_free(console->state);
	console->state = g_strdup(state);
	jhw_console_tell(console);
}

const char *jhw_console_state(JhwConsole *console)
{
	return console->state;
}

static gint64 now_ms(void)
{
	return g_get_real_time() / 1000;
}

/* --- faults ------------------------------------------------------------------- */

static JhwConsoleKind kind_of(enum jhcfg_line line)
{
	static const JhwConsoleKind kinds[] = {
		[JHCFG_LINE_TEXT] = JHW_CONSOLE_TEXT,	 [JHCFG_LINE_EVENT] = JHW_CONSOLE_EVENT,
		[JHCFG_LINE_FAULT] = JHW_CONSOLE_FAULT,	 [JHCFG_LINE_DUMP] = JHW_CONSOLE_DUMP,
		[JHCFG_LINE_STOPPED] = JHW_CONSOLE_DUMP, [JHCFG_LINE_WHOLE] = JHW_CONSOLE_FAULT,
	};

	return kinds[line];
}

static void tell_fault(JhwConsole *console, const struct jhcfg_fault *fault)
{
	g_autofree char *meaning =
		console->explain ? console->explain(fault, console->explain_data) : NULL;

	jhw_console_buffer_explain(console->buffer, console->fault, meaning,
				   jhw_fault_has_address(fault) ? &fault->address : NULL);
}

/* --- the log ------------------------------------------------------------------ */

static void log_line(JhwConsole *console, const JhwConsoleLine *line)
{
	g_autofree char *stamp = jhw_console_stamp(line->time_ms);

	fprintf(console->log, "[%s] %s%s%s\n", stamp, line->kind == JHW_CONSOLE_NOTE ? "--- " : "",
		line->text, line->kind == JHW_CONSOLE_NOTE ? " ---" : "");
}

static void end_log(JhwConsole *console)
{
	g_clear_pointer(&console->log, fclose);
	g_clear_pointer(&console->log_path, g_free);
}

static void note(JhwConsole *console, const char *text)
{
	jhw_console_buffer_note(console->buffer, now_ms(), text);
	if (console->log)
		log_line(console,
			 jhw_console_buffer_line(console->buffer,
						 jhw_console_buffer_end(console->buffer) - 1));
	jhw_console_tell(console);
}

static void check_log(JhwConsole *console)
{
	g_autofree char *text = NULL;

	if (!console->log || !ferror(console->log))
		return;
	text = g_strdup_printf(_("the log %s ended: it cannot be written"), console->log_path);
	end_log(console);
	note(console, text);
}

gboolean jhw_console_log_to(JhwConsole *console, const char *path, GError **error)
{
	guint64 end = jhw_console_buffer_end(console->buffer);

	end_log(console);
	jhw_console_tell(console);
	if (!path)
		return TRUE;
	console->log = fopen(path, "ae");
	if (!console->log) {
		g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno),
			    _("%s cannot be written: %s"), path, g_strerror(errno));
		return FALSE;
	}
	console->log_path = g_strdup(path);
	for (guint64 n = jhw_console_buffer_first(console->buffer); n < end; n++) {
		const JhwConsoleLine *line = jhw_console_buffer_line(console->buffer, n);

		/* the others are written when they end */
		if (line->complete)
			log_line(console, line);
	}
	check_log(console);
	return TRUE;
}

const char *jhw_console_log_path(JhwConsole *console)
{
	return console->log_path;
}

char *jhw_console_stamp(gint64 time_ms)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(time_ms / 1000);
	g_autoptr(GDateTime) local = utc ? g_date_time_to_local(utc) : NULL;
	g_autofree char *seconds = local ? g_date_time_format(local, "%H:%M:%S") : NULL;

	return g_strdup_printf("%s.%03d", seconds ? seconds : "--:--:--", (int)(time_ms % 1000));
}

/* --- lines -------------------------------------------------------------------- */

static void line_ended(JhwConsoleBuffer *buffer, JhwConsoleLine *line, gpointer data)
{
	JhwConsole *console = data;
	const struct jhcfg_fault *fault;

	(void)buffer;
	if (console->reader) {
		line->kind = kind_of(
			jhcfg_fault_reader_line(console->reader, line->text, strlen(line->text)));
		if (line->kind == JHW_CONSOLE_FAULT && !console->fault)
			console->fault = line->serial;
		fault = jhcfg_fault_reader_take(console->reader);
		if (fault) {
			tell_fault(console, fault);
			console->fault = 0;
		}
	}
	if (console->log)
		log_line(console, line);
}

void jhw_console_feed(JhwConsole *console, const void *data, gsize size, gint64 time_ms)
{
	jhw_console_buffer_add(console->buffer, data, size, time_ms);
	check_log(console);
	jhw_console_tell(console);
}

void jhw_console_clear(JhwConsole *console)
{
	jhw_console_buffer_clear(console->buffer);
	console->fault = 0;
	jhw_console_tell(console);
}

JhwConsoleBuffer *jhw_console_buffer(JhwConsole *console)
{
	return console->buffer;
}

void jhw_console_set_explain(JhwConsole *console, JhwConsoleExplain explain, gpointer data)
{
	console->explain = explain;
	console->explain_data = data;
}

const JhwConsolePlace *jhw_console_place(JhwConsole *console)
{
	return &console->place;
}

void jhw_console_stop(JhwConsole *console, const char *why)
{
	gboolean ran = console->job != NULL;

	jhw_console_source_end(console);
	if (ran && why)
		note(console, why);
	jhw_console_tell(console);
}

void jhw_console_begin_again(JhwConsole *console, const char *why)
{
	jhw_console_source_end(console);
	if (console->offset)
		note(console, why);
	console->offset = 0;
	console->fault = 0;
}

gboolean jhw_console_is_running(JhwConsole *console)
{
	return console->job != NULL;
}

/* --- the object --------------------------------------------------------------- */

static void jhw_console_finalize(GObject *object)
{
	JhwConsole *console = JHW_CONSOLE(object);

	jhw_console_source_end(console);
	g_clear_handle_id(&console->tell, g_source_remove);
	jhcfg_fault_reader_free(console->reader);
	end_log(console);
	g_queue_free(console->sends);
	jhw_console_buffer_free(console->buffer);
	g_free(console->path);
	g_free(console->state);
	G_OBJECT_CLASS(jhw_console_parent_class)->finalize(object);
}

static void jhw_console_class_init(JhwConsoleClass *class)
{
	G_OBJECT_CLASS(class)->finalize = jhw_console_finalize;
	signals[CHANGED] = g_signal_new("changed", JHW_TYPE_CONSOLE, G_SIGNAL_RUN_LAST, 0, NULL,
					NULL, NULL, G_TYPE_NONE, 0);
}

static void jhw_console_init(JhwConsole *console)
{
	console->buffer = jhw_console_buffer_new(JHW_CONSOLE_MAX_LINES);
	jhw_console_buffer_on_line(console->buffer, line_ended, console);
	console->reader = jhcfg_fault_reader_new();
	console->state = g_strdup("");
	console->sends = g_queue_new();
}

JhwConsole *jhw_console_new(const JhwConsolePlace *place)
{
	JhwConsole *console = g_object_new(JHW_TYPE_CONSOLE, NULL);

	console->path = g_strdup(place->path);
	console->place = *place;
	console->place.path = console->path;
	return console;
}
