// SPDX-License-Identifier: LGPL-2.1-or-later
/* A configuration in one dialect, whether or not that can hold it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "codec/codec.h"
#include "util/bytes.h"

uint64_t codec_written_size(const struct jhcfg_dialect *dialect,
			    const struct jhcfg_config *config)
{
	uint64_t size = dialect->cell->size;

	if (config->has_system)
		size += dialect->system->size;
	for (unsigned int n = 0; n < dialect->num_arrays; n++) {
		const struct codec_array *array = &dialect->arrays[n];

		size += array->kind->count(array, config) *
			codec_element_size(array);
	}
	return size;
}

static void write_cell(const struct jhcfg_dialect *dialect,
		       const struct jhcfg_config *config, uint8_t *descriptor)
{
	uint8_t *pos = descriptor + dialect->cell->size;

	codec_record_encode(dialect->cell, &config->cell, descriptor);
	for (unsigned int n = 0; n < dialect->num_arrays; n++) {
		const struct codec_array *array = &dialect->arrays[n];
		uint64_t count = array->kind->count(array, config);

		jhcfg_put_le(descriptor + array->count_off, 4, count);
		array->kind->encode(array, config, pos);
		pos += count * codec_element_size(array);
	}
}

static void write_head(const struct jhcfg_dialect *dialect,
		       const struct jhcfg_config *config, uint8_t *bytes)
{
	static const char signatures[][2][7] = {
		[CODEC_6_CHARACTERS] = { "JHCELL", "JHSYST" },
		[CODEC_5_CHARACTERS] = { "JHCLL", "JHSYS" },
	};
	const char *signature = signatures[dialect->family][config->has_system];

	memcpy(bytes, signature, strlen(signature));
	if (dialect->family == CODEC_5_CHARACTERS)
		bytes[CODEC_ARCHITECTURE_OFF] = config->architecture;
	jhcfg_put_le(bytes + CODEC_REVISION_OFF, 2, dialect->revision);
}

int codec_write(const struct jhcfg_dialect *dialect,
		const struct jhcfg_config *config, void **data, size_t *size)
{
	uint64_t total = codec_written_size(dialect, config);
	uint8_t *bytes, *descriptor;

	if (total > JHCFG_CELL_FILE_MAX)
		return -EINVAL;
	bytes = calloc(1, total);
	if (!bytes)
		return -ENOMEM;

	descriptor = bytes;
	if (config->has_system) {
		codec_record_encode(dialect->system, config, bytes);
		descriptor += dialect->system->size;
	}
	write_cell(dialect, config, descriptor);
	write_head(dialect, config, bytes);

	*data = bytes;
	*size = total;
	return 0;
}
