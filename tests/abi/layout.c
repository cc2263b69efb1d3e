// SPDX-License-Identifier: GPL-2.0-or-later
/* Typed from the description of the format, revision 14. */
#include "layout.h"

#include <string.h>

#include "cmocka_all.h"

#define END                                                                    \
	{                                                                      \
		NULL, 0, 0                                                     \
	}

/* clang-format off */
#define LAYOUT(layout_name, bytes, ...)                                   \
	static const struct layout_field layout_name##_fields[] = {       \
		__VA_ARGS__, END                                          \
	};                                                                \
	const struct layout layout_##layout_name = {                      \
		#layout_name, bytes, layout_name##_fields                 \
	}

LAYOUT(cell, 132,
	{ "signature",            0,  5 },
	{ "architecture",         5,  1 },
	{ "revision",             6,  2 },
	{ "name",                 8, 32 },
	{ "id",                  40,  4 },
	{ "flags",               44,  4 },
	{ "cpu_set_size",        48,  4 },
	{ "num_memory_regions",  52,  4 },
	{ "num_cache_regions",   56,  4 },
	{ "num_irqchips",        60,  4 },
	{ "num_pio_regions",     64,  4 },
	{ "num_pci_devices",     68,  4 },
	{ "num_pci_caps",        72,  4 },
	{ "num_stream_ids",      76,  4 },
	{ "vpci_irq_base",       80,  4 },
	{ "cpu_reset_address",   84,  8 },
	{ "msg_reply_timeout",   92,  8 },
	{ "console",            100, 32 });

LAYOUT(system, 356,
	{ "signature",              0,   5 },
	{ "architecture",           5,   1 },
	{ "revision",               6,   2 },
	{ "flags",                  8,   4 },
	{ "hypervisor_memory",     12,  32 },
	{ "debug_console",         44,  32 },
	{ "pci_mmconfig_base",     76,   8 },
	{ "pci_mmconfig_end_bus",  84,   1 },
	{ "pci_is_virtual",        85,   1 },
	{ "pci_domain",            86,   2 },
	{ "iommu_units",           88, 224 });

LAYOUT(system_x86, 356,
	{ "pm_timer_address",    312, 2 },
	{ "apic_mode",           314, 1 },
	{ "vtd_interrupt_limit", 316, 4 },
	{ "tsc_khz",             320, 4 },
	{ "apic_khz",            324, 4 });

LAYOUT(system_arm, 356,
	{ "maintenance_irq", 312, 1 },
	{ "gic_version",     313, 1 },
	{ "gicd_base",       316, 8 },
	{ "gicc_base",       324, 8 },
	{ "gich_base",       332, 8 },
	{ "gicv_base",       340, 8 },
	{ "gicr_base",       348, 8 });

LAYOUT(memory, 32,
	{ "phys_start",  0, 8 },
	{ "virt_start",  8, 8 },
	{ "size",       16, 8 },
	{ "flags",      24, 8 });

LAYOUT(cache, 12,
	{ "start",  0, 4 },
	{ "size",   4, 4 },
	{ "type",   8, 1 },
	{ "flags", 10, 2 });

LAYOUT(irqchip, 32,
	{ "address",     0,  8 },
	{ "id",          8,  4 },
	{ "pin_base",   12,  4 },
	{ "pin_bitmap", 16, 16 });

LAYOUT(pio, 4,
	{ "base",   0, 2 },
	{ "length", 2, 2 });

LAYOUT(pci_device, 56,
	{ "type",                 0,  1 },
	{ "iommu",                1,  1 },
	{ "domain",               2,  2 },
	{ "bdf",                  4,  2 },
	{ "bar_mask",             6, 24 },
	{ "caps_start",          30,  2 },
	{ "num_caps",            32,  2 },
	{ "num_msi_vectors",     34,  1 },
	{ "msi_flags",           35,  1 },
	{ "num_msix_vectors",    36,  2 },
	{ "msix_region_size",    38,  2 },
	{ "msix_address",        40,  8 },
	{ "shmem_regions_start", 48,  4 },
	{ "shmem_dev_id",        52,  1 },
	{ "shmem_peers",         53,  1 },
	{ "shmem_protocol",      54,  2 });

LAYOUT(pci_cap, 8,
	{ "id",    0, 2 },
	{ "start", 2, 2 },
	{ "len",   4, 2 },
	{ "flags", 6, 2 });

LAYOUT(console, 32,
	{ "address",    0, 8 },
	{ "size",       8, 4 },
	{ "type",      12, 2 },
	{ "flags",     14, 2 },
	{ "divider",   16, 4 },
	{ "gate_nr",   20, 4 },
	{ "clock_reg", 24, 8 });

LAYOUT(iommu, 28,
	{ "type",  0, 4 },
	{ "base",  4, 8 },
	{ "size", 12, 4 });

LAYOUT(iommu_amd, 28,
	{ "bdf",      16, 2 },
	{ "base_cap", 18, 1 },
	{ "msi_cap",  19, 1 },
	{ "features", 20, 4 });

LAYOUT(iommu_pvu, 28,
	{ "tlb_base", 16, 8 },
	{ "tlb_size", 24, 4 });

LAYOUT(stream_id, 4,
	{ "id", 0, 4 });
/* clang-format on */

const struct layout_field *layout_find(const struct layout *layout,
				       const char *name)
{
	const struct layout_field *field = layout->fields;

	while (field->name && strcmp(field->name, name) != 0)
		field++;
	if (!field->name)
		fail_msg("%s has no field %s", layout->name, name);
	return field;
}

uint64_t layout_get(const struct layout *layout, const char *name,
		    const uint8_t *bytes)
{
	const struct layout_field *field = layout_find(layout, name);
	uint64_t value = 0;

	for (unsigned int n = 0; n < field->width; n++)
		value |= (uint64_t)bytes[field->off + n] << 8 * n;
	return value;
}
