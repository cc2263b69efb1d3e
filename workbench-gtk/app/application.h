/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program: its command line, its windows, what is the same in all. */
#ifndef JHW_APPLICATION_H
#define JHW_APPLICATION_H

#include <gtk/gtk.h>

#define JHW_APPLICATION_ID "org.jailhouse.Workbench"

#define JHW_TYPE_APPLICATION (jhw_application_get_type())
G_DECLARE_FINAL_TYPE(JhwApplication, jhw_application, JHW, APPLICATION, GtkApplication)

JhwApplication *jhw_application_new(void);

#endif
