/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The hypervisor's memory: how large it must be, and where it can go. */
#ifndef JHCFG_CHECK_HYPERVISOR_H
#define JHCFG_CHECK_HYPERVISOR_H

#include <jhcfg/pool.h>

#include "check/rule.h"

/*
 * What the system and the first @num_cells cells of the scenario (the root
 * counts) need. -ENOTSUP: not known for this architecture; -ENOMEM.
 */
int hypervisor_estimate(const struct check *check, size_t num_cells,
			struct jhcfg_pool *pool);
/* The smallest size that can be enabled at all; a rough one where there is no
 * estimate. */
uint64_t hypervisor_minimum(const struct check *check);

/*
 * Gives the hypervisor's memory another size or place, and takes it out of the
 * root's RAM: where it is, if that can be; else somewhere in the RAM that is
 * kept from Linux for partitions. @stay: where it is is not refused.
 */
int fix_place_hypervisor(struct fix *fix, uint64_t size, bool stay);

/* H01, H06, H07, H09: memory and Linux */
void check_hv_reserved(struct check *check, const struct check_cell *root);
int fix_hv_reserved(struct fix *fix);
void check_hv_command_line(struct check *check, const struct check_cell *root);
void check_used_by_linux(struct check *check, const struct check_cell *cell);
int fix_used_by_linux(struct fix *fix);
void check_no_map(struct check *check, const struct check_cell *cell);

#endif
