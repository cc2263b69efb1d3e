// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What a document is, and in which version of its schema: "$schema" says
 * "jailhouse-workbench/KIND-VERSION". Older versions are brought up to date
 * before anything is read; newer ones are refused, since what they mean by a
 * key that is known here may have changed, unless it is only to be looked at.
 *
 *   0  members have the names of the C form, with text for numbers and flags
 *      as today: what scripts and people make of C sources
 *   1  today
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "project/json.h"

#define PREFIX "jailhouse-workbench/"

static const char hint[] = "give it \"$schema\": \"" JSON_SYSTEM_SCHEMA
			   "\" or \"" JSON_CELL_SCHEMA "\"";

static const struct {
	const char *kind; /* with the dash before the version */
	const struct json_shape *type;
} kinds[] = {
	{ PREFIX "system-", &json_system_type },
	{ PREFIX "cell-", &json_cell_type },
};

struct rename {
	const char *old;
	const char *new;
};

/* clang-format off */
static const struct rename from_0[] = {
	{ "platform_info",     "platform" },
	{ "mem_regions",       "memory" },
	{ "cache_regions",     "cache" },
	{ "pio_regions",       "pio" },
	{ "phys_start",        "phys" },
	{ "virt_start",        "virt" },
	{ "cpu_reset_address", "reset_address" },
	{ "msg_reply_timeout", "msg_reply_timeout_us" },
	{ NULL,                NULL },
};
/* clang-format on */

/* How version n becomes version n + 1. */
static const struct rename *const migrations[JSON_SCHEMA_VERSION] = {
	from_0,
};

static struct json_object *renamed(struct json_object *value,
				   const struct rename *renames);

/* The new name of a key of the object. One that is taken already stays as it
 * is, to be kept as an unknown one. */
static const char *new_key(struct json_object *object, const char *key,
			   const struct rename *renames)
{
	for (; renames->old; renames++) {
		if (!strcmp(renames->old, key) &&
		    !json_object_object_get_ex(object, renames->new, NULL))
			return renames->new;
	}
	return key;
}

static struct json_object *renamed_object(struct json_object *object,
					  const struct rename *renames)
{
	struct json_object *copy = json_object_new_object();

	json_object_object_foreach(object, key, value)
	{
		struct json_object *member = renamed(value, renames);

		if (!copy || (value && !member) ||
		    json_object_object_add(copy, new_key(object, key, renames),
					   member)) {
			json_object_put(member);
			json_object_put(copy);
			return NULL;
		}
	}
	return copy;
}

static struct json_object *renamed_array(struct json_object *array,
					 const struct rename *renames)
{
	struct json_object *copy = json_object_new_array();

	for (size_t n = 0; n < json_object_array_length(array); n++) {
		struct json_object *value = json_object_array_get_idx(array, n);
		struct json_object *element = renamed(value, renames);

		if (!copy || (value && !element) ||
		    json_object_array_add(copy, element)) {
			json_object_put(element);
			json_object_put(copy);
			return NULL;
		}
	}
	return copy;
}

/* A copy with the keys of all objects in it renamed, in their order; NULL
 * without memory. The parser limits the depth. */
static struct json_object *renamed(struct json_object *value,
				   const struct rename *renames)
{
	switch (json_object_get_type(value)) {
	case json_type_object:
		return renamed_object(value, renames);
	case json_type_array:
		return renamed_array(value, renames);
	default:
		return json_object_get(value);
	}
}

static bool migrate(struct json_reader *reader, unsigned int version,
		    struct json_object **document)
{
	if (version < JSON_SCHEMA_VERSION)
		jhcfg_diags_add(reader->diags, JHCFG_INFO, "J11",
				"configuration", "", NULL,
				"it is in version %u of the schema, and will "
				"be in version %u when it is next written",
				version, JSON_SCHEMA_VERSION);
	for (; version < JSON_SCHEMA_VERSION; version++) {
		struct json_object *newer =
			renamed(*document, migrations[version]);

		if (!newer)
			return false;
		json_object_put(*document);
		*document = newer;
	}
	return true;
}

/* Decimal digits only; false for anything else, or too many. */
static bool parse_version(const char *text, unsigned int *version)
{
	size_t length = strspn(text, "0123456789");

	if (!length || length > 8 || text[length])
		return false;
	*version = (unsigned int)strtoul(text, NULL, 10);
	return true;
}

static const struct json_shape *find_kind(const char *name,
					  unsigned int *version)
{
	for (size_t n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++) {
		size_t length = strlen(kinds[n].kind);

		if (!strncmp(name, kinds[n].kind, length) &&
		    parse_version(name + length, version))
			return kinds[n].type;
	}
	return NULL;
}

/* What a newer program wrote can be looked at, if the caller only looks. */
static void meet_newer(struct json_reader *reader, unsigned int version)
{
	reader->newer = reader->tolerant;
	json_complain(reader, "J05",
		      "use the program that wrote it, or a newer one; the "
		      "file was left as it is",
		      "it is in version %u of the schema, and this program "
		      "knows those up to %u",
		      version, JSON_SCHEMA_VERSION);
}

static const char *schema_of(struct json_object *document)
{
	struct json_object *schema = NULL;

	if (json_object_is_type(document, json_type_object) &&
	    json_object_object_get_ex(document, "$schema", &schema) &&
	    json_object_is_type(schema, json_type_string))
		return json_object_get_string(schema);
	return "";
}

int json_settle_schema(struct json_reader *reader,
		       struct json_object **document,
		       const struct json_shape **type)
{
	const char *name = schema_of(*document);
	unsigned int version = 0;

	*type = find_kind(name, &version);
	if (!*name)
		json_complain(reader, "J05", hint,
			      "the document does not say what it is");
	else if (!*type)
		json_complain(reader, "J05", hint,
			      "the schema \"%s\" is unknown", name);
	else if (version > JSON_SCHEMA_VERSION)
		meet_newer(reader, version);
	if (reader->failed)
		return -EINVAL;
	return migrate(reader, version, document) ? 0 : -ENOMEM;
}
