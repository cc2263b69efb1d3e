// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/memory/drag.h"

#include "model/number.h"
#include "model/owner.h"
#include "model/preferences.h"
#include "model/shown.h"
#include "model/text.h"

#define PAGE 4096ULL

struct JhwMemoryDrag {
	JhwDocument *document;
	JhwRef ref;
	JhwPart part;
	JhwAddressSpace space;
	uint64_t start, size; /* of the region, when the drag began */
};

gboolean jhw_memory_drag_possible(const struct jhcfg_workspace *workspace, const JhwMemoryHit *hit)
{
	return hit->segment && hit->segment->kind != JHW_SEGMENT_OVERLAP &&
	       jhw_region_is_editable(workspace, &hit->segment->ref);
}

JhwMemoryDrag *jhw_memory_drag_new(JhwDocument *document, const JhwMemoryMap *map,
				   const JhwMemoryHit *hit)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	const JhwMemoryRow *row;
	const struct jhcfg_memory *memory;
	JhwMemoryDrag *drag;

	if (!jhw_memory_drag_possible(workspace, hit))
		return NULL;
	row = map->rows->pdata[hit->row];
	memory = jhcfg_cell_memory(jhw_cell(workspace, hit->segment->ref.cell),
				   hit->segment->ref.id);
	drag = g_new0(JhwMemoryDrag, 1);
	drag->document = g_object_ref(document);
	drag->ref = hit->segment->ref;
	drag->part = hit->part;
	drag->space = row->cell ? JHW_ADDRESS_GUEST : JHW_ADDRESS_PHYSICAL;
	drag->start = row->cell ? memory->virt_start : memory->phys_start;
	drag->size = memory->size;
	/* An edge of what something else hides in part is not the region's. */
	if ((drag->part == JHW_PART_START && hit->segment->start != drag->start) ||
	    (drag->part == JHW_PART_END && hit->segment->last != drag->start + drag->size - 1))
		drag->part = JHW_PART_INSIDE;
	return drag;
}

void jhw_memory_drag_free(JhwMemoryDrag *drag)
{
	g_object_unref(drag->document);
	g_free(drag);
}

/* --- where it ends ------------------------------------------------------------ */

uint64_t jhw_memory_drag_unit(const JhwScale *scale)
{
	return jhw_preference(JHW_PREFERENCE_SNAP) ? jhw_scale_snap(scale) : JHW_SCALE_MIN;
}

/* @address, @dx pixels further, where edges snap to. */
static uint64_t moved(const JhwScale *scale, uint64_t address, double dx)
{
	uint64_t unit = jhw_memory_drag_unit(scale);
	double bytes = dx / scale->width * (double)scale->span;

	if (bytes < 0 && (uint64_t)-bytes > address)
		return 0;
	return jhw_scale_round(bytes < 0 ? address - (uint64_t)-bytes : address + (uint64_t)bytes,
			       unit);
}

/* Less than the page that a region needs is a page. */
static void target(const JhwMemoryDrag *drag, const JhwScale *scale, double dx, uint64_t *start,
		   uint64_t *size)
{
	uint64_t end = drag->start + drag->size;

	*start = drag->start;
	*size = drag->size;
	switch (drag->part) {
	case JHW_PART_START:
		*start = MIN(moved(scale, drag->start, dx), end - PAGE);
		*size = end - *start;
		break;
	case JHW_PART_END:
		end = moved(scale, end, dx);
		*size = end > drag->start + PAGE ? end - drag->start : PAGE;
		break;
	default:
		*start = moved(scale, drag->start, dx);
	}
}

static gboolean apply(JhwDocument *document, const JhwMemoryDrag *drag, uint64_t start,
		      uint64_t size, GError **error)
{
	if (drag->part == JHW_PART_START)
		return jhw_region_cut_start(document, &drag->ref, drag->space, start, error);
	return jhw_region_place(document, &drag->ref, drag->space, start, size, error);
}

JhwMemoryMap *jhw_memory_drag_preview(const JhwMemoryDrag *drag, const JhwScale *scale, double dx,
				      char **text, GError **error)
{
	struct jhcfg_workspace *fork = jhw_document_fork(drag->document);
	g_autoptr(JhwDocument) trial = fork ? jhw_document_new(fork, NULL) : NULL;
	g_autofree char *human = NULL, *range = NULL;
	uint64_t start, size;

	target(drag, scale, dx, &start, &size);
	human = jhw_number_human(size);
	range = jhw_shown_range(start, start + size - 1);
	*text = g_strdup_printf("%s %s (%s)",
				drag->space == JHW_ADDRESS_GUEST ? _("guest-physical")
								 : _("physical"),
				range, human);
	if (!trial || !apply(trial, drag, start, size, error))
		return NULL;
	return jhw_memory_map_new(jhw_document_workspace(trial));
}

gboolean jhw_memory_drag_finish(const JhwMemoryDrag *drag, const JhwScale *scale, double dx,
				GError **error)
{
	uint64_t start, size;

	target(drag, scale, dx, &start, &size);
	if (dx == 0 || (start == drag->start && size == drag->size))
		return TRUE;
	return apply(drag->document, drag, start, size, error);
}

gboolean jhw_memory_drag_by_key(JhwDocument *document, const JhwRef *ref, JhwPart part,
				int direction, uint64_t unit, GError **error)
{
	const struct jhcfg_cell *cell = jhw_cell(jhw_document_workspace(document), ref->cell);
	const struct jhcfg_memory *memory = cell ? jhcfg_cell_memory(cell, ref->id) : NULL;
	uint64_t by = direction > 0 ? unit : -unit;

	if (!memory)
		return TRUE; /* gone meanwhile */
	if (part == JHW_PART_INSIDE)
		return jhw_region_place(document, ref, JHW_ADDRESS_PHYSICAL,
					memory->phys_start + by, memory->size, error);
	if (direction < 0 && memory->size <= unit)
		return TRUE;
	return jhw_region_place(document, ref, JHW_ADDRESS_PHYSICAL, memory->phys_start,
				memory->size + by, error);
}
