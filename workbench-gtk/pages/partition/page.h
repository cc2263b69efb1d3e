/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Partition: each cell a lane, what it has as chips. */
#ifndef JHW_PARTITION_PAGE_H
#define JHW_PARTITION_PAGE_H

#include <gtk/gtk.h>

#include "model/session.h"

#define JHW_TYPE_PARTITION_PAGE (jhw_partition_page_get_type())
G_DECLARE_FINAL_TYPE(JhwPartitionPage, jhw_partition_page, JHW, PARTITION_PAGE, GtkWidget)

GtkWidget *jhw_partition_page_new(JhwSession *session);

#endif
