// SPDX-License-Identifier: LGPL-2.1-or-later
#include "emit/reserved.h"

#include <errno.h>
#include <stdlib.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/emit.h>

#define PAGE 0x1000ULL

bool emit_is_ram(const struct jhcfg_memory *memory)
{
	return memory->size && !(memory->flags & (JAILHOUSE_MEM_IO |
						  JAILHOUSE_MEM_COMM_REGION));
}

bool emit_is_mmio(const struct jhcfg_memory *memory)
{
	return memory->size && memory->flags & JAILHOUSE_MEM_IO;
}

struct list {
	struct jhcfg_range *items;
	size_t count, capacity;
};

/* Whole pages, and no further than the last address. */
static int add(struct list *list, uint64_t start, uint64_t size)
{
	struct jhcfg_range *items = list->items;
	uint64_t last = start + (size - 1);

	if (!size)
		return 0;
	if (list->count == list->capacity) {
		size_t capacity = list->capacity ? 2 * list->capacity : 16;

		items = reallocarray(items, capacity, sizeof(*items));
		if (!items)
			return -ENOMEM;
		list->items = items;
		list->capacity = capacity;
	}
	if (last < start)
		last = UINT64_MAX;
	start &= ~(PAGE - 1);
	last |= PAGE - 1;
	items[list->count++] = (struct jhcfg_range){
		.start = start,
		/* all addresses are one more than a size can say */
		.size = last - start == UINT64_MAX ? last : last - start + 1,
	};
	return 0;
}

static int compare(const void *a, const void *b)
{
	const struct jhcfg_range *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

static void merge(struct list *list)
{
	size_t kept = 0;

	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare);
	for (size_t n = 0; n < list->count; n++) {
		struct jhcfg_range *last = &list->items[kept - !!kept];
		struct jhcfg_range range = list->items[n];

		if (!kept || range.start - last->start > last->size) {
			list->items[kept++] = range;
		} else if (range.start - last->start + range.size >
			   last->size) {
			last->size = range.start - last->start + range.size;
		}
	}
	list->count = kept;
}

static int add_cell(struct list *list, const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_memory *memory;
	int err = 0;

	for (size_t n = 0; !err && (memory = jhcfg_cell_memory(cell, n)); n++)
		if (emit_is_ram(memory))
			err = add(list, memory->phys_start, memory->size);
	return err;
}

/* A link may have the root as its only end so far. */
static int add_link(struct list *list, const struct jhcfg_link *link)
{
	return add(list, link->base,
		   link->state_size + link->rw_size +
			   link->num_peers * link->output_size);
}

static int add_hypervisor(struct list *list,
			  const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_config *root =
		jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	const struct jhcfg_memory *memory;

	if (!root)
		return -ENOMEM;
	memory = jhcfg_system_hypervisor_memory(jhcfg_config_system(root));
	return add(list, memory->phys_start, memory->size);
}

int jhcfg_emit_reserved(const struct jhcfg_workspace *workspace,
			struct jhcfg_range **ranges, size_t *count)
{
	size_t num_cells = jhcfg_workspace_num_cells(workspace);
	size_t num_links = jhcfg_workspace_num_links(workspace);
	struct list list = { 0 };
	int err = add_hypervisor(&list, workspace);

	for (size_t n = 1; !err && n < num_cells; n++) {
		const struct jhcfg_config *config = jhcfg_workspace_cell(
			workspace, jhcfg_workspace_cell_key(workspace, n));

		err = config ? add_cell(&list, config) : -ENOMEM;
	}
	for (size_t n = 0; !err && n < num_links; n++)
		err = add_link(&list, jhcfg_workspace_link(workspace, n));
	if (err) {
		free(list.items);
		return err;
	}
	merge(&list);
	*ranges = list.items;
	*count = list.count;
	return 0;
}
