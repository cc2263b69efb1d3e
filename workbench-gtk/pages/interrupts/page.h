/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Interrupts: which line is whose, as a matrix and as a list. */
#ifndef JHW_INTERRUPTS_PAGE_H
#define JHW_INTERRUPTS_PAGE_H

#include <gtk/gtk.h>

#include "model/session.h"

#define JHW_TYPE_INTERRUPTS_PAGE (jhw_interrupts_page_get_type())
G_DECLARE_FINAL_TYPE(JhwInterruptsPage, jhw_interrupts_page, JHW, INTERRUPTS_PAGE, GtkWidget)

GtkWidget *jhw_interrupts_page_new(JhwSession *session);

#endif
