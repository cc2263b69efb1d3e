/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_LINKS_FORM_H
#define JHW_LINKS_FORM_H

#include <gtk/gtk.h>

#include "model/session.h"

/* A small form for a link between these cells (0: the first ones), at a point
 * of @widget. */
void jhw_link_form_open(GtkWidget *widget, JhwSession *session, uint32_t a, uint32_t b, double x,
			double y);

#endif
