// SPDX-License-Identifier: LGPL-2.1-or-later
/* Kinds of values that are one number or one text. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "project/json.h"
#include "project/values.h"
#include "util/bytes.h"
#include "util/number.h"

static int number_from_text(struct json_reader *reader, const char *text,
			    uint64_t max, uint64_t *value)
{
	int err = jhcfg_parse_number(text, max, value);

	if (err == -ERANGE)
		json_complain(reader, "J02", NULL,
			      "%s is too large; at most 0x%" PRIx64 " fits",
			      text, max);
	else if (err)
		json_complain(reader, "J02",
			      "write a number, or a string such as "
			      "\"0x80000000\" or \"64K\"",
			      "\"%s\" is not a number", text);
	return err;
}

static int number_from_int(struct json_reader *reader, struct json_object *json,
			   uint64_t max, uint64_t *value)
{
	uint64_t number = json_object_get_uint64(json);

	if (json_object_get_int64(json) < 0) {
		json_complain(reader, "J02", NULL, "this must not be negative");
		return -EINVAL;
	}
	if (number > max) {
		json_complain(reader, "J02", NULL,
			      "%" PRIu64 " is too large; at most %" PRIu64
			      " fits",
			      number, max);
		return -ERANGE;
	}
	*value = number;
	return 0;
}

int json_get_number(struct json_reader *reader, struct json_object *json,
		    uint64_t max, uint64_t *value)
{
	if (json_object_is_type(json, json_type_int))
		return number_from_int(reader, json, max, value);
	if (json_object_is_type(json, json_type_string))
		return number_from_text(reader, json_object_get_string(json),
					max, value);
	json_complain(reader, "J02", NULL,
		      "this must be a number or a string with one");
	return -EINVAL;
}

static int read_number(struct json_reader *reader,
		       const struct json_field *field, struct json_object *json,
		       uint8_t *base)
{
	uint64_t value;

	if (!json_get_number(reader, json, jhcfg_width_max(field->size),
			     &value))
		jhcfg_put_member(base + field->member, field->size, value);
	return 0;
}

static int done(struct json_object *json, struct json_object **value)
{
	*value = json;
	return json ? 0 : -ENOMEM;
}

/* 0 is left out, unless the key must be there or its absence says more. */
static bool is_left_out(const struct json_field *field, const uint8_t *base,
			uint64_t value)
{
	const struct json_field *previous = field - 1;

	switch (field->presence) {
	case JSON_REQUIRED:
		return false;
	case JSON_LIKE_PREVIOUS:
		return value == jhcfg_get_member(base + previous->member,
						 previous->size);
	case JSON_NONE:
		return value == jhcfg_width_max(field->size);
	default:
		return value == 0;
	}
}

static int write_number(struct json_writer *writer,
			const struct json_field *field, const uint8_t *base,
			struct json_object **value)
{
	uint64_t number = jhcfg_get_member(base + field->member, field->size);

	(void)writer;
	if (is_left_out(field, base, number))
		return 0;
	return done(json_object_new_uint64(number), value);
}

static int write_address(struct json_writer *writer,
			 const struct json_field *field, const uint8_t *base,
			 struct json_object **value)
{
	uint64_t number = jhcfg_get_member(base + field->member, field->size);
	char text[JHCFG_NUMBER_SIZE];

	(void)writer;
	if (is_left_out(field, base, number))
		return 0;
	if (field->size < 4)
		snprintf(text, sizeof(text), "0x%0*" PRIx64, 2 * field->size,
			 number);
	else
		jhcfg_format_address(number, text);
	return done(json_object_new_string(text), value);
}

static int write_size(struct json_writer *writer,
		      const struct json_field *field, const uint8_t *base,
		      struct json_object **value)
{
	uint64_t number = jhcfg_get_member(base + field->member, field->size);
	char text[JHCFG_NUMBER_SIZE];

	(void)writer;
	if (is_left_out(field, base, number))
		return 0;
	jhcfg_format_size(number, text);
	return done(json_object_new_string(text), value);
}

const struct json_kind json_number = { read_number, write_number };
const struct json_kind json_address = { read_number, write_address };
const struct json_kind json_size = { read_number, write_size };

static int read_boolean(struct json_reader *reader,
			const struct json_field *field,
			struct json_object *json, uint8_t *base)
{
	if (json_object_is_type(json, json_type_boolean))
		base[field->member] = json_object_get_boolean(json) != 0;
	else
		json_complain(reader, "J02", NULL,
			      "this must be true or false");
	return 0;
}

static int write_boolean(struct json_writer *writer,
			 const struct json_field *field, const uint8_t *base,
			 struct json_object **value)
{
	(void)writer;
	if (!base[field->member])
		return 0;
	return done(json_object_new_boolean(1), value);
}

const struct json_kind json_boolean = { read_boolean, write_boolean };

static bool is_printable(const char *text)
{
	for (; *text; text++) {
		if (*text < ' ' || *text > '~')
			return false;
	}
	return true;
}

static int read_text(struct json_reader *reader, const struct json_field *field,
		     struct json_object *json, uint8_t *base)
{
	const char *text;
	size_t length;

	if (!json_object_is_type(json, json_type_string)) {
		json_complain(reader, "J02", NULL, "this must be a string");
		return 0;
	}
	text = json_object_get_string(json);
	length = (size_t)json_object_get_string_len(json);
	if (length == 0 || length >= field->size)
		json_complain(reader, "F05", NULL,
			      "a name has 1 to %u characters, this one %zu",
			      field->size - 1u, length);
	else if (strlen(text) != length || !is_printable(text))
		json_complain(reader, "F05", NULL,
			      "a name has printable ASCII characters only");
	else
		memcpy(base + field->member, text, length + 1);
	return 0;
}

static int write_text(struct json_writer *writer,
		      const struct json_field *field, const uint8_t *base,
		      struct json_object **value)
{
	(void)writer;
	return done(
		json_object_new_string((const char *)(base + field->member)),
		value);
}

const struct json_kind json_text = { read_text, write_text };

static int read_choice(struct json_reader *reader,
		       const struct json_field *field, struct json_object *json,
		       uint8_t *base)
{
	const struct jhcfg_name *name = NULL;
	char known[256];

	if (json_object_is_type(json, json_type_int))
		return read_number(reader, field, json, base);
	if (json_object_is_type(json, json_type_string))
		name = jhcfg_name_find(field->names,
				       json_object_get_string(json));
	if (name) {
		jhcfg_put_member(base + field->member, field->size,
				 name->value);
		return 0;
	}
	json_list_names(field->names, known, sizeof(known));
	json_complain(reader, "J02", known, "%s is not one of the known values",
		      json_object_to_json_string(json));
	return 0;
}

static int write_choice(struct json_writer *writer,
			const struct json_field *field, const uint8_t *base,
			struct json_object **value)
{
	uint64_t number = jhcfg_get_member(base + field->member, field->size);
	const char *name = jhcfg_name_of(field->names, number);

	(void)writer;
	if (is_left_out(field, base, number))
		return 0;
	return done(name ? json_object_new_string(name)
			 : json_object_new_uint64(number),
		    value);
}

const struct json_kind json_choice = { read_choice, write_choice };

/* "00:1f.3", or a number */
static int read_bdf(struct json_reader *reader, const struct json_field *field,
		    struct json_object *json, uint8_t *base)
{
	unsigned int bus, device, function;
	int length = 0;

	if (!json_object_is_type(json, json_type_string))
		return read_number(reader, field, json, base);
	if (sscanf(json_object_get_string(json), "%2x:%2x.%1x%n", &bus, &device,
		   &function, &length) == 3 &&
	    length == json_object_get_string_len(json) && device < 32 &&
	    function < 8)
		jhcfg_put_member(base + field->member, field->size,
				 bus << 8 | device << 3 | function);
	else
		json_complain(reader, "J02",
			      "write bus, device and function as \"00:1f.3\"",
			      "%s is no PCI address",
			      json_object_to_json_string(json));
	return 0;
}

static int write_bdf(struct json_writer *writer, const struct json_field *field,
		     const uint8_t *base, struct json_object **value)
{
	unsigned int bdf = (unsigned int)jhcfg_get_member(base + field->member,
							  field->size);
	char text[16];

	(void)writer;
	if (is_left_out(field, base, bdf))
		return 0;
	snprintf(text, sizeof(text), "%02x:%02x.%x", bdf >> 8 & 0xff,
		 bdf >> 3 & 0x1f, bdf & 7);
	return done(json_object_new_string(text), value);
}

const struct json_kind json_bdf = { read_bdf, write_bdf };
