// SPDX-License-Identifier: GPL-2.0-or-later
/* Baselines: { "$schema": ..., "findings": [ { "rule", "object" }, ... ] } */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include <jhcfg/file.h>

#include "check_report.h"
#include "output.h"

#define SCHEMA	 "jailhouse-workbench/baseline-1"
#define MAX_SIZE (16 * 1024 * 1024)

/* --- writing -------------------------------------------------------------- */

static struct json_object *entry_of(const struct jhcfg_finding *finding)
{
	struct json_object *entry = json_object_new_object();

	json_object_object_add(entry, "rule",
			       json_object_new_string(finding->rule->id));
	json_object_object_add(entry, "object",
			       json_object_new_string(finding->object));
	json_object_object_add(entry, "message",
			       json_object_new_string(finding->message));
	return entry;
}

int check_baseline_write(const struct check_report *report, const char *path)
{
	struct json_object *root = json_object_new_object();
	struct json_object *list = json_object_new_array();
	const struct jhcfg_finding *finding;
	const char *text;
	char *lines = NULL;
	int err = -ENOMEM;

	json_object_object_add(root, "$schema", json_object_new_string(SCHEMA));
	for (size_t n = 0; (finding = jhcfg_findings_at(report->findings, n));
	     n++)
		if (!finding->waived)
			json_object_array_add(list, entry_of(finding));
	json_object_object_add(root, "findings", list);
	text = json_object_to_json_string_ext(
		root, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
			      JSON_C_TO_STRING_NOSLASHESCAPE);
	if (text && asprintf(&lines, "%s\n", text) >= 0)
		err = jhcfg_file_write(path, lines, strlen(lines));
	if (err)
		output_errno(path, err);
	free(lines);
	json_object_put(root);
	return err;
}

/* --- reading -------------------------------------------------------------- */

struct entry {
	const char *rule, *object;
};

static int compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->rule, y->rule);

	return order ? order : strcmp(x->object, y->object);
}

static const char *text_of(struct json_object *object, const char *key)
{
	struct json_object *value;

	if (!json_object_object_get_ex(object, key, &value) ||
	    !json_object_is_type(value, json_type_string))
		return "";
	return json_object_get_string(value);
}

/* Texts belong to the list. */
static int mark(struct check_report *report, struct json_object *list)
{
	size_t count = json_object_array_length(list);
	struct entry *entries = calloc(count + 1, sizeof(*entries));
	const struct jhcfg_finding *finding;

	if (!entries)
		return -ENOMEM;
	for (size_t n = 0; n < count; n++) {
		struct json_object *item = json_object_array_get_idx(list, n);

		entries[n].rule = text_of(item, "rule");
		entries[n].object = text_of(item, "object");
	}
	qsort(entries, count, sizeof(*entries), compare);
	for (size_t n = 0; (finding = jhcfg_findings_at(report->findings, n));
	     n++) {
		const struct entry wanted = { finding->rule->id,
					      finding->object };

		report->known[n] = bsearch(&wanted, entries, count,
					   sizeof(*entries), compare);
	}
	free(entries);
	return 0;
}

int check_baseline_read(struct check_report *report, const char *path)
{
	struct json_object *root = NULL, *list = NULL;
	void *text;
	size_t size;
	int err = jhcfg_file_read(path, MAX_SIZE, &text, &size);

	if (err) {
		output_errno(path, err);
		return err;
	}
	/* a NUL follows the last byte */
	root = json_tokener_parse(text);
	free(text);
	if (json_object_is_type(root, json_type_object))
		json_object_object_get_ex(root, "findings", &list);
	if (!json_object_is_type(list, json_type_array)) {
		output_error("%s: this is no baseline; write one with "
			     "--write-baseline",
			     path);
		err = -EINVAL;
	} else {
		err = mark(report, list);
		if (err)
			output_errno(path, err);
	}
	json_object_put(root);
	return err;
}
