// SPDX-License-Identifier: LGPL-2.1-or-later
/* Kinds of values that boards have and configurations have not: single ones. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
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

/* --- texts -------------------------------------------------------------------
 * They stay in the document, which lives until the board has copied them. */

const char *board_get_text(struct json_reader *reader, struct json_object *json)
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
	const char *text = board_get_text(reader, json);

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
	const struct board_reader *board = (struct board_reader *)reader;
	struct board_name key = { .name = board_get_text(reader, json) };
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

/* --- objects ------------------------------------------------------------- */

static int read_object(struct json_reader *reader,
		       const struct json_field *field, struct json_object *json,
		       uint8_t *base)
{
	return json_read_object(reader, field->type, json,
				base + field->member);
}

int board_write_shape(struct json_writer *writer,
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
	int err = board_write_shape(writer, field->type, base + field->member,
				    &object);

	if (!err && json_object_object_length(object))
		*value = object;
	else
		json_object_put(object);
	return err;
}

const struct json_kind board_object = { read_object, write_object };
