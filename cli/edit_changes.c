// SPDX-License-Identifier: GPL-2.0-or-later
#include "edit_changes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A list of named values on one side: scenarios, or waivers. */
struct kind {
	size_t (*count)(const struct jhcfg_workspace *workspace);
	/* New strings, NULL without memory. */
	char *(*name)(const struct jhcfg_workspace *workspace, size_t index);
	char *(*value)(const struct jhcfg_workspace *workspace, size_t index);
};

/* --- scenarios ---------------------------------------------------------------
 */

static char *scenario_name(const struct jhcfg_workspace *workspace, size_t n)
{
	char *name;

	return asprintf(&name, "scenario %s",
			jhcfg_workspace_scenario(workspace, n)->name) < 0
		       ? NULL
		       : name;
}

static char *scenario_cells(const struct jhcfg_workspace *workspace, size_t n)
{
	const struct jhcfg_scenario *scenario =
		jhcfg_workspace_scenario(workspace, n);
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	for (size_t i = 0; i < scenario->num_cells; i++) {
		const struct jhcfg_config *config =
			jhcfg_workspace_cell(workspace, scenario->cells[i]);

		fprintf(out, "%s%s", i ? ", " : "",
			config ? jhcfg_cell_name(jhcfg_config_cell(config))
			       : "?");
	}
	if (fclose(out)) {
		free(text);
		return NULL;
	}
	return text;
}

/* --- waivers -----------------------------------------------------------------
 */

static char *waiver_name(const struct jhcfg_workspace *workspace, size_t n)
{
	const struct jhcfg_waiver *waiver =
		jhcfg_workspace_waiver(workspace, n);
	const char *object = *waiver->object ? waiver->object : "all";
	char *name;

	return asprintf(&name, "waiver %s of %s", waiver->rule, object) < 0
		       ? NULL
		       : name;
}

static char *waiver_reason(const struct jhcfg_workspace *workspace, size_t n)
{
	return strdup(jhcfg_workspace_waiver(workspace, n)->reason);
}

/* --- both --------------------------------------------------------------------
 */

static const struct kind kinds[] = {
	{ jhcfg_workspace_num_scenarios, scenario_name, scenario_cells },
	{ jhcfg_workspace_num_waivers, waiver_name, waiver_reason },
};

/* The value of that name on a side, a new string; "" if there is none. */
static char *value_of(const struct kind *kind,
		      const struct jhcfg_workspace *side, const char *wanted,
		      bool *is_there)
{
	*is_there = false;
	for (size_t n = 0; n < kind->count(side) && !*is_there; n++) {
		char *name = kind->name(side, n);

		if (!name)
			return NULL;
		*is_there = !strcmp(name, wanted);
		free(name);
		if (*is_there)
			return kind->value(side, n);
	}
	return strdup("");
}

/* Takes over the strings. */
static int add(struct diff_more *more, const struct jhcfg_change *change)
{
	struct jhcfg_change *grown =
		reallocarray(more->changes, more->count + 1, sizeof(*grown));

	if (grown)
		more->changes = grown;
	if (!grown || !change->where || !change->a || !change->b) {
		free((char *)(uintptr_t)change->where);
		free((char *)(uintptr_t)change->a);
		free((char *)(uintptr_t)change->b);
		return -ENOMEM;
	}
	grown[more->count++] = *change;
	return 0;
}

/* What became of number @n of one side on the other one. */
static int compare(const struct kind *kind, const struct jhcfg_workspace *side,
		   size_t n, const struct jhcfg_workspace *other, bool is_after,
		   struct diff_more *more)
{
	char *name = kind->name(side, n), *value = kind->value(side, n);
	bool is_there = false;
	char *others = name ? value_of(kind, other, name, &is_there) : NULL;
	struct jhcfg_change change = {
		.kind = is_there   ? JHCFG_CHANGED
			: is_after ? JHCFG_ADDED
				   : JHCFG_REMOVED,
		.where = name,
		.object = "",
		.member = "",
		.a = is_after ? others : value,
		.b = is_after ? value : others,
	};

	/* what is on both sides is told once */
	if (name && value && others && is_there &&
	    (is_after || !strcmp(value, others))) {
		free(name);
		free(value);
		free(others);
		return 0;
	}
	return add(more, &change);
}

int edit_changes_find(const struct jhcfg_workspace *before,
		      const struct jhcfg_workspace *after,
		      struct diff_more *more)
{
	int err = 0;

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		const struct kind *kind = &kinds[k];

		for (size_t n = 0; n < kind->count(before) && !err; n++)
			err = compare(kind, before, n, after, false, more);
		for (size_t n = 0; n < kind->count(after) && !err; n++)
			err = compare(kind, after, n, before, true, more);
	}
	return err;
}

void edit_changes_clear(struct diff_more *more)
{
	for (size_t n = 0; n < more->count; n++) {
		free((char *)(uintptr_t)more->changes[n].where);
		free((char *)(uintptr_t)more->changes[n].a);
		free((char *)(uintptr_t)more->changes[n].b);
	}
	free(more->changes);
}
