// SPDX-License-Identifier: LGPL-2.1-or-later
#include "model/names.h"

#include <stddef.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include <jhcfg/model.h>

/* clang-format off */
const struct jhcfg_name jhcfg_architectures[] = {
	{ "x86",   JAILHOUSE_X86, SAYS("64-bit x86") },
	{ "arm",   JAILHOUSE_ARM, SAYS("32-bit Arm") },
	{ "arm64", JAILHOUSE_ARM64, SAYS("64-bit Arm") },
	{ 0 },
};

const struct jhcfg_name jhcfg_cell_flag_names[] = {
	{ "PASSIVE_COMMREG",           JAILHOUSE_CELL_PASSIVE_COMMREG,
	  SAYS("the cell does not answer messages of the hypervisor, and is "
	       "shut down without being asked") },
	{ "TEST_DEVICE",               JAILHOUSE_CELL_TEST_DEVICE,
	  SAYS("a register for tests follows its communication region") },
	{ "AARCH32",                   JAILHOUSE_CELL_AARCH32,
	  SAYS("its CPUs begin in AArch32 state") },
	{ "USE_VIRT_CPUID",            JHCFG_CELL_USE_VIRT_CPUID,
	  SAYS("CPUs are numbered from 0 in the cell; of openEuler") },
	{ "DEBUG_CONSOLE",             JHCFG_CELL_DEBUG_CONSOLE,
	  SAYS("the cell may use the UART of the hypervisor; of revision 9") },
	{ "VIRTUAL_CONSOLE_PERMITTED", JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED,
	  SAYS("characters that the cell gives the hypervisor are shown on "
	       "its console") },
	{ "VIRTUAL_CONSOLE_ACTIVE",    JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE,
	  SAYS("inmates write to the console of the hypervisor until they "
	       "have one of their own") },
	{ 0 },
};

const struct jhcfg_name jhcfg_system_flag_names[] = {
	{ "VIRTUAL_DEBUG_CONSOLE", JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE,
	  SAYS("what the hypervisor writes can be read in Linux, too") },
	{ 0 },
};

const struct jhcfg_name jhcfg_memory_flag_names[] = {
	{ "READ",            JAILHOUSE_MEM_READ, SAYS("the cell may read it") },
	{ "WRITE",           JAILHOUSE_MEM_WRITE,
	  SAYS("the cell may write to it") },
	{ "EXECUTE",         JAILHOUSE_MEM_EXECUTE,
	  SAYS("the cell may run code in it") },
	{ "DMA",             JAILHOUSE_MEM_DMA,
	  SAYS("devices of the cell may access it, where an IOMMU guards") },
	{ "IO",              JAILHOUSE_MEM_IO,
	  SAYS("it is no RAM: accesses have effects") },
	{ "COMM_REGION",     JAILHOUSE_MEM_COMM_REGION,
	  SAYS("the page in which hypervisor and cell exchange messages") },
	{ "LOADABLE",        JAILHOUSE_MEM_LOADABLE,
	  SAYS("the root may fill it as long as the cell does not run") },
	{ "ROOTSHARED",      JAILHOUSE_MEM_ROOTSHARED,
	  SAYS("the root keeps its access to it") },
	{ "NO_HUGEPAGES",    JAILHOUSE_MEM_NO_HUGEPAGES,
	  SAYS("it is mapped by pages of 4 KiB") },
	{ "COLORED",         JHCFG_MEM_COLORED,
	  SAYS("it is spread over cache colors; of forks with cache coloring") },
	{ "COLORED_NO_COPY", JHCFG_MEM_COLORED_NO_COPY,
	  SAYS("it is colored without moving what it holds; of forks with "
	       "cache coloring") },
	{ "TMP_ROOT_REMAP",  JHCFG_MEM_TMP_ROOT_REMAP,
	  SAYS("the root sees it elsewhere for a while; of forks with cache "
	       "coloring") },
	{ "IO_UNALIGNED",    JAILHOUSE_MEM_IO_UNALIGNED,
	  SAYS("accesses need not be aligned") },
	{ "IO_8",            JAILHOUSE_MEM_IO_8,
	  SAYS("accesses of one byte pass") },
	{ "IO_16",           JAILHOUSE_MEM_IO_16,
	  SAYS("accesses of two bytes pass") },
	{ "IO_32",           JAILHOUSE_MEM_IO_32,
	  SAYS("accesses of four bytes pass") },
	{ "IO_64",           JAILHOUSE_MEM_IO_64,
	  SAYS("accesses of eight bytes pass") },
	{ 0 },
};

const struct jhcfg_name jhcfg_console_types[] = {
	{ "NONE",       JAILHOUSE_CON_TYPE_NONE, SAYS("no console") },
	{ "EFIFB",      JAILHOUSE_CON_TYPE_EFIFB,
	  SAYS("screen that EFI has set up") },
	{ "8250",       JAILHOUSE_CON_TYPE_8250,
	  SAYS("UARTs that are compatible with the 8250 and 16550") },
	{ "PL011",      JAILHOUSE_CON_TYPE_PL011, SAYS("Arm PL011") },
	{ "XUARTPS",    JAILHOUSE_CON_TYPE_XUARTPS,
	  SAYS("UART of Zynq and ZynqMP") },
	{ "MVEBU",      JAILHOUSE_CON_TYPE_MVEBU,
	  SAYS("UART of Marvell Armada 3700") },
	{ "HSCIF",      JAILHOUSE_CON_TYPE_HSCIF, SAYS("Renesas HSCIF") },
	{ "SCIFA",      JAILHOUSE_CON_TYPE_SCIFA, SAYS("Renesas SCIFA") },
	{ "IMX",        JAILHOUSE_CON_TYPE_IMX, SAYS("UART of i.MX") },
	{ "IMX_LPUART", JAILHOUSE_CON_TYPE_IMX_LPUART,
	  SAYS("low-power UART of i.MX") },
	{ "SCIF",       JAILHOUSE_CON_TYPE_SCIF, SAYS("Renesas SCIF") },
	{ "VGA",        JHCFG_CON_TYPE_VGA,
	  SAYS("VGA text screen; of revision 9") },
	{ "LINFLEX",    JHCFG_CON_TYPE_LINFLEX,
	  SAYS("LINFlexD of S32; of BU") },
	{ 0 },
};

const struct jhcfg_name jhcfg_console_flag_names[] = {
	{ "ACCESS_MMIO",         JAILHOUSE_CON_ACCESS_MMIO,
	  SAYS("its registers are memory; otherwise ports") },
	{ "REGDIST_4",           JAILHOUSE_CON_REGDIST_4,
	  SAYS("its registers are 4 bytes apart; otherwise 1") },
	{ "FB_1920x1080",        JAILHOUSE_CON_FB_1920x1080,
	  SAYS("the screen has 1920x1080 pixels; otherwise 1024x768") },
	{ "SECOND_ON_ROOT_PAGE", JHCFG_CON_SECOND_ON_ROOT_PAGE,
	  SAYS("it shares a page with a UART of the root; of revision 9") },
	{ "INVERTED_GATE",       JAILHOUSE_CON_INVERTED_GATE,
	  SAYS("a 1 in the clock register stops the clock") },
	{ "MDR_QUIRK",           JAILHOUSE_CON_MDR_QUIRK,
	  SAYS("its mode must be written before use, as on OMAP") },
	{ 0 },
};

const struct jhcfg_name jhcfg_cache_types[] = {
	{ "L3_CODE", JAILHOUSE_CACHE_L3_CODE, SAYS("L3, for instructions") },
	{ "L3_DATA", JAILHOUSE_CACHE_L3_DATA, SAYS("L3, for data") },
	{ "L3",      JAILHOUSE_CACHE_L3, SAYS("L3, for both") },
	{ 0 },
};

const struct jhcfg_name jhcfg_cache_flag_names[] = {
	{ "ROOTSHARED", JAILHOUSE_CACHE_ROOTSHARED,
	  SAYS("the root keeps using it") },
	{ 0 },
};

const struct jhcfg_name jhcfg_pci_types[] = {
	{ "DEVICE",  JAILHOUSE_PCI_TYPE_DEVICE,
	  SAYS("a device of the machine") },
	{ "BRIDGE",  JAILHOUSE_PCI_TYPE_BRIDGE,
	  SAYS("a bridge of the machine") },
	{ "IVSHMEM", JAILHOUSE_PCI_TYPE_IVSHMEM, SAYS("an end of a link") },
	{ 0 },
};

const struct jhcfg_name jhcfg_pci_cap_flag_names[] = {
	{ "WRITE", JAILHOUSE_PCICAPS_WRITE, SAYS("the cell may write to it") },
	{ 0 },
};

const struct jhcfg_name jhcfg_iommu_types[] = {
	{ "AMD",        JAILHOUSE_IOMMU_AMD, SAYS("AMD-Vi") },
	{ "INTEL",      JAILHOUSE_IOMMU_INTEL, SAYS("Intel VT-d") },
	{ "SMMUV3",     JAILHOUSE_IOMMU_SMMUV3, SAYS("Arm SMMUv3") },
	{ "PVU",        JAILHOUSE_IOMMU_PVU,
	  SAYS("peripheral virtualization unit of TI") },
	{ "ARM_MMU500", JAILHOUSE_IOMMU_ARM_MMU500, SAYS("Arm MMU-500") },
	{ 0 },
};

const struct jhcfg_name jhcfg_apic_modes[] = {
	{ "AUTO",   JAILHOUSE_APIC_MODE_AUTO, SAYS("as Linux uses them") },
	{ "XAPIC",  JAILHOUSE_APIC_MODE_XAPIC, SAYS("by memory accesses") },
	{ "X2APIC", JAILHOUSE_APIC_MODE_X2APIC,
	  SAYS("by registers of the CPU") },
	{ 0 },
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
