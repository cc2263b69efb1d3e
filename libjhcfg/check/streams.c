// SPDX-License-Identifier: LGPL-2.1-or-later
/* U01: stream ids. */
#include <errno.h>
#include <stdlib.h>

#include <jailhouse/cell-config.h>

#include "check/devices.h"
#include "check/other.h"

/* Bits of an SMMUv2's id and mask (ARM IHI 0062D, SMMU_SMRn). */
#define SMR_BITS 0x7fffU

struct stream {
	uint32_t id;
	const struct check_cell *cell;
	size_t index;
};

struct streams {
	struct stream *items; /* by id */
	size_t count;
	bool masks; /* ids have "don't care" bits above bit 15 */
};

static int compare(const void *a, const void *b)
{
	const struct stream *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (x->cell != y->cell)
		return x->cell < y->cell ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static bool has_masks(const struct check *check)
{
	for (size_t n = 0; n < JHCFG_MAX_IOMMU_UNITS; n++)
		if (check->platform->iommu_units[n].type ==
		    JAILHOUSE_IOMMU_ARM_MMU500)
			return true;
	return false;
}

static bool has_smmu(const struct check *check)
{
	for (size_t n = 0; n < JHCFG_MAX_IOMMU_UNITS; n++) {
		uint32_t type = check->platform->iommu_units[n].type;

		if (type == JAILHOUSE_IOMMU_SMMUV3 ||
		    type == JAILHOUSE_IOMMU_PVU ||
		    type == JAILHOUSE_IOMMU_ARM_MMU500)
			return true;
	}
	return false;
}

/* Ids of cells; the root gives up what a cell takes, so its own are no
 * conflict. */
static int streams_make(struct streams *streams, const struct check *check)
{
	const struct jhcfg_stream_id *stream;
	size_t count = 0;

	for (size_t n = 0; n < check->num_cells; n++)
		count += jhcfg_cell_num_stream_ids(check->cells[n]->cell);
	streams->masks = has_masks(check);
	streams->count = 0;
	streams->items = calloc(count + 1, sizeof(*streams->items));
	if (!streams->items)
		return -ENOMEM;
	for (size_t n = 0; n < check->num_cells; n++)
		for (size_t i = 0;
		     (stream = jhcfg_cell_stream_id(check->cells[n]->cell, i));
		     i++)
			streams->items[streams->count++] = (struct stream){
				.id = stream->id,
				.cell = check->cells[n],
				.index = i,
			};
	qsort(streams->items, streams->count, sizeof(*streams->items), compare);
	return 0;
}

/* Of two cells but the root, or twice in one cell. */
static bool may_collide(const struct stream *a, const struct stream *b)
{
	return a->cell == b->cell || (!a->cell->is_root && !b->cell->is_root);
}

static void report_pair(struct check *check, const struct stream *a,
			const struct stream *b)
{
	if (b->cell->position < a->cell->position) {
		const struct stream *swap = a;

		a = b;
		b = swap;
	}
	check_report(check,
		     &(struct found){ .cell = b->cell,
				      .element = JHCFG_AT_STREAM_ID,
				      .index = b->index,
				      .related = a->cell,
				      .related_element = JHCFG_AT_STREAM_ID,
				      .related_index = a->index,
				      .detail = { false, b->id } },
		     "stream id 0x%x of cell \"%s\" is the same as 0x%x of "
		     "cell \"%s\"",
		     b->id, b->cell->name, a->id, a->cell->name);
}

/* Neighbours in the order of ids have equal ones. */
static void judge_equal(struct check *check, const struct streams *streams)
{
	size_t first = 0;

	for (size_t n = 1; n < streams->count && !check_enough(check); n++) {
		const struct stream *a = &streams->items[first];
		const struct stream *b = &streams->items[n];

		if (a->id != b->id || (a->cell->is_root && !b->cell->is_root))
			first = n;
		else if (may_collide(a, b))
			report_pair(check, a, b);
	}
}

static bool masks_meet(uint32_t a, uint32_t b)
{
	return a != b && !((a ^ b) & ~(a >> 16) & ~(b >> 16) & SMR_BITS);
}

/* An id with a mask may meet any other one. */
static void judge_masks(struct check *check, const struct streams *streams)
{
	for (size_t n = 0; n < streams->count; n++) {
		const struct stream *a = &streams->items[n];

		for (size_t i = 0; a->id >> 16 && i < streams->count; i++) {
			const struct stream *b = &streams->items[i];

			if (check->steps++ >= CHECK_MAX_STEPS ||
			    check_enough(check))
				return;
			if (may_collide(a, b) && masks_meet(a->id, b->id) &&
			    (i > n || !(b->id >> 16)))
				report_pair(check, a, b);
		}
	}
}

static bool has_stream(const struct check_cell *cell, uint32_t id, bool masks)
{
	const struct jhcfg_stream_id *stream;

	for (size_t n = 0; (stream = jhcfg_cell_stream_id(cell->cell, n)); n++)
		if (stream->id == id || (masks && masks_meet(stream->id, id)))
			return true;
	return false;
}

/* The ids of devices that cells have to themselves. */
static void judge_missing(struct check *check, bool masks)
{
	const struct jhcfg_hw_device *device;

	for (size_t n = 0;
	     check->board && (device = jhcfg_board_device(check->board, n));
	     n++) {
		const struct check_cell *cell =
			device->num_stream_ids
				? device_assigned_to(check, device)
				: NULL;

		for (size_t i = 0; cell && i < device->num_stream_ids; i++)
			if (!has_stream(cell, device->stream_ids[i], masks) &&
			    !check_enough(check))
				check_report(
					check,
					&(struct found){
						.cell = cell,
						.element = JHCFG_AT_DEVICE,
						.index = n,
						.detail = { true,
							    device->stream_ids
								    [i] } },
					"cell \"%s\" has \"%s\", but not its "
					"stream id 0x%x",
					cell->name, device->name,
					device->stream_ids[i]);
	}
}

void check_streams(struct check *check, const struct check_cell *root)
{
	struct streams streams;

	(void)root;
	if (!has_smmu(check))
		return;
	if (streams_make(&streams, check)) {
		check_no_memory(check);
		return;
	}
	judge_equal(check, &streams);
	if (streams.masks)
		judge_masks(check, &streams);
	judge_missing(check, streams.masks);
	free(streams.items);
}

int fix_streams(struct fix *fix)
{
	const struct jhcfg_stream_id stream = {
		.id = (uint32_t)fix->finding->detail[1],
	};
	const struct jhcfg_stream_id *other;
	struct jhcfg_config *config;

	for (size_t n = 1; fix->finding->detail[0] && n < fix->check->num_cells;
	     n++)
		for (size_t i = 0; (other = jhcfg_cell_stream_id(
					    fix->check->cells[n]->cell, i));
		     i++)
			if (other->id == stream.id)
				return fix_refuse(
					fix, "take it from that cell first",
					"cell \"%s\" has stream id 0x%x",
					fix->check->cells[n]->name, stream.id);
	config = fix_edit(fix);
	if (!config)
		return -ENOMEM;
	if (fix->finding->detail[0])
		return jhcfg_config_insert_stream_id(config, SIZE_MAX, &stream);
	return jhcfg_config_remove_stream_id(config, fix->finding->at.index);
}
