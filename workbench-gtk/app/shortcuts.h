/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys of actions, and the window that lists them: both from one table. */
#ifndef JHW_SHORTCUTS_H
#define JHW_SHORTCUTS_H

#include <gtk/gtk.h>

void jhw_shortcuts_install(GtkApplication *application);
/* A window that is not shown yet. */
GtkWidget *jhw_shortcuts_window_new(void);

#endif
