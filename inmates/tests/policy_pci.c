/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Configuration space of functions that the cell does not own: all ones */
#include <inmate.h>

#include "policy.h"
#include "report.h"

#define BUS_SIZE 0x100000U /* PCI Express Base Specification 4.0, 7.2.2 */

bool policy_pci_ones(u64 offset)
{
	u64 addr = comm_region()->pci_mmconfig_base + offset % BUS_SIZE;

	switch (offset % 4) {
	case 0:
		return mmio_read32(addr) == 0xffffffff;
	case 2:
		return mmio_read16(addr) == 0xffff;
	default:
		return mmio_read8(addr) == 0xff;
	}
}

void policy_pci(void)
{
	static const struct {
		const char *name;
		u32 offset;
	} rows[] = {
		{ "pci-first-id", 0x00000 },
		{ "pci-first-device-id", 0x00002 },
		{ "pci-first-class", 0x0000b },
		{ "pci-first-bar", 0x00010 },
		{ "pci-next-function", 0x01000 },
		{ "pci-next-device", 0x08000 },
		{ "pci-extended", 0x00100 },
		{ "pci-last", 0xffffc },
		{ "pci-last-byte", 0xfffff },
	};
	unsigned int n;

	if (!policy_pci_present()) {
		report_skip("pci", "no PCI window in the comm region");
		return;
	}
	for (n = 0; n < ARRAY_SIZE(rows); n++)
		report_true(rows[n].name, policy_pci_ones(rows[n].offset),
			    "not all ones");
}

bool policy_pci_present(void)
{
	u64 base = comm_region()->pci_mmconfig_base;

	return base && map_range(base, BUS_SIZE, MAP_DEVICE) == 0;
}
