/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One console: where it is read, its lines, a log of them in a file, and what
 * the faults in it mean. It goes on until it is stopped; a target that was lost
 * is followed again when somebody says so.
 *
 * Signal "changed": lines or state are others; ten times a second at most.
 */
#ifndef JHW_CONSOLE_H
#define JHW_CONSOLE_H

#include <glib-object.h>
#include <jhcfg/fault.h>
#include <jhcfg/target.h>

#include "model/console_buffer.h"

#define JHW_TYPE_CONSOLE (jhw_console_get_type())
G_DECLARE_FINAL_TYPE(JhwConsole, jhw_console, JHW, CONSOLE, GObject)

typedef enum {
	JHW_CONSOLE_FED, /* by whoever plays a recording */
	JHW_CONSOLE_HYPERVISOR,
	JHW_CONSOLE_CELL, /* its virtual console */
	JHW_CONSOLE_LINE, /* a serial line of the target */
	JHW_CONSOLE_UART, /* of an emulated board */
} JhwConsoleSource;

typedef struct {
	JhwConsoleSource source;
	guint number;	  /* of the cell or UART */
	const char *path; /* of the line, "/dev/ttyUSB0"; or name of the board */
} JhwConsolePlace;

/* What a fault means, as a new string; NULL: nothing to say. */
typedef char *(*JhwConsoleExplain)(const struct jhcfg_fault *fault, gpointer data);

JhwConsole *jhw_console_new(const JhwConsolePlace *place);
void jhw_console_set_explain(JhwConsole *console, JhwConsoleExplain explain, gpointer data);
const JhwConsolePlace *jhw_console_place(JhwConsole *console);
JhwConsoleBuffer *jhw_console_buffer(JhwConsole *console);

/* Follows it on @target, which is ready, from where it was left. Errors are told by its
 * state. */
void jhw_console_start(JhwConsole *console, struct jhcfg_target *target);
/* Before that target is closed. @why is told as a line; NULL: nothing is. */
void jhw_console_stop(JhwConsole *console, const char *why);
gboolean jhw_console_is_running(JhwConsole *console);
/* Why it does not run, for people; empty: nothing to say. */
const char *jhw_console_state(JhwConsole *console);

/* What it does, for people: "following the virtual console · log in rtos.log"; a new string. */
char *jhw_console_words(JhwConsole *console);

/* Bytes that came otherwise. */
void jhw_console_feed(JhwConsole *console, const void *data, gsize size, gint64 time_ms);
/* What is followed next has nothing to do with what was before: another cell under that
 * name. */
void jhw_console_begin_again(JhwConsole *console, const char *why);
/* As if nothing had come. */
void jhw_console_clear(JhwConsole *console);

gboolean jhw_console_takes_input(JhwConsole *console);
void jhw_console_send(JhwConsole *console, const char *text);

/* Writes what is kept and what comes into the file, without replacing what is in it; NULL:
 * ends that. FALSE with @error: it cannot be written. */
gboolean jhw_console_log_to(JhwConsole *console, const char *path, GError **error);
/* NULL: there is none. */
const char *jhw_console_log_path(JhwConsole *console);
/* "12:04:31.388" in the local time; a new string. */
char *jhw_console_stamp(gint64 time_ms);

#endif
