// SPDX-License-Identifier: LGPL-2.1-or-later
#include "model/names.h"

#include <stddef.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include <jhcfg/model.h>

/* clang-format off */
const struct jhcfg_name jhcfg_architectures[] = {
	{ "x86",   JAILHOUSE_X86 },
	{ "arm",   JAILHOUSE_ARM },
	{ "arm64", JAILHOUSE_ARM64 },
	{ NULL,    0 },
};

const struct jhcfg_name jhcfg_cell_flag_names[] = {
	{ "PASSIVE_COMMREG",           JAILHOUSE_CELL_PASSIVE_COMMREG },
	{ "TEST_DEVICE",               JAILHOUSE_CELL_TEST_DEVICE },
	{ "AARCH32",                   JAILHOUSE_CELL_AARCH32 },
	{ "USE_VIRT_CPUID",            JHCFG_CELL_USE_VIRT_CPUID },
	{ "DEBUG_CONSOLE",             JHCFG_CELL_DEBUG_CONSOLE },
	{ "VIRTUAL_CONSOLE_PERMITTED", JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED },
	{ "VIRTUAL_CONSOLE_ACTIVE",    JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE },
	{ NULL,                        0 },
};

const struct jhcfg_name jhcfg_system_flag_names[] = {
	{ "VIRTUAL_DEBUG_CONSOLE", JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE },
	{ NULL,                    0 },
};

const struct jhcfg_name jhcfg_memory_flag_names[] = {
	{ "READ",            JAILHOUSE_MEM_READ },
	{ "WRITE",           JAILHOUSE_MEM_WRITE },
	{ "EXECUTE",         JAILHOUSE_MEM_EXECUTE },
	{ "DMA",             JAILHOUSE_MEM_DMA },
	{ "IO",              JAILHOUSE_MEM_IO },
	{ "COMM_REGION",     JAILHOUSE_MEM_COMM_REGION },
	{ "LOADABLE",        JAILHOUSE_MEM_LOADABLE },
	{ "ROOTSHARED",      JAILHOUSE_MEM_ROOTSHARED },
	{ "NO_HUGEPAGES",    JAILHOUSE_MEM_NO_HUGEPAGES },
	{ "COLORED",         JHCFG_MEM_COLORED },
	{ "COLORED_NO_COPY", JHCFG_MEM_COLORED_NO_COPY },
	{ "TMP_ROOT_REMAP",  JHCFG_MEM_TMP_ROOT_REMAP },
	{ "IO_UNALIGNED",    JAILHOUSE_MEM_IO_UNALIGNED },
	{ "IO_8",            JAILHOUSE_MEM_IO_8 },
	{ "IO_16",           JAILHOUSE_MEM_IO_16 },
	{ "IO_32",           JAILHOUSE_MEM_IO_32 },
	{ "IO_64",           JAILHOUSE_MEM_IO_64 },
	{ NULL,              0 },
};

const struct jhcfg_name jhcfg_console_types[] = {
	{ "NONE",       JAILHOUSE_CON_TYPE_NONE },
	{ "EFIFB",      JAILHOUSE_CON_TYPE_EFIFB },
	{ "8250",       JAILHOUSE_CON_TYPE_8250 },
	{ "PL011",      JAILHOUSE_CON_TYPE_PL011 },
	{ "XUARTPS",    JAILHOUSE_CON_TYPE_XUARTPS },
	{ "MVEBU",      JAILHOUSE_CON_TYPE_MVEBU },
	{ "HSCIF",      JAILHOUSE_CON_TYPE_HSCIF },
	{ "SCIFA",      JAILHOUSE_CON_TYPE_SCIFA },
	{ "IMX",        JAILHOUSE_CON_TYPE_IMX },
	{ "IMX_LPUART", JAILHOUSE_CON_TYPE_IMX_LPUART },
	{ "SCIF",       JAILHOUSE_CON_TYPE_SCIF },
	{ "VGA",        JHCFG_CON_TYPE_VGA },
	{ "LINFLEX",    JHCFG_CON_TYPE_LINFLEX },
	{ NULL,         0 },
};

const struct jhcfg_name jhcfg_console_flag_names[] = {
	{ "ACCESS_MMIO",         JAILHOUSE_CON_ACCESS_MMIO },
	{ "REGDIST_4",           JAILHOUSE_CON_REGDIST_4 },
	{ "FB_1920x1080",        JAILHOUSE_CON_FB_1920x1080 },
	{ "SECOND_ON_ROOT_PAGE", JHCFG_CON_SECOND_ON_ROOT_PAGE },
	{ "INVERTED_GATE",       JAILHOUSE_CON_INVERTED_GATE },
	{ "MDR_QUIRK",           JAILHOUSE_CON_MDR_QUIRK },
	{ NULL,                  0 },
};

const struct jhcfg_name jhcfg_cache_types[] = {
	{ "L3_CODE", JAILHOUSE_CACHE_L3_CODE },
	{ "L3_DATA", JAILHOUSE_CACHE_L3_DATA },
	{ "L3",      JAILHOUSE_CACHE_L3 },
	{ NULL,      0 },
};

const struct jhcfg_name jhcfg_cache_flag_names[] = {
	{ "ROOTSHARED", JAILHOUSE_CACHE_ROOTSHARED },
	{ NULL,         0 },
};

const struct jhcfg_name jhcfg_pci_types[] = {
	{ "DEVICE",  JAILHOUSE_PCI_TYPE_DEVICE },
	{ "BRIDGE",  JAILHOUSE_PCI_TYPE_BRIDGE },
	{ "IVSHMEM", JAILHOUSE_PCI_TYPE_IVSHMEM },
	{ NULL,      0 },
};

const struct jhcfg_name jhcfg_pci_cap_flag_names[] = {
	{ "WRITE", JAILHOUSE_PCICAPS_WRITE },
	{ NULL,    0 },
};

const struct jhcfg_name jhcfg_iommu_types[] = {
	{ "AMD",        JAILHOUSE_IOMMU_AMD },
	{ "INTEL",      JAILHOUSE_IOMMU_INTEL },
	{ "SMMUV3",     JAILHOUSE_IOMMU_SMMUV3 },
	{ "PVU",        JAILHOUSE_IOMMU_PVU },
	{ "ARM_MMU500", JAILHOUSE_IOMMU_ARM_MMU500 },
	{ NULL,         0 },
};

const struct jhcfg_name jhcfg_apic_modes[] = {
	{ "AUTO",   JAILHOUSE_APIC_MODE_AUTO },
	{ "XAPIC",  JAILHOUSE_APIC_MODE_XAPIC },
	{ "X2APIC", JAILHOUSE_APIC_MODE_X2APIC },
	{ NULL,     0 },
};
/* clang-format on */

const struct jhcfg_name *jhcfg_name_find(const struct jhcfg_name *names,
					 const char *name)
{
	for (; names->name; names++) {
		if (!strcmp(names->name, name))
			return names;
	}
	return NULL;
}

const char *jhcfg_name_of(const struct jhcfg_name *names, uint64_t value)
{
	for (; names->name; names++) {
		if (names->value == value)
			return names->name;
	}
	return NULL;
}
