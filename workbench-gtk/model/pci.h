/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PCI: what is on which bus, and whose it is. */
#ifndef JHW_PCI_H
#define JHW_PCI_H

#include <gio/gio.h>
#include <jhcfg/workspace.h>

#include "model/ref.h"

typedef enum {
	JHW_PCI_HOST, /* a host bridge, or a domain of which none is known */
	JHW_PCI_BRIDGE,
	JHW_PCI_FUNCTION,
	JHW_PCI_GROUP,	 /* functions that no IOMMU can tell apart */
	JHW_PCI_VIRTUAL, /* the bus that the hypervisor makes for links */
	JHW_PCI_LINK,
	JHW_PCI_END, /* a link as one cell sees it: a virtual function */
} JhwPciKind;

/* Read-only once it is made; texts are never NULL. */
struct _JhwPciNode {
	GObject parent_instance;
	JhwPciKind kind;
	JhwRef ref;	      /* kind NONE: nothing that can be selected */
	uint32_t owner;	      /* key of a cell, 0: none, or several */
	char *title;	      /* "00:02.0", "pcie" */
	char *what;	      /* "Ethernet controller, 8086:10d3" */
	char *group;	      /* "3"; of hosts: which buses */
	char *messages;	      /* "MSI 1, MSI-X 5" */
	char *conflict;	      /* what is wrong with who has it; empty: nothing */
	GListStore *children; /* NULL: none */
};

#define JHW_TYPE_PCI_NODE (jhw_pci_node_get_type())
G_DECLARE_FINAL_TYPE(JhwPciNode, jhw_pci_node, JHW, PCI_NODE, GObject)

typedef enum {
	JHW_PCI_BY_BRIDGE,
	JHW_PCI_BY_GROUP
} JhwPciOrder;

/* A new list of JhwPciNode that does not change; empty: there is no PCI. */
GListModel *jhw_pci_tree(const struct jhcfg_workspace *workspace, JhwPciOrder order);

/* The function of a reference, as the board and its owner's configuration (or
 * the root's) have it; NULL: they do not. */
const struct jhcfg_hw_pci_function *jhw_pci_function(const struct jhcfg_workspace *workspace,
						     uint64_t id);
const struct jhcfg_pci_device *jhw_pci_device(const struct jhcfg_workspace *workspace, uint64_t id,
					      const struct jhcfg_cell **cell);
static inline uint64_t jhw_pci_id(uint16_t domain, uint16_t bdf)
{
	return (uint64_t)domain << 16 | bdf;
}

/* "Ethernet controller"; a constant in the user's language. */
const char *jhw_pci_class_name(uint32_t class_code);
/* "MSI 1, MSI-X 5", empty: it has none; a new string. */
char *jhw_pci_messages(const struct jhcfg_pci_device *device);

#endif
