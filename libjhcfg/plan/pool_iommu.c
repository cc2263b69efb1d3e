// SPDX-License-Identifier: LGPL-2.1-or-later
/* What IOMMUs take of the page pool, as hypervisor/iommu takes it. */
#include "plan/pool.h"

#define SMMUV3_SIZE 0x20000ULL
#define QUEUE_PAGES 2U
/* First level of the stream table, for 16 bits of stream id; what a unit has is
 * not known here, and most have no fewer. */
#define TABLE_PAGES  2U
#define SPAN(stream) ((stream)->id >> 6) /* the ids of a second-level page */

static bool has_span(const struct jhcfg_cell *cell, size_t end, uint32_t span)
{
	for (size_t n = 0; n < end; n++)
		if (SPAN(jhcfg_cell_stream_id(cell, n)) == span)
			return true;
	return false;
}

/* Pages of second levels that the cell needs and nobody in front of it. */
static uint64_t count_spans(const struct estimate *e, size_t index,
			    const struct jhcfg_cell *cell)
{
	size_t count = jhcfg_cell_num_stream_ids(cell);
	const struct jhcfg_cell *root = jhcfg_config_cell(e->system);
	uint64_t pages = 0;

	for (size_t n = 0; n < count; n++) {
		uint32_t span = SPAN(jhcfg_cell_stream_id(cell, n));
		bool found = has_span(cell, n, span);

		if (!found && cell != root)
			found = has_span(root, jhcfg_cell_num_stream_ids(root),
					 span);
		for (size_t i = 0; !found && i < index; i++) {
			const struct jhcfg_cell *other =
				jhcfg_config_cell(e->cells[i]);

			found = has_span(
				other, jhcfg_cell_num_stream_ids(other), span);
		}
		pages += !found;
	}
	return pages;
}

uint64_t pool_count_iommus(struct estimate *e)
{
	const struct jhcfg_platform *platform =
		jhcfg_system_platform(jhcfg_config_system(e->system));
	uint64_t units = 0, pages;

	for (size_t n = 0; n < JHCFG_MAX_IOMMU_UNITS; n++)
		units +=
			platform->iommu_units[n].base &&
			platform->iommu_units[n].type == JAILHOUSE_IOMMU_SMMUV3;
	if (!units)
		return 0;
	/* A root that lists none has one page for all. */
	pages = !jhcfg_cell_num_stream_ids(jhcfg_config_cell(e->system));
	pages += QUEUE_PAGES + TABLE_PAGES +
		 count_spans(e, 0, jhcfg_config_cell(e->system));
	for (size_t n = 0; n < e->num_cells; n++)
		pages += count_spans(e, n, jhcfg_config_cell(e->cells[n]));
	pool_add(e, JHCFG_POOL_IOMMU, units * pages);
	return units * pool_pages(SMMUV3_SIZE);
}
