/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_PCI_DETAILS_VIEW_H
#define JHW_PCI_DETAILS_VIEW_H

#include <gtk/gtk.h>

#include "model/session.h"

/* Registers, capabilities and messages of the PCI function that was selected
 * last. A BAR leads to its memory region. */
GtkWidget *jhw_pci_details_new(JhwSession *session);

#endif
