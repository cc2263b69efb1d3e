/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A root cell from a board: what Linux has, less what the hypervisor keeps. */
#ifndef JHCFG_ROOT_H
#define JHCFG_ROOT_H

#include <jhcfg/board.h>
#include <jhcfg/diag.h>

/* 0 leaves the choice to the library. */
struct jhcfg_root_options {
	uint64_t hypervisor_size;
	uint64_t inmate_size;
	struct jhcfg_range ram; /* in place of what the board says */
};

/*
 * Makes a system configuration for the board. Memory of hypervisor and inmates
 * lies in RAM that nothing reserves but, on x86, memmap=; regions are without
 * interrupt controllers, IOMMUs, the memory window of PCI configuration space,
 * tables of MSI-X and the firmware's own memory, and adjacent ones are merged.
 * What was chosen, and what Linux has to be told, is in @diags as information.
 * -ENOTSUP: the board cannot be partitioned; -ENOSPC: no room; -ENOMEM.
 */
JHCFG_API int jhcfg_root_generate(const struct jhcfg_board *board,
				  const struct jhcfg_root_options *options,
				  struct jhcfg_diags *diags,
				  struct jhcfg_config **config);

#endif
