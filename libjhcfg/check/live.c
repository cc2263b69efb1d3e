// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/live.h>

#include <stdlib.h>
#include <string.h>

static int compare_option(const void *key, const void *item)
{
	const struct jhcfg_live_option *option = item;

	return strcmp(key, option->name);
}

const char *jhcfg_live_kernel_option(const struct jhcfg_live *live,
				     const char *name)
{
	const struct jhcfg_live_option *option = NULL;

	if (live->num_kernel_options)
		option = bsearch(name, live->kernel_options,
				 live->num_kernel_options, sizeof(*option),
				 compare_option);
	return option ? option->value : "n";
}

static bool same_module(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		const char x = *a == '-' ? '_' : *a;
		const char y = *b == '-' ? '_' : *b;

		if (x != y)
			return false;
	}
	return *a == *b;
}

bool jhcfg_live_has_module(const struct jhcfg_live *live, const char *name)
{
	for (size_t n = 0; n < live->num_modules; n++)
		if (same_module(live->modules[n], name))
			return true;
	return false;
}
