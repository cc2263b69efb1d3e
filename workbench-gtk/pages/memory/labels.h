/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the names of what is too narrow to hold them go: beside it. Pure. */
#ifndef JHW_MEMORY_LABELS_H
#define JHW_MEMORY_LABELS_H

#include "pages/memory/map.h"
#include "pages/memory/scale.h"

typedef struct {
	const JhwSegment *segment;
	double width; /* of its text, pixels */
	double x;     /* where the text begins; set by jhw_memory_place_labels() */
} JhwMemoryLabel;

/* From where to where the segment is seen, at least as wide as can be seen. FALSE: it
 * is outside of what is seen. */
gboolean jhw_memory_extent(const JhwMemoryRow *row, const JhwScale *scale,
			   const JhwSegment *segment, double *left, double *right);
/*
 * Places labels (JhwMemoryLabel, of segments of @row in their order) at the right of their
 * segments, else at the left, where nothing else is; takes those out that have no room.
 */
void jhw_memory_place_labels(const JhwMemoryRow *row, const JhwScale *scale, GArray *labels);

#endif
