// SPDX-License-Identifier: LGPL-2.1-or-later
/* Kinds of values that boards have and configurations have not. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "project/board_form.h"
#include "project/values.h"
#include "util/bytes.h"
#include "util/number.h"

static struct board_reader *board_reader(struct json_reader *reader)
{
	return (struct board_reader *)reader;
}

static int done(struct json_object *json, struct json_object **value)
{
	*value = json;
	return json ? 0 : -ENOMEM;
}

/* --- texts -------------------------------------------------------------------
 * They stay in the document, which lives until the board has copied them. */

static const char *get_text(struct json_reader *reader,
			    struct json_object *json)
{
	const char *text;

	if (!json_object_is_type(json, json_type_string)) {
		json_complain(reader, "J02", NULL, "this must be a string");
		return NULL;
	}
	text = json_object_get_string(json);
	if (strlen(text) == (size_t)json_object_get_string_len(json))
		return text;
	json_complain(reader, "J02", NULL,
		      "a text must not contain the character 0");
	return NULL;
}

static int read_text(struct json_reader *reader, const struct json_field *field,
		     struct json_object *json, uint8_t *base)
{
	const char *text = get_text(reader, json);

	memcpy(base + field->member, &text, sizeof(text));
	return 0;
}

static const char *member_text(const struct json_field *field,
			       const uint8_t *base)
{
	const char *text;

	memcpy(&text, base + field->member, sizeof(text));
	return text ? text : "";
}

static int write_text(struct json_writer *writer,
		      const struct json_field *field, const uint8_t *base,
		      struct json_object **value)
{
	const char *text = member_text(field, base);

	(void)writer;
	if (!*text && field->presence != JSON_REQUIRED)
		return 0;
	return done(json_object_new_string(text), value);
}

const struct json_kind board_text = { read_text, write_text };

/* Nearly all are "okay"; an empty text means that it is not known. */
static int write_status(struct json_writer *writer,
			const struct json_field *field, const uint8_t *base,
			struct json_object **value)
{
	const char *text = member_text(field, base);

	(void)writer;
	if (!strcmp(text, "okay"))
		return 0;
	return done(json_object_new_string(text), value);
}

const struct json_kind board_status = { read_text, write_status };

/* --- numbers ------------------------------------------------------------- */

static int read_start(struct json_reader *reader,
		      const struct json_field *field, struct json_object *json,
		      uint8_t *base)
{
	return json_address.read(reader, field, json, base);
}

/* 0 is an address like any other, unless the range is none at all. */
static int write_start(struct json_writer *writer,
		       const struct json_field *field, const uint8_t *base,
		       struct json_object **value)
{
	struct jhcfg_range range;
	char text[JHCFG_NUMBER_SIZE];

	(void)writer;
	memcpy(&range, base + field->member, sizeof(range));
	if (!range.start && !range.size)
		return 0;
	jhcfg_format_address(range.start, text);
	return done(json_object_new_string(text), value);
}

const struct json_kind board_start = { read_start, write_start };

/* --- references to devices ----------------------------------------------- */

static int compare_names(const void *a, const void *b)
{
	const struct board_name *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int read_device_name(struct json_reader *reader,
			    const struct json_field *field,
			    struct json_object *json, uint8_t *base)
{
	const struct board_reader *board = board_reader(reader);
	struct board_name key = { .name = get_text(reader, json) };
	const struct board_name *found = NULL;

	if (!key.name)
		return 0;
	if (board->num_names)
		found = bsearch(&key, board->names, board->num_names,
				sizeof(key), compare_names);
	if (found)
		jhcfg_put_member(base + field->member, field->size,
				 found->device);
	else
		json_complain(reader, "J09", "name one of \"devices\"",
			      "there is no device \"%s\"", key.name);
	return 0;
}

static int write_device_name(struct json_writer *writer,
			     const struct json_field *field,
			     const uint8_t *base, struct json_object **value)
{
	const struct board_writer *board = (const struct board_writer *)writer;
	size_t index =
		(size_t)jhcfg_get_member(base + field->member, field->size);
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(board->board, index);

	if (!device)
		return 0;
	return done(json_object_new_string(device->name), value);
}

const struct json_kind board_device_name = { read_device_name,
					     write_device_name };

/* --- arrays -------------------------------------------------------------- */

/* An array of @count elements in the reader's arena, put into the member. NULL:
 * it is empty, or there is no memory. */
static uint8_t *put_array(struct json_reader *reader,
			  const struct json_field *field, uint8_t *base,
			  size_t count)
{
	uint8_t *items = NULL;

	if (count)
		items = jhcfg_arena_alloc(&board_reader(reader)->arena,
					  count * field->size);
	if (!items)
		count = 0;
	memcpy(base + field->member, &items, sizeof(items));
	memcpy(base + field->count, &count, sizeof(count));
	return items;
}

static const uint8_t *get_array(const struct json_field *field,
				const uint8_t *base, size_t *count)
{
	const uint8_t *items;

	memcpy(&items, base + field->member, sizeof(items));
	memcpy(count, base + field->count, sizeof(*count));
	return items;
}

/* Calls @read for each element, which knows its place in the document. */
static int each_element(struct json_reader *reader,
			const struct json_field *field,
			struct json_object *json, uint8_t *base,
			int (*read)(struct json_reader *reader,
				    const struct json_field *field,
				    struct json_object *json, uint8_t *item))
{
	size_t here = reader->path.length, count;
	uint8_t *items;
	int err = 0;

	if (!json_object_is_type(json, json_type_array)) {
		json_complain(reader, "J02", NULL, "this must be an array");
		return 0;
	}
	count = json_object_array_length(json);
	items = put_array(reader, field, base, count);
	if (count && !items)
		return -ENOMEM;
	for (size_t n = 0; !err && n < count; n++) {
		if (!json_path_enter_index(&reader->path, n))
			return -EINVAL;
		err = read(reader, field, json_object_array_get_idx(json, n),
			   items + n * field->size);
		json_path_leave(&reader->path, here);
	}
	return err;
}

static int add_element(struct json_object *array, struct json_object *element)
{
	if (element && !json_object_array_add(array, element))
		return 0;
	json_object_put(element);
	return -ENOMEM;
}

/* The reverse: nothing for an empty array. */
static int write_each(
	struct json_writer *writer, const struct json_field *field,
	const uint8_t *base, struct json_object **value,
	int (*write)(struct json_writer *writer, const struct json_field *field,
		     const uint8_t *item, struct json_object **element))
{
	size_t here = writer->path.length, count;
	const uint8_t *items = get_array(field, base, &count);
	struct json_object *array;
	int err = 0;

	if (!count)
		return 0;
	array = json_object_new_array();
	for (size_t n = 0; array && !err && n < count; n++) {
		struct json_object *element = NULL;

		json_path_enter_index(&writer->path, n);
		err = write(writer, field, items + n * field->size, &element);
		json_path_leave(&writer->path, here);
		if (!err)
			err = add_element(array, element);
	}
	if (err)
		json_object_put(array);
	return err ? err : done(array, value);
}

static int read_text_element(struct json_reader *reader,
			     const struct json_field *field,
			     struct json_object *json, uint8_t *item)
{
	const char *text = get_text(reader, json);

	(void)field;
	memcpy(item, &text, sizeof(text));
	return 0;
}

static int write_text_element(struct json_writer *writer,
			      const struct json_field *field,
			      const uint8_t *item, struct json_object **element)
{
	const char *text;

	(void)writer;
	(void)field;
	memcpy(&text, item, sizeof(text));
	return done(json_object_new_string(text), element);
}

static int read_texts(struct json_reader *reader,
		      const struct json_field *field, struct json_object *json,
		      uint8_t *base)
{
	return each_element(reader, field, json, base, read_text_element);
}

static int write_texts(struct json_writer *writer,
		       const struct json_field *field, const uint8_t *base,
		       struct json_object **value)
{
	return write_each(writer, field, base, value, write_text_element);
}

const struct json_kind board_texts = { read_texts, write_texts };

static int read_number_element(struct json_reader *reader,
			       const struct json_field *field,
			       struct json_object *json, uint8_t *item)
{
	uint64_t number;

	if (!json_get_number(reader, json, jhcfg_width_max(field->size),
			     &number))
		jhcfg_put_member(item, field->size, number);
	return 0;
}

static int write_number_element(struct json_writer *writer,
				const struct json_field *field,
				const uint8_t *item,
				struct json_object **element)
{
	(void)writer;
	return done(json_object_new_uint64(jhcfg_get_member(item, field->size)),
		    element);
}

static int write_id_element(struct json_writer *writer,
			    const struct json_field *field, const uint8_t *item,
			    struct json_object **element)
{
	char text[JHCFG_NUMBER_SIZE];

	(void)writer;
	snprintf(text, sizeof(text), "0x%llx",
		 (unsigned long long)jhcfg_get_member(item, field->size));
	return done(json_object_new_string(text), element);
}

static int read_numbers(struct json_reader *reader,
			const struct json_field *field,
			struct json_object *json, uint8_t *base)
{
	return each_element(reader, field, json, base, read_number_element);
}

static int write_numbers(struct json_writer *writer,
			 const struct json_field *field, const uint8_t *base,
			 struct json_object **value)
{
	return write_each(writer, field, base, value, write_number_element);
}

static int write_ids(struct json_writer *writer, const struct json_field *field,
		     const uint8_t *base, struct json_object **value)
{
	return write_each(writer, field, base, value, write_id_element);
}

const struct json_kind board_numbers = { read_numbers, write_numbers };
const struct json_kind board_ids = { read_numbers, write_ids };

/* --- objects ------------------------------------------------------------- */

static int read_object(struct json_reader *reader,
		       const struct json_field *field, struct json_object *json,
		       uint8_t *base)
{
	return json_read_object(reader, field->type, json,
				base + field->member);
}

static int write_shape(struct json_writer *writer,
		       const struct json_shape *shape, const uint8_t *base,
		       struct json_object **value)
{
	struct json_object *object = json_object_new_object();
	int err = object ? json_write_object(writer, shape, base, object)
			 : -ENOMEM;

	if (err)
		json_object_put(object);
	else
		*value = object;
	return err;
}

/* Unknown keys in it keep an object whose members are all as if absent. */
static int write_object(struct json_writer *writer,
			const struct json_field *field, const uint8_t *base,
			struct json_object **value)
{
	struct json_object *object = NULL;
	int err =
		write_shape(writer, field->type, base + field->member, &object);

	if (!err && json_object_object_length(object))
		*value = object;
	else
		json_object_put(object);
	return err;
}

const struct json_kind board_object = { read_object, write_object };

static int read_object_element(struct json_reader *reader,
			       const struct json_field *field,
			       struct json_object *json, uint8_t *item)
{
	return json_read_object(reader, field->type, json, item);
}

static int write_object_element(struct json_writer *writer,
				const struct json_field *field,
				const uint8_t *item,
				struct json_object **element)
{
	return write_shape(writer, field->type, item, element);
}

static int read_objects(struct json_reader *reader,
			const struct json_field *field,
			struct json_object *json, uint8_t *base)
{
	return each_element(reader, field, json, base, read_object_element);
}

static int write_objects(struct json_writer *writer,
			 const struct json_field *field, const uint8_t *base,
			 struct json_object **value)
{
	return write_each(writer, field, base, value, write_object_element);
}

const struct json_kind board_objects = { read_objects, write_objects };

/* --- bytes --------------------------------------------------------------- */

static int read_bytes(struct json_reader *reader,
		      const struct json_field *field, struct json_object *json,
		      uint8_t *base)
{
	const char *text = json_get_digits(reader, json, SIZE_MAX);
	uint8_t *bytes;

	if (!text || !*text)
		return 0;
	bytes = put_array(reader, field, base, strlen(text) / 2);
	if (!bytes)
		return -ENOMEM;
	json_put_digits(text, bytes);
	return 0;
}

static int write_bytes(struct json_writer *writer,
		       const struct json_field *field, const uint8_t *base,
		       struct json_object **value)
{
	size_t count;
	const uint8_t *bytes = get_array(field, base, &count);

	(void)writer;
	return count ? json_write_digits(bytes, count, value) : 0;
}

const struct json_kind board_bytes = { read_bytes, write_bytes };
