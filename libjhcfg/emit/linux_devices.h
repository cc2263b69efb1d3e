/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Nodes of devices, as the files that write them share them. */
#ifndef JHCFG_EMIT_LINUX_DEVICES_H
#define JHCFG_EMIT_LINUX_DEVICES_H

#include "emit/linux_tree.h"

/* --- linux_devices.c ------------------------------------------------------ */

/* The cell has all of the device's registers. @index JHCFG_NO_INDEX: false */
bool linux_is_selected(const struct linux_tree *tree, size_t index);

/* --- linux_clocks.c ------------------------------------------------------- */

/* The device's clocks, which are noted for linux_emit_clocks(). */
void linux_emit_clock_refs(struct linux_tree *tree, struct fdt_out *out,
			   const struct jhcfg_hw_device *device);
/* A node for each that was noted. */
void linux_emit_clocks(struct linux_tree *tree, struct fdt_out *out);

/* --- linux_properties.c --------------------------------------------------- */

/* All that is not written otherwise of a @node in the board's tree, and of
 * those below it. */
void linux_copy_properties(struct linux_tree *tree, struct fdt_out *out,
			   const struct jhcfg_hw_device *device, int node);

#endif
