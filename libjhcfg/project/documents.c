// SPDX-License-Identifier: LGPL-2.1-or-later
#include "project/documents.h"

#include <string.h>

#include <jhcfg/schema.h>

#include "project/board_form.h"
#include "project/member_fields.h"

static const struct json_document documents[] = {
	{ "system",
	  JSON_SYSTEM_SCHEMA,
	  "A system of Jailhouse Workbench: a machine, its root cell, and "
	  "the files of its cells",
	  { &json_system_type, &json_system_members, NULL },
	  NULL },
	{ "cell",
	  JSON_CELL_SCHEMA,
	  "A cell of Jailhouse Workbench",
	  { &json_cell_type, &json_cell_members, NULL },
	  NULL },
	{ "board",
	  JSON_BOARD_SCHEMA,
	  "A board of Jailhouse Workbench: what a machine has",
	  { &board_arm_shape, NULL },
	  &board_x86_shape },
};

const struct json_document *json_document_at(size_t index)
{
	return index < sizeof(documents) / sizeof(documents[0])
		       ? &documents[index]
		       : NULL;
}

const struct json_document *json_document_find(const char *kind, size_t length)
{
	const struct json_document *document;

	for (size_t n = 0; (document = json_document_at(n)); n++)
		if (strlen(document->kind) == length &&
		    !memcmp(document->kind, kind, length))
			return document;
	return NULL;
}

const char *jhcfg_schema_kind(size_t index)
{
	const struct json_document *document = json_document_at(index);

	return document ? document->kind : NULL;
}

/* --- what a field means ----------------------------------------------------
 */

static const struct json_field *field_of(const struct json_shape *shape,
					 const char *key, size_t length)
{
	for (unsigned int n = 0; n < shape->num_fields; n++)
		if (strlen(shape->fields[n].key) == length &&
		    !memcmp(shape->fields[n].key, key, length))
			return &shape->fields[n];
	return NULL;
}

static const char *text_of_name(const struct jhcfg_name *names,
				const char *name)
{
	const struct jhcfg_name *found =
		names ? jhcfg_name_find(names, name) : NULL;

	return found ? found->text : NULL;
}

/* What is left of the path, in an object of this shape. */
static const char *text_below(const struct json_shape *shape, const char *path)
{
	size_t length = strcspn(path, ".");
	const struct json_field *field = field_of(shape, path, length);

	if (!field)
		field = field_of(&json_note_members, path, length);
	if (!field)
		return NULL;
	if (!path[length])
		return field->text;
	path += length + 1;
	return field->type ? text_below(field->type, path)
			   : text_of_name(field->names, path);
}

const char *jhcfg_schema_text(const char *path)
{
	size_t length = strcspn(path, ".");
	const struct json_document *document = json_document_find(path, length);
	const char *text = NULL;

	if (!document)
		return NULL;
	if (!path[length])
		return document->text;
	path += length + 1;
	for (size_t n = 0; !text && document->shapes[n]; n++)
		text = text_below(document->shapes[n], path);
	return !text && document->x86 ? text_below(document->x86, path) : text;
}
