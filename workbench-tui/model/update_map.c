// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What configurations tell of the machine: the bar of memory, the RAM of
 * cells, and what the hardware is. Made anew only when one comes or goes.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "model/update.h"

#define MAX_BOUNDS 4096

/* Who may have memory; the later one has it where they overlap. */
enum rank {
	RANK_ROOT,
	RANK_CELL,
	RANK_SHARED,
	RANK_HYPERVISOR,
};

/* A stretch that somebody has. */
struct claim {
	uint64_t start, last; /* addresses, both in it */
	int owner;
	enum rank rank;
};

/* Devices and the communication page are none, nor is what is only shared. */
static bool is_ram(const struct jhcfg_memory *mem)
{
	return mem->size &&
	       !(mem->flags & (JAILHOUSE_MEM_IO | JAILHOUSE_MEM_COMM_REGION |
			       JAILHOUSE_MEM_ROOTSHARED)) &&
	       mem->flags & (JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_LOADABLE |
			     JAILHOUSE_MEM_DMA);
}

/* Memory of a link: no device, no program. */
static bool is_shared(const struct jhcfg_memory *mem)
{
	return mem->size && mem->flags & JAILHOUSE_MEM_ROOTSHARED &&
	       !(mem->flags & (JAILHOUSE_MEM_IO | JAILHOUSE_MEM_COMM_REGION |
			       JAILHOUSE_MEM_EXECUTE));
}

static uint64_t ram_of(const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_memory *mem;
	uint64_t sum = 0;

	for (size_t n = 0; (mem = jhcfg_cell_memory(cell, n)); n++) {
		if (is_ram(mem) && __builtin_add_overflow(sum, mem->size, &sum))
			return TUI_NO_VALUE;
	}
	return sum;
}

/* --- claims --------------------------------------------------------------- */

static int claim(struct tui_store *store, size_t *count,
		 const struct jhcfg_memory *mem, int owner, enum rank rank)
{
	struct claim *claims;
	uint64_t last;

	if (*count == MAX_BOUNDS || !mem->size ||
	    __builtin_add_overflow(mem->phys_start, mem->size - 1, &last))
		return 0;
	if (tui_pool_reserve(&store->bounds, *count + 1, sizeof(*claims)))
		return -ENOMEM;
	claims = store->bounds.items;
	claims[(*count)++] = (struct claim){
		.start = mem->phys_start,
		.last = last,
		.owner = owner,
		.rank = rank,
	};
	return 0;
}

static int claim_all(struct tui_store *store, size_t *count)
{
	const struct tui_model *model = &store->model;
	int err = 0;

	for (size_t n = 0; n < model->num_cells && !err; n++) {
		const struct jhcfg_config *config = model->cells[n].config;
		const struct jhcfg_system *system =
			config ? jhcfg_config_system(config) : NULL;
		const struct jhcfg_memory *mem;

		for (size_t m = 0;
		     config && !err &&
		     (mem = jhcfg_cell_memory(jhcfg_config_cell(config), m));
		     m++) {
			if (is_ram(mem))
				err = claim(store, count, mem, (int)n,
					    n ? RANK_CELL : RANK_ROOT);
			else if (is_shared(mem))
				err = claim(store, count, mem, TUI_SHARED,
					    RANK_SHARED);
		}
		if (system && !err)
			err = claim(store, count,
				    jhcfg_system_hypervisor_memory(system),
				    TUI_HYPERVISOR, RANK_HYPERVISOR);
	}
	return err;
}

/* --- segments ------------------------------------------------------------- */

/* Who has @address; *@last: how far that is so at most, or up to where it is
 * nobody's. */
static int owner_at(const struct claim *claims, size_t count, uint64_t address,
		    uint64_t *last)
{
	const struct claim *best = NULL;
	uint64_t end = UINT64_MAX;

	for (size_t n = 0; n < count; n++) {
		const struct claim *claim = &claims[n];

		if (claim->start > address) {
			/* it may begin a stretch of its own */
			if (claim->start - 1 < end)
				end = claim->start - 1;
		} else if (claim->last >= address) {
			if (claim->last < end)
				end = claim->last;
			if (!best || claim->rank > best->rank)
				best = claim;
		}
	}
	*last = end;
	return best ? best->owner : TUI_NOBODY;
}

static int add_segment(struct tui_store *store, int owner, uint64_t bytes)
{
	struct tui_model *model = &store->model;
	struct tui_segment *segments = store->segments.items;
	size_t count = model->num_segments;

	if (count && segments[count - 1].owner == owner) {
		segments[count - 1].bytes += bytes;
		return 0;
	}
	if (tui_pool_reserve(&store->segments, count + 1, sizeof(*segments)))
		return -ENOMEM;
	segments = store->segments.items;
	segments[count] = (struct tui_segment){ owner, bytes };
	model->num_segments++;
	return 0;
}

/* What nobody has is left out: whether there is memory at all is not known. */
static int make_segments(struct tui_store *store, size_t num_claims)
{
	const struct claim *claims = store->bounds.items;
	uint64_t address = 0, last = 0;
	int err = 0;

	for (; !err; address = last + 1) {
		int owner = owner_at(claims, num_claims, address, &last);

		if (owner != TUI_NOBODY)
			err = add_segment(store, owner, last - address + 1);
		if (last == UINT64_MAX)
			break;
	}
	return err;
}

/* --- hardware ------------------------------------------------------------- */

static void set_hardware(struct tui_store *store)
{
	static const struct arch_row {
		uint8_t arch;
		const char *name;
	} archs[] = {
		{ JAILHOUSE_X86, "x86" },
		{ JAILHOUSE_ARM, "arm" },
		{ JAILHOUSE_ARM64, "arm64" },
	};
	struct tui_model *model = &store->model;
	const struct jhcfg_config *config =
		model->num_cells ? model->cells[0].config : NULL;
	const struct jhcfg_system *system =
		config ? jhcfg_config_system(config) : NULL;

	*model->arch = *model->irqchip = 0;
	if (!system)
		return;
	for (size_t n = 0; n < sizeof(archs) / sizeof(*archs); n++) {
		if (archs[n].arch == jhcfg_config_architecture(config))
			strcpy(model->arch, archs[n].name);
	}
	if (jhcfg_config_architecture(config) == JAILHOUSE_X86)
		strcpy(model->irqchip, "APIC");
	else if (jhcfg_system_platform(system)->gic_version < 10)
		snprintf(model->irqchip, sizeof(model->irqchip), "GICv%u",
			 jhcfg_system_platform(system)->gic_version);
}

int update_map(struct tui_store *store)
{
	struct tui_model *model = &store->model;
	struct tui_cell *cells = store->cells.items;
	size_t num_claims = 0;
	int err;

	for (size_t n = 0; n < model->num_cells; n++)
		cells[n].ram = cells[n].config ? ram_of(cells[n].config)
					       : TUI_NO_VALUE;
	set_hardware(store);
	model->num_segments = 0;
	err = claim_all(store, &num_claims);
	if (!err && num_claims)
		err = make_segments(store, num_claims);
	model->segments = store->segments.items;
	store->map_changed = err;
	return err;
}
