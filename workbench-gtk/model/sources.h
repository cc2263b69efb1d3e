/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A project as the texts that others read: one row for each form. */
#ifndef JHW_SOURCES_H
#define JHW_SOURCES_H

#include <glib.h>
#include <jhcfg/workspace.h>

enum jhw_syntax {
	JHW_SYNTAX_C, /* also device trees */
	JHW_SYNTAX_JSON,
	JHW_SYNTAX_PLAIN,
};

struct jhw_source_form {
	const char *title;
	const char *suffix; /* of a file: ".c" */
	enum jhw_syntax syntax;
	gboolean per_cell; /* else of the project */
	/* a new string, NULL with @error */
	char *(*make)(const struct jhcfg_workspace *workspace, uint32_t cell, GError **error);
};

/* Form number @index, NULL behind the last one. */
const struct jhw_source_form *jhw_source_form_at(guint index);

#endif
