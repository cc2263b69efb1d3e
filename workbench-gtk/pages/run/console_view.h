/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A console with what people do with it: read, search, log, type. Lines that
 * tell of a fault at an address lead to it.
 *
 * Signal "address" (guint64): somebody wants to see it.
 */
#ifndef JHW_CONSOLE_VIEW_H
#define JHW_CONSOLE_VIEW_H

#include <gtk/gtk.h>

#include "model/console.h"

#define JHW_TYPE_CONSOLE_VIEW (jhw_console_view_get_type())
G_DECLARE_FINAL_TYPE(JhwConsoleView, jhw_console_view, JHW, CONSOLE_VIEW, GtkWidget)

GtkWidget *jhw_console_view_new(JhwConsole *console);
JhwConsole *jhw_console_view_console(JhwConsoleView *view);
/* What is shown, for tests. */
GtkTextBuffer *jhw_console_view_text(JhwConsoleView *view);

#endif
