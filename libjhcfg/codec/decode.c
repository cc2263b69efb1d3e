// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/codec.h>
#include <jhcfg/identify.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec/codec.h"

#include "model/names.h"
#include "util/bytes.h"

/* The bytes of one configuration while they are read. */
struct input {
	const struct codec_dialect *dialect;
	const uint8_t *data;
	size_t size;
	size_t cell_off; /* of the cell descriptor */
	struct jhcfg_diags *diags;
	char object[CODEC_OBJECT_SIZE];
};

void codec_object_name(const struct jhcfg_config *config,
		       char object[CODEC_OBJECT_SIZE])
{
	snprintf(object, CODEC_OBJECT_SIZE, "%s \"%s\"",
		 config->has_system ? "system" : "cell", config->cell.name);
}

static __attribute__((format(printf, 4, 5))) int fail(const struct input *in,
						      const char *rule,
						      size_t off,
						      const char *format, ...)
{
	char place[32], text[160];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	snprintf(place, sizeof(place), "0x%zx", off);
	jhcfg_diags_add(in->diags, JHCFG_ERROR, rule, in->object, place, NULL,
			"%s", text);
	return -EINVAL;
}

/* Number of the element count at @off in the cell descriptor. */
static uint32_t descriptor_u32(const struct input *in, size_t off)
{
	return (uint32_t)jhcfg_get_le(in->data + in->cell_off + off, 4);
}

/* The place behind all arrays, as the descriptor counts them. */
static uint64_t claimed_size(const struct input *in)
{
	const struct codec_dialect *dialect = in->dialect;
	uint64_t size = in->cell_off + dialect->cell->size +
			descriptor_u32(in, dialect->cpu_set_size_off);

	/* 32-bit counts of elements below 2^16 bytes: no overflow */
	for (unsigned int n = 0; n < dialect->num_arrays; n++)
		size += (uint64_t)descriptor_u32(in,
						 dialect->arrays[n].count_off) *
			dialect->arrays[n].record->size;
	return size;
}

/* Names the array that the file ends in. */
static int fail_short(const struct input *in)
{
	const struct codec_dialect *dialect = in->dialect;
	uint64_t pos = in->cell_off + dialect->cell->size +
		       descriptor_u32(in, dialect->cpu_set_size_off);
	const char *what = "the CPU set";
	uint32_t count = 0;

	for (unsigned int n = 0; n < dialect->num_arrays && pos <= in->size;
	     n++) {
		const struct codec_array *array = &dialect->arrays[n];

		what = array->name;
		count = descriptor_u32(in, array->count_off);
		pos += (uint64_t)count * array->record->size;
	}
	if (!count)
		return fail(in, "F03", in->size, "the file ends within %s",
			    what);
	return fail(in, "F03", in->size, "the file ends within its %u %s",
		    count, what);
}

static int check_cpu_set_size(const struct input *in)
{
	uint32_t size = descriptor_u32(in, in->dialect->cpu_set_size_off);

	if (size && size <= JHCFG_MAX_CPUS / 8)
		return 0;
	return fail(in, "F07", in->cell_off + in->dialect->cpu_set_size_off,
		    "a CPU set of %u bytes is not possible", size);
}

static int check_sizes(const struct input *in)
{
	uint64_t claimed;
	int err;

	err = check_cpu_set_size(in);
	if (err)
		return err;
	claimed = claimed_size(in);
	if (claimed > in->size)
		return fail_short(in);
	if (claimed < in->size) {
		char place[32];

		snprintf(place, sizeof(place), "0x%llx",
			 (unsigned long long)claimed);
		jhcfg_diags_add(in->diags, JHCFG_WARNING, "F03", in->object,
				place, "compile the configuration again",
				"%llu bytes follow the configuration",
				(unsigned long long)(in->size - claimed));
	}
	return 0;
}

static int decode_list(const struct codec_array *array, const uint8_t *bytes,
		       uint32_t count, struct jhcfg_list *list)
{
	for (uint32_t n = 0; n < count; n++) {
		struct jhcfg_item *item = jhcfg_list_append(list);

		if (!item)
			return -ENOMEM;
		codec_record_decode(array->record, bytes, &item->value);
		bytes += array->record->size;
	}
	return 0;
}

/* All sizes were checked. */
static int decode_cell(const struct input *in, struct jhcfg_cell *cell)
{
	const struct codec_dialect *dialect = in->dialect;
	const uint8_t *pos = in->data + in->cell_off;
	size_t cpu_set_size = descriptor_u32(in, dialect->cpu_set_size_off);
	int err;

	codec_record_decode(dialect->cell, pos, cell);
	pos += dialect->cell->size;
	err = jhcfg_cpu_set_resize(&cell->cpus, cpu_set_size);
	if (err)
		return err;
	memcpy(cell->cpus.bytes, pos, cpu_set_size);
	pos += cpu_set_size;

	for (unsigned int n = 0; n < dialect->num_arrays && !err; n++) {
		const struct codec_array *array = &dialect->arrays[n];
		uint32_t count = descriptor_u32(in, array->count_off);

		err = decode_list(array, pos, count, &cell->lists[array->list]);
		pos += (size_t)count * array->record->size;
	}
	return err;
}

/* Says which bytes the model does not hold, by writing it out again. */
static int report_lost_bytes(const struct input *in,
			     const struct jhcfg_config *config)
{
	uint8_t *again;
	void *data;
	size_t size;
	int err;

	err = codec_encode(in->dialect, config, &data, &size);
	if (err)
		return err;
	again = data;
	for (size_t n = 0; n < size && n < in->size; n++) {
		size_t first = n;
		char place[32];

		while (n < size && n < in->size && again[n] != in->data[n])
			n++;
		if (n == first)
			continue;
		snprintf(place, sizeof(place), "0x%zx", first);
		jhcfg_diags_add(in->diags, JHCFG_WARNING, "F09", in->object,
				place, "reserved bytes should be zero",
				"%zu bytes that the format does not define are "
				"lost",
				n - first);
	}
	free(data);
	return 0;
}

static int decode(struct input *in, struct jhcfg_config *config)
{
	int err;

	codec_record_decode(in->dialect->cell, in->data + in->cell_off,
			    &config->cell);
	codec_object_name(config, in->object);
	err = check_sizes(in);
	if (err)
		return err;
	if (config->has_system)
		codec_record_decode(in->dialect->system, in->data, config);
	err = decode_cell(in, &config->cell);
	return err ? err : report_lost_bytes(in, config);
}

static int check_head(struct input *in, bool *has_system)
{
	const struct jhcfg_identity *is = jhcfg_identify(in->data, in->size);

	if (is->kind != JHCFG_IS_SYSTEM && is->kind != JHCFG_IS_CELL) {
		jhcfg_diags_add(in->diags, JHCFG_ERROR, is->rule, in->object,
				"0x0", is->hint, "this is %s", is->words);
		return -EINVAL;
	}
	*has_system = is->kind == JHCFG_IS_SYSTEM;
	in->cell_off = *has_system ? in->dialect->system->size : 0;
	if (in->size < in->cell_off + in->dialect->cell->size)
		return fail(in, "F03", in->size,
			    "the file ends within the descriptor");
	return 0;
}

static int check_architecture(const struct input *in)
{
	uint8_t architecture = in->data[in->dialect->architecture_off];

	if (jhcfg_name_of(jhcfg_architectures, architecture))
		return 0;
	return fail(in, "F02", in->dialect->architecture_off,
		    "architecture %u is unknown", architecture);
}

int jhcfg_codec_decode(const void *data, size_t size, struct jhcfg_diags *diags,
		       struct jhcfg_config **config)
{
	struct input in = {
		.dialect = &codec_rev14,
		.data = data,
		.size = size,
		.diags = diags,
		.object = "configuration",
	};
	struct jhcfg_config *result;
	bool has_system = false;
	int err;

	err = check_head(&in, &has_system);
	if (!err)
		err = check_architecture(&in);
	if (err)
		return err;

	result = jhcfg_config_new(has_system,
				  in.data[in.dialect->architecture_off]);
	if (!result)
		return -ENOMEM;
	err = decode(&in, result);
	if (err)
		jhcfg_config_free(result);
	else
		*config = result;
	return err;
}
