// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * JSON Schema (draft 2020-12) from the tables that read documents: for other
 * editors, which complete and check by it, and for people. Unknown keys are
 * allowed, since they are kept.
 */
#include <jhcfg/schema.h>

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include <jhcfg/workspace.h>
#include <json-c/json.h>

#include "project/board_form.h"
#include "project/documents.h"
#include "project/member_fields.h"
#include "project/print.h"

/* Values that may be written in several ways; see scalars.c, sets.c and
 * bytes.c. */
static const char definitions[] =
	"{ \"number\": { \"anyOf\": ["
	"    { \"type\": \"integer\", \"minimum\": 0 },"
	"    { \"type\": \"string\", \"pattern\":"
	"      \"^(0[xX][0-9a-fA-F]+|[0-9]+)[KMGkmg]?$\" } ] },"
	"  \"range\": { \"anyOf\": ["
	"    { \"type\": \"integer\", \"minimum\": 0 },"
	"    { \"type\": \"string\", \"pattern\":"
	"      \"^[0-9a-fA-FxX]+(-[0-9a-fA-FxX]+)?$\" } ] },"
	"  \"bdf\": { \"anyOf\": ["
	"    { \"type\": \"string\", \"pattern\":"
	"      \"^[0-9a-fA-F]{1,2}:[0-9a-fA-F]{1,2}[.][0-7]$\" },"
	"    { \"$ref\": \"#/$defs/number\" } ] },"
	"  \"bytes\": { \"type\": \"string\", \"pattern\":"
	"    \"^([0-9a-f]{2})*$\" } }";

/* --- small helpers ----------------------------------------------------------
 * Without memory json-c gives NULL, which these pass on; the document is then
 * incomplete, and the caller is told by @failed. */

struct writer {
	bool failed;
};

static struct json_object *checked(struct writer *writer,
				   struct json_object *object)
{
	writer->failed |= !object;
	return object;
}

static void put(struct writer *writer, struct json_object *object,
		const char *key, struct json_object *value)
{
	if (value && object && !json_object_object_add(object, key, value))
		return;
	json_object_put(value);
	writer->failed = true;
}

static void put_text(struct writer *writer, struct json_object *object,
		     const char *key, const char *text)
{
	put(writer, object, key, json_object_new_string(text));
}

static void append(struct writer *writer, struct json_object *array,
		   struct json_object *value)
{
	if (value && array && !json_object_array_add(array, value))
		return;
	json_object_put(value);
	writer->failed = true;
}

/* { key: text } */
static struct json_object *pair(struct writer *writer, const char *key,
				const char *text)
{
	struct json_object *object = checked(writer, json_object_new_object());

	put_text(writer, object, key, text);
	return object;
}

static struct json_object *array_of(struct writer *writer,
				    struct json_object *items)
{
	struct json_object *array = pair(writer, "type", "array");

	put(writer, array, "items", items);
	return array;
}

/* --- one kind of value each -------------------------------------------------
 */

static struct json_object *object_schema(
	struct writer *writer, const struct json_shape *const *shapes);

static struct json_object *number_schema(struct writer *writer,
					 const struct json_field *field)
{
	struct json_object *number = pair(writer, "$ref", "#/$defs/number");

	if (field->size && field->size < 8)
		put(writer, number, "maximum",
		    json_object_new_int64((INT64_C(1) << 8 * field->size) - 1));
	return number;
}

static struct json_object *boolean_schema(struct writer *writer,
					  const struct json_field *field)
{
	(void)field;
	return pair(writer, "type", "boolean");
}

static struct json_object *name_schema(struct writer *writer,
				       const struct json_field *field)
{
	struct json_object *name = pair(writer, "type", "string");

	put(writer, name, "minLength", json_object_new_int(1));
	put(writer, name, "maxLength", json_object_new_int(field->size - 1));
	put_text(writer, name, "pattern", "^[ -~]+$");
	return name;
}

static struct json_object *text_schema(struct writer *writer,
				       const struct json_field *field)
{
	(void)field;
	return pair(writer, "type", "string");
}

static struct json_object *texts_schema(struct writer *writer,
					const struct json_field *field)
{
	return array_of(writer, text_schema(writer, field));
}

/* One of the names, which say what they mean, or a number. */
static struct json_object *names_schema(struct writer *writer,
					const struct json_field *field)
{
	struct json_object *choice = checked(writer, json_object_new_object());
	struct json_object *any = checked(writer, json_object_new_array());

	for (const struct jhcfg_name *name = field->names; name->name; name++) {
		struct json_object *value = pair(writer, "const", name->name);

		if (name->text)
			put_text(writer, value, "description", name->text);
		append(writer, any, value);
	}
	append(writer, any, number_schema(writer, field));
	put(writer, choice, "anyOf", any);
	return choice;
}

static struct json_object *flags_schema(struct writer *writer,
					const struct json_field *field)
{
	return array_of(writer, names_schema(writer, field));
}

static struct json_object *numbers_schema(struct writer *writer,
					  const struct json_field *field)
{
	return array_of(writer, number_schema(writer, field));
}

static struct json_object *words_schema(struct writer *writer,
					const struct json_field *field)
{
	struct json_object *array = numbers_schema(writer, field);

	put(writer, array, "maxItems", json_object_new_int(field->count));
	return array;
}

static struct json_object *bytes_schema(struct writer *writer,
					const struct json_field *field)
{
	(void)field;
	return pair(writer, "$ref", "#/$defs/bytes");
}

static struct json_object *ranges_schema(struct writer *writer,
					 const struct json_field *field)
{
	(void)field;
	return array_of(writer, pair(writer, "$ref", "#/$defs/range"));
}

static struct json_object *bdf_schema(struct writer *writer,
				      const struct json_field *field)
{
	(void)field;
	return pair(writer, "$ref", "#/$defs/bdf");
}

static struct json_object *nested_schema(struct writer *writer,
					 const struct json_field *field)
{
	return object_schema(
		writer, (const struct json_shape *[]){ field->type, NULL });
}

static struct json_object *list_schema(struct writer *writer,
				       const struct json_field *field)
{
	return array_of(writer, nested_schema(writer, field));
}

/* { "anyOf": [a, b] } */
static struct json_object *either(struct writer *writer, struct json_object *a,
				  struct json_object *b)
{
	struct json_object *either = checked(writer, json_object_new_object());
	struct json_object *any = checked(writer, json_object_new_array());

	append(writer, any, a);
	append(writer, any, b);
	put(writer, either, "anyOf", any);
	return either;
}

static struct json_object *irqs_schema(struct writer *writer,
				       const struct json_field *field)
{
	return array_of(writer,
			either(writer, pair(writer, "$ref", "#/$defs/range"),
			       nested_schema(writer, field)));
}

static struct json_object *peers_schema(struct writer *writer,
					const struct json_field *field)
{
	struct json_object *peers =
		array_of(writer, either(writer, text_schema(writer, field),
					pair(writer, "type", "null")));

	put(writer, peers, "maxItems", json_object_new_int(JHCFG_MAX_PEERS));
	return peers;
}

static struct json_object *board_schema(struct writer *writer,
					const struct json_field *field)
{
	return either(writer, text_schema(writer, field),
		      pair(writer, "type", "object"));
}

static const struct {
	const struct json_kind *kind;
	struct json_object *(*make)(struct writer *writer,
				    const struct json_field *field);
} kinds[] = {
	{ &json_number, number_schema },
	{ &json_address, number_schema },
	{ &json_size, number_schema },
	{ &json_boolean, boolean_schema },
	{ &json_text, name_schema },
	{ &json_choice, names_schema },
	{ &json_flags, flags_schema },
	{ &json_addresses, words_schema },
	{ &json_bytes, bytes_schema },
	{ &json_cpus, ranges_schema },
	{ &json_set_size, number_schema },
	{ &json_set_bytes, bytes_schema },
	{ &json_pins, ranges_schema },
	{ &json_bdf, bdf_schema },
	{ &json_object_kind, nested_schema },
	{ &json_iommu_units, list_schema },
	{ &json_list, list_schema },
	{ &json_peers, peers_schema },
	{ &json_board_member, board_schema },
	{ &board_text, text_schema },
	{ &board_texts, texts_schema },
	{ &board_status, text_schema },
	{ &board_start, number_schema },
	{ &board_object, nested_schema },
	{ &board_objects, list_schema },
	{ &board_numbers, numbers_schema },
	{ &board_ids, numbers_schema },
	{ &board_bytes, bytes_schema },
	{ &board_device_name, text_schema },
	{ &board_interrupts, irqs_schema },
	{ &board_list, list_schema },
};

static struct json_object *field_schema(struct writer *writer,
					const struct json_field *field)
{
	struct json_object *schema = NULL;

	for (size_t n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++)
		if (kinds[n].kind == field->kind)
			schema = kinds[n].make(writer, field);
	if (field->text)
		put_text(writer, schema, "description", field->text);
	return checked(writer, schema);
}

/* --- objects ----------------------------------------------------------------
 */

static struct json_object *object_schema(struct writer *writer,
					 const struct json_shape *const *shapes)
{
	struct json_object *object = pair(writer, "type", "object");
	struct json_object *members = checked(writer, json_object_new_object());
	struct json_object *required = checked(writer, json_object_new_array());

	for (; *shapes; shapes++)
		for (unsigned int n = 0; n < (*shapes)->num_fields; n++) {
			const struct json_field *field = &(*shapes)->fields[n];

			put(writer, members, field->key,
			    field_schema(writer, field));
			if (field->presence == JSON_REQUIRED)
				append(writer, required,
				       json_object_new_string(field->key));
		}
	put(writer, object, "properties", members);
	if (json_object_array_length(required))
		put(writer, object, "required", required);
	else
		json_object_put(required);
	return object;
}

/* { "if": it is of x86, "then": @x86, "else": @other } */
static void put_by_architecture(struct writer *writer,
				struct json_object *schema,
				struct json_object *x86,
				struct json_object *other)
{
	struct json_object *test = checked(writer, json_object_new_object());
	struct json_object *members = checked(writer, json_object_new_object());

	put(writer, members, "architecture", pair(writer, "const", "x86"));
	put(writer, test, "properties", members);
	put(writer, schema, "if", test);
	put(writer, schema, "then", x86);
	put(writer, schema, "else", other);
}

/* { "allOf": [body] } */
static void put_all(struct writer *writer, struct json_object *schema,
		    struct json_object *body)
{
	struct json_object *all = checked(writer, json_object_new_array());

	append(writer, all, body);
	put(writer, schema, "allOf", all);
}

static struct json_object *document_schema(struct writer *writer,
					   const struct json_document *document)
{
	const struct json_shape *const x86[] = { document->x86, NULL };
	struct json_object *schema = checked(writer, json_object_new_object());
	struct json_object *head = checked(writer, json_object_new_object());
	struct json_object *body = object_schema(writer, document->shapes);

	put_text(writer, schema, "$schema",
		 "https://json-schema.org/draft/2020-12/schema");
	put_text(writer, schema, "title", document->text);
	put(writer, head, "$schema", pair(writer, "const", document->schema));
	put(writer, schema, "properties", head);
	put(writer, schema, "required", json_tokener_parse("[ \"$schema\" ]"));
	if (document->x86)
		put_by_architecture(writer, schema, object_schema(writer, x86),
				    body);
	else
		put_all(writer, schema, body);
	put(writer, schema, "$defs", json_tokener_parse(definitions));
	return schema;
}

int jhcfg_schema_write(const char *kind, char **text)
{
	const struct json_document *document =
		json_document_find(kind, strlen(kind));
	struct writer writer = { .failed = false };
	struct json_object *schema;
	int err;

	if (!document)
		return -ENOENT;
	schema = document_schema(&writer, document);
	err = writer.failed ? -ENOMEM : json_print(schema, text);
	json_object_put(schema);
	return err;
}
