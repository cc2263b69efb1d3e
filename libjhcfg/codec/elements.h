/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Records that several dialects share. A number in a name is the size; v11 is
 * "up to revision 11". The numbers of the format description are their own
 * source; tests/abi holds them against structs of C.
 */
#ifndef JHCFG_CODEC_ELEMENTS_H
#define JHCFG_CODEC_ELEMENTS_H

#include "codec/dialect.h"

extern const struct codec_record codec_memory_v11;
extern const struct codec_record codec_memory;
extern const struct codec_record codec_cache;
extern const struct codec_record codec_irqchip;
extern const struct codec_record codec_pio;
extern const struct codec_record codec_pci_device_v11;
extern const struct codec_record codec_pci_device;
extern const struct codec_record codec_pci_cap;
extern const struct codec_record codec_stream_id;
extern const struct codec_record codec_cpu_id;
extern const struct codec_record codec_console;

/* IOMMU units; the sizes are needed where the records are not visible */
enum {
	codec_iommu_v11_size = 20,
	codec_iommu_v12_first_size = 24,
	codec_iommu_size = 28,
	codec_iommu_v13_size = 28,
};
extern const struct codec_record codec_iommu_v11;
extern const struct codec_record codec_iommu_v12_first;
extern const struct codec_record codec_iommu;
extern const struct codec_record codec_iommu_v13; /* with the sid mask */

/* A unit without a type in the file: what it must be. */
void codec_complete_iommu(void *model);

#endif
