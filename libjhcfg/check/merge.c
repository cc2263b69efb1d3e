// SPDX-License-Identifier: LGPL-2.1-or-later
#include "check/merge.h"

#include <errno.h>
#include <stdlib.h>

#include <jailhouse/cell-config.h>

struct piece {
	struct jhcfg_memory memory;
	size_t index;
	bool gone;
};

static int compare(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->memory.flags != y->memory.flags)
		return x->memory.flags < y->memory.flags ? -1 : 1;
	if (x->memory.phys_start != y->memory.phys_start)
		return x->memory.phys_start < y->memory.phys_start ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static int compare_index(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	return (x->index < y->index) - (x->index > y->index);
}

static bool may_merge(const struct check_cell *cell, size_t index,
		      const struct jhcfg_memory *memory)
{
	return !cell->shmem[index] && memory->size && !memory->colors &&
	       !(memory->flags & JAILHOUSE_MEM_COMM_REGION) &&
	       !((memory->virt_start | memory->size) & 4095);
}

static bool continues(const struct jhcfg_memory *a,
		      const struct jhcfg_memory *b)
{
	return a->flags == b->flags && a->size <= UINT64_MAX - b->size &&
	       a->phys_start + a->size == b->phys_start &&
	       a->virt_start + a->size == b->virt_start;
}

static size_t join(struct piece *pieces, size_t count)
{
	size_t into = 0, merged = 0;

	for (size_t n = 1; n < count; n++) {
		if (!continues(&pieces[into].memory, &pieces[n].memory)) {
			into = n;
			continue;
		}
		pieces[into].memory.size += pieces[n].memory.size;
		pieces[n].gone = true;
		merged++;
	}
	return merged;
}

int check_merge_regions(const struct check_cell *cell,
			struct jhcfg_config *config, size_t *merged)
{
	struct piece *pieces =
		calloc(cell->num_own_memory + 1, sizeof(*pieces));
	size_t count = 0;
	int err = 0;

	if (!pieces)
		return -ENOMEM;
	for (size_t n = 0; n < cell->num_own_memory; n++) {
		const struct jhcfg_memory *memory =
			jhcfg_cell_memory(jhcfg_config_cell(config), n);

		if (memory && may_merge(cell, n, memory))
			pieces[count++] = (struct piece){ *memory, n, false };
	}
	qsort(pieces, count, sizeof(*pieces), compare);
	*merged = join(pieces, count);
	/* from the end, so that indices stay what they are */
	qsort(pieces, count, sizeof(*pieces), compare_index);
	for (size_t n = 0; !err && n < count; n++)
		err = pieces[n].gone
			      ? jhcfg_config_remove_memory(config,
							   pieces[n].index)
			      : jhcfg_config_replace_memory(config,
							    pieces[n].index,
							    &pieces[n].memory);
	free(pieces);
	return err;
}
