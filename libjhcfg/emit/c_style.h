/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* In what the C forms of the dialects differ. */
#ifndef JHCFG_EMIT_C_STYLE_H
#define JHCFG_EMIT_C_STYLE_H

#include <stdbool.h>

#include "model/members.h"

enum c_trait {
	C_ARCHITECTURE = 1 << 0,    /* .architecture */
	C_UNITS_IN_BRANCH = 1 << 1, /* .x86.iommu_units, .arm.iommu_units */
	C_UNTYPED_UNITS = 1 << 2,   /* IOMMU units without .type */
	C_AMD_PLAIN = 1 << 3,	    /* .amd_bdf instead of .amd.bdf */
	C_TI_UNITS = 1 << 4,	    /* .tipvu.cfg_base instead of .base */
	C_SID_MASK = 1 << 5,	    /* .arm_mmu500.sid_mask */
	C_PORT_BITMAP = 1 << 6,	    /* .pio_bitmap */
	C_OLD_IVSHMEM = 1 << 7,	    /* .shmem_region */
	C_REVISION_9 = 1 << 8,	    /* JAILHOUSE_CON1_... */
	C_COLORED_ARRAY = 1 << 9,   /* .mem_regions_colored */
	C_SMMU_SIDS = 1 << 10,	    /* .smmu_sids */
	C_CPU_LIST = 1 << 11,	    /* struct jailhouse_cpu */
	C_PLAIN_SIDS = 1 << 12,	    /* __u32 stream_ids[] */
	C_NO_AARCH32 = 1 << 13,	    /* the cell flag has no name */
	C_MSIX_512 = 1 << 14,	    /* ..._BAR_MASK_MSIX is 0xfffffe00 */
};

struct c_style {
	const char *dialect;
	unsigned int traits;
	/* values that have a name in its header */
	unsigned int max_console_type;
	unsigned int own_console_type;
	unsigned int max_iommu_type;
};

/* NULL: the library knows no C form of the dialect. */
const struct c_style *c_style_find(const char *dialect);

static inline bool c_style_has(const struct c_style *style, enum c_trait trait)
{
	return style->traits & trait;
}

/*
 * The name of a member in this style; NULL if it is not written. @unit: what it
 * is a member of, if that is an IOMMU unit.
 */
const char *c_style_name(const struct c_style *style,
			 const struct jhcfg_member *member,
			 const struct jhcfg_iommu *unit);
/* Whether the value of a choice, or the flag, has a name in the header. */
bool c_style_knows(const struct c_style *style,
		   const struct jhcfg_member *member, uint64_t value);

#endif
