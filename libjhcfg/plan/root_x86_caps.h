/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* PCI capabilities, from configuration space as it was read or recorded. */
#ifndef JHCFG_PLAN_ROOT_X86_CAPS_H
#define JHCFG_PLAN_ROOT_X86_CAPS_H

#include <jhcfg/board.h>

/* More than fit would be a chain that is no chain. */
#define X86_MAX_CAPS 96

struct x86_caps {
	struct jhcfg_pci_cap items[X86_MAX_CAPS];
	uint16_t count;
	/* where they are in configuration space, 0: there is none */
	uint16_t msi, msix;
};

/* Those of the function, in the order of its lists, with what the root may
 * write to. */
void x86_find_caps(const struct jhcfg_hw_pci_function *function,
		   struct x86_caps *caps);
/* @width bytes of configuration space; 0 beyond what was read. */
uint32_t x86_config(const struct jhcfg_hw_pci_function *function, size_t at,
		    size_t width);

#endif
