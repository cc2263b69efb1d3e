/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who claims which addresses, and what that comes to where several do: pure
 * work on ranges, behind map.h.
 */
#ifndef JHW_MEMORY_CLAIMS_H
#define JHW_MEMORY_CLAIMS_H

#include "pages/memory/map.h"

typedef struct {
	uint64_t start, last;
	uint64_t phys;
	uint64_t flags;
	JhwSegmentKind kind;
	uint32_t cell;
	JhwRef ref;
	const char *name; /* NULL: by its kind */
} JhwClaim;

/*
 * The segments that the claims (JhwClaim) come to, ascending and disjoint, as
 * far as somebody claims anything. Where several do: two that run together and
 * exclude each other make an overlap; else the more special one is seen (a
 * cell's before the root's, the root's before RAM that the board has).
 */
GPtrArray *jhw_claims_resolve(const struct jhcfg_workspace *workspace, GArray *claims);
/* For GPtrArray */
void jhw_segment_free(gpointer segment);

#endif
