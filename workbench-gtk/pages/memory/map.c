// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/memory/map.h"

#include <inttypes.h>
#include <jailhouse/cell-config.h>
#include <jhcfg/plan.h>
#include <string.h>

#include "model/names.h"
#include "model/owner.h"
#include "model/text.h"
#include "pages/memory/claims.h"

#define BANK_GAP (1ULL << 30)

const char *jhw_segment_kind_name(JhwSegmentKind kind)
{
	static const char *const names[] = {
		[JHW_SEGMENT_FREE] = N_("free"),
		[JHW_SEGMENT_RAM] = "RAM",
		[JHW_SEGMENT_REGISTERS] = N_("registers"),
		[JHW_SEGMENT_SHARED] = N_("shared with the root"),
		[JHW_SEGMENT_LINK] = N_("link"),
		[JHW_SEGMENT_COMM] = N_("comm region"),
		[JHW_SEGMENT_HYPERVISOR] = N_("hypervisor"),
		[JHW_SEGMENT_FIRMWARE] = N_("firmware"),
		[JHW_SEGMENT_OVERLAP] = N_("overlap"),
	};

	return jhw_said(names[kind]);
}

/* --- claims ------------------------------------------------------------------- */

static void add_claim(GArray *claims, JhwClaim claim, uint64_t size)
{
	if (!size)
		return;
	claim.last = claim.start + size - 1;
	if (claim.last < claim.start) /* not legal, but somebody may have written it */
		claim.last = UINT64_MAX;
	g_array_append_val(claims, claim);
}

static JhwSegmentKind region_kind(const struct jhcfg_memory *memory, uint32_t cell)
{
	if (memory->flags & JAILHOUSE_MEM_COMM_REGION)
		return JHW_SEGMENT_COMM;
	if (memory->flags & JAILHOUSE_MEM_ROOTSHARED && cell != JHCFG_ROOT_KEY)
		return JHW_SEGMENT_SHARED;
	return memory->flags & JAILHOUSE_MEM_IO ? JHW_SEGMENT_REGISTERS : JHW_SEGMENT_RAM;
}

static uint64_t link_size(const struct jhcfg_link *link)
{
	return link->state_size + link->rw_size + link->output_size * link->num_peers;
}

/* The link that a region belongs to, NULL: to none. */
static const struct jhcfg_link *link_of(const struct jhcfg_workspace *workspace,
					const struct jhcfg_memory *memory)
{
	const struct jhcfg_link *link;

	if (!(memory->flags & JAILHOUSE_MEM_ROOTSHARED))
		return NULL;
	for (size_t n = 0; (link = jhcfg_workspace_link(workspace, n)); n++)
		if (memory->phys_start >= link->base &&
		    memory->phys_start - link->base < link_size(link))
			return link;
	return NULL;
}

/* @strings keeps the names. */
static void claim_regions(const struct jhcfg_workspace *workspace, uint32_t key, gboolean physical,
			  GArray *claims, GStringChunk *strings)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, key);
	const struct jhcfg_memory *memory;

	for (size_t n = 0; cell && (memory = jhcfg_cell_memory(cell, n)); n++) {
		g_autofree char *name = jhw_region_name(workspace, key, n);
		JhwClaim claim = {
			.start = physical ? memory->phys_start : memory->virt_start,
			.phys = memory->phys_start,
			.flags = memory->flags,
			.kind = region_kind(memory, key),
			.cell = key,
			.ref = { .kind = JHW_REF_REGION, .cell = key, .id = n },
			.name = g_string_chunk_insert_const(strings, name),
		};
		const struct jhcfg_link *link = link_of(workspace, memory);

		if (link) {
			claim.kind = JHW_SEGMENT_LINK;
			claim.ref = jhw_ref_of(JHW_REF_LINK, link->key);
			claim.name = g_string_chunk_insert_const(strings, link->name);
		}
		/* Physically links claim their memory themselves. */
		if (!physical || (claim.kind != JHW_SEGMENT_COMM && !link))
			add_claim(claims, claim, memory->size);
	}
}

static void claim_links(const struct jhcfg_workspace *workspace, GArray *claims,
			GStringChunk *strings)
{
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(workspace, n)); n++) {
		JhwClaim claim = {
			.start = link->base,
			.phys = link->base,
			.kind = JHW_SEGMENT_LINK,
			.ref = jhw_ref_of(JHW_REF_LINK, link->key),
			.name = g_string_chunk_insert_const(strings, link->name),
		};

		add_claim(claims, claim, link_size(link));
	}
}

static void claim_board(const struct jhcfg_workspace *workspace, GArray *claims)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	const struct jhcfg_hw_memory *memory;

	for (size_t n = 0; board && (memory = jhcfg_board_memory(board, n)); n++) {
		JhwClaim claim = {
			.start = memory->range.start,
			.phys = memory->range.start,
			.kind = JHW_SEGMENT_FREE,
			.ref = jhw_ref_of(JHW_REF_RAM, n),
		};

		if (memory->kind != JHCFG_HW_RAM) {
			if (memory->reusable || memory->kind == JHCFG_HW_SHARED)
				continue; /* Linux' own affair */
			claim.kind = JHW_SEGMENT_FIRMWARE;
			claim.name = *memory->name ? memory->name : NULL;
		}
		add_claim(claims, claim, memory->range.size);
	}
}

static void claim_hypervisor(const struct jhcfg_workspace *workspace, GArray *claims)
{
	const struct jhcfg_config *config = jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	const struct jhcfg_system *system = config ? jhcfg_config_system(config) : NULL;
	const struct jhcfg_memory *memory = system ? jhcfg_system_hypervisor_memory(system) : NULL;

	if (memory)
		add_claim(claims,
			  (JhwClaim){ .start = memory->phys_start,
				      .phys = memory->phys_start,
				      .kind = JHW_SEGMENT_HYPERVISOR },
			  memory->size);
}

/* --- rows --------------------------------------------------------------------- */

static void free_row(gpointer data)
{
	JhwMemoryRow *row = data;

	g_free(row->title);
	g_free(row->subtitle);
	g_ptr_array_unref(row->segments);
	g_free(row);
}

static JhwMemoryRow *physical_row(const struct jhcfg_workspace *workspace)
{
	g_autoptr(GArray) claims = g_array_new(FALSE, FALSE, sizeof(JhwClaim));
	GStringChunk *strings = g_string_chunk_new(1024);
	JhwMemoryRow *row = g_new0(JhwMemoryRow, 1);
	uint32_t key;

	claim_board(workspace, claims);
	claim_hypervisor(workspace, claims);
	claim_links(workspace, claims, strings);
	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		claim_regions(workspace, key, TRUE, claims, strings);
	row->title = g_strdup(_("Physical"));
	row->subtitle = g_strdup(_("who has it, and what Linux must leave alone"));
	row->segments = jhw_claims_resolve(workspace, claims);
	g_string_chunk_free(strings);
	return row;
}

/* Where the cell's RAM is not what it seems to the cell, the row is moved, so
 * that it lies below the same RAM in the physical row. */
static uint64_t row_shift(const struct jhcfg_cell *cell)
{
	const struct jhcfg_memory *memory, *largest = NULL;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		if (jhw_region_is_ram(memory) && (!largest || memory->size > largest->size))
			largest = memory;
	return largest ? largest->phys_start - largest->virt_start : 0;
}

static char *shift_text(uint64_t shift)
{
	if (!shift)
		return g_strdup(_("guest-physical as physical"));
	if (shift >> 63)
		return g_strdup_printf(_("guest-physical = physical + 0x%" PRIx64), -shift);
	return g_strdup_printf(_("guest-physical = physical \342\210\222 0x%" PRIx64), shift);
}

static JhwMemoryRow *cell_row(const struct jhcfg_workspace *workspace, uint32_t key)
{
	g_autoptr(GArray) claims = g_array_new(FALSE, FALSE, sizeof(JhwClaim));
	GStringChunk *strings = g_string_chunk_new(1024);
	JhwMemoryRow *row = g_new0(JhwMemoryRow, 1);

	claim_regions(workspace, key, FALSE, claims, strings);
	row->cell = key;
	row->title = jhw_cell_title(workspace, key);
	row->shift = row_shift(jhw_cell(workspace, key));
	row->subtitle = key == JHCFG_ROOT_KEY && !row->shift ? g_strdup(_("Linux sees 1:1"))
							     : shift_text(row->shift);
	row->segments = jhw_claims_resolve(workspace, claims);
	g_string_chunk_free(strings);
	return row;
}

/* --- the map ------------------------------------------------------------------ */

static gboolean is_ram(const JhwSegment *segment)
{
	return segment->kind != JHW_SEGMENT_FIRMWARE && !(segment->flags & JAILHOUSE_MEM_IO);
}

/* Banks that lie far apart are not shown together at first: the one with the
 * hypervisor is where cells are, too. */
static void find_ram(JhwMemoryMap *map)
{
	const JhwMemoryRow *row = map->rows->pdata[0];
	gboolean found = FALSE, has_hypervisor = FALSE;

	for (guint n = 0; n < row->segments->len; n++) {
		const JhwSegment *segment = row->segments->pdata[n];

		if (!is_ram(segment))
			continue;
		if (!found || segment->start - map->ram_last > BANK_GAP) {
			if (has_hypervisor)
				return;
			map->ram_start = segment->start;
		}
		map->ram_last = segment->last;
		found = TRUE;
		has_hypervisor |= segment->kind == JHW_SEGMENT_HYPERVISOR;
	}
}

static void find_reservation(JhwMemoryMap *map, const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	char *text = board ? jhcfg_plan_reservation(workspace, NULL) : NULL;

	map->reservation = g_strdup(text ? text : "");
	map->reserved =
		*map->reservation && strstr(jhcfg_board_command_line(board), map->reservation);
	free(text);
}

JhwMemoryMap *jhw_memory_map_new(const struct jhcfg_workspace *workspace)
{
	JhwMemoryMap *map = g_new0(JhwMemoryMap, 1);
	uint32_t key;

	map->rows = g_ptr_array_new_with_free_func(free_row);
	g_ptr_array_add(map->rows, physical_row(workspace));
	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		if (jhw_cell(workspace, key))
			g_ptr_array_add(map->rows, cell_row(workspace, key));
	find_ram(map);
	find_reservation(map, workspace);
	return map;
}

void jhw_memory_map_free(JhwMemoryMap *map)
{
	g_ptr_array_unref(map->rows);
	g_free(map->reservation);
	g_free(map);
}

const JhwSegment *jhw_memory_row_at(const JhwMemoryRow *row, uint64_t address)
{
	guint low = 0, high = row->segments->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;
		const JhwSegment *segment = row->segments->pdata[middle];

		if (address < segment->start)
			high = middle;
		else if (address > segment->last)
			low = middle + 1;
		else
			return segment;
	}
	return NULL;
}
