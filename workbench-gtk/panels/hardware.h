/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The hardware as a tree that can be searched, at the left. */
#ifndef JHW_PANELS_HARDWARE_H
#define JHW_PANELS_HARDWARE_H

#include <gtk/gtk.h>

#include "model/session.h"

GtkWidget *jhw_hardware_panel_new(JhwSession *session);

#endif
