/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the rules found, at the bottom; each with what can be done about it. */
#ifndef JHW_PANELS_PROBLEMS_H
#define JHW_PANELS_PROBLEMS_H

#include <gtk/gtk.h>

#include "model/session.h"

GtkWidget *jhw_problems_panel_new(JhwSession *session);

#endif
