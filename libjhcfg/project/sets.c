// SPDX-License-Identifier: LGPL-2.1-or-later
/* Kinds of values that are sets: flags, CPUs, interrupts, plain arrays. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "project/json.h"
#include "project/values.h"
#include "util/bytes.h"
#include "util/number.h"

void json_list_names(const struct jhcfg_name *names, char *text, size_t size)
{
	size_t length = (size_t)snprintf(text, size, "known values: ");

	for (unsigned int n = 0; names[n].name && length < size; n++)
		length += (size_t)snprintf(text + length, size - length, "%s%s",
					   n ? ", " : "", names[n].name);
}

static bool check_array(struct json_reader *reader, struct json_object *json)
{
	if (json_object_is_type(json, json_type_array))
		return true;
	json_complain(reader, "J02", NULL, "this must be an array");
	return false;
}

static void add_flag(struct json_reader *reader, const struct json_field *field,
		     struct json_object *json, uint64_t *flags)
{
	const struct jhcfg_name *flag;
	uint64_t bits;
	char known[256];

	if (json_object_is_type(json, json_type_string)) {
		const char *name = json_object_get_string(json);

		flag = jhcfg_name_find(field->names, name);
		if (!flag && strncmp(name, "0x", 2)) {
			json_list_names(field->names, known, sizeof(known));
			json_complain(reader, "J02", known,
				      "the flag \"%s\" is unknown", name);
			return;
		}
		if (flag) {
			*flags |= flag->value;
			return;
		}
	}
	if (!json_get_number(reader, json, jhcfg_width_max(field->size), &bits))
		*flags |= bits;
}

static int read_flags(struct json_reader *reader,
		      const struct json_field *field, struct json_object *json,
		      uint8_t *base)
{
	size_t here = reader->path.length;
	uint64_t flags = 0;

	if (!check_array(reader, json))
		return 0;
	for (size_t n = 0; n < json_object_array_length(json); n++) {
		if (!json_path_enter_index(&reader->path, n))
			return -EINVAL;
		add_flag(reader, field, json_object_array_get_idx(json, n),
			 &flags);
		json_path_leave(&reader->path, here);
	}
	jhcfg_put_member(base + field->member, field->size, flags);
	return 0;
}

static int append(struct json_object *array, struct json_object *element)
{
	if (!element || json_object_array_add(array, element)) {
		json_object_put(element);
		return -ENOMEM;
	}
	return 0;
}

static int finish(struct json_object *array, int err,
		  struct json_object **value)
{
	if (err)
		json_object_put(array);
	else
		*value = array;
	return err;
}

static int append_bits(struct json_object *array, uint64_t bits)
{
	char text[JHCFG_NUMBER_SIZE];

	if (!bits)
		return 0;
	jhcfg_format_address(bits, text);
	return append(array, json_object_new_string(text));
}

static int write_flags(struct json_writer *writer,
		       const struct json_field *field, const uint8_t *base,
		       struct json_object **value)
{
	uint64_t flags = jhcfg_get_member(base + field->member, field->size);
	struct json_object *array;
	int err = 0;

	(void)writer;
	if (!flags)
		return 0;
	array = json_object_new_array();
	if (!array)
		return -ENOMEM;
	for (const struct jhcfg_name *flag = field->names; flag->name && !err;
	     flag++) {
		if ((flags & flag->value) != flag->value)
			continue;
		flags &= ~flag->value;
		err = append(array, json_object_new_string(flag->name));
	}
	/* bits without a name, of later revisions */
	if (!err)
		err = append_bits(array, flags);
	return finish(array, err, value);
}

const struct json_kind json_flags = { read_flags, write_flags };

/* What a set of numbers is read into. */
struct range_sink {
	uint64_t min;
	uint64_t max;
	int (*add)(void *set, uint64_t first, uint64_t last);
	void *set;
};

static int add_range(struct json_reader *reader, struct json_object *json,
		     const struct range_sink *sink)
{
	uint64_t first, last;
	const char *text;

	if (!json_object_is_type(json, json_type_string) &&
	    !json_object_is_type(json, json_type_int)) {
		json_complain(reader, "J02", NULL,
			      "this must be a number or a range \"4-7\"");
		return 0;
	}
	text = json_object_get_string(json);
	if (jhcfg_parse_range(text, sink->max, &first, &last) ||
	    first < sink->min) {
		json_complain(reader, "J02", NULL,
			      "\"%s\" is no number or range within %" PRIu64
			      " to %" PRIu64,
			      text, sink->min, sink->max);
		return 0;
	}
	return sink->add(sink->set, first, last);
}

static int read_ranges(struct json_reader *reader, struct json_object *json,
		       const struct range_sink *sink)
{
	size_t here = reader->path.length;
	int err = 0;

	if (!check_array(reader, json))
		return 0;
	for (size_t n = 0; n < json_object_array_length(json) && !err; n++) {
		if (!json_path_enter_index(&reader->path, n))
			return -EINVAL;
		err = add_range(reader, json_object_array_get_idx(json, n),
				sink);
		json_path_leave(&reader->path, here);
	}
	return err;
}

/* Writes the set bits of @bytes, bit n as number @first + n, as ranges. */
static int write_ranges(const uint8_t *bytes, size_t num_bits, uint64_t first,
			struct json_object **value)
{
	struct json_object *array = json_object_new_array();
	char text[2 * JHCFG_NUMBER_SIZE];
	int err = 0;

	if (!array)
		return -ENOMEM;
	for (size_t n = 0; n < num_bits && !err; n++) {
		size_t start = n;

		while (n < num_bits && bytes[n / 8] >> n % 8 & 1)
			n++;
		if (n == start)
			continue;
		if (n - start == 1) {
			err = append(array,
				     json_object_new_uint64(first + start));
			continue;
		}
		snprintf(text, sizeof(text), "%" PRIu64 "-%" PRIu64,
			 first + start, first + n - 1);
		err = append(array, json_object_new_string(text));
	}
	return finish(array, err, value);
}

static int add_cpus(void *set, uint64_t first, uint64_t last)
{
	return jhcfg_cpu_set_add(set, (unsigned int)first, (unsigned int)last);
}

static int read_cpus(struct json_reader *reader, const struct json_field *field,
		     struct json_object *json, uint8_t *base)
{
	struct range_sink sink = {
		.max = JHCFG_MAX_CPUS - 1,
		.add = add_cpus,
		.set = base + field->member,
	};

	return read_ranges(reader, json, &sink);
}

static int write_cpus(struct json_writer *writer,
		      const struct json_field *field, const uint8_t *base,
		      struct json_object **value)
{
	const struct jhcfg_cpu_set *set = (const void *)(base + field->member);

	(void)writer;
	return write_ranges(set->bytes, set->size * 8, 0, value);
}

const struct json_kind json_cpus = { read_cpus, write_cpus };

#define PINS 128

static int add_pins(void *set, uint64_t first, uint64_t last)
{
	struct jhcfg_irqchip *chip = set;

	for (uint64_t pin = first - chip->pin_base;
	     pin <= last - chip->pin_base; pin++)
		chip->pin_bitmap[pin / 32] |= 1u << pin % 32;
	return 0;
}

/* The row of pin_base precedes this one, so that it was read. */
static int read_pins(struct json_reader *reader, const struct json_field *field,
		     struct json_object *json, uint8_t *base)
{
	struct jhcfg_irqchip *chip = (void *)base;
	struct range_sink sink = {
		.min = chip->pin_base,
		.max = (uint64_t)chip->pin_base + PINS - 1,
		.add = add_pins,
		.set = chip,
	};

	(void)field;
	return read_ranges(reader, json, &sink);
}

static int write_pins(struct json_writer *writer,
		      const struct json_field *field, const uint8_t *base,
		      struct json_object **value)
{
	const struct jhcfg_irqchip *chip = (const void *)base;
	uint8_t bytes[PINS / 8];

	(void)writer;
	(void)field;
	for (size_t n = 0; n < 4; n++)
		jhcfg_put_le(bytes + 4 * n, 4, chip->pin_bitmap[n]);
	return write_ranges(bytes, PINS, chip->pin_base, value);
}

const struct json_kind json_pins = { read_pins, write_pins };

static int read_addresses(struct json_reader *reader,
			  const struct json_field *field,
			  struct json_object *json, uint8_t *base)
{
	size_t here = reader->path.length;

	if (!check_array(reader, json))
		return 0;
	if (json_object_array_length(json) > field->count) {
		json_complain(reader, "J02", NULL,
			      "at most %u elements are possible", field->count);
		return 0;
	}
	for (size_t n = 0; n < json_object_array_length(json); n++) {
		uint64_t value;

		if (!json_path_enter_index(&reader->path, n))
			return -EINVAL;
		if (!json_get_number(reader, json_object_array_get_idx(json, n),
				     jhcfg_width_max(field->size), &value))
			jhcfg_put_member(base + field->member + n * field->size,
					 field->size, value);
		json_path_leave(&reader->path, here);
	}
	return 0;
}

static int write_addresses(struct json_writer *writer,
			   const struct json_field *field, const uint8_t *base,
			   struct json_object **value)
{
	const uint8_t *members = base + field->member;
	struct json_object *array;
	unsigned int count = field->count;
	char text[JHCFG_NUMBER_SIZE];
	int err = 0;

	(void)writer;
	while (count && !jhcfg_get_member(members + (count - 1) * field->size,
					  field->size))
		count--;
	if (!count)
		return 0;
	array = json_object_new_array();
	if (!array)
		return -ENOMEM;
	for (unsigned int n = 0; n < count && !err; n++) {
		jhcfg_format_address(jhcfg_get_member(members + n * field->size,
						      field->size),
				     text);
		err = append(array, json_object_new_string(text));
	}
	return finish(array, err, value);
}

const struct json_kind json_addresses = { read_addresses, write_addresses };
