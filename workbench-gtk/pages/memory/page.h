/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory: who has which addresses, to scale, as a map and as a list. */
#ifndef JHW_MEMORY_PAGE_H
#define JHW_MEMORY_PAGE_H

#include <gtk/gtk.h>

#include "model/session.h"

#define JHW_TYPE_MEMORY_PAGE (jhw_memory_page_get_type())
G_DECLARE_FINAL_TYPE(JhwMemoryPage, jhw_memory_page, JHW, MEMORY_PAGE, GtkWidget)

GtkWidget *jhw_memory_page_new(JhwSession *session);

#endif
