/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts that fill a board from a tree. Each adds what it finds; memory
 * that runs out is remembered by the board. */
#ifndef JHCFG_IMPORT_DEVICE_TREE_H
#define JHCFG_IMPORT_DEVICE_TREE_H

#include "import/tree.h"
#include "model/board.h"

#define DT_MAX_SOURCE (DT_MAX_PATH + 256)

/* Numbers the devices (node->device) and adds them. -ENOMEM. */
int dt_add_devices(struct dt_tree *tree, struct jhcfg_board *board);
/* The device that a node is, or is a part of; JHCFG_NO_INDEX without one. */
size_t dt_device_of(const struct dt_tree *tree, uint32_t node);

/* CPUs, their topology and caches. -ENOMEM. */
int dt_add_cpus(struct dt_tree *tree, struct jhcfg_board *board);
/* Memory banks and what is kept from Linux. @blob: for its /memreserve/. */
void dt_add_memory(struct dt_tree *tree, struct jhcfg_board *board,
		   const void *blob);
/* Interrupt controllers, timer, PSCI, IOMMUs and PCI hosts. */
void dt_add_platform(struct dt_tree *tree, struct jhcfg_board *board);
void dt_add_pci_host(struct dt_tree *tree, struct jhcfg_board *board,
		     uint32_t node);

#endif
