// SPDX-License-Identifier: GPL-2.0-or-later
#include "json_out.h"

#include <errno.h>

int json_out_print(FILE *out, struct json_object *object)
{
	const char *text = NULL;

	if (object)
		text = json_object_to_json_string_ext(
			object, JSON_C_TO_STRING_PRETTY |
					JSON_C_TO_STRING_SPACED |
					JSON_C_TO_STRING_NOSLASHESCAPE);
	if (text)
		fprintf(out, "%s\n", text);
	json_object_put(object);
	return text ? 0 : -ENOMEM;
}

static struct json_object *diag_object(const struct jhcfg_diag *diag)
{
	const struct {
		const char *key;
		const char *text;
	} members[] = {
		{ "severity", jhcfg_severity_name(diag->severity) },
		{ "rule", diag->rule },
		{ "object", diag->object },
		{ "place", diag->place },
		{ "text", diag->text },
		{ "hint", diag->hint },
	};
	struct json_object *object = json_object_new_object();

	for (size_t n = 0; object && n < sizeof(members) / sizeof(members[0]);
	     n++)
		json_object_object_add(object, members[n].key,
				       json_object_new_string(members[n].text));
	return object;
}

struct json_object *json_out_diags(const struct jhcfg_diags *diags)
{
	struct json_object *array = json_object_new_array();
	const struct jhcfg_diag *diag;

	for (size_t n = 0; array && (diag = jhcfg_diags_get(diags, n)); n++)
		json_object_array_add(array, diag_object(diag));
	return array;
}

int json_out_made(const char *input, const char *output,
		  const struct jhcfg_diags *diags)
{
	struct json_object *out = json_object_new_object();

	if (!out)
		return -ENOMEM;
	json_object_object_add(out, "input", json_object_new_string(input));
	json_object_object_add(out, "output", json_object_new_string(output));
	json_object_object_add(out, "findings", json_out_diags(diags));
	return json_out_print(stdout, out);
}
