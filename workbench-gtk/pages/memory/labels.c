// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/memory/labels.h"

#define GAP	  6.0 /* between a segment and its name */
#define NARROWEST 2.5

gboolean jhw_memory_extent(const JhwMemoryRow *row, const JhwScale *scale,
			   const JhwSegment *segment, double *left, double *right)
{
	double x = jhw_scale_x(scale, segment->start + row->shift);
	double end = segment->last + row->shift == UINT64_MAX
			     ? 2.0 * scale->width
			     : jhw_scale_x(scale, segment->last + row->shift + 1);

	if (end < 0 || x > scale->width)
		return FALSE;
	*left = x;
	*right = MAX(end, x + NARROWEST);
	return TRUE;
}

/* Whether nothing is drawn there: no segment, and no name that was placed before. */
static gboolean is_empty(const JhwMemoryRow *row, const JhwScale *scale, const GArray *placed,
			 guint count, double from, double to)
{
	double left, right;

	if (from < 0 || to > scale->width)
		return FALSE;
	for (guint n = 0; n < row->segments->len; n++)
		if (jhw_memory_extent(row, scale, row->segments->pdata[n], &left, &right) &&
		    left < to && right > from)
			return FALSE;
	for (guint n = 0; n < count; n++) {
		const JhwMemoryLabel *label = &g_array_index(placed, JhwMemoryLabel, n);

		if (label->x < to + GAP && label->x + label->width > from - GAP)
			return FALSE;
	}
	return TRUE;
}

static gboolean place(const JhwMemoryRow *row, const JhwScale *scale, const GArray *placed,
		      guint count, JhwMemoryLabel *label)
{
	double left, right;

	if (!jhw_memory_extent(row, scale, label->segment, &left, &right))
		return FALSE;
	label->x = right + GAP;
	if (is_empty(row, scale, placed, count, right + 0.5, label->x + label->width))
		return TRUE;
	label->x = left - GAP - label->width;
	return is_empty(row, scale, placed, count, label->x, left - 0.5);
}

void jhw_memory_place_labels(const JhwMemoryRow *row, const JhwScale *scale, GArray *labels)
{
	guint count = 0;

	for (guint n = 0; n < labels->len; n++) {
		JhwMemoryLabel label = g_array_index(labels, JhwMemoryLabel, n);

		if (place(row, scale, labels, count, &label))
			g_array_index(labels, JhwMemoryLabel, count++) = label;
	}
	g_array_set_size(labels, count);
}
