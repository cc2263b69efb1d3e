/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes of a console to text that can be shown, whatever they are. */
#ifndef JHW_CONSOLE_FILTER_H
#define JHW_CONSOLE_FILTER_H

#include <glib.h>

typedef struct {
	guint column; /* characters of the line so far; whoever ends it sets it to 0 */
	enum {
		JHW_FILTER_TEXT,
		JHW_FILTER_RETURN,   /* behind a carriage return */
		JHW_FILTER_ESCAPE,   /* behind an escape */
		JHW_FILTER_SEQUENCE, /* in a control sequence, ECMA-48 5.4 */
	} state;
	guint length;	 /* of the sequence */
	guint marks;	 /* combining, one behind the other */
	char partial[8]; /* a character that is not complete */
	guint num_partial;
} JhwConsoleFilter;

/*
 * Appends to @text what the next byte makes visible. TRUE: the line has ended.
 * Control sequences (colours, cursor) are left out, a backspace takes a
 * character of the line away, a tab becomes spaces. Other controls become
 * their pictures (U+2400...); what is no UTF-8, not printable, or turns the
 * direction of text, U+FFFD.
 */
gboolean jhw_console_filter(JhwConsoleFilter *filter, guchar byte, GString *text);

#endif
