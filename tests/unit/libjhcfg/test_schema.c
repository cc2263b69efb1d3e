// SPDX-License-Identifier: GPL-2.0-or-later
/* The schema: each field says what it means, each kind of value has a form. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/schema.h>
#include <json-c/json.h>

#include "project/documents.h"

static void assert_shape_is_explained(const char *kind,
				      const struct json_shape *shape)
{
	for (unsigned int n = 0; n < shape->num_fields; n++) {
		const struct json_field *field = &shape->fields[n];
		const struct jhcfg_name *name = field->names;

		if (!field->text || !*field->text)
			fail_msg("%s: \"%s\" does not say what it means", kind,
				 field->key);
		for (; name && name->name; name++)
			if (!name->text)
				fail_msg("%s: the value %s of \"%s\" does not "
					 "say what it means",
					 kind, name->name, field->key);
		if (field->type)
			assert_shape_is_explained(kind, field->type);
	}
}

static void test_schema_of_each_kind_explains_all_fields_and_values(
	void **state)
{
	const struct json_document *document;

	(void)state;
	for (size_t n = 0; (document = json_document_at(n)); n++) {
		for (size_t m = 0; document->shapes[m]; m++)
			assert_shape_is_explained(document->kind,
						  document->shapes[m]);
		if (document->x86)
			assert_shape_is_explained(document->kind,
						  document->x86);
	}
}

static void test_schema_of_each_kind_is_written(void **state)
{
	const char *kind;

	(void)state;
	for (size_t n = 0; (kind = jhcfg_schema_kind(n)); n++) {
		struct json_object *document;
		char *text = NULL;

		/* fails for a kind of value without a form, too */
		assert_int_equal(jhcfg_schema_write(kind, &text), 0);
		document = json_tokener_parse(text);
		assert_true(json_object_object_get_ex(document, "$defs", NULL));
		json_object_put(document);
		free(text);
	}
}

static void test_schema_of_no_kind_is_refused(void **state)
{
	static const char *const kinds[] = { "", "cells", "cel", "system.",
					     "cell.name" };
	char *text = NULL;

	(void)state;
	for (size_t n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++)
		assert_int_equal(jhcfg_schema_write(kinds[n], &text), -ENOENT);
	assert_null(text);
}

static void test_schema_text_of_fields_values_and_notes_is_found(void **state)
{
	static const char *const paths[] = {
		"cell",
		"cell.memory.virt",
		"cell.memory.flags.ROOTSHARED",
		"cell.memory.name", /* a note, which any object may have */
		"system.root_cell.pci_devices.bdf",
		"system.links.peers",
		"cell.images.kind.loader",
		"board.cpus.mpidr",
		"board.cpus.apic_id", /* of x86 only */
	};

	(void)state;
	for (size_t n = 0; n < sizeof(paths) / sizeof(paths[0]); n++)
		if (!jhcfg_schema_text(paths[n]))
			fail_msg("%s is not explained", paths[n]);
}

static void test_schema_text_of_what_is_none_is_not_found(void **state)
{
	static const char *const paths[] = {
		"",
		"cells",
		"cell.",
		"cell.memory.",
		"cell.memory.virtu",
		"cell..virt",
		"cell.name.WAS",
		"cell.memory.flags.",
		"cell.memory.phys.0",
	};

	(void)state;
	for (size_t n = 0; n < sizeof(paths) / sizeof(paths[0]); n++)
		if (jhcfg_schema_text(paths[n]))
			fail_msg("\"%s\" is explained", paths[n]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_schema_of_each_kind_explains_all_fields_and_values),
		cmocka_unit_test(test_schema_of_each_kind_is_written),
		cmocka_unit_test(test_schema_of_no_kind_is_refused),
		cmocka_unit_test(
			test_schema_text_of_fields_values_and_notes_is_found),
		cmocka_unit_test(test_schema_text_of_what_is_none_is_not_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
