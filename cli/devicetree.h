/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The device tree that the kernel was started with, as /proc shows it. */
#ifndef CLI_DEVICETREE_H
#define CLI_DEVICETREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct devicetree_range {
	uint64_t start;
	uint64_t size;
};

/* Path of the GIC's node, which the caller frees, and its version in
 * *@version; NULL if there is no device tree, or no GIC in it. */
char *devicetree_find_gic(unsigned int *version);

/* Whether node @node (a path as above, "" the root) has property @name. */
bool devicetree_has(const char *node, const char *name);
/* Whether a node below @node is compatible with @compatible. */
bool devicetree_has_below(const char *node, const char *compatible);
/* The property as a string that the caller frees, or NULL. */
char *devicetree_string(const char *node, const char *name);

/* The memory banks; at most @max. Returns how many. */
size_t devicetree_memory(struct devicetree_range *ranges, size_t max);

#endif
