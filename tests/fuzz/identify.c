// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#include <jhcfg/identify.h>

#include "fuzz.h"

int fuzz_target(const uint8_t *data, size_t size)
{
	const struct jhcfg_identity *identity = jhcfg_identify(data, size);

	if (!identity || !identity->words || !identity->hint)
		abort();
	return 0;
}
