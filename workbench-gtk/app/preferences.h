/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_PREFERENCES_WINDOW_H
#define JHW_PREFERENCES_WINDOW_H

#include <gtk/gtk.h>

/* A window, not shown yet, in which what is chosen holds at once. */
GtkWidget *jhw_preferences_window_new(GtkWindow *parent);
/* Looks of the program as they were chosen. */
void jhw_preferences_apply(void);

#endif
