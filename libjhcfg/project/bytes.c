// SPDX-License-Identifier: LGPL-2.1-or-later
/* Kinds of values that are bytes, written as hexadecimal digits. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "project/json.h"
#include "project/values.h"

static int digit_value(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *digit = c ? strchr(digits, c) : NULL;

	return digit ? (int)(digit - digits) : -1;
}

const char *json_get_digits(struct json_reader *reader,
			    struct json_object *json, size_t max)
{
	const char *text;
	size_t length;

	if (!json_object_is_type(json, json_type_string)) {
		json_complain(reader, "J02", NULL,
			      "this must be a string of hexadecimal digits");
		return NULL;
	}
	text = json_object_get_string(json);
	length = (size_t)json_object_get_string_len(json);
	if (length % 2 || strspn(text, "0123456789abcdef") != length) {
		json_complain(reader, "J02",
			      "write two of 0123456789abcdef for each byte",
			      "these are not bytes");
		return NULL;
	}
	if (length / 2 > max) {
		json_complain(reader, "J02", NULL,
			      "%zu bytes are too many; at most %zu fit",
			      length / 2, max);
		return NULL;
	}
	return text;
}

void json_put_digits(const char *text, uint8_t *bytes)
{
	for (; *text; text += 2)
		*bytes++ = (uint8_t)(digit_value(text[0]) << 4 |
				     digit_value(text[1]));
}

int json_write_digits(const uint8_t *bytes, size_t size,
		      struct json_object **value)
{
	char *text = malloc(2 * size + 1);

	if (!text)
		return -ENOMEM;
	for (size_t n = 0; n < size; n++)
		snprintf(text + 2 * n, 3, "%02x", bytes[n]);
	*value = json_object_new_string(text);
	free(text);
	return *value ? 0 : -ENOMEM;
}

/* A block of fixed size; zeroes at its end are not written. */
static int read_bytes(struct json_reader *reader,
		      const struct json_field *field, struct json_object *json,
		      uint8_t *base)
{
	const char *text = json_get_digits(reader, json, field->size);

	if (text)
		json_put_digits(text, base + field->member);
	return 0;
}

static int write_bytes(struct json_writer *writer,
		       const struct json_field *field, const uint8_t *base,
		       struct json_object **value)
{
	const uint8_t *bytes = base + field->member;
	size_t size = field->size;

	(void)writer;
	while (size && !bytes[size - 1])
		size--;
	return size ? json_write_digits(bytes, size, value) : 0;
}

const struct json_kind json_bytes = { read_bytes, write_bytes };

/* A set whose size matters to the byte. */
static int read_set_bytes(struct json_reader *reader,
			  const struct json_field *field,
			  struct json_object *json, uint8_t *base)
{
	struct jhcfg_cpu_set *set = (void *)(base + field->member);
	const char *text = json_get_digits(reader, json, JHCFG_MAX_CPUS / 8);
	int err;

	if (!text || !*text)
		return 0;
	err = jhcfg_cpu_set_resize(set, strlen(text) / 2);
	if (!err)
		json_put_digits(text, set->bytes);
	return err;
}

static int write_set_bytes(struct json_writer *writer,
			   const struct json_field *field, const uint8_t *base,
			   struct json_object **value)
{
	const struct jhcfg_cpu_set *set = (const void *)(base + field->member);

	(void)writer;
	return set->size ? json_write_digits(set->bytes, set->size, value) : 0;
}

const struct json_kind json_set_bytes = { read_set_bytes, write_set_bytes };

/* What the set must have for its highest CPU, and usually has. */
static size_t least_set_size(const struct jhcfg_cpu_set *set)
{
	size_t used = set->size;

	while (used && !set->bytes[used - 1])
		used--;
	return used;
}

static int read_set_size(struct json_reader *reader,
			 const struct json_field *field,
			 struct json_object *json, uint8_t *base)
{
	struct jhcfg_cpu_set *set = (void *)(base + field->member);
	uint64_t size;
	int err;

	if (json_get_number(reader, json, JHCFG_MAX_CPUS / 8, &size))
		return 0;
	if (size < least_set_size(set)) {
		json_complain(reader, "F07", NULL,
			      "%u bytes do not hold all CPUs of the set",
			      (unsigned int)size);
		return 0;
	}
	err = jhcfg_cpu_set_resize(set, size);
	if (!err)
		set->size = size;
	return err;
}

static int write_set_size(struct json_writer *writer,
			  const struct json_field *field, const uint8_t *base,
			  struct json_object **value)
{
	const struct jhcfg_cpu_set *set = (const void *)(base + field->member);

	(void)writer;
	if (set->size == (least_set_size(set) + 7) / 8 * 8)
		return 0;
	*value = json_object_new_uint64(set->size);
	return *value ? 0 : -ENOMEM;
}

const struct json_kind json_set_size = { read_set_size, write_set_size };
