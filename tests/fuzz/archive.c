// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as an archive of a machine. */
#include "fuzz.h"
#include "machine_check.h"

int fuzz_target(const uint8_t *data, size_t size)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct machine *machine;

	if (!machine_read_archive(data, size, "fuzz.tar", diags, &machine)) {
		machine_check(machine);
		machine_close(machine);
	}
	jhcfg_diags_free(diags);
	return 0;
}
