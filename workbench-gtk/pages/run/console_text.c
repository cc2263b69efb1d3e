// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/console_text.h"

#include <string.h>

struct _JhwConsoleText {
	JhwConsole *console;
	GtkTextBuffer *buffer;
	guint64 first, end; /* serials that are in it */
	gboolean stamps;
	char *search;
	GtkTextTag *stamp, *meaning, *match;
	GtkTextTag *kinds[JHW_CONSOLE_NOTE + 1];
};

/* Colours of a dark surface in both themes, like a terminal's; contrast is 4.5 to 1 at
 * least. */
static void add_tags(JhwConsoleText *text)
{
	GtkTextBuffer *buffer = text->buffer;

	text->stamp = gtk_text_buffer_create_tag(buffer, "stamp", "foreground", "#909096", NULL);
	text->kinds[JHW_CONSOLE_EVENT] =
		gtk_text_buffer_create_tag(buffer, "event", "foreground", "#99c1f1", NULL);
	text->kinds[JHW_CONSOLE_FAULT] = gtk_text_buffer_create_tag(
		buffer, "fault", "foreground", "#ff938c", "weight", PANGO_WEIGHT_BOLD, NULL);
	text->kinds[JHW_CONSOLE_DUMP] =
		gtk_text_buffer_create_tag(buffer, "dump", "foreground", "#b9a6a5", NULL);
	text->kinds[JHW_CONSOLE_NOTE] = gtk_text_buffer_create_tag(
		buffer, "note", "foreground", "#c0bfbc", "style", PANGO_STYLE_ITALIC, NULL);
	text->meaning =
		gtk_text_buffer_create_tag(buffer, "meaning", "foreground", "#ffd7d4", "background",
					   "#552529", "underline", PANGO_UNDERLINE_SINGLE, NULL);
	text->match = gtk_text_buffer_create_tag(buffer, "match", "foreground", "#151515",
						 "background", "#f5c211", NULL);
	/* a long line goes on below as it is: nothing is put in */
	for (guint n = 0; n < G_N_ELEMENTS(text->kinds); n++) {
		if (!text->kinds[n])
			text->kinds[n] = gtk_text_buffer_create_tag(buffer, NULL, NULL);
		g_object_set(text->kinds[n], "insert-hyphens", FALSE, NULL);
	}
}

JhwConsoleText *jhw_console_text_new(JhwConsole *console)
{
	JhwConsoleText *text = g_new0(JhwConsoleText, 1);

	text->console = g_object_ref(console);
	text->buffer = gtk_text_buffer_new(NULL);
	gtk_text_buffer_set_enable_undo(text->buffer, FALSE);
	text->stamps = TRUE;
	add_tags(text);
	jhw_console_text_update(text);
	return text;
}

void jhw_console_text_free(JhwConsoleText *text)
{
	g_object_unref(text->buffer);
	g_object_unref(text->console);
	g_free(text->search);
	g_free(text);
}

GtkTextBuffer *jhw_console_text_buffer(JhwConsoleText *text)
{
	return text->buffer;
}

/* --- writing ------------------------------------------------------------------ */

/* The line of the buffer on which @serial is. */
static void place_of(JhwConsoleText *text, guint64 serial, GtkTextIter *iter)
{
	gtk_text_buffer_get_iter_at_line(text->buffer, iter, (int)(serial - text->first));
}

static void mark_matches(JhwConsoleText *text, int line, const char *string)
{
	const char *at = string;
	gsize size;

	if (!text->search)
		return;
	while ((at = jhw_console_find(at, text->search, &size)) && size) {
		GtkTextIter start, end;

		gtk_text_buffer_get_iter_at_line_index(text->buffer, &start, line,
						       (int)(at - string));
		gtk_text_buffer_get_iter_at_line_index(text->buffer, &end, line,
						       (int)(at + size - string));
		gtk_text_buffer_apply_tag(text->buffer, text->match, &start, &end);
		at += size;
	}
}

static void append(JhwConsoleText *text, const char *string, GtkTextTag *tag)
{
	GtkTextIter end;

	gtk_text_buffer_get_end_iter(text->buffer, &end);
	if (tag)
		gtk_text_buffer_insert_with_tags(text->buffer, &end, string, -1, tag, NULL);
	else
		gtk_text_buffer_insert(text->buffer, &end, string, -1);
}

static void append_line(JhwConsoleText *text, const JhwConsoleLine *line)
{
	g_autoptr(GString) whole = g_string_new(NULL);

	if (line->serial > text->first)
		append(text, "\n", NULL);
	if (text->stamps) {
		g_autofree char *stamp = jhw_console_stamp(line->time_ms);

		g_string_append_printf(whole, "%s ", stamp);
		append(text, whole->str, text->stamp);
	}
	g_string_append(whole, line->text);
	append(text, line->text, text->kinds[line->kind]);
	if (line->meaning) {
		append(text, "  ", NULL);
		append(text, line->meaning, text->meaning);
		g_string_append_printf(whole, "  %s", line->meaning);
	}
	mark_matches(text, (int)(line->serial - text->first), whole->str);
}

static void drop_all(JhwConsoleText *text)
{
	gtk_text_buffer_set_text(text->buffer, "", 0);
	text->first = text->end = jhw_console_buffer_first(jhw_console_buffer(text->console));
}

/* Lines that are not kept any more. */
static void drop_old(JhwConsoleText *text, guint64 first)
{
	GtkTextIter start, end;

	if (first <= text->first)
		return;
	gtk_text_buffer_get_start_iter(text->buffer, &start);
	place_of(text, first, &end);
	gtk_text_buffer_delete(text->buffer, &start, &end);
	text->first = first;
}

/* With the newline before it. */
static void drop_from(JhwConsoleText *text, guint64 serial)
{
	GtkTextIter start, end;

	if (serial >= text->end)
		return;
	place_of(text, serial, &start);
	if (serial > text->first)
		gtk_text_iter_backward_char(&start);
	gtk_text_buffer_get_end_iter(text->buffer, &end);
	gtk_text_buffer_delete(text->buffer, &start, &end);
	text->end = serial;
}

void jhw_console_text_update(JhwConsoleText *text)
{
	JhwConsoleBuffer *lines = jhw_console_buffer(text->console);
	guint64 first = jhw_console_buffer_first(lines), end = jhw_console_buffer_end(lines);
	guint64 changed = jhw_console_buffer_take_changed(lines);

	if (first >= text->end || !text->end)
		drop_all(text);
	else
		drop_old(text, first);
	drop_from(text, MAX(changed, text->first));
	for (; text->end < end; text->end++)
		append_line(text, jhw_console_buffer_line(lines, text->end));
}

static void write_again(JhwConsoleText *text)
{
	drop_all(text);
	jhw_console_text_update(text);
}

void jhw_console_text_set_stamps(JhwConsoleText *text, gboolean stamps)
{
	if (text->stamps == stamps)
		return;
	text->stamps = stamps;
	write_again(text);
}

/* --- looking ------------------------------------------------------------------ */

void jhw_console_text_set_search(JhwConsoleText *text, const char *search)
{
	GtkTextIter start, end;
	guint64 n;

	g_free(text->search);
	text->search = search && *search ? g_strdup(search) : NULL;
	gtk_text_buffer_get_bounds(text->buffer, &start, &end);
	gtk_text_buffer_remove_tag(text->buffer, text->match, &start, &end);
	if (!text->search)
		return;
	for (n = text->first; n < text->end; n++) {
		g_autofree char *line = NULL;

		place_of(text, n, &start);
		end = start;
		if (!gtk_text_iter_ends_line(&end))
			gtk_text_iter_forward_to_line_end(&end);
		line = gtk_text_buffer_get_text(text->buffer, &start, &end, FALSE);
		mark_matches(text, (int)(n - text->first), line);
	}
}

gboolean jhw_console_text_find(JhwConsoleText *text, gboolean backwards)
{
	GtkTextIter start, end;
	guint64 from, found;

	if (!text->search)
		return FALSE;
	gtk_text_buffer_get_iter_at_mark(text->buffer, &start,
					 gtk_text_buffer_get_insert(text->buffer));
	from = text->first + (guint64)gtk_text_iter_get_line(&start);
	found = jhw_console_buffer_search(jhw_console_buffer(text->console), text->search, from,
					  backwards);
	if (found < text->first || found >= text->end)
		return FALSE;
	place_of(text, found, &start);
	end = start;
	if (!gtk_text_iter_ends_line(&end))
		gtk_text_iter_forward_to_line_end(&end);
	gtk_text_buffer_select_range(text->buffer, &start, &end);
	return TRUE;
}

const JhwConsoleLine *jhw_console_text_line(JhwConsoleText *text, const GtkTextIter *iter)
{
	return jhw_console_buffer_line(jhw_console_buffer(text->console),
				       text->first + (guint64)gtk_text_iter_get_line(iter));
}
