/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_LINKS_FORM_H
#define JHW_LINKS_FORM_H

#include <gtk/gtk.h>

#include "model/session.h"

/* A small form for a link between these cells (0: the first ones), at @at of
 * @widget; NULL: at all of it. */
void jhw_link_form_open(GtkWidget *widget, const GdkRectangle *at, JhwSession *session, uint32_t a,
			uint32_t b);

#endif
