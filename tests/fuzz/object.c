// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a compiled C configuration. */
#include <stdlib.h>

#include <jhcfg/c_form.h>

#include "fuzz.h"

int fuzz_target(const uint8_t *data, size_t size)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_config *config = NULL;

	if (jhcfg_c_form_read_object(data, size, NULL, diags, &config, NULL) &&
	    !jhcfg_diags_count(diags, JHCFG_ERROR))
		abort();
	jhcfg_config_free(config);
	jhcfg_diags_free(diags);
	return 0;
}
