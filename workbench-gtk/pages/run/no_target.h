/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the Run page shows while there is no target: what to do about that. */
#ifndef JHW_RUN_NO_TARGET_H
#define JHW_RUN_NO_TARGET_H

#include <gtk/gtk.h>

GtkWidget *jhw_no_target_new(void);

#endif
