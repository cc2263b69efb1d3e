// SPDX-License-Identifier: LGPL-2.1-or-later
/* Kinds of values that hold other objects. */
#include <errno.h>

#include "project/json.h"
#include "util/bytes.h"

static int read_nested(struct json_reader *reader,
		       const struct json_field *field, struct json_object *json,
		       uint8_t *base)
{
	const struct json_shape *type = field->type;
	struct jhcfg_attrs *attrs = reader->attrs;
	size_t owner = reader->path.owner;
	int err;

	if (type->attrs != JSON_NO_ATTRS) {
		reader->attrs =
			(void *)((uint8_t *)reader->config + type->attrs);
		reader->path.owner = reader->path.length;
	}
	err = json_read_object(reader, type, json, base + field->member);
	reader->attrs = attrs;
	reader->path.owner = owner;
	return err;
}

static int write_into(struct json_writer *writer, const struct json_shape *type,
		      const uint8_t *base, struct json_object **value)
{
	struct json_object *object = json_object_new_object();
	int err;

	if (!object)
		return -ENOMEM;
	err = json_write_object(writer, type, base, object);
	if (err)
		json_object_put(object);
	else
		*value = object;
	return err;
}

/* Whether nothing but zeroes is there; then the object is left out. */
static bool is_empty(const uint8_t *bytes, size_t size)
{
	for (size_t n = 0; n < size; n++) {
		if (bytes[n])
			return false;
	}
	return true;
}

static int write_nested(struct json_writer *writer,
			const struct json_field *field, const uint8_t *base,
			struct json_object **value)
{
	const struct json_shape *type = field->type;
	const struct jhcfg_attrs *attrs = writer->attrs;
	size_t owner = writer->path.owner;
	int err;

	if (field->presence != JSON_REQUIRED &&
	    is_empty(base + field->member, field->size))
		return 0;
	if (type->attrs != JSON_NO_ATTRS) {
		writer->attrs = (const void *)((const uint8_t *)writer->config +
					       type->attrs);
		writer->path.owner = writer->path.length;
	}
	err = write_into(writer, type, base + field->member, value);
	writer->attrs = attrs;
	writer->path.owner = owner;
	return err;
}

const struct json_kind json_object_kind = { read_nested, write_nested };

static bool check_array(struct json_reader *reader, struct json_object *json)
{
	if (json_object_is_type(json, json_type_array))
		return true;
	json_complain(reader, "J02", NULL, "this must be an array");
	return false;
}

static int read_units(struct json_reader *reader,
		      const struct json_field *field, struct json_object *json,
		      uint8_t *base)
{
	size_t here = reader->path.length;
	int err = 0;

	if (!check_array(reader, json))
		return 0;
	if (json_object_array_length(json) > field->count) {
		json_complain(reader, "P11", NULL,
			      "at most %u units are possible", field->count);
		return 0;
	}
	for (size_t n = 0; n < json_object_array_length(json) && !err; n++) {
		if (!json_path_enter_index(&reader->path, n))
			return -EINVAL;
		err = json_read_object(reader, field->type,
				       json_object_array_get_idx(json, n),
				       base + field->member + n * field->size);
		json_path_leave(&reader->path, here);
	}
	return err;
}

static int append(struct json_object *array, struct json_object *element)
{
	if (json_object_array_add(array, element)) {
		json_object_put(element);
		return -ENOMEM;
	}
	return 0;
}

/* Unused slots between used ones are written, or the indices would move. */
static int write_units(struct json_writer *writer,
		       const struct json_field *field, const uint8_t *base,
		       struct json_object **value)
{
	const uint8_t *units = base + field->member;
	size_t here = writer->path.length;
	struct json_object *array;
	unsigned int count = field->count;
	int err = 0;

	while (count &&
	       is_empty(units + (count - 1) * field->size, field->size))
		count--;
	if (!count)
		return 0;
	array = json_object_new_array();
	if (!array)
		return -ENOMEM;
	for (unsigned int n = 0; n < count && !err; n++) {
		struct json_object *unit;

		json_path_enter_index(&writer->path, n);
		err = write_into(writer, field->type, units + n * field->size,
				 &unit);
		json_path_leave(&writer->path, here);
		if (!err)
			err = append(array, unit);
	}
	if (err)
		json_object_put(array);
	else
		*value = array;
	return err;
}

const struct json_kind json_iommu_units = { read_units, write_units };

static int read_item(struct json_reader *reader, const struct json_shape *type,
		     struct json_object *json, struct jhcfg_item *item)
{
	struct jhcfg_attrs *attrs = reader->attrs;
	size_t owner = reader->path.owner;
	int err;

	reader->attrs = &item->attrs;
	reader->path.owner = reader->path.length;
	err = json_read_object(reader, type, json, (uint8_t *)&item->value);
	reader->attrs = attrs;
	reader->path.owner = owner;
	return err;
}

static int read_list(struct json_reader *reader, const struct json_field *field,
		     struct json_object *json, uint8_t *base)
{
	struct jhcfg_list *list = &reader->config->cell.lists[field->list];
	size_t here = reader->path.length;
	int err = 0;

	(void)base;
	if (!check_array(reader, json))
		return 0;
	for (size_t n = 0; n < json_object_array_length(json) && !err; n++) {
		struct jhcfg_item *item = jhcfg_list_append(list);

		if (!item)
			return -ENOMEM;
		if (!json_path_enter_index(&reader->path, n))
			return -EINVAL;
		err = read_item(reader, field->type,
				json_object_array_get_idx(json, n), item);
		json_path_leave(&reader->path, here);
	}
	return err;
}

static int write_item(struct json_writer *writer, const struct json_shape *type,
		      const struct jhcfg_item *item, struct json_object *array)
{
	const struct jhcfg_attrs *attrs = writer->attrs;
	size_t owner = writer->path.owner;
	struct json_object *object;
	int err;

	writer->attrs = &item->attrs;
	writer->path.owner = writer->path.length;
	err = write_into(writer, type, (const uint8_t *)&item->value, &object);
	writer->attrs = attrs;
	writer->path.owner = owner;
	return err ? err : append(array, object);
}

static int write_list(struct json_writer *writer,
		      const struct json_field *field, const uint8_t *base,
		      struct json_object **value)
{
	const struct jhcfg_list *list =
		&writer->config->cell.lists[field->list];
	size_t here = writer->path.length;
	struct json_object *array;
	int err = 0;

	(void)base;
	if (!list->count)
		return 0;
	array = json_object_new_array();
	if (!array)
		return -ENOMEM;
	for (size_t n = 0; n < list->count && !err; n++) {
		json_path_enter_index(&writer->path, n);
		err = write_item(writer, field->type, &list->items[n], array);
		json_path_leave(&writer->path, here);
	}
	if (err)
		json_object_put(array);
	else
		*value = array;
	return err;
}

const struct json_kind json_list = { read_list, write_list };
