/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pages of the editor, as a table: a new page is a row. */
#ifndef JHW_PAGES_H
#define JHW_PAGES_H

#include <gtk/gtk.h>

#include "model/session.h"

struct jhw_page_type {
	const char *id; /* for "show-page" */
	const char *title;
	GtkWidget *(*create)(JhwSession *session);
	/* it is there from the beginning, not from when it is first looked at:
	 * it says what happens, also to those who do not see it */
	gboolean at_once;
};

/* Page number @index, NULL behind the last one. */
const struct jhw_page_type *jhw_page_at(guint index);

#endif
