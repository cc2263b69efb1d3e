/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The functions behind the rules of group M; the rules are in
 * rules_memory.c. */
#ifndef JHCFG_CHECK_MEMORY_H
#define JHCFG_CHECK_MEMORY_H

#include "check/rule.h"

#define MEMORY_RULE(name)                                                      \
	void memory_check_##name(struct check *check,                          \
				 const struct check_cell *cell);
#define MEMORY_FIX(name) int memory_fix_##name(struct fix *fix);

/* memory_overlap.c: regions and other regions */
MEMORY_RULE(overlap)
MEMORY_FIX(overlap)
MEMORY_RULE(owners)
MEMORY_FIX(owners)
MEMORY_RULE(not_root)
MEMORY_FIX(not_root)

/* memory_adjacent.c */
MEMORY_RULE(adjacent)
MEMORY_FIX(adjacent)

/* memory_flags.c: what a region says of itself */
MEMORY_RULE(rootshared)
MEMORY_FIX(rootshared)
MEMORY_RULE(alignment)
MEMORY_FIX(alignment)
MEMORY_RULE(widths)
MEMORY_FIX(widths)
MEMORY_RULE(loadable)
MEMORY_FIX(loadable)
MEMORY_RULE(access)
MEMORY_FIX(access)
MEMORY_RULE(linux)
MEMORY_FIX(linux)

/* memory_subpage.c */
MEMORY_RULE(subpage)
MEMORY_FIX(subpage)

/* memory_hole.c: regions and what nobody may have */
MEMORY_RULE(holes)
MEMORY_FIX(holes)
MEMORY_RULE(permissive)
MEMORY_FIX(permissive)
MEMORY_RULE(width)
MEMORY_FIX(width)
MEMORY_RULE(carve_out)
MEMORY_FIX(carve_out)

/* memory_device.c: regions and the devices of the board */
MEMORY_RULE(type)
MEMORY_FIX(type)
MEMORY_RULE(dma)
MEMORY_FIX(dma)

/* memory_moved.c: the board then and now */
MEMORY_RULE(moved)

/* memory_closure.c: what devices need beside their first registers */
MEMORY_RULE(closure)
MEMORY_FIX(closure)

#undef MEMORY_RULE
#undef MEMORY_FIX

#endif
