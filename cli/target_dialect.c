// SPDX-License-Identifier: GPL-2.0-or-later
#include "target_dialect.h"

#include <stdlib.h>

#include "output.h"
#include "target.h"

#define ACTIVE	    "/sys/devices/jailhouse/config"
#define VERSION	    "/sys/module/jailhouse/version"
#define MAX_VERSION 4096

/* Our driver shows the configuration that it was enabled with. */
static const struct jhcfg_dialect *of_active(struct jhcfg_target *target)
{
	const struct jhcfg_dialect *dialect = NULL;
	struct jhcfg_config *config;
	void *data;
	size_t size;

	if (jhcfg_target_read(target, ACTIVE, JHCFG_CELL_FILE_MAX, &data,
			      &size))
		return NULL;
	if (!jhcfg_codec_decode_as(data, size, NULL, NULL, &config, &dialect))
		jhcfg_config_free(config);
	free(data);
	return dialect;
}

static const struct jhcfg_dialect *of_version(struct jhcfg_target *target)
{
	const struct jhcfg_dialect *dialect;
	void *data;
	size_t size;

	if (jhcfg_target_read(target, VERSION, MAX_VERSION, &data, &size))
		return NULL;
	dialect = jhcfg_dialect_of_driver(data);
	free(data);
	return dialect;
}

const struct jhcfg_dialect *target_dialect(void)
{
	struct jhcfg_target *target = target_get();
	const struct jhcfg_dialect *dialect;

	if (!target)
		return NULL;
	dialect = of_active(target);
	if (!dialect)
		dialect = of_version(target);
	if (!dialect) {
		output_error("--to target: nothing there says what its driver "
			     "takes");
		output_hint("enable it there first, or name the dialect");
	}
	return dialect;
}
