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

/* The key that @attr has in the object at the writer's place, or NULL if it
 * belongs to another object. The caller frees it. */
static char *attr_key(const struct json_writer *writer,
		      const struct jhcfg_attr *attr)
{
	const char *prefix = writer->path.text + writer->path.owner;
	size_t length = strlen(prefix);
	char *key;

	if (strncmp(attr->key, prefix, length) || attr->key[length] != '/' ||
	    strchr(attr->key + length + 1, '/'))
		return NULL;
	key = strdup(attr->key + length + 1);
	if (key)
		unescape(key);
	return key;
}

/* Notes come before what they are about, other unknown keys behind it. */
static int write_attrs(const struct json_writer *writer, bool notes,
		       struct json_object *object)
{
	for (size_t n = 0; n < writer->attrs->count; n++) {
		const struct jhcfg_attr *attr = &writer->attrs->items[n];
		char *key = attr_key(writer, attr);
		int err = 0;

		if (key && json_is_note(key) == notes)
			err = json_object_object_add(
				object, key, json_tokener_parse(attr->json));
		free(key);
		if (err)
			return -ENOMEM;
	}
	return 0;
}

int json_write_object(struct json_writer *writer, const struct json_shape *type,
		      const uint8_t *base, struct json_object *object)
{
	size_t here = writer->path.length;
	int err;

	err = write_attrs(writer, true, object);
	for (unsigned int n = 0; n < type->num_fields && !err; n++) {
		const struct json_field *field = &type->fields[n];
		struct json_object *value = NULL;

		json_path_enter(&writer->path, field->key);
		err = field->kind->write(writer, field, base, &value);
		json_path_leave(&writer->path, here);
		if (value && json_object_object_add(object, field->key, value))
			err = -ENOMEM;
	}
	return err ? err : write_attrs(writer, false, object);
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

	if (json_object_object_add(document, "$schema",
				   json_object_new_string(schema)))
		return -ENOMEM;
	return json_write_object(&writer, type, (const uint8_t *)config,
				 document);
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
