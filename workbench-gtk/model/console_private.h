/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of JhwConsole share. */
#ifndef JHW_CONSOLE_PRIVATE_H
#define JHW_CONSOLE_PRIVATE_H

#include <stdio.h>

#include "model/console.h"

struct _JhwConsole {
	GObject parent_instance;
	JhwConsolePlace place;
	char *path; /* of the place */
	JhwConsoleBuffer *buffer;
	char *state;

	/* console_source.c */
	struct jhcfg_job *job;	   /* NULL: it does not run */
	struct jhcfg_target *here; /* this machine, for emulated boards; ours */
	guint watch;		   /* of it */
	guint64 offset;		   /* of a cell's console, behind what came */
	GQueue *sends;		   /* struct send: what is being typed at an emulated board */

	/* faults */
	struct jhcfg_fault_reader *reader;
	guint64 fault; /* serial of the line that began one; 0: none */
	JhwConsoleExplain explain;
	gpointer explain_data;

	/* the log */
	FILE *log;
	char *log_path;

	guint tell; /* of the main loop */
	gint64 told;
};

void jhw_console_tell(JhwConsole *console);
void jhw_console_set_state(JhwConsole *console, const char *state);
/* console_source.c */
void jhw_console_source_end(JhwConsole *console);

#endif
