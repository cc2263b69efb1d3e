/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the root cells of all architectures begin with. */
#ifndef JHCFG_PLAN_ROOT_SYSTEM_H
#define JHCFG_PLAN_ROOT_SYSTEM_H

#include <jhcfg/board.h>
#include <jhcfg/edit.h>

/* All CPUs of the board. -errno. */
int root_add_cpus(struct jhcfg_config *config, const struct jhcfg_board *board);
/* The region @range behind all others, at the same address for the guest.
 * @source says where its @name is known from; it may be empty. -errno. */
int root_add_region(struct jhcfg_config *config, struct jhcfg_range range,
		    uint64_t flags, const char *name, const char *source);
/* The platform, where the hypervisor is, and a virtual console. */
void root_set_system(struct jhcfg_config *config,
		     const struct jhcfg_platform *platform,
		     const struct jhcfg_range *hypervisor);

#endif
