/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What console_view.c, which shows lines, and console_bar.c above it share. */
#ifndef JHW_RUN_CONSOLE_VIEW_PRIVATE_H
#define JHW_RUN_CONSOLE_VIEW_PRIVATE_H

#include "pages/run/console_text.h"
#include "pages/run/console_view.h"

struct _JhwConsoleView {
	GtkWidget parent_instance;
	JhwConsole *console;
	JhwConsoleText *text;
	GtkWidget *box;
	GtkWidget *state;
	GtkWidget *search;
	GtkWidget *log;
	GtkWidget *view;
	GtkWidget *empty; /* what to do while there is nothing */
	GtkWidget *input;
	gint64 not_before; /* monotonic: when it may be shown again */
	guint later;	   /* of the main loop */
	gboolean stale;	   /* it was not seen when something came */
	guint64 traced;	   /* serial of the next line to trace */
};

/* What came since it was shown last. */
void jhw_console_view_show(JhwConsoleView *view);
/* console_bar.c */
GtkWidget *jhw_console_bar_new(JhwConsoleView *view);

#endif
