/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What sort of device a node is; and what consoles want to know of UARTs. */
#ifndef JHCFG_IMPORT_KINDS_H
#define JHCFG_IMPORT_KINDS_H

#include <jhcfg/board.h>

#include "import/tree.h"

enum jhcfg_hw_device_kind dt_device_kind(const struct dt_tree *tree,
					 uint32_t node);
/* Is a device of that kind a bus master, as a rule? */
bool dt_kind_masters(enum jhcfg_hw_device_kind kind);
/* Fills in console_type, reg_shift, reg_io_width and clock_hz. */
void dt_uart(const struct dt_tree *tree, uint32_t node,
	     struct jhcfg_hw_device *device);

#endif
