// SPDX-License-Identifier: GPL-2.0-only
/* The configuration of a new cell: fetched from the root, and judged. */
#include <hv/arch.h>
#include <hv/page_pool.h>
#include <hv/printk.h>
#include <hv/string.h>

#include "cell_parts.h"

/*
 * Copies the configuration out of the root's memory. Its size comes from the
 * descriptor, which is read once, first: the copy's arrays are fetched later,
 * but the descriptor in front of them stays the one that was measured.
 */
static int copy_from_root(u64 gpa, void *dest, u64 size)
{
	char *to = dest;

	while (size) {
		u64 offset = gpa & ~PAGE_MASK;
		u64 part = MIN(size, PAGE_SIZE - offset);
		phys_t phys = root_gpa_to_phys(gpa, false);
		const char *page;

		if (phys == PHYS_INVALID || gpa + part < gpa)
			return -EINVAL;
		page = hv_map_temporary(phys & PAGE_MASK, 1, PT_READ);
		memcpy(to, page + offset, part);
		to += part;
		gpa += part;
		size -= part;
	}
	return 0;
}

int cell_copy_config(u64 gpa, struct cell *cell)
{
	struct jailhouse_cell_desc desc;
	char *config;
	u64 size;
	int err;

	err = copy_from_root(gpa, &desc, sizeof(desc));
	if (err) {
		printk("Refused: configuration at 0x%llx is not in RAM of the "
		       "root\n",
		       gpa);
		return err;
	}
	size = jailhouse_cell_config_size64(&desc);
	if ((gpa & ~PAGE_MASK) + size > CELL_CONFIG_LIMIT) {
		printk("Refused: configuration of %llu bytes is larger than "
		       "%u\n",
		       size, CELL_CONFIG_LIMIT);
		return -E2BIG;
	}
	config = page_alloc(PAGES(size));
	if (!config)
		return -ENOMEM;
	cell->config = (const struct jailhouse_cell_desc *)(void *)config;
	cell->config_size = (u32)size;
	memcpy(config, &desc, sizeof(desc));
	return copy_from_root(gpa + sizeof(desc), config + sizeof(desc),
			      size - sizeof(desc));
}

int cell_check_config(const struct cell *cell)
{
	struct config_context context;

	memset(&context, 0, sizeof(context));
	arch_config_context(&context);
	context.root = &root_cell;
	context.cells = root_cell.next;
	context.calling_cpu = this_cpu()->id;
	return config_check_cell(&context, cell->config, cell->config_size);
}
