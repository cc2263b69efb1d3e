/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Links: shared memory between cells, as a graph and as a list. */
#ifndef JHW_LINKS_PAGE_H
#define JHW_LINKS_PAGE_H

#include <gtk/gtk.h>

#include "model/session.h"

#define JHW_TYPE_LINKS_PAGE (jhw_links_page_get_type())
G_DECLARE_FINAL_TYPE(JhwLinksPage, jhw_links_page, JHW, LINKS_PAGE, GtkWidget)

GtkWidget *jhw_links_page_new(JhwSession *session);

#endif
