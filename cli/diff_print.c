// SPDX-License-Identifier: GPL-2.0-or-later
#include "diff_print.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "json_out.h"

static void add_text(struct json_object *object, const char *key,
		     const char *text)
{
	if (*text)
		json_object_object_add(object, key,
				       json_object_new_string(text));
}

static struct json_object *make_object(const struct jhcfg_change *change)
{
	struct json_object *object = json_object_new_object();

	add_text(object, "kind", jhcfg_change_name(change->kind));
	add_text(object, "where", change->where);
	add_text(object, "object", change->object);
	add_text(object, "member", change->member);
	add_text(object, "a", change->a);
	add_text(object, "b", change->b);
	return object;
}

static int print_json(const struct jhcfg_diff *diff,
		      const struct diff_more *more)
{
	struct json_object *out = json_object_new_object();
	struct json_object *changes = json_object_new_array();
	const struct jhcfg_change *change;

	for (size_t n = 0; (change = jhcfg_diff_change(diff, n)); n++)
		json_object_array_add(changes, make_object(change));
	for (size_t n = 0; more && n < more->count; n++)
		json_object_array_add(changes, make_object(&more->changes[n]));
	json_object_object_add(
		out, "equal",
		json_object_new_boolean(!json_object_array_length(changes)));
	json_object_object_add(out, "changes", changes);
	return json_out_print(stdout, out);
}

static int print_text(const struct jhcfg_diff *diff,
		      const struct diff_more *more)
{
	char *text = jhcfg_diff_text(diff);

	if (!text)
		return -ENOMEM;
	fputs(text, stdout);
	free(text);
	for (size_t n = 0; more && n < more->count; n++) {
		const struct jhcfg_change *change = &more->changes[n];

		printf("%c %s: %s%s%s\n", "+-~"[change->kind], change -> where,
		       change -> a, *change -> a && * change -> b ? " -> " : "",
		       change->b);
	}
	return 0;
}

int diff_print(const struct jhcfg_diff *diff, const struct diff_more *more,
	       bool as_json)
{
	return as_json ? print_json(diff, more) : print_text(diff, more);
}
