/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines of a console, made of whatever bytes come. Who writes them is not
 * trusted: lines and their number are bounded, escape sequences are left out,
 * and all else that is no text for people becomes a sign of its own, so that
 * nothing can be hidden, reordered or piled up.
 */
#ifndef JHW_CONSOLE_BUFFER_H
#define JHW_CONSOLE_BUFFER_H

#include <glib.h>

#define JHW_CONSOLE_MAX_LINES 5000U
#define JHW_CONSOLE_MAX_LINE  400U /* characters; what follows is the next line */

typedef enum {
	JHW_CONSOLE_TEXT,
	JHW_CONSOLE_EVENT, /* of the hypervisor: "Started cell" */
	JHW_CONSOLE_FAULT,
	JHW_CONSOLE_DUMP,
	JHW_CONSOLE_NOTE, /* ours: "--- connection lost ---" */
} JhwConsoleKind;

typedef struct {
	guint64 serial; /* 1 and up, without gaps */
	gint64 time_ms; /* when its first byte came, since 1970 */
	char *text;	/* UTF-8 that can be shown */
	JhwConsoleKind kind;
	gboolean complete;
	char *meaning; /* of a fault; NULL: none */
	gboolean has_address;
	guint64 address; /* that the fault is about */
} JhwConsoleLine;

typedef struct _JhwConsoleBuffer JhwConsoleBuffer;

/* A line has ended; its kind may be set now. */
typedef void (*JhwConsoleEnded)(JhwConsoleBuffer *buffer, JhwConsoleLine *line, gpointer data);

JhwConsoleBuffer *jhw_console_buffer_new(guint max_lines);
void jhw_console_buffer_free(JhwConsoleBuffer *buffer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwConsoleBuffer, jhw_console_buffer_free)

void jhw_console_buffer_on_line(JhwConsoleBuffer *buffer, JhwConsoleEnded ended, gpointer data);
/* Bytes that came at @time_ms, in parts however they are cut. */
void jhw_console_buffer_add(JhwConsoleBuffer *buffer, const void *data, gsize size, gint64 time_ms);
/* A line of our own, behind the one that has begun. */
void jhw_console_buffer_note(JhwConsoleBuffer *buffer, gint64 time_ms, const char *text);
/* Serials go on behind those that are gone. */
void jhw_console_buffer_clear(JhwConsoleBuffer *buffer);

/* Serial of the oldest line that is kept, and one more than that of the last one. */
guint64 jhw_console_buffer_first(const JhwConsoleBuffer *buffer);
guint64 jhw_console_buffer_end(const JhwConsoleBuffer *buffer);
/* NULL: it is gone, or not there yet. */
const JhwConsoleLine *jhw_console_buffer_line(const JhwConsoleBuffer *buffer, guint64 serial);
/* Says what a fault means, if the line is there still. */
void jhw_console_buffer_explain(JhwConsoleBuffer *buffer, guint64 serial, const char *meaning,
				const guint64 *address);
/* The first line that is not as it was when this was asked last; the end if all are. */
guint64 jhw_console_buffer_take_changed(JhwConsoleBuffer *buffer);
/* The nearest line with @text in it, whatever the case, before or behind line @from and around
 * the end; 0: none. */
guint64 jhw_console_buffer_search(const JhwConsoleBuffer *buffer, const char *text, guint64 from,
				  gboolean backwards);
/* Where @text is in @line, whatever the case; NULL: nowhere. *@size: bytes of it. */
const char *jhw_console_find(const char *line, const char *text, gsize *size);

#endif
