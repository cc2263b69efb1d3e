/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_PCI_TREE_H
#define JHW_PCI_TREE_H

#include <gtk/gtk.h>

#include "model/pci.h"
#include "model/session.h"

/* The functions as a tree with columns. It shows what jhw_pci_tree_view_set()
 * gives it; rows are selected, dragged onto cells, and moved by their menu. */
GtkWidget *jhw_pci_tree_view_new(JhwSession *session);
/* @nodes: of jhw_pci_tree(). */
void jhw_pci_tree_view_set(GtkWidget *view, GListModel *nodes);

#endif
