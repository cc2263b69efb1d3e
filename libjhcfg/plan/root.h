/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The root cell of an Arm board while it is being made. */
#ifndef JHCFG_PLAN_ROOT_H
#define JHCFG_PLAN_ROOT_H

#include <jhcfg/edit.h>
#include <jhcfg/root.h>

#include "plan/ranges.h"

/* One bus of configuration space, and room for the registers of links */
#define ROOT_PCI_WINDOW (2ULL << 20)
#define ROOT_FIRST_SPI	32U
#define ROOT_NUM_INTIDS 1020U /* ARM IHI 0069H, 2.2.1 */

struct root {
	const struct jhcfg_board *board;
	const struct jhcfg_root_options *options;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config;
	const struct jhcfg_hw_irqchip *gic;
	struct ranges ram;	 /* all */
	struct ranges reserved;	 /* parts of it that are in use */
	struct ranges firmware;	 /* parts of it that Linux must not touch */
	struct ranges registers; /* that the hypervisor keeps or emulates */
	struct ranges mmio;
	struct jhcfg_range hypervisor, inmates; /* behind each other */
	bool reserved_for_us; /* Linux keeps off them already */
	struct jhcfg_platform platform;
};

/* Finding about the root cell; root_refuse() is an error, and returns @err. */
void root_say(struct root *root, enum jhcfg_severity severity, const char *rule,
	      const char *hint, const char *text);
int root_refuse(struct root *root, int err, const char *rule, const char *hint,
		const char *text);

/* root_registers.c: what the board has at which addresses, and which of it the
 * hypervisor keeps or emulates. */
void root_read_registers(struct root *root);

/* root_place.c: RAM, and where hypervisor, inmates and virtual PCI go; after
 * the registers. -ENOSPC: there is no room. */
int root_place(struct root *root);

/* root_regions.c: the memory regions; after all else is placed. */
int root_add_regions(struct root *root);

#endif
