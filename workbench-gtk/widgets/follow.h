/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_FOLLOW_H
#define JHW_FOLLOW_H

#include <gtk/gtk.h>

#include "model/session.h"

/*
 * Calls @update with @data after each change of the document; while @widget is
 * not seen, once when it is seen again, so that pages that nobody looks at cost
 * nothing. Children are seen before their parent, siblings in their order.
 * @data lives as long as @widget.
 */
void jhw_follow_document(GtkWidget *widget, JhwSession *session, void (*update)(gpointer data),
			 gpointer data);

#endif
