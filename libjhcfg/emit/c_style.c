// SPDX-License-Identifier: LGPL-2.1-or-later
#include "emit/c_style.h"

#include <string.h>

#include <jailhouse/cell-config.h>

#define OLD		(C_UNITS_IN_BRANCH | C_AMD_PLAIN | C_OLD_IVSHMEM)
#define OLD_WITH_BITMAP (OLD | C_PORT_BITMAP)
#define UNTYPED_OLD	(OLD | C_UNTYPED_UNITS)
#define UNTYPED_BITMAP	(OLD_WITH_BITMAP | C_UNTYPED_UNITS)
#define REVISION_12	(C_UNITS_IN_BRANCH | C_PLAIN_SIDS | C_MSIX_512)
#define TI_12		(OLD_WITH_BITMAP | C_TI_UNITS | C_PLAIN_SIDS)

#define IMX	JAILHOUSE_CON_TYPE_IMX
#define LPUART	JAILHOUSE_CON_TYPE_IMX_LPUART
#define SCIF	JAILHOUSE_CON_TYPE_SCIF
#define VGA	JHCFG_CON_TYPE_VGA
#define LINFLEX JHCFG_CON_TYPE_LINFLEX
#define PVU	JAILHOUSE_IOMMU_PVU
#define MMU500	JAILHOUSE_IOMMU_ARM_MMU500

/* clang-format off */
static const struct c_style styles[] = {
	{ "rev14",       C_ARCHITECTURE,                 SCIF,   0,       MMU500 },
	{ "rev13",       C_SID_MASK,                     SCIF,   0,       MMU500 },
	{ "rev13-first", C_PLAIN_SIDS | C_NO_AARCH32,    IMX,    0,       PVU },
	{ "rev12",       REVISION_12,                    IMX,    0,       PVU },
	{ "rev12-first", OLD | C_PLAIN_SIDS,             IMX,    0,       PVU },
	{ "rev11",       UNTYPED_OLD,                    IMX,    0,       0 },
	{ "rev10",       UNTYPED_BITMAP,                 IMX,    0,       0 },
	{ "rev9",        UNTYPED_BITMAP | C_REVISION_9,  IMX,    VGA,     0 },
	{ "nxp-10",      UNTYPED_BITMAP | C_SMMU_SIDS,   LPUART, 0,       0 },
	{ "nxp-12",      REVISION_12,                    LPUART, 0,       PVU },
	{ "ti-old-12",   TI_12,                          IMX,    0,       PVU },
	{ "openeuler-13", C_SID_MASK,                    SCIF,   0,       MMU500 },
	{ "openeuler-14", C_SID_MASK,                    SCIF,   0,       MMU500 },
	{ "bu-13",       C_COLORED_ARRAY | C_PLAIN_SIDS, IMX,    LINFLEX, PVU },
	{ "bu-13-rebase", C_COLORED_ARRAY | C_PLAIN_SIDS, IMX,   LINFLEX, PVU },
	{ "omnivisor-14", C_ARCHITECTURE,                SCIF,   0,       MMU500 },
	{ "wip-cache-coloring", C_SID_MASK,              SCIF,   0,       MMU500 },
	{ "wip-cpu-config", C_ARCHITECTURE | C_CPU_LIST, SCIF,   0,       MMU500 },
};

/* Members that are called otherwise with a trait. */
static const struct {
	unsigned int trait;
	const char *member;
	const char *name;
} renamed[] = {
	{ C_AMD_PLAIN,   "amd.bdf",             "amd_bdf" },
	{ C_AMD_PLAIN,   "amd.base_cap",        "amd_base_cap" },
	{ C_AMD_PLAIN,   "amd.msi_cap",         "amd_msi_cap" },
	{ C_AMD_PLAIN,   "amd.features",        "amd_features" },
	{ C_SID_MASK,    "arm_sid_mask",        "arm_mmu500.sid_mask" },
	{ C_OLD_IVSHMEM, "shmem_regions_start", "shmem_region" },
};
/* clang-format on */

const struct c_style *c_style_find(const char *dialect)
{
	for (size_t n = 0; n < sizeof(styles) / sizeof(styles[0]); n++) {
		if (!strcmp(styles[n].dialect, dialect))
			return &styles[n];
	}
	return NULL;
}

static bool is(const struct jhcfg_member *member, const char *name)
{
	return !strcmp(member->name, name);
}

/* What depends on the type of the unit. */
static const char *unit_name(const struct c_style *style,
			     const struct jhcfg_member *member,
			     const struct jhcfg_iommu *unit)
{
	if (c_style_has(style, C_UNTYPED_UNITS) && is(member, "type"))
		return NULL;
	if (c_style_has(style, C_TI_UNITS) && unit->type == PVU) {
		if (is(member, "base"))
			return "tipvu.cfg_base";
		if (is(member, "size"))
			return "tipvu.cfg_size";
	}
	return member->name;
}

const char *c_style_name(const struct c_style *style,
			 const struct jhcfg_member *member,
			 const struct jhcfg_iommu *unit)
{
	for (size_t n = 0; n < sizeof(renamed) / sizeof(renamed[0]); n++) {
		if (c_style_has(style, renamed[n].trait) &&
		    is(member, renamed[n].member))
			return renamed[n].name;
	}
	return unit ? unit_name(style, member, unit) : member->name;
}

bool c_style_knows(const struct c_style *style,
		   const struct jhcfg_member *member, uint64_t value)
{
	if (member->names == jhcfg_console_types)
		return value <= style->max_console_type ||
		       (value == style->own_console_type && value);
	if (member->names == jhcfg_iommu_types)
		return value && value <= style->max_iommu_type;
	if (member->names == jhcfg_cell_flag_names &&
	    value == JAILHOUSE_CELL_AARCH32)
		return !c_style_has(style, C_NO_AARCH32);
	return true;
}
