// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/console_buffer.h"

#include <string.h>

#include "model/console_filter.h"

struct _JhwConsoleBuffer {
	JhwConsoleFilter filter;
	JhwConsoleEnded ended;
	gpointer data;
	GString *open;	 /* text of the last line while it is not complete */
	guint max_lines; /* a ring of them, by serial */
	guint64 first, end;
	guint64 changed; /* the first that was not looked at since */
	JhwConsoleLine *lines;
};

static JhwConsoleLine *line_at(const JhwConsoleBuffer *buffer, guint64 serial)
{
	return &buffer->lines[serial % buffer->max_lines];
}

JhwConsoleBuffer *jhw_console_buffer_new(guint max_lines)
{
	JhwConsoleBuffer *buffer = g_new0(JhwConsoleBuffer, 1);

	buffer->lines = g_new0(JhwConsoleLine, max_lines);
	buffer->open = g_string_new(NULL);
	buffer->max_lines = max_lines;
	buffer->first = buffer->end = buffer->changed = 1;
	return buffer;
}

static void forget_first(JhwConsoleBuffer *buffer)
{
	JhwConsoleLine *line = line_at(buffer, buffer->first++);

	g_free(line->text);
	g_free(line->meaning);
	memset(line, 0, sizeof(*line));
	buffer->changed = MAX(buffer->changed, buffer->first);
}

void jhw_console_buffer_clear(JhwConsoleBuffer *buffer)
{
	while (buffer->first < buffer->end)
		forget_first(buffer);
	g_string_truncate(buffer->open, 0);
	memset(&buffer->filter, 0, sizeof(buffer->filter));
}

void jhw_console_buffer_free(JhwConsoleBuffer *buffer)
{
	if (!buffer)
		return;
	jhw_console_buffer_clear(buffer);
	g_string_free(buffer->open, TRUE);
	g_free(buffer->lines);
	g_free(buffer);
}

void jhw_console_buffer_on_line(JhwConsoleBuffer *buffer, JhwConsoleEnded ended, gpointer data)
{
	buffer->ended = ended;
	buffer->data = data;
}

/* --- lines -------------------------------------------------------------------- */

static JhwConsoleLine *last_open(const JhwConsoleBuffer *buffer)
{
	JhwConsoleLine *line =
		buffer->end > buffer->first ? line_at(buffer, buffer->end - 1) : NULL;

	return line && !line->complete ? line : NULL;
}

static JhwConsoleLine *begin_line(JhwConsoleBuffer *buffer, gint64 time_ms)
{
	JhwConsoleLine *line;

	if (buffer->end - buffer->first == buffer->max_lines)
		forget_first(buffer);
	line = line_at(buffer, buffer->end);
	*line = (JhwConsoleLine){ .serial = buffer->end++, .time_ms = time_ms };
	return line;
}

/* What was filtered is the text of the line that is open. */
static void store_open(JhwConsoleBuffer *buffer, JhwConsoleLine *line)
{
	g_free(line->text);
	line->text = g_strdup(buffer->open->str);
	buffer->changed = MIN(buffer->changed, line->serial);
}

static void end_line(JhwConsoleBuffer *buffer, JhwConsoleLine *line)
{
	store_open(buffer, line);
	line->complete = TRUE;
	g_string_truncate(buffer->open, 0);
	buffer->filter.column = 0;
	if (buffer->ended)
		buffer->ended(buffer, line, buffer->data);
}

void jhw_console_buffer_add(JhwConsoleBuffer *buffer, const void *data, gsize size, gint64 time_ms)
{
	const guchar *bytes = data;
	JhwConsoleLine *line = last_open(buffer);

	for (gsize n = 0; n < size; n++) {
		if (!line)
			line = begin_line(buffer, time_ms);
		if (!jhw_console_filter(&buffer->filter, bytes[n], buffer->open) &&
		    buffer->filter.column < JHW_CONSOLE_MAX_LINE)
			continue;
		end_line(buffer, line);
		line = NULL;
	}
	if (line)
		store_open(buffer, line);
}

void jhw_console_buffer_note(JhwConsoleBuffer *buffer, gint64 time_ms, const char *text)
{
	JhwConsoleLine *line = last_open(buffer);

	if (line)
		end_line(buffer, line);
	line = begin_line(buffer, time_ms);
	line->kind = JHW_CONSOLE_NOTE;
	line->complete = TRUE;
	line->text = g_utf8_make_valid(text, -1);
	g_strdelimit(line->text, "\r\n", ' ');
	buffer->changed = MIN(buffer->changed, line->serial);
}

void jhw_console_buffer_explain(JhwConsoleBuffer *buffer, guint64 serial, const char *meaning,
				const guint64 *address)
{
	JhwConsoleLine *line;

	if (serial < buffer->first || serial >= buffer->end)
		return;
	line = line_at(buffer, serial);
	g_free(line->meaning);
	line->meaning = g_strdup(meaning);
	line->has_address = address != NULL;
	line->address = address ? *address : 0;
	buffer->changed = MIN(buffer->changed, serial);
}

/* --- looking ------------------------------------------------------------------ */

guint64 jhw_console_buffer_first(const JhwConsoleBuffer *buffer)
{
	return buffer->first;
}

guint64 jhw_console_buffer_end(const JhwConsoleBuffer *buffer)
{
	return buffer->end;
}

const JhwConsoleLine *jhw_console_buffer_line(const JhwConsoleBuffer *buffer, guint64 serial)
{
	return serial >= buffer->first && serial < buffer->end ? line_at(buffer, serial) : NULL;
}

guint64 jhw_console_buffer_take_changed(JhwConsoleBuffer *buffer)
{
	guint64 changed = MIN(buffer->changed, buffer->end);

	/* what comes is new, and the open line may still change */
	buffer->changed = buffer->end;
	return changed;
}

static gsize match(const char *line, const char *text)
{
	const char *at = line;

	for (; *text; text = g_utf8_next_char(text), at = g_utf8_next_char(at))
		if (!*at || g_unichar_tolower(g_utf8_get_char(at)) !=
				    g_unichar_tolower(g_utf8_get_char(text)))
			return 0;
	return (gsize)(at - line);
}

const char *jhw_console_find(const char *line, const char *text, gsize *size)
{
	*size = strlen(text);
	if (!*size)
		return NULL;
	if (g_str_is_ascii(text))
		return strcasestr(line, text);
	for (; *line; line = g_utf8_next_char(line))
		if ((*size = match(line, text)))
			return line;
	return NULL;
}

static gboolean has(const JhwConsoleLine *line, const char *text)
{
	gsize size;

	return jhw_console_find(line->text, text, &size) ||
	       (line->meaning && jhw_console_find(line->meaning, text, &size));
}

guint64 jhw_console_buffer_search(const JhwConsoleBuffer *buffer, const char *text, guint64 from,
				  gboolean backwards)
{
	guint64 count = buffer->end - buffer->first, start;

	if (!count)
		return 0;
	start = CLAMP(from, buffer->first, buffer->end - 1) - buffer->first;
	for (guint64 n = 1; n <= count; n++) {
		guint64 at = (backwards ? start + count - n : start + n) % count;
		const JhwConsoleLine *line = line_at(buffer, buffer->first + at);

		if (has(line, text))
			return line->serial;
	}
	return 0;
}
