// SPDX-License-Identifier: LGPL-2.1-or-later
#include "check/overrides.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <json-c/json.h>

#include "model/private.h"

#define KEY "/severities"

static bool parse(const char *text, struct jhcfg_override *override)
{
	static const enum jhcfg_severity all[] = { JHCFG_ERROR, JHCFG_WARNING,
						   JHCFG_INFO };

	override->off = !strcmp(text, "off");
	for (size_t n = 0; n < sizeof(all) / sizeof(all[0]); n++) {
		if (strcmp(text, jhcfg_severity_name(all[n])) != 0)
			continue;
		override->severity = all[n];
		return true;
	}
	return override->off;
}

static int read_object(struct check_overrides *overrides,
		       struct json_object *object)
{
	size_t count = (size_t)json_object_object_length(object);

	overrides->project = calloc(count + 1, sizeof(*overrides->project));
	if (!overrides->project)
		return -ENOMEM;
	json_object_object_foreach(object, id, value)
	{
		struct jhcfg_override *row =
			&overrides->project[overrides->num_project];

		if (!json_object_is_type(value, json_type_string) ||
		    !jhcfg_rule_find(id) ||
		    !parse(json_object_get_string(value), row))
			continue;
		row->rule = jhcfg_rule_find(id)->id;
		overrides->num_project++;
	}
	return 0;
}

int check_overrides_read(struct check_overrides *overrides,
			 const struct jhcfg_config *system)
{
	const struct jhcfg_attrs *attrs = &system->system.attrs;
	struct json_object *object = NULL;
	int err = 0;

	for (size_t n = 0; n < attrs->count && !object; n++)
		if (!strcmp(attrs->items[n].key, KEY))
			object = json_tokener_parse(attrs->items[n].json);
	if (json_object_is_type(object, json_type_object))
		err = read_object(overrides, object);
	json_object_put(object);
	return err;
}

void check_overrides_clear(struct check_overrides *overrides)
{
	free(overrides->project);
}

/* The last row of the rule. */
static const struct jhcfg_override *find(const struct jhcfg_override *rows,
					 size_t count, const char *rule)
{
	while (count--)
		if (!strcasecmp(rows[count].rule, rule))
			return &rows[count];
	return NULL;
}

bool check_override(const struct check_overrides *overrides, const char *rule,
		    enum jhcfg_severity *severity)
{
	const struct jhcfg_override *row =
		find(overrides->options->overrides,
		     overrides->options->num_overrides, rule);

	if (!row)
		row = find(overrides->project, overrides->num_project, rule);
	if (!row)
		return true;
	if (row->off)
		return false;
	*severity = row->severity;
	return true;
}
