// SPDX-License-Identifier: LGPL-2.1-or-later
#include "check/view.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "check/results.h"
#include "model/private.h"
#include "model/workspace.h"

/* --- cells ---------------------------------------------------------------- */

/* Regions that ivshmem devices name: state table, common section, and an
 * output section for each peer. */
static void mark_shmem(struct check_cell *cell)
{
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell->cell, n));
	     n++) {
		size_t first = device->shmem_regions_start;
		size_t end = first + 2 + device->shmem_peers;

		if (device->type != JAILHOUSE_PCI_TYPE_IVSHMEM)
			continue;
		for (size_t i = first; i < end && i < cell->num_memory; i++)
			cell->shmem[i] = true;
	}
}

static const char *printable(struct jhcfg_arena *arena, const char *text)
{
	char copy[JHCFG_NAME_SIZE];

	snprintf(copy, sizeof(copy), "%s", text);
	check_make_printable(copy);
	return jhcfg_arena_text(arena, copy);
}

static int view_cell(struct check *check, struct jhcfg_arena *arena,
		     const struct jhcfg_state_cell *from,
		     struct check_cell *cell)
{
	cell->key = from->key;
	cell->is_root = from->key == JHCFG_ROOT_KEY;
	cell->own = from->config;
	cell->config = jhcfg_workspace_cell(check->workspace, from->key);
	if (!cell->config)
		return -ENOMEM;
	cell->cell = jhcfg_config_cell(cell->config);
	cell->name = printable(arena, jhcfg_cell_name(cell->cell));
	cell->label = cell->is_root ? "root"
		      : *cell->name ? cell->name
				    : "unnamed";
	cell->num_memory = jhcfg_cell_num_memory(cell->cell);
	cell->num_own_memory =
		jhcfg_cell_num_memory(jhcfg_config_cell(cell->own));
	cell->num_own_pci =
		jhcfg_cell_num_pci_devices(jhcfg_config_cell(cell->own));
	cell->cpu_limit = (unsigned int)cell->cell->cpus.size * 8;
	if (cell->cpu_limit > JHCFG_MAX_CPUS)
		cell->cpu_limit = JHCFG_MAX_CPUS;
	if (cell->cpu_limit > check->num_cpus)
		check->num_cpus = cell->cpu_limit;
	cell->shmem = jhcfg_arena_alloc(arena, cell->num_memory + 1);
	if (!cell->shmem)
		return -ENOMEM;
	mark_shmem(cell);
	return 0;
}

static int compare_cells(const void *a, const void *b)
{
	const struct check_cell *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

const struct check_cell *check_find_cell(const struct check *check,
					 uint32_t key)
{
	const struct check_cell wanted = { .key = key };

	return bsearch(&wanted, check->all, check->num_all, sizeof(wanted),
		       compare_cells);
}

static int view_cells(struct check *check, struct jhcfg_arena *arena)
{
	const struct jhcfg_state *state = check->workspace->state;
	int err = 0;

	check->num_all = state->lists[JHCFG_STATE_CELLS].count;
	check->all =
		jhcfg_arena_alloc(arena, check->num_all * sizeof(*check->all));
	check->cells =
		jhcfg_arena_alloc(arena, check->num_all * sizeof(const void *));
	if (!check->all || !check->cells)
		return -ENOMEM;
	for (size_t n = 0; !err && n < check->num_all; n++)
		err = view_cell(check, arena, jhcfg_state_cell(state, n),
				&check->all[n]);
	/* The workspace hands out keys in ascending order, and appends. */
	qsort(check->all, check->num_all, sizeof(*check->all), compare_cells);
	check->cpu_owner = jhcfg_arena_alloc(
		arena, (check->num_cpus + 1) * sizeof(*check->cpu_owner));
	return check->cpu_owner ? err : -ENOMEM;
}

/* --- regions -------------------------------------------------------------- */

uint64_t check_last(uint64_t start, uint64_t size)
{
	if (!size)
		return start;
	return size - 1 > UINT64_MAX - start ? UINT64_MAX : start + (size - 1);
}

bool check_overlaps(uint64_t start_a, uint64_t size_a, uint64_t start_b,
		    uint64_t size_b)
{
	return size_a && size_b && start_a <= check_last(start_b, size_b) &&
	       start_b <= check_last(start_a, size_a);
}

static void view_region(struct check *check, const struct check_cell *cell,
			size_t index)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(cell->cell, index);
	uint64_t start = memory->phys_start;

	if (memory->flags & JAILHOUSE_MEM_COMM_REGION || !memory->size ||
	    memory->size - 1 > UINT64_MAX - start)
		return;
	check->all_regions[check->num_all_regions++] = (struct check_region){
		.start = start,
		.last = start + (memory->size - 1),
		.cell = cell,
		.index = index,
		.memory = memory,
	};
}

static int compare_regions(const void *a, const void *b)
{
	const struct check_region *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->cell != y->cell)
		return x->cell < y->cell ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static int view_regions(struct check *check, struct jhcfg_arena *arena)
{
	struct check_index *index = &check->index;
	size_t count = 0;

	for (size_t n = 0; n < check->num_all; n++)
		count += check->all[n].num_memory;
	index->num_leaves = 1;
	while (index->num_leaves < count)
		index->num_leaves *= 2;
	check->all_regions = jhcfg_arena_alloc(
		arena, (count + 1) * sizeof(*check->all_regions));
	index->regions =
		jhcfg_arena_alloc(arena, (count + 1) * sizeof(*index->regions));
	index->highest = jhcfg_arena_alloc(
		arena, 2 * index->num_leaves * sizeof(*index->highest));
	if (!check->all_regions || !index->regions || !index->highest)
		return -ENOMEM;
	for (size_t n = 0; n < check->num_all; n++)
		for (size_t i = 0; i < check->all[n].num_memory; i++)
			view_region(check, &check->all[n], i);
	qsort(check->all_regions, check->num_all_regions,
	      sizeof(*check->all_regions), compare_regions);
	return 0;
}

static void enter_regions(struct check *check)
{
	struct check_index *index = &check->index;
	uint64_t *highest = index->highest;

	index->count = 0;
	memset(highest, 0, 2 * index->num_leaves * sizeof(*highest));
	for (size_t n = 0; n < check->num_all_regions; n++) {
		const struct check_region *region = &check->all_regions[n];

		if (!region->cell->in_scenario)
			continue;
		highest[index->num_leaves + index->count] = region->last;
		index->regions[index->count++] = *region;
	}
	for (size_t n = index->num_leaves - 1; n > 0; n--)
		highest[n] = highest[2 * n] > highest[2 * n + 1]
				     ? highest[2 * n]
				     : highest[2 * n + 1];
}

/* The first region from number @from on whose last address is not below
 * @start; the number of leaves if there is none. */
static size_t next_reaching(const struct check_index *index, size_t from,
			    uint64_t start)
{
	size_t node = index->num_leaves + from;

	if (from >= index->count)
		return index->num_leaves;
	/* up and to the right until a subtree reaches, then down in it */
	while (index->highest[node] < start) {
		while (node & 1)
			node /= 2;
		if (!node) /* was the right edge */
			return index->num_leaves;
		node++;
	}
	while (node < index->num_leaves)
		node = index->highest[2 * node] >= start ? 2 * node
							 : 2 * node + 1;
	return node - index->num_leaves;
}

const struct check_region *check_region_at(struct check *check, uint64_t start,
					   uint64_t last, size_t *position)
{
	const struct check_index *index = &check->index;
	size_t found;

	if (check->steps >= CHECK_MAX_STEPS)
		return NULL;
	check->steps++;
	found = next_reaching(index, *position, start);
	if (found >= index->count || index->regions[found].start > last)
		return NULL;
	*position = found + 1;
	return &index->regions[found];
}

const struct jhcfg_memory *check_region_of_virt(const struct check_cell *cell,
						uint64_t virt, uint64_t size,
						size_t *index)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++) {
		if (virt < memory->virt_start || memory->size < size ||
		    virt - memory->virt_start > memory->size - size)
			continue;
		if (!memory->size)
			continue;
		if (index)
			*index = n;
		return memory;
	}
	return NULL;
}

const char *check_region_name(const struct check_cell *cell, size_t index,
			      char *text, size_t size)
{
	char name[64];

	if (index < cell->num_own_memory &&
	    jhcfg_config_memory_note(cell->own, index, "name", name,
				     sizeof(name)))
		snprintf(text, size, "region %zu (\"%s\")", index, name);
	else
		snprintf(text, size, "region %zu", index);
	return text;
}

/* --- all ------------------------------------------------------------------ */

int check_view_make(struct check *check, struct jhcfg_arena *arena,
		    const struct jhcfg_workspace *workspace,
		    const struct jhcfg_check_options *options)
{
	int err;

	check->workspace = workspace;
	check->options = options;
	check->board = jhcfg_workspace_board(workspace);
	check->live = options->live;
	err = view_cells(check, arena);
	if (!err)
		err = view_regions(check, arena);
	if (err)
		return err;
	check->system = jhcfg_config_system(check->all[0].config);
	check->platform = jhcfg_system_platform(check->system);
	check->hypervisor = jhcfg_system_hypervisor_memory(check->system);
	check->architecture = jhcfg_config_architecture(check->all[0].config);
	return arena->failed ? -ENOMEM : 0;
}

static void enter_cell(struct check *check, struct check_cell *cell)
{
	if (cell->in_scenario)
		return; /* named twice */
	cell->in_scenario = true;
	cell->position = check->num_cells;
	check->cells[check->num_cells++] = cell;
	if (cell->is_root)
		return;
	for (unsigned int cpu = 0; cpu < cell->cpu_limit; cpu++)
		if (jhcfg_cell_has_cpu(cell->cell, cpu) &&
		    !check->cpu_owner[cpu])
			check->cpu_owner[cpu] = (uint32_t)cell->position;
}

static void enter_root(struct check *check)
{
	check->scenario = "";
	check->only = NULL;
	check->num_cells = 0;
	memset(check->cpu_owner, 0,
	       check->num_cpus * sizeof(*check->cpu_owner));
	for (size_t n = 0; n < check->num_all; n++)
		check->all[n].in_scenario = false;
	enter_cell(check, &check->all[0]);
}

void check_view_enter_alone(struct check *check, struct check_cell *cell)
{
	enter_root(check);
	enter_cell(check, cell);
	check->only = cell;
	enter_regions(check);
}

void check_view_enter(struct check *check,
		      const struct jhcfg_scenario *scenario)
{
	enter_root(check);
	if (scenario)
		check->scenario = scenario->name;
	for (size_t n = 1; !scenario && n < check->num_all; n++)
		enter_cell(check, &check->all[n]);
	for (size_t n = 0; scenario && n < scenario->num_cells; n++) {
		struct check_cell wanted = { .key = scenario->cells[n] };
		struct check_cell *cell =
			bsearch(&wanted, check->all, check->num_all,
				sizeof(wanted), compare_cells);

		if (cell)
			enter_cell(check, cell);
	}
	enter_regions(check);
}

bool check_is_x86(const struct check *check)
{
	return check->architecture == JAILHOUSE_X86;
}

bool check_is_linux(const struct check *check, const struct check_cell *cell)
{
	for (size_t n = 0; n < check->options->num_images; n++) {
		const struct jhcfg_image *image = &check->options->images[n];

		if (image->cell == cell->key &&
		    (image->kind == JHCFG_IMAGE_KERNEL ||
		     image->kind == JHCFG_IMAGE_LOADER))
			return true;
	}
	return !cell->is_root && strcasestr(cell->name, "linux");
}
