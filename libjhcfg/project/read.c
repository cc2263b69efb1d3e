// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/project.h>

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "project/json.h"
#include "util/bytes.h"

void json_complain(struct json_reader *reader, const char *rule,
		   const char *hint, const char *format, ...)
{
	char text[256], object[JHCFG_NAME_SIZE + 16] = "configuration";
	va_list args;

	if (reader->what)
		snprintf(object, sizeof(object), "%s", reader->what);
	if (reader->config && reader->config->cell.name[0])
		snprintf(object, sizeof(object), "%s \"%s\"",
			 reader->config->has_system ? "system" : "cell",
			 reader->config->cell.name);
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	jhcfg_diags_add(reader->diags,
			reader->newer ? JHCFG_WARNING : JHCFG_ERROR, rule,
			object, reader->path.text, hint, "%s", text);
	reader->failed = !reader->newer;
}

static const struct json_field *find_field(const struct json_shape *type,
					   const char *key)
{
	for (unsigned int n = 0; n < type->num_fields; n++) {
		if (!strcmp(type->fields[n].key, key))
			return &type->fields[n];
	}
	return NULL;
}

static void list_keys(const struct json_shape *type, char *text, size_t size)
{
	size_t length = 0;

	for (unsigned int n = 0; n < type->num_fields && length < size; n++)
		length += (size_t)snprintf(
			text + length, size - length, "%s%s",
			n ? ", " : "known keys: ", type->fields[n].key);
}

/* Keeps a key that no table knows, with a warning in case it is a slip. */
static int keep_unknown(struct json_reader *reader,
			const struct json_shape *type, const char *key,
			struct json_object *value)
{
	const char *place = reader->path.text;
	char hint[512];

	/* read by jhcfg_config_images() */
	if (!json_is_note(key) && strcmp(place, "/images") != 0) {
		list_keys(type, hint, sizeof(hint));
		jhcfg_diags_add(reader->diags, JHCFG_WARNING, "J03",
				"configuration", place, hint,
				"the key \"%s\" is unknown; it is kept and has "
				"no effect",
				key);
	}
	return jhcfg_attrs_add(
		reader->attrs, place + reader->path.owner,
		json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN));
}

static int read_unknown(struct json_reader *reader,
			const struct json_shape *type,
			struct json_object *object)
{
	size_t here = reader->path.length;
	int err = 0;

	json_object_object_foreach(object, key, value)
	{
		if (find_field(type, key) || !strcmp(key, "$schema"))
			continue;
		if (!json_path_enter(&reader->path, key)) {
			json_complain(reader, "J02", NULL,
				      "a key here is too long");
			continue;
		}
		err = keep_unknown(reader, type, key, value);
		json_path_leave(&reader->path, here);
		if (err)
			break;
	}
	return err;
}

static void handle_absent(struct json_reader *reader,
			  const struct json_field *field, uint8_t *base)
{
	const struct json_field *previous = field - 1;

	if (field->presence == JSON_REQUIRED)
		json_complain(reader, "J04", NULL, "the key \"%s\" is missing",
			      field->key);
	if (field->presence == JSON_LIKE_PREVIOUS)
		jhcfg_put_member(base + field->member, field->size,
				 jhcfg_get_member(base + previous->member,
						  previous->size));
	if (field->presence == JSON_NONE)
		jhcfg_put_member(base + field->member, field->size,
				 jhcfg_width_max(field->size));
}

int json_read_object(struct json_reader *reader, const struct json_shape *type,
		     struct json_object *object, uint8_t *base)
{
	size_t here = reader->path.length;
	int err;

	if (!json_object_is_type(object, json_type_object)) {
		json_complain(reader, "J02", NULL,
			      "this must be an object with keys");
		return 0;
	}
	for (unsigned int n = 0; n < type->num_fields; n++) {
		const struct json_field *field = &type->fields[n];
		struct json_object *value;

		if (!json_object_object_get_ex(object, field->key, &value)) {
			handle_absent(reader, field, base);
			continue;
		}
		/* keys of our own tables are short */
		if (!json_path_enter(&reader->path, field->key))
			return -EINVAL;
		err = field->kind->read(reader, field, value, base);
		json_path_leave(&reader->path, here);
		if (err)
			return err;
	}
	return read_unknown(reader, type, object);
}

/* Line and column of byte @offset, both from 1. */
static void locate(const char *text, size_t offset, char place[48])
{
	size_t line = 1, column = 1;

	for (size_t n = 0; n < offset; n++) {
		column++;
		if (text[n] == '\n') {
			line++;
			column = 1;
		}
	}
	snprintf(place, 48, "line %zu column %zu", line, column);
}

static int fail_syntax(const char *text, size_t offset, const char *what,
		       struct jhcfg_diags *diags)
{
	char place[48];

	locate(text, offset, place);
	jhcfg_diags_add(diags, JHCFG_ERROR, "J01", "configuration", place, NULL,
			"this is not JSON: %s", what);
	return -EINVAL;
}

/* The marks of UTF-16, which no UTF-8 begins with (RFC 3629, 3). */
static bool is_utf16(const char *text, size_t size)
{
	return size >= 2 &&
	       (!memcmp(text, "\xff\xfe", 2) || !memcmp(text, "\xfe\xff", 2));
}

int json_parse(const char *text, size_t size, struct jhcfg_diags *diags,
	       struct json_object **document)
{
	size_t bom = jhcfg_bom_size(text, size);
	struct json_tokener *tokener;
	enum json_tokener_error error;
	int err = 0;

	if (size > JHCFG_PROJECT_FILE_MAX)
		return fail_syntax(text, 0, "the file is too long", diags);
	if (is_utf16(text, size))
		return fail_syntax(
			text, 0, "it is UTF-16; have it saved as UTF-8", diags);
	/* columns are those that an editor shows */
	text += bom;
	size -= bom;
	tokener = json_tokener_new_ex(JSON_MAX_DEPTH);
	if (!tokener)
		return -ENOMEM;
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT |
						JSON_TOKENER_VALIDATE_UTF8);
	*document = json_tokener_parse_ex(tokener, text, (int)size);
	error = json_tokener_get_error(tokener);
	if (error == json_tokener_continue)
		err = fail_syntax(text, size, "it ends too early", diags);
	else if (error != json_tokener_success)
		err = fail_syntax(text, json_tokener_get_parse_end(tokener),
				  json_tokener_error_desc(error), diags);
	json_tokener_free(tokener);
	return err;
}

int json_read_config(struct json_object **document, struct jhcfg_diags *diags,
		     struct jhcfg_config **config, bool *newer)
{
	struct json_reader reader = { .diags = diags,
				      .tolerant = newer != NULL };
	const struct json_shape *type;
	int err = json_settle_schema(&reader, document, &type);

	if (err)
		return err;
	reader.config = jhcfg_config_new(type == &json_system_type, 0);
	if (!reader.config)
		return -ENOMEM;
	reader.attrs = type == &json_system_type ? &reader.config->system.attrs
						 : &reader.config->cell.attrs;
	err = json_read_object(&reader, type, *document,
			       (uint8_t *)reader.config);
	if (!err && reader.failed)
		err = -EINVAL;
	if (err) {
		jhcfg_config_free(reader.config);
		return err;
	}
	*config = reader.config;
	if (newer)
		*newer = reader.newer;
	return 0;
}

int jhcfg_project_read(const char *text, size_t size, struct jhcfg_diags *diags,
		       struct jhcfg_config **config)
{
	struct json_object *document = NULL;
	int err;

	err = json_parse(text, size, diags, &document);
	if (!err)
		err = json_read_config(&document, diags, config, NULL);
	json_object_put(document);
	return err;
}
