/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The device tree of a Linux cell */
#ifndef JHCFG_EMIT_LINUX_CELL_DT_H
#define JHCFG_EMIT_LINUX_CELL_DT_H

#include <jhcfg/linux_cell.h>

/*
 * What the cell has: CPUs, interrupt controller, timer, PSCI, virtual PCI host,
 * virtual console, and its devices. The caller frees *@dtb.
 */
int jhcfg_linux_make_dt(const struct jhcfg_config *cell,
			const struct jhcfg_linux_machine *machine,
			struct jhcfg_diags *diags, void **dtb);

/*
 * A copy of @dtb (at most @size bytes) with the cell's RAM in /memory and, in
 * /chosen, the command line (NULL: left alone) and the place of the initrd
 * (0 bytes: none). The caller frees *@result.
 */
int jhcfg_linux_complete_dt(const void *dtb, size_t size,
			    const struct jhcfg_config *cell,
			    const char *cmdline, uint64_t initrd,
			    uint64_t initrd_size, struct jhcfg_diags *diags,
			    void **result);

/* Bytes that the result of jhcfg_linux_complete_dt() takes at most */
size_t jhcfg_linux_dt_limit(size_t size, const struct jhcfg_config *cell,
			    const char *cmdline);

#endif
