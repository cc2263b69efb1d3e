/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Consoles in tabs: the hypervisor's, and one of each cell that the target has. */
#ifndef JHW_RUN_CONSOLES_H
#define JHW_RUN_CONSOLES_H

#include <gtk/gtk.h>

#include "model/session.h"

GtkWidget *jhw_consoles_new(JhwSession *session);

#endif
