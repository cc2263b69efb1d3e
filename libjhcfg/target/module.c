// SPDX-License-Identifier: LGPL-2.1-or-later
#include "target/module.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#ifndef JHCFG_MODULE_DIR
#define JHCFG_MODULE_DIR "/usr/lib/jhcfg"
#endif

static const char *module_folder(const struct jhcfg_target_options *options)
{
	const char *folder = options->modules;

	if (!folder)
		folder = secure_getenv("JHCFG_MODULES");
	return folder ? folder : JHCFG_MODULE_DIR;
}

int target_load_module(struct jhcfg_target *target, const char *file,
		       const char *symbol,
		       const struct jhcfg_target_options *options,
		       struct jhcfg_diags *diags)
{
	char *path;

	if (asprintf(&path, "%s/%s", module_folder(options), file) < 0)
		return -ENOMEM;
	target->module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (target->module)
		target->backend = dlsym(target->module, symbol);
	if (!target->backend)
		jhcfg_diags_add(diags, JHCFG_ERROR, "", target->name, path,
				"install it, or name its folder in "
				"JHCFG_MODULES",
				"the module for such targets cannot be loaded: "
				"%s",
				dlerror());
	free(path);
	if (!target->backend)
		return -ENOENT;
	if (target->backend->version == TARGET_MODULE_VERSION)
		return 0;
	jhcfg_diags_add(diags, JHCFG_ERROR, "", target->name, file,
			"install both of the same version",
			"the module belongs to another version of the library");
	return -ENOENT;
}

void target_unload_module(struct jhcfg_target *target)
{
	if (target->module)
		dlclose(target->module);
}
