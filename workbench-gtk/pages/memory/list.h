/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The map as a list, which says the same and lets do the same. */
#ifndef JHW_MEMORY_LIST_H
#define JHW_MEMORY_LIST_H

#include <gtk/gtk.h>

#include "model/session.h"

/* Follows the project and the selection, and sets the selection. */
GtkWidget *jhw_memory_list_new(JhwSession *session);

#endif
