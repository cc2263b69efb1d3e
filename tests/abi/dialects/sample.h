/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A configuration of our own that exercises every field, written as users
 * write theirs, and compiled once for each dialect against its headers. What
 * a dialect has is typed from the format description here, once more: neither
 * the codec's tables nor the headers decide it.
 */
#ifndef ABI_SAMPLE_H
#define ABI_SAMPLE_H

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

#include "samples.h"

/* SAMPLE_ID is one of these, in the order of dialects.def. */
#define ID_REV14	      1
#define ID_REV13	      2
#define ID_REV13_FIRST	      3
#define ID_REV12	      4
#define ID_REV12_FIRST	      5
#define ID_REV11	      6
#define ID_REV10	      7
#define ID_REV9		      8
#define ID_NXP_10	      9
#define ID_NXP_12	      10
#define ID_TI_OLD_12	      11
#define ID_OPENEULER_13	      12
#define ID_OPENEULER_14	      13
#define ID_BU_13	      14
#define ID_BU_13_REBASE	      15
#define ID_OMNIVISOR_14	      16
#define ID_WIP_CACHE_COLORING 17
#define ID_WIP_CPU_CONFIG     18
#define IS(id)		      (SAMPLE_ID == ID_##id)

#define HAS_ARCHITECTURE (IS(REV14) || IS(OMNIVISOR_14) || IS(WIP_CPU_CONFIG))
#define HAS_SYSTEM_FLAGS (!IS(REV9))
#define HAS_CELL_CONSOLE (!IS(REV9))
#define HAS_PORT_BITMAP	 (IS(REV9) || IS(REV10) || IS(NXP_10) || IS(TI_OLD_12))
#define HAS_STREAM_IDS	 (!IS(REV9) && !IS(REV10) && !IS(REV11) && !IS(NXP_10))
#define HAS_OLD_IVSHMEM	 (HAS_PORT_BITMAP || IS(REV11) || IS(REV12_FIRST))
/* in each architecture's branch, or for all of them before it */
#define HAS_UNITS_IN_BRANCH (HAS_OLD_IVSHMEM || IS(REV12) || IS(NXP_12))
#define HAS_NO_ARM_UNITS    (IS(REV9) || IS(REV10) || IS(REV11))
#define HAS_UNTYPED_UNITS   (IS(REV9) || IS(REV10) || IS(REV11) || IS(NXP_10))
#define HAS_AMD_BDF	    (HAS_UNTYPED_UNITS || IS(REV12_FIRST) || IS(TI_OLD_12))
#define HAS_PVU		    (!HAS_UNTYPED_UNITS && !IS(REV12_FIRST))
#define HAS_COLORED_ARRAY   (IS(BU_13) || IS(BU_13_REBASE))
#define HAS_AARCH32	    (!HAS_OLD_IVSHMEM && !IS(REV12) && !IS(REV13_FIRST))

#define FEATURES                                                               \
	((HAS_SYSTEM_FLAGS ? FEATURE_SYSTEM_FLAGS : 0) |                       \
	 (HAS_CELL_CONSOLE ? FEATURE_CELL_CONSOLE : 0) |                       \
	 (HAS_PORT_BITMAP ? FEATURE_PORT_BITMAP : 0) |                         \
	 (HAS_STREAM_IDS ? FEATURE_STREAM_IDS : 0) |                           \
	 (HAS_OLD_IVSHMEM ? FEATURE_OLD_IVSHMEM : 0) |                         \
	 (HAS_NO_ARM_UNITS ? FEATURE_NO_ARM_UNITS : 0) |                       \
	 (HAS_PVU ? FEATURE_PVU : 0) |                                         \
	 (HAS_COLORED_ARRAY || IS(OMNIVISOR_14) ? FEATURE_COLORS : 0) |        \
	 (HAS_UNTYPED_UNITS ? FEATURE_UNTYPED_UNITS : 0) |                     \
	 (HAS_AARCH32 ? FEATURE_AARCH32 : 0))

#define NUM_MEMORY	 5
#define NUM_COLORED	 2
#define NUM_CACHE	 1
#define NUM_PIO		 3
#define NUM_PCI		 3
#define NUM_CAPS	 2
#define NUM_STREAM_IDS	 3
#define NUM_REGMAPS	 2
#define NUM_QOS		 2
#define NUM_RCPU	 1
#define NUM_FPGA	 1
#define PORT_BITMAP_SIZE 0x2000

#endif
