// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/codec.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "codec/codec.h"

/* The hypervisor maps 16 pages of a cell configuration. */
#define CELL_SIZE_MAX (16 * 4096)

void codec_object_name(const struct jhcfg_config *config,
		       char object[CODEC_OBJECT_SIZE])
{
	snprintf(object, CODEC_OBJECT_SIZE, "%s \"%s\"",
		 config->has_system ? "system" : "cell", config->cell.name);
}

static int check_name(const struct jhcfg_cell *cell, const char *object,
		      struct jhcfg_diags *diags)
{
	if (cell->name[0])
		return 0;
	jhcfg_diags_add(diags, JHCFG_ERROR, "F05", object, "/name",
			"give it a name of 1 to 31 characters",
			"the cell has no name");
	return -EINVAL;
}

static int check_cpu_set(const struct jhcfg_cell *cell, const char *object,
			 struct jhcfg_diags *diags)
{
	size_t size = cell->cpus.size;
	bool is_possible = size && size <= CODEC_MAX_CPU_SET;

	/* a list of ids is there instead */
	if (cell->lists[JHCFG_LIST_CPU_IDS].count && !size)
		return 0;
	if (is_possible && size % 8 == 0)
		return 0;
	jhcfg_diags_add(diags, is_possible ? JHCFG_WARNING : JHCFG_ERROR, "F07",
			object, "/cpus", "list the cell's CPUs",
			"the CPU set has %zu bytes; 8 to %u in steps of 8 are "
			"possible",
			size, CODEC_MAX_CPU_SET);
	return is_possible ? 0 : -EINVAL;
}

static int check_size(const struct jhcfg_dialect *dialect,
		      const struct jhcfg_config *config, const char *object,
		      struct jhcfg_diags *diags)
{
	uint64_t size = codec_written_size(dialect, config);
	uint64_t max = config->has_system ? JHCFG_CELL_FILE_MAX : CELL_SIZE_MAX;

	if (size <= max)
		return 0;
	jhcfg_diags_add(diags, JHCFG_ERROR, "F06", object, "",
			"merge memory regions",
			"the configuration needs %llu bytes, at most %llu are "
			"possible",
			(unsigned long long)size, (unsigned long long)max);
	return -EINVAL;
}

static int check(const struct jhcfg_dialect *dialect,
		 const struct jhcfg_config *config, struct jhcfg_diags *diags)
{
	char object[CODEC_OBJECT_SIZE];
	int err;

	codec_object_name(config, object);
	err = check_name(&config->cell, object, diags);
	if (!err)
		err = check_cpu_set(&config->cell, object, diags);
	if (!err)
		err = check_size(dialect, config, object, diags);
	return err;
}

int jhcfg_codec_encode_as(const struct jhcfg_config *config,
			  const struct jhcfg_encode_options *options,
			  struct jhcfg_diags *diags, void **data, size_t *size)
{
	static const struct jhcfg_encode_options defaults;
	const struct jhcfg_dialect *dialect;
	void *bytes;
	size_t length;
	int err;

	if (!options)
		options = &defaults;
	dialect = options->dialect ? options->dialect : codec_dialects[0];
	err = check(dialect, config, diags);
	if (!err)
		err = codec_write(dialect, config, &bytes, &length);
	if (err)
		return err;

	codec_report_unknown(dialect, config, diags);
	err = codec_report_lost(dialect, config, bytes, length,
				options->drop ? JHCFG_WARNING : JHCFG_ERROR,
				diags);
	if (err > 0)
		err = options->drop ? 0 : -EINVAL;
	if (err) {
		free(bytes);
		return err;
	}
	*data = bytes;
	*size = length;
	return 0;
}

int jhcfg_codec_encode(const struct jhcfg_config *config,
		       struct jhcfg_diags *diags, void **data, size_t *size)
{
	return jhcfg_codec_encode_as(config, NULL, diags, data, size);
}
