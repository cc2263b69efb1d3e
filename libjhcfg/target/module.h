/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Back ends in files of their own, which are loaded when they are wanted. */
#ifndef JHCFG_TARGET_MODULE_H
#define JHCFG_TARGET_MODULE_H

#include "target/target.h"

/* Sets target->backend to @symbol of that file. -ENOENT, see @diags; -ENOMEM.
 */
int target_load_module(struct jhcfg_target *target, const char *file,
		       const char *symbol,
		       const struct jhcfg_target_options *options,
		       struct jhcfg_diags *diags);
/* Legal if none was loaded. */
void target_unload_module(struct jhcfg_target *target);

#endif
