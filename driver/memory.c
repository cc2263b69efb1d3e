// SPDX-License-Identifier: GPL-2.0-only
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/of.h>
#include <linux/of_address.h>

#include "arch.h"
#include "memory.h"

static int ram_overlap(u64 start, u64 size)
{
	return region_intersects(start, size, IORESOURCE_SYSTEM_RAM,
				 IORES_DESC_NONE);
}

/* Whether one range of the node covers all of [start, last] */
static bool node_covers(struct device_node *node, u64 start, u64 last)
{
	struct resource range;
	int n;

	/* Linux lends such memory to whoever can give it back. */
	if (of_property_read_bool(node, "reusable"))
		return false;
	for (n = 0; of_address_to_resource(node, n, &range) == 0; n++)
		if (range.start <= start && last <= range.end)
			return true;
	return false;
}

/* Memory that a reserved-memory node without no-map keeps is still RAM to
 * Linux, but nobody gets it. */
static bool is_reserved(u64 start, u64 last)
{
	struct device_node *parent, *node;
	bool covered = false;

	parent = of_find_node_by_path("/reserved-memory");
	if (!parent)
		return false;
	for_each_available_child_of_node(parent, node) {
		covered = node_covers(node, start, last);
		if (covered) {
			of_node_put(node);
			break;
		}
	}
	of_node_put(parent);
	return covered;
}

bool jh_memory_in_use(u64 start, u64 size)
{
	return ram_overlap(start, size) != REGION_DISJOINT &&
	       !is_reserved(start, start + size - 1);
}

void *jh_memory_map(u64 start, u64 size)
{
	u64 limit = jh_arch_phys_limit();

	if (start >= limit || size > limit - start)
		return NULL;
	/* memremap() warns about a mixture of RAM and other things. */
	if (ram_overlap(start, size) == REGION_MIXED ||
	    jh_memory_in_use(start, size))
		return NULL;
	return memremap(start, size, MEMREMAP_WB);
}
