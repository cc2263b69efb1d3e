/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who has what is at an address. */
#ifndef JHCFG_FAULT_PLACE_H
#define JHCFG_FAULT_PLACE_H

#include <jhcfg/fault.h>

static inline bool fault_is_inside(uint64_t address, uint64_t start,
				   uint64_t size)
{
	return address >= start && address - start < size;
}

/* The region of @cell (NULL: not known) with that guest-physical address. */
const struct jhcfg_memory *fault_own_region(const struct jhcfg_cell *cell,
					    uint64_t address, size_t *index);

/* What the hypervisor keeps to itself. */
struct fault_reserved {
	const char *what, *rule;
	const char *advice; /* for programs */
};

bool fault_reserved(const struct jhcfg_fault_context *context, uint64_t phys,
		    struct fault_reserved *reserved);

/* The cell, other than @cell, with a region at the physical address; NULL:
 * none has. */
const struct jhcfg_cell *fault_owner(const struct jhcfg_fault_context *context,
				     const struct jhcfg_cell *cell,
				     uint64_t phys, size_t *region);

#endif
