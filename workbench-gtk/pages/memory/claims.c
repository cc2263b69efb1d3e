// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/memory/claims.h"

#include <string.h>

#include "model/names.h"
#include "model/number.h"
#include "model/owner.h"
#include "model/scenario.h"
#include "model/text.h"

/* Which claim is seen where nothing is wrong: the greatest. Those from SHARED
 * on exclude each other, unless they are the same cell's. */
static int rank(const JhwClaim *claim)
{
	switch (claim->kind) {
	case JHW_SEGMENT_FREE:
		return 0;
	case JHW_SEGMENT_RAM:
	case JHW_SEGMENT_REGISTERS:
		return claim->cell == JHCFG_ROOT_KEY ? 1 : 4;
	case JHW_SEGMENT_FIRMWARE:
		return 2;
	case JHW_SEGMENT_SHARED:
		return 3;
	case JHW_SEGMENT_LINK:
		return 5;
	case JHW_SEGMENT_COMM:
		return 6;
	default:
		return 7;
	}
}

/* A link's memory is in the regions of its ends, too, as shared. */
static gboolean exclude_each_other(const struct jhcfg_workspace *workspace, const JhwClaim *a,
				   const JhwClaim *b)
{
	if (rank(a) < 4 || rank(b) < 4)
		return FALSE;
	if (a->kind == b->kind && a->cell == b->cell && a->kind != JHW_SEGMENT_LINK)
		return FALSE;
	if (a->kind == JHW_SEGMENT_LINK && b->kind == JHW_SEGMENT_LINK)
		return a->ref.id != b->ref.id;
	return jhw_run_together(workspace, a->cell, b->cell);
}

/* --- what several claims come to ---------------------------------------------- */

static char *join_owners(const struct jhcfg_workspace *workspace, GPtrArray *active)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint n = 0; n < active->len; n++) {
		const JhwClaim *claim = active->pdata[n];
		g_autofree char *name = claim->kind == JHW_SEGMENT_LINK
						? jhw_ref_name(workspace, &claim->ref)
					: claim->kind == JHW_SEGMENT_HYPERVISOR
						? g_strdup(_("hypervisor"))
						: jhw_cell_title(workspace, claim->cell);

		if (rank(claim) >= 4 && !strstr(text->str, name))
			g_string_append_printf(text, "%s%s", text->len ? ", " : "", name);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *owner_of(const struct jhcfg_workspace *workspace, const JhwClaim *claim)
{
	switch (claim->kind) {
	case JHW_SEGMENT_FREE:
		return g_strdup(_("nobody"));
	case JHW_SEGMENT_FIRMWARE:
		return g_strdup(_("firmware"));
	case JHW_SEGMENT_HYPERVISOR:
		return g_strdup(_("hypervisor"));
	case JHW_SEGMENT_LINK:
		return jhw_ref_detail(workspace, &claim->ref);
	default:
		return jhw_cell_title(workspace, claim->cell);
	}
}

static const JhwClaim *top_claim(GPtrArray *active)
{
	const JhwClaim *top = active->pdata[0];

	for (guint n = 1; n < active->len; n++)
		if (rank(active->pdata[n]) > rank(top))
			top = active->pdata[n];
	return top;
}

static gboolean is_overlap(const struct jhcfg_workspace *workspace, GPtrArray *active)
{
	for (guint a = 0; a < active->len; a++)
		for (guint b = a + 1; b < active->len; b++)
			if (exclude_each_other(workspace, active->pdata[a], active->pdata[b]))
				return TRUE;
	return FALSE;
}

static void add_segment(const struct jhcfg_workspace *workspace, GPtrArray *segments,
			GPtrArray *active, uint64_t start, uint64_t last)
{
	const JhwClaim *top = top_claim(active);
	gboolean overlap = is_overlap(workspace, active);
	JhwSegmentKind kind = overlap ? JHW_SEGMENT_OVERLAP : top->kind;
	JhwSegment *segment = segments->len ? segments->pdata[segments->len - 1] : NULL;
	g_autofree char *owner =
		overlap ? join_owners(workspace, active) : owner_of(workspace, top);

	/* The same goes on behind the end of something that it hides. */
	if (segment && segment->last + 1 == start && segment->kind == kind &&
	    jhw_ref_equal(&segment->ref, &top->ref) && g_str_equal(segment->owner, owner)) {
		segment->last = last;
		return;
	}
	segment = g_new0(JhwSegment, 1);
	segment->start = start;
	segment->last = last;
	segment->phys = top->phys + (start - top->start);
	segment->flags = top->flags;
	segment->kind = kind;
	segment->cell = overlap ? 0 : top->cell;
	segment->colour = segment->cell ? jhw_owner_colour(workspace, segment->cell) : 0;
	segment->ref = top->ref;
	segment->owner = g_steal_pointer(&owner);
	/* until all of it is known */
	segment->label = g_strdup(overlap ? _("overlap") : top->name);
	g_ptr_array_add(segments, segment);
}

void jhw_segment_free(gpointer data)
{
	JhwSegment *segment = data;

	g_free(segment->label);
	g_free(segment->owner);
	g_free(segment);
}

/* --- the sweep ---------------------------------------------------------------- */

static int by_start(gconstpointer a, gconstpointer b)
{
	const JhwClaim *left = a, *right = b;

	return (left->start > right->start) - (left->start < right->start);
}

static int by_value(gconstpointer a, gconstpointer b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

/* All addresses at which something begins, or begins to be missing. */
static GArray *boundaries(GArray *claims)
{
	GArray *values = g_array_sized_new(FALSE, FALSE, sizeof(uint64_t), claims->len * 2);

	for (guint n = 0; n < claims->len; n++) {
		const JhwClaim *claim = &g_array_index(claims, JhwClaim, n);
		uint64_t end = claim->last + 1;

		g_array_append_val(values, claim->start);
		if (end)
			g_array_append_val(values, end);
	}
	g_array_sort(values, by_value);
	return values;
}

static void drop_ended(GPtrArray *active, uint64_t address)
{
	for (guint n = active->len; n-- > 0;) {
		const JhwClaim *claim = active->pdata[n];

		if (claim->last < address)
			g_ptr_array_remove_index(active, n);
	}
}

static void finish_labels(GPtrArray *segments)
{
	for (guint n = 0; n < segments->len; n++) {
		JhwSegment *segment = segments->pdata[n];
		g_autofree char *size = jhw_number_human(jhw_segment_size(segment));
		g_autofree char *name = g_steal_pointer(&segment->label);

		if (!name)
			name = g_strdup(jhw_segment_kind_name(segment->kind));
		segment->label = segment->kind == JHW_SEGMENT_REGISTERS
					 ? g_steal_pointer(&name)
					 : g_strdup_printf("%s %s", name, size);
	}
}

GPtrArray *jhw_claims_resolve(const struct jhcfg_workspace *workspace, GArray *claims)
{
	GPtrArray *segments = g_ptr_array_new_with_free_func(jhw_segment_free);
	g_autoptr(GPtrArray) active = g_ptr_array_new();
	g_autoptr(GArray) at = NULL;
	guint next = 0;

	g_array_sort(claims, by_start);
	at = boundaries(claims);
	for (guint n = 0; n < at->len; n++) {
		uint64_t start = g_array_index(at, uint64_t, n);
		uint64_t last =
			n + 1 < at->len ? g_array_index(at, uint64_t, n + 1) - 1 : UINT64_MAX;

		if (n + 1 < at->len && last + 1 == start)
			continue; /* the same address again */
		drop_ended(active, start);
		for (; next < claims->len; next++) {
			JhwClaim *claim = &g_array_index(claims, JhwClaim, next);

			if (claim->start > start)
				break;
			g_ptr_array_add(active, claim);
		}
		if (active->len)
			add_segment(workspace, segments, active, start, last);
	}
	finish_labels(segments);
	return segments;
}
