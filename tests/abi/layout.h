/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Revision 14 as a list of named places: offset and width of each field. */
#ifndef TESTS_ABI_LAYOUT_H
#define TESTS_ABI_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

struct layout_field {
	const char *name;
	unsigned int off;
	unsigned int width;
};

struct layout {
	const char *name;
	unsigned int size;
	const struct layout_field *fields; /* ends with a NULL name */
};

extern const struct layout layout_cell;
extern const struct layout layout_system; /* without the root cell */
extern const struct layout layout_system_x86;
extern const struct layout layout_system_arm;
extern const struct layout layout_memory;
extern const struct layout layout_cache;
extern const struct layout layout_irqchip;
extern const struct layout layout_pio;
extern const struct layout layout_pci_device;
extern const struct layout layout_pci_cap;
extern const struct layout layout_console;
extern const struct layout layout_iommu;
extern const struct layout layout_iommu_amd;
extern const struct layout layout_iommu_pvu;
extern const struct layout layout_stream_id;

/* Field @name, or a failed test. */
const struct layout_field *layout_find(const struct layout *layout,
				       const char *name);
/* Its little-endian value in the record at @bytes. */
uint64_t layout_get(const struct layout *layout, const char *name,
		    const uint8_t *bytes);

#endif
