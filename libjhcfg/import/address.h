/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses of nodes, as the CPU sees them. */
#ifndef JHCFG_IMPORT_ADDRESS_H
#define JHCFG_IMPORT_ADDRESS_H

#include <jhcfg/board.h>

#include "import/tree.h"

/* Entries of the node's "reg"; 0 if it is none. */
size_t dt_num_reg(const struct dt_tree *tree, uint32_t node);
/*
 * Register window @index of the node, translated through the "ranges" of all
 * buses above. False: no such entry, empty, or not mapped to the CPU.
 */
bool dt_reg(const struct dt_tree *tree, uint32_t node, size_t index,
	    struct jhcfg_range *range);
/*
 * An address of the bus at node @bus, @cells cells of @prop from @index, as
 * the CPU sees it.
 */
bool dt_translate(const struct dt_tree *tree, uint32_t bus,
		  const struct dt_prop *prop, size_t index, uint64_t *address);

#endif
