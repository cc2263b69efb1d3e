// SPDX-License-Identifier: LGPL-2.1-or-later
/* Kinds of values that boards have and configurations have not: arrays. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "project/board_form.h"
#include "project/values.h"
#include "util/bytes.h"
#include "util/number.h"

static int done(struct json_object *json, struct json_object **value)
{
	*value = json;
	return json ? 0 : -ENOMEM;
}

/* --- elements ------------------------------------------------------------ */

/* An array of @count elements in the reader's arena, put into the member. NULL:
 * it is empty, or there is no memory. */
static uint8_t *put_array(struct json_reader *reader,
			  const struct json_field *field, uint8_t *base,
			  size_t count)
{
	uint8_t *items = NULL;

	if (count)
		items = jhcfg_arena_alloc(
			&((struct board_reader *)reader)->arena,
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

/* --- texts -----------------------------------------------------------------
 */

static int read_text_element(struct json_reader *reader,
			     const struct json_field *field,
			     struct json_object *json, uint8_t *item)
{
	const char *text = board_get_text(reader, json);

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

/* --- numbers ---------------------------------------------------------------
 */

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

/* --- objects ---------------------------------------------------------------
 */

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
	return board_write_shape(writer, field->type, item, element);
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
