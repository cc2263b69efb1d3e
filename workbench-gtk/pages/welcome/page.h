/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is seen when no project is open: where to get one. What has to be read for
 * that comes when it has been. */
#ifndef JHW_WELCOME_PAGE_H
#define JHW_WELCOME_PAGE_H

#include <gtk/gtk.h>

GtkWidget *jhw_welcome_page_new(void);

#endif
