// SPDX-License-Identifier: LGPL-2.1-or-later
/* On a target: programs there are linked with all that they need, and look at
 * the machine that they are on. */
#include "target/module.h"

#include <errno.h>

int target_load_module(struct jhcfg_target *target, const char *file,
		       const char *symbol,
		       const struct jhcfg_target_options *options,
		       struct jhcfg_diags *diags)
{
	(void)symbol;
	(void)options;
	jhcfg_diags_add(diags, JHCFG_ERROR, "", target->name, file,
			"look at it from a desktop",
			"other machines are not reached from a target");
	return -ENOENT;
}

void target_unload_module(struct jhcfg_target *target)
{
	(void)target;
}
