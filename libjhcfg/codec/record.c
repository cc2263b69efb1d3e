// SPDX-License-Identifier: LGPL-2.1-or-later
/* One record between file and model, by its table. */
#include <string.h>

#include "codec/dialect.h"
#include "util/bytes.h"

static const struct codec_variant *find_variant(
	const struct codec_record *record, const void *model)
{
	const uint8_t *base = model;

	for (unsigned int n = 0; n < record->num_variants; n++) {
		if (record->variants[n].selector ==
		    jhcfg_get_member(base + record->selector,
				     record->selector_size))
			return &record->variants[n];
	}
	return NULL;
}

static uint64_t field_mask(const struct codec_field *field)
{
	return ((UINT64_C(1) << field->bits) - 1) << field->shift;
}

static void encode_number(const struct codec_field *field,
			  const uint8_t *member, uint8_t *bytes)
{
	uint64_t value = jhcfg_get_member(member, field->member_size);

	if (field->map)
		value = codec_map_encode(field->map, value);
	if (field->bits)
		value = jhcfg_get_le(bytes, field->width) |
			(value << field->shift & field_mask(field));
	jhcfg_put_le(bytes, field->width, value);
}

static void decode_number(const struct codec_field *field, const uint8_t *bytes,
			  uint8_t *member)
{
	uint64_t value = jhcfg_get_le(bytes, field->width);

	if (field->bits)
		value = (value & field_mask(field)) >> field->shift;
	if (field->map)
		value = codec_map_decode(field->map, value);
	jhcfg_put_member(member, field->member_size, value);
}

/* Text may fill its field in the file; in the model it ends in a NUL, and
 * nothing follows that. */
static void decode_text(const struct codec_field *field, const uint8_t *bytes,
			uint8_t *member)
{
	size_t length = strnlen((const char *)bytes, field->width - 1u);

	memset(member, 0, field->member_size);
	memcpy(member, bytes, length);
}

static void encode_one(const struct codec_field *field, const uint8_t *member,
		       uint8_t *bytes)
{
	if (field->record)
		codec_record_encode(field->record, member, bytes);
	else if (field->form == CODEC_NUMBER)
		encode_number(field, member, bytes);
	else
		memcpy(bytes, member, field->width);
}

static void decode_one(const struct codec_field *field, const uint8_t *bytes,
		       uint8_t *member)
{
	if (field->record) {
		codec_record_decode(field->record, bytes, member);
	} else if (field->form == CODEC_NUMBER) {
		decode_number(field, bytes, member);
	} else if (field->form == CODEC_TEXT) {
		decode_text(field, bytes, member);
	} else {
		memcpy(member, bytes, field->width);
	}
}

static void encode_fields(const struct codec_field *fields,
			  unsigned int num_fields, const uint8_t *model,
			  uint8_t *bytes)
{
	for (unsigned int n = 0; n < num_fields; n++) {
		const struct codec_field *field = &fields[n];

		for (size_t i = 0; i < field->count; i++)
			encode_one(field,
				   model + field->member +
					   i * field->member_size,
				   bytes + field->off + i * field->width);
	}
}

static void decode_fields(const struct codec_field *fields,
			  unsigned int num_fields, const uint8_t *bytes,
			  uint8_t *model)
{
	for (unsigned int n = 0; n < num_fields; n++) {
		const struct codec_field *field = &fields[n];

		for (size_t i = 0; i < field->count; i++)
			decode_one(field, bytes + field->off + i * field->width,
				   model + field->member +
					   i * field->member_size);
	}
}

void codec_record_encode(const struct codec_record *record, const void *model,
			 uint8_t *bytes)
{
	const struct codec_variant *variant;

	memset(bytes, 0, record->size);
	encode_fields(record->fields, record->num_fields, model, bytes);
	variant = find_variant(record, model);
	if (variant)
		encode_fields(variant->fields, variant->num_fields, model,
			      bytes);
}

void codec_record_decode(const struct codec_record *record,
			 const uint8_t *bytes, void *model)
{
	const struct codec_variant *variant;

	decode_fields(record->fields, record->num_fields, bytes, model);
	/* the selector may be one of the fields just read */
	variant = find_variant(record, model);
	if (variant)
		decode_fields(variant->fields, variant->num_fields, bytes,
			      model);
	if (record->complete)
		record->complete(model);
}
