/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Root cells of PCs: the parts that are put together in root_x86.c. */
#ifndef JHCFG_PLAN_ROOT_X86_H
#define JHCFG_PLAN_ROOT_X86_H

#include <jhcfg/root.h>

#include "plan/ranges.h"

struct x86_root {
	const struct jhcfg_board *board;
	const struct jhcfg_root_options *options;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config;
	struct ranges ram;
	struct ranges reserved; /* firmware's, and what Linux must not use */
	struct ranges dma;	/* of it: where firmware lets devices go */
	struct ranges kept;	/* what the hypervisor keeps or emulates */
	struct ranges mmio;
	struct jhcfg_range hypervisor, inmates;
	bool reserved_already; /* by memmap= */
	struct jhcfg_platform platform;
};

/* A root configuration for an x86 board; see jhcfg_root_generate(). */
int root_x86_generate(const struct jhcfg_board *board,
		      const struct jhcfg_root_options *options,
		      struct jhcfg_diags *diags, struct jhcfg_config **config);

__attribute__((format(printf, 5, 6))) void x86_say(struct x86_root *root,
						   enum jhcfg_severity severity,
						   const char *rule,
						   const char *hint,
						   const char *format, ...);

/* Fills the sets of addresses but for what PCI functions have the hypervisor
 * keep; places hypervisor and inmates (-ENOSPC); adds the regions. */
void x86_read_memory(struct x86_root *root);
int x86_place(struct x86_root *root);
int x86_add_memory(struct x86_root *root);

/* PCI functions with their capabilities; the tables of MSI-X are kept. */
int x86_add_pci(struct x86_root *root);
/* Can the hypervisor give this function to a cell? */
bool x86_has_function(const struct x86_root *root,
		      const struct jhcfg_hw_pci_function *function);

/* I/O ports. */
int x86_add_ports(struct x86_root *root);

#endif
