// SPDX-License-Identifier: GPL-2.0-or-later
/* What is at a point of the map. */
#include "pages/memory/draw.h"

#define EDGE 5.0 /* pixels at either side of an edge that grab it */
#define NEAR 3	 /* pixels beside a narrow one that still hit it */

static JhwPart part_at(const JhwMemoryRow *row, const JhwScale *scale, const JhwSegment *segment,
		       double x)
{
	double start = jhw_scale_x(scale, segment->start + row->shift);
	double end = jhw_scale_x(scale, segment->last + row->shift);

	/* Small ones are moved rather than grown: there is no room for edges. */
	if (end - start < 4 * EDGE)
		return JHW_PART_INSIDE;
	if (x - start < EDGE)
		return JHW_PART_START;
	return end - x < EDGE ? JHW_PART_END : JHW_PART_INSIDE;
}

/* What is a hairline is hit from a few pixels beside it. */
static const JhwSegment *segment_near(const JhwMemoryRow *row, const JhwScale *scale, double x)
{
	const JhwSegment *segment = NULL;

	for (int by = 0; by <= NEAR && !segment; by++) {
		segment = jhw_memory_row_at(row, jhw_scale_address(scale, x - by) - row->shift);
		if (!segment)
			segment = jhw_memory_row_at(row,
						    jhw_scale_address(scale, x + by) - row->shift);
	}
	return segment;
}

JhwMemoryHit jhw_memory_hit(const JhwMemoryMap *map, const JhwScale *scale, double x, double y)
{
	JhwMemoryHit hit = { .part = JHW_PART_NONE };

	for (guint n = 0; n < map->rows->len; n++) {
		const JhwMemoryRow *row = map->rows->pdata[n];
		int top = jhw_memory_bar_y(map, n);

		if (y < top || y >= top + JHW_MEMORY_BAR)
			continue;
		hit.part = JHW_PART_ROW;
		hit.row = n;
		hit.address = jhw_scale_address(scale, x) - row->shift;
		hit.segment = segment_near(row, scale, x);
		if (hit.segment)
			hit.part = part_at(row, scale, hit.segment, x);
	}
	return hit;
}
