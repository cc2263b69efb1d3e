/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The compiled samples of all dialects. */
#ifndef ABI_SAMPLES_H
#define ABI_SAMPLES_H

#include <stdbool.h>
#include <stddef.h>

enum sample_feature {
	FEATURE_SYSTEM_FLAGS = 1 << 0,
	FEATURE_CELL_CONSOLE = 1 << 1,
	FEATURE_PORT_BITMAP = 1 << 2,
	FEATURE_STREAM_IDS = 1 << 3,
	FEATURE_OLD_IVSHMEM = 1 << 4,
	FEATURE_NO_ARM_UNITS = 1 << 5,
	FEATURE_PVU = 1 << 6,
	FEATURE_COLORS = 1 << 7,
	FEATURE_AARCH32 = 1 << 8,
	FEATURE_UNTYPED_UNITS = 1 << 9,
};

struct sample {
	const char *dialect;
	bool is_system;
	bool is_x86;
	unsigned int features;
	const void *data;
	size_t size;
};

/* All of them, then one without a dialect. */
extern const struct sample *const samples[];

#endif
