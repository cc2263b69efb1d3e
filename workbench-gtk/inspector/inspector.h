/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is selected, in full, and the place to change it: at the right. */
#ifndef JHW_INSPECTOR_H
#define JHW_INSPECTOR_H

#include <gtk/gtk.h>

#include "model/session.h"

#define JHW_TYPE_INSPECTOR (jhw_inspector_get_type())
G_DECLARE_FINAL_TYPE(JhwInspector, jhw_inspector, JHW, INSPECTOR, GtkWidget)

GtkWidget *jhw_inspector_new(JhwSession *session);

#endif
