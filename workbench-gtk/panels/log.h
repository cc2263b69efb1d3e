/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_PANELS_LOG_H
#define JHW_PANELS_LOG_H

#include <gtk/gtk.h>

#include "model/log.h"

/* The lines of the log, at the bottom. */
GtkWidget *jhw_log_panel_new(JhwLog *log);

#endif
