// SPDX-License-Identifier: LGPL-2.1-or-later
/* A file under one dialect, whether or not that makes sense. */
#include <errno.h>
#include <stddef.h>

#include "codec/codec.h"
#include "util/bytes.h"

size_t codec_cell_off(const struct jhcfg_dialect *dialect,
		      const struct codec_input *in)
{
	return in->has_system ? dialect->system->size : 0;
}

static bool is_possible(const struct codec_array *array, uint32_t count)
{
	if (array->kind != &codec_set)
		return count <= CODEC_MAX_COUNT;
	/* nobody has a cell without CPUs */
	return count <= CODEC_MAX_CPU_SET &&
	       (count || array->set != offsetof(struct jhcfg_cell, cpus));
}

struct codec_measure codec_measure(const struct jhcfg_dialect *dialect,
				   const struct codec_input *in)
{
	size_t cell_off = codec_cell_off(dialect, in);
	struct codec_measure measure = {
		.fit = CODEC_ENDS_IN_HEAD,
		.size = cell_off + dialect->cell->size,
	};

	if (in->size < measure.size)
		return measure;
	measure.fit = CODEC_FITS;
	for (unsigned int n = 0; n < dialect->num_arrays; n++) {
		const struct codec_array *array = &dialect->arrays[n];
		size_t count_off = cell_off + array->count_off;
		uint32_t count =
			(uint32_t)jhcfg_get_le(in->data + count_off, 4);
		bool is_bad = !is_possible(array, count);

		/* counts and elements are below 2^16, so that nothing wraps */
		if (!is_bad)
			measure.size +=
				(uint64_t)count * codec_element_size(array);
		if (measure.fit == CODEC_BAD_COUNT ||
		    (!is_bad && (measure.fit == CODEC_ENDS_IN_ARRAY ||
				 measure.size <= in->size)))
			continue;
		measure.fit = is_bad ? CODEC_BAD_COUNT : CODEC_ENDS_IN_ARRAY;
		measure.array = array;
		measure.count = count;
		measure.count_off = count_off;
	}
	if (measure.fit == CODEC_FITS && measure.size < in->size)
		measure.fit = CODEC_HAS_MORE;
	return measure;
}

static int read_arrays(const struct jhcfg_dialect *dialect,
		       const uint8_t *descriptor, struct jhcfg_cell *cell)
{
	const uint8_t *pos = descriptor + dialect->cell->size;
	int err = 0;

	for (unsigned int n = 0; n < dialect->num_arrays && !err; n++) {
		const struct codec_array *array = &dialect->arrays[n];
		uint32_t count = (uint32_t)jhcfg_get_le(
			descriptor + array->count_off, 4);

		err = array->kind->decode(array, pos, count, cell);
		pos += (size_t)count * codec_element_size(array);
	}
	return err;
}

int codec_read(const struct jhcfg_dialect *dialect, uint8_t architecture,
	       const struct codec_input *in, struct jhcfg_config **config)
{
	const uint8_t *descriptor = in->data + codec_cell_off(dialect, in);
	struct jhcfg_config *result =
		jhcfg_config_new(in->has_system, architecture);
	int err;

	if (!result)
		return -ENOMEM;
	if (in->has_system)
		codec_record_decode(dialect->system, in->data, result);
	codec_record_decode(dialect->cell, descriptor, &result->cell);
	err = read_arrays(dialect, descriptor, &result->cell);
	if (err)
		jhcfg_config_free(result);
	else
		*config = result;
	return err;
}
