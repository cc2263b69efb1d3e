// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/codec.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "codec/codec.h"
#include "util/bytes.h"

/* The hypervisor maps 16 pages of a cell configuration. */
#define CELL_SIZE_MAX (16 * 4096)
#define CPU_SET_MAX   4096

static uint64_t arrays_size(const struct codec_dialect *dialect,
			    const struct jhcfg_cell *cell)
{
	uint64_t size = cell->cpus.size;

	for (unsigned int n = 0; n < dialect->num_arrays; n++) {
		const struct codec_array *array = &dialect->arrays[n];

		size += (uint64_t)cell->lists[array->list].count *
			array->record->size;
	}
	return size;
}

static uint64_t encoded_size(const struct codec_dialect *dialect,
			     const struct jhcfg_config *config)
{
	return (config->has_system ? dialect->system->size : 0) +
	       dialect->cell->size + arrays_size(dialect, &config->cell);
}

static uint8_t *encode_cell(const struct codec_dialect *dialect,
			    const struct jhcfg_cell *cell, uint8_t *bytes)
{
	uint8_t *pos = bytes + dialect->cell->size;

	codec_record_encode(dialect->cell, cell, bytes);
	jhcfg_put_le(bytes + dialect->cpu_set_size_off, 4, cell->cpus.size);
	if (cell->cpus.size)
		memcpy(pos, cell->cpus.bytes, cell->cpus.size);
	pos += cell->cpus.size;

	for (unsigned int n = 0; n < dialect->num_arrays; n++) {
		const struct codec_array *array = &dialect->arrays[n];
		const struct jhcfg_list *list = &cell->lists[array->list];

		jhcfg_put_le(bytes + array->count_off, 4, list->count);
		for (size_t i = 0; i < list->count; i++) {
			codec_record_encode(array->record,
					    &list->items[i].value, pos);
			pos += array->record->size;
		}
	}
	return pos;
}

static void encode_head(const struct codec_dialect *dialect,
			const struct jhcfg_config *config, uint8_t *bytes)
{
	const char *signature = config->has_system ? dialect->system_signature
						   : dialect->cell_signature;

	memcpy(bytes, signature, strlen(signature));
	bytes[dialect->architecture_off] = config->architecture;
	jhcfg_put_le(bytes + dialect->revision_off, 2, dialect->revision);
}

int codec_encode(const struct codec_dialect *dialect,
		 const struct jhcfg_config *config, void **data, size_t *size)
{
	uint64_t total = encoded_size(dialect, config);
	uint8_t *bytes, *cell;

	if (total > JHCFG_CELL_FILE_MAX)
		return -EINVAL;
	bytes = calloc(1, total);
	if (!bytes)
		return -ENOMEM;

	cell = bytes;
	if (config->has_system) {
		codec_record_encode(dialect->system, config, bytes);
		cell += dialect->system->size;
	}
	encode_cell(dialect, &config->cell, cell);
	encode_head(dialect, config, bytes);

	*data = bytes;
	*size = total;
	return 0;
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

	if (size && size <= CPU_SET_MAX && size % 8 == 0)
		return 0;
	jhcfg_diags_add(diags, JHCFG_ERROR, "F07", object, "/cpus",
			"list the cell's CPUs",
			"the CPU set has %zu bytes; 8 to %u in steps of 8 are "
			"possible",
			size, CPU_SET_MAX);
	return -EINVAL;
}

static int check_size(const struct jhcfg_config *config, const char *object,
		      struct jhcfg_diags *diags)
{
	uint64_t size = encoded_size(&codec_rev14, config);
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

int jhcfg_codec_encode(const struct jhcfg_config *config,
		       struct jhcfg_diags *diags, void **data, size_t *size)
{
	char object[CODEC_OBJECT_SIZE];
	int err;

	codec_object_name(config, object);
	err = check_name(&config->cell, object, diags);
	if (!err)
		err = check_cpu_set(&config->cell, object, diags);
	if (!err)
		err = check_size(config, object, diags);
	return err ? err : codec_encode(&codec_rev14, config, data, size);
}
