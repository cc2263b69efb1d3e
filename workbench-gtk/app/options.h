/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options of the program, as a table that the parser, --help, the manual
 * and the completion are made from: a new option is a row. */
#ifndef JHW_OPTIONS_H
#define JHW_OPTIONS_H

#include <gio/gio.h>

typedef struct {
	char *export, *picture, *page, *target;
	gboolean force, replace, version, manual, completion;
} JhwOptions;

typedef struct {
	GOptionEntry entry; /* without arg_data */
	gsize member;	    /* of JhwOptions */
	/* what completes its argument: words, "FILE", "DIR", or NULL: nothing */
	const char *words;
} JhwOption;

/* Row @index, NULL behind the last one. */
const JhwOption *jhw_option_at(guint index);
/* Takes what is known out of @argv, which is a copy. FALSE with @error. */
gboolean jhw_options_parse(JhwOptions *options, char ***argv, GError **error);
void jhw_options_clear(JhwOptions *options);

/* The manual page as roff, the completion for bash; new strings. */
char *jhw_options_manual(void);
char *jhw_options_completion(void);

#endif
