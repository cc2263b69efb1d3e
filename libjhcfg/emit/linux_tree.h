/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the parts of a Linux cell's tree share. */
#ifndef JHCFG_EMIT_LINUX_TREE_H
#define JHCFG_EMIT_LINUX_TREE_H

#include <stdbool.h>

#include <jhcfg/emit.h>

#include "emit/fdt_out.h"

#define LINUX_MAX_CLOCKS 512
#define LINUX_PATH_SIZE	 128

/* Of the interrupt binding of the GIC, "arm,gic.yaml" in Linux */
#define GIC_SPI		0
#define GIC_PPI		1
#define GIC_FIRST_PPI	16
#define GIC_FIRST_SPI	32
#define GIC_EDGE_RISING 1
#define GIC_LEVEL_HIGH	4
#define GIC_LEVEL_LOW	8

/* A clock of which the cell sees only the rate. */
struct linux_clock {
	char name[96];
	uint32_t rate; /* Hz, 0: unknown */
	uint32_t phandle;
};

struct linux_tree {
	const struct jhcfg_tree_options *options;
	const struct jhcfg_board *board; /* NULL: none */
	const void *board_tree;		 /* what the board was read from, or
					  * NULL */
	const struct jhcfg_config *root;
	const struct jhcfg_config *config;
	const struct jhcfg_cell *cell;
	struct jhcfg_diags *diags;
	uint32_t gic_phandle, next_phandle;
	struct linux_clock clocks[LINUX_MAX_CLOCKS];
	size_t num_clocks;
	char console[LINUX_PATH_SIZE + 1]; /* path of its device, or empty */
};

/* Which devices are the cell's, and where the console is; before anything is
 * written, since /chosen comes first. */
void linux_find_console(struct linux_tree *tree);
/* Their nodes, and those of the clocks that they have. */
void linux_emit_devices(struct linux_tree *tree, struct fdt_out *out);

/* AArch32 at EL1, whatever the machine is. */
bool linux_is_32bit(const struct linux_tree *tree);

/* One node each; no PMU or PCI host where there is none. */
void linux_emit_timer(struct linux_tree *tree, struct fdt_out *out);
void linux_emit_gic(struct linux_tree *tree, struct fdt_out *out);
void linux_emit_pmu(struct linux_tree *tree, struct fdt_out *out);
void linux_emit_pci(struct linux_tree *tree, struct fdt_out *out);

/* Three cells for an interrupt of the GIC. */
void linux_add_interrupt(const struct linux_tree *tree, struct fdt_cells *cells,
			 uint32_t intid, uint32_t flags);

#endif
