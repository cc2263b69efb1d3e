/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines of a console in a text buffer, one paragraph each: only what is new or
 * different is written.
 */
#ifndef JHW_CONSOLE_TEXT_H
#define JHW_CONSOLE_TEXT_H

#include <gtk/gtk.h>

#include "model/console.h"

typedef struct _JhwConsoleText JhwConsoleText;

JhwConsoleText *jhw_console_text_new(JhwConsole *console);
void jhw_console_text_free(JhwConsoleText *text);
GtkTextBuffer *jhw_console_text_buffer(JhwConsoleText *text);

/* As the console is now. */
void jhw_console_text_update(JhwConsoleText *text);
void jhw_console_text_set_stamps(JhwConsoleText *text, gboolean stamps);
/* What is looked for, marked wherever it is; NULL or empty: nothing. */
void jhw_console_text_set_search(JhwConsoleText *text, const char *search);
/* Puts the cursor on the nearest line with it, and selects it there. FALSE: there is none. */
gboolean jhw_console_text_find(JhwConsoleText *text, gboolean backwards);
/* The line at @iter; NULL: none. */
const JhwConsoleLine *jhw_console_text_line(JhwConsoleText *text, const GtkTextIter *iter);

#endif
