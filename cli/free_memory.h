/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_FREE_MEMORY_H
#define CLI_FREE_MEMORY_H

#include "devicetree.h"

enum free_memory {
	FREE_MEMORY_FOUND,
	FREE_MEMORY_NONE,
	FREE_MEMORY_UNKNOWN, /* no banks, or @iomem hides its addresses */
};

/*
 * Finds the largest part of the memory @banks that Linux does not use as
 * "System RAM" according to @iomem, the content of /proc/iomem. At least
 * 1 MiB, or it is none.
 */
enum free_memory free_memory_find(const struct devicetree_range *banks,
				  size_t count, const char *iomem,
				  struct devicetree_range *hole);

#endif
