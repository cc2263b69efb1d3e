// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/project.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "project/json.h"
#include "project/print.h"

/* RFC 6901, 4: the reverse of json_path_enter(), in place. */
static void unescape(char *key)
{
	char *to = key;

	for (; *key; key++) {
		*to = *key;
		if (*key == '~' && key[1]) {
			key++;
			*to = *key == '1' ? '/' : '~';
		}
		to++;
	}
	*to = '\0';
}

/* The key that an own attribute has in the object at the writer's place. The
 * caller frees it. */
static char *attr_key(const struct json_writer *writer,
		      const struct jhcfg_attr *attr)
{
	size_t length = strlen(writer->path.text + writer->path.owner);
	char *key = strdup(attr->key + length + 1);

	if (key)
		unescape(key);
	return key;
}

/* The order of the file: attributes of an owner are kept in it. */
static int compare_places(const void *a, const void *b)
{
	const struct jhcfg_attr *const *x = a, *const *y = b;

	return (*x > *y) - (*x < *y);
}

/* Own attributes of the object at the writer's place, in the order of the file,
 * and behind them NULL, in a list that the caller frees. */
static const struct jhcfg_attr **own_attrs(struct json_writer *writer)
{
	const struct jhcfg_attr **below, **own;
	size_t length = strlen(writer->path.text + writer->path.owner);
	size_t count, used = 0;

	if (json_attrs_below(writer, &below, &count))
		return NULL;
	own = calloc(count + 1, sizeof(*own));
	for (size_t n = 0; own && n < count; n++)
		if (!strchr(below[n]->key + length + 1, '/'))
			own[used++] = below[n];
	if (own)
		qsort(own, used, sizeof(*own), compare_places);
	return own;
}

/* Notes come before what they are about, other unknown keys behind it. */
static int write_attrs(const struct json_writer *writer, bool notes,
		       const struct jhcfg_attr **own,
		       struct json_object *object)
{
	int err = 0;

	for (; !err && *own; own++) {
		char *key = attr_key(writer, *own);

		if (!key)
			return -ENOMEM;
		if (json_is_note(key) == notes)
			err = json_object_object_add(
				object, key, json_tokener_parse((*own)->json));
		free(key);
	}
	return err ? -ENOMEM : 0;
}

int json_write_object(struct json_writer *writer, const struct json_shape *type,
		      const uint8_t *base, struct json_object *object)
{
	const struct jhcfg_attr **own = own_attrs(writer);
	size_t here = writer->path.length;
	int err = own ? write_attrs(writer, true, own, object) : -ENOMEM;

	for (unsigned int n = 0; n < type->num_fields && !err; n++) {
		const struct json_field *field = &type->fields[n];
		struct json_object *value = NULL;

		json_path_enter(&writer->path, field->key);
		err = field->kind->write(writer, field, base, &value);
		json_path_leave(&writer->path, here);
		if (value && json_object_object_add(object, field->key, value))
			err = -ENOMEM;
	}
	if (!err)
		err = write_attrs(writer, false, own, object);
	free(own);
	return err;
}

static int write_document(const struct jhcfg_config *config,
			  struct json_object *document)
{
	const struct json_shape *type =
		config->has_system ? &json_system_type : &json_cell_type;
	const char *schema =
		config->has_system ? JSON_SYSTEM_SCHEMA : JSON_CELL_SCHEMA;
	struct json_writer writer = {
		.attrs = config->has_system ? &config->system.attrs
					    : &config->cell.attrs,
		.config = config,
	};
	int err;

	if (json_object_object_add(document, "$schema",
				   json_object_new_string(schema)))
		return -ENOMEM;
	err = json_write_object(&writer, type, (const uint8_t *)config,
				document);
	json_writer_clear(&writer);
	return err;
}

int jhcfg_project_write(const struct jhcfg_config *config, char **text)
{
	struct json_object *document = json_object_new_object();
	int err;

	if (!document)
		return -ENOMEM;
	err = write_document(config, document);
	if (!err)
		err = json_print(document, text);
	json_object_put(document);
	return err;
}
