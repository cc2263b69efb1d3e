// SPDX-License-Identifier: GPL-2.0-or-later
#include "samples.h"

#define DIALECT(symbol, name)                                                  \
	extern const struct sample sample_system_arm64_##symbol;               \
	extern const struct sample sample_system_x86_##symbol;                 \
	extern const struct sample sample_cell_arm64_##symbol;                 \
	extern const struct sample sample_cell_x86_##symbol;
#include "dialects.def"
#undef DIALECT

#define DIALECT(symbol, name)                                                  \
	&sample_system_arm64_##symbol, &sample_system_x86_##symbol,            \
		&sample_cell_arm64_##symbol, &sample_cell_x86_##symbol,
const struct sample *const samples[] = {
#include "dialects.def"
	NULL,
};
