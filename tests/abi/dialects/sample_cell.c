// SPDX-License-Identifier: GPL-2.0-or-later
/* A cell, for SAMPLE_ID and SAMPLE_IS_X86. */
#include "sample.h"

static const struct {
	struct jailhouse_cell_desc cell;
#include "sample_cell.h"
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.revision = JAILHOUSE_CONFIG_REVISION,
#if HAS_ARCHITECTURE
		.architecture = SAMPLE_IS_X86 ? JAILHOUSE_X86 : JAILHOUSE_ARM64,
#endif
		.name = "a-cell-with-a-name-of-31-chars!",
#include "sample_desc.h"
	},
#define SAMPLE_VALUES
#include "sample_cell.h"
};

extern const struct sample SAMPLE;
const struct sample SAMPLE = {
	.dialect = SAMPLE_DIALECT,
	.is_system = false,
	.is_x86 = SAMPLE_IS_X86,
	.features = FEATURES,
	.data = &config,
	.size = sizeof(config),
};
