/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Flags and values that revisions and forks number differently. */
#ifndef JHCFG_CODEC_MAPS_H
#define JHCFG_CODEC_MAPS_H

#include "codec/dialect.h"

/* NO_HUGEPAGES took the bit of IO_UNALIGNED within revision 12 */
extern const struct codec_map codec_memory_flags_v11;
extern const struct codec_map codec_memory_flags;
extern const struct codec_map codec_memory_flags_colored; /* wip branch */
extern const struct codec_map codec_memory_flags_omnivisor;

extern const struct codec_map codec_cell_flags_v9;
extern const struct codec_map codec_cell_flags_v10; /* to v0.12 */
extern const struct codec_map codec_cell_flags;
extern const struct codec_map codec_cell_flags_openeuler;

extern const struct codec_map codec_console_type_v9;
extern const struct codec_map codec_console_flags_v9;
extern const struct codec_map codec_console_type_bu;
extern const struct codec_map codec_console_type;
extern const struct codec_map codec_console_flags;

/* VETH and CUSTOM of the old ivshmem */
extern const struct codec_map codec_protocol_v11;

extern const struct codec_map codec_iommu_type_ti;

#endif
