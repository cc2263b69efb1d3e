/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PCI: functions by bridge or IOMMU group, whose they are, and what they have. */
#ifndef JHW_PCI_PAGE_H
#define JHW_PCI_PAGE_H

#include <gtk/gtk.h>

#include "model/session.h"

#define JHW_TYPE_PCI_PAGE (jhw_pci_page_get_type())
G_DECLARE_FINAL_TYPE(JhwPciPage, jhw_pci_page, JHW, PCI_PAGE, GtkWidget)

GtkWidget *jhw_pci_page_new(JhwSession *session);

#endif
