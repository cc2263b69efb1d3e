// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What an IOMMU has stopped. A device of a cell sees memory as the cell does:
 * at guest addresses.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "fault/explain.h"
#include "fault/place.h"

#define WHY(meaning, ...)                                                      \
	snprintf((meaning)->why, sizeof((meaning)->why), __VA_ARGS__)
#define ADVICE(meaning, ...)                                                   \
	snprintf((meaning)->advice, sizeof((meaning)->advice), __VA_ARGS__)

static void set_owner(struct meaning *meaning, const struct jhcfg_cell *cell,
		      size_t region)
{
	meaning->public.region = region;
	snprintf(meaning->owner, sizeof(meaning->owner), "%s",
		 jhcfg_cell_name(cell));
}

/* No table of the unit leads the stream anywhere. */
static bool explain_stray(const struct jhcfg_fault *fault,
			  struct meaning *meaning)
{
	if (*fault->cell && strcmp(fault->cause, "access refused"))
		return false;
	WHY(meaning, "the device's stream id belongs to no cell");
	ADVICE(meaning,
	       "add stream id 0x%" PRIx32 " to the cell that has the device, "
	       "or keep the device's driver out of the root",
	       fault->stream);
	meaning->public.rule = "U01";
	return true;
}

static void explain_right(const struct jhcfg_fault *fault,
			  const struct jhcfg_cell *cell,
			  const struct jhcfg_memory *memory, size_t index,
			  struct meaning *meaning)
{
	bool write = fault->access == JHCFG_ACCESS_WRITE;
	uint64_t needed = write ? JAILHOUSE_MEM_WRITE : JAILHOUSE_MEM_READ;

	set_owner(meaning, cell, index);
	if (!(memory->flags & needed)) {
		WHY(meaning,
		    "its region %zu [0x%08" PRIx64 "-0x%08" PRIx64
		    "] may not be %s",
		    index, memory->virt_start,
		    memory->virt_start + memory->size - 1,
		    write ? "written" : "read");
		ADVICE(meaning,
		       "add JAILHOUSE_MEM_%s to region %zu if that is meant; "
		       "else the driver gave the device a wrong buffer",
		       write ? "WRITE" : "READ", index);
		meaning->public.rule = "M10";
		return;
	}
	WHY(meaning, "its region %zu there permits it, but the IOMMU says: %s",
	    index, fault->cause);
	ADVICE(meaning,
	       "add JAILHOUSE_MEM_DMA to region %zu if it is not there, and "
	       "name the configuration that was created",
	       index);
}

static void explain_foreign(const struct jhcfg_fault *fault,
			    const struct jhcfg_fault_context *context,
			    const struct jhcfg_cell *cell,
			    struct meaning *meaning)
{
	size_t region = JHCFG_NO_INDEX;
	const struct jhcfg_cell *owner =
		fault_owner(context, cell, fault->address, &region);

	if (owner) {
		set_owner(meaning, owner, region);
		WHY(meaning,
		    "the cell has no region there; region %zu of cell \"%s\" "
		    "has it",
		    region, jhcfg_cell_name(owner));
	} else {
		WHY(meaning,
		    "the cell has no region there, and no other cell has");
	}
}

static void explain_address(const struct jhcfg_fault *fault,
			    const struct jhcfg_fault_context *context,
			    struct meaning *meaning)
{
	const struct jhcfg_config *config =
		fault_find_config(context, fault->cell);
	const struct jhcfg_cell *cell =
		config ? jhcfg_config_cell(config) : NULL;
	struct fault_reserved reserved;
	const struct jhcfg_memory *memory;
	size_t index;

	if (!cell) {
		WHY(meaning,
		    "%s: which region that is cannot be told without "
		    "the configurations",
		    fault->cause);
		ADVICE(meaning, "name the configurations that ran (--config)");
		return;
	}
	memory = fault_own_region(cell, fault->address, &index);
	if (memory) {
		explain_right(fault, cell, memory, index, meaning);
		return;
	}
	if (fault_reserved(context, fault->address, &reserved)) {
		WHY(meaning, "%s", reserved.what);
		meaning->public.rule = reserved.rule;
	} else {
		explain_foreign(fault, context, cell, meaning);
	}
	ADVICE(meaning,
	       "have the driver give the device buffers inside of the cell's "
	       "own memory, by guest addresses, and stop the device before "
	       "the memory goes");
}

void fault_explain_dma(const struct jhcfg_fault *fault,
		       const struct jhcfg_fault_context *context,
		       struct meaning *meaning)
{
	if (explain_stray(fault, meaning))
		return;
	if (fault->has & JHCFG_FAULT_ADDRESS) {
		explain_address(fault, context, meaning);
		return;
	}
	WHY(meaning, "the IOMMU says: %s",
	    *fault->cause ? fault->cause : "nothing more");
	ADVICE(meaning, "look at what the driver had the device do; keep the "
			"line and report it if there is no reason for it");
}
