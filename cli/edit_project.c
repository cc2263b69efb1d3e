// SPDX-License-Identifier: GPL-2.0-or-later
/* Changes of "config edit" that are about no configuration: scenarios, and
 * findings that somebody accepts. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/check.h>

#include "edit_steps.h"
#include "output.h"

static int begin(struct edit *edit, const char *name)
{
	int err = jhcfg_workspace_begin(edit->workspace, name);

	if (err)
		output_errno(edit->file, err);
	return err;
}

/* --- scenarios -------------------------------------------------------------
 */

/* NULL: there is none of this name. */
static const struct jhcfg_scenario *find(const struct edit *edit,
					 const char *name)
{
	size_t count = jhcfg_workspace_num_scenarios(edit->workspace);

	for (size_t n = 0; n < count; n++) {
		const struct jhcfg_scenario *scenario =
			jhcfg_workspace_scenario(edit->workspace, n);

		if (!strcmp(scenario->name, name))
			return scenario;
	}
	return NULL;
}

static int no_scenario(const struct edit *edit, const char *name)
{
	output_error("%s: there is no scenario \"%s\"", edit->file, name);
	output_hint("\"scenarios\" of the project has their names");
	return -ENOENT;
}

/* Ascending, as scenarios have their cells. */
static void insert(uint32_t *cells, size_t *count, uint32_t key)
{
	size_t n = *count;

	for (; n > 0 && cells[n - 1] > key; n--)
		cells[n] = cells[n - 1];
	cells[n] = key;
	++*count;
}

/* Sets its cells to the old ones without @key, and with it if @with. */
static int change(struct edit *edit, const char *name, uint32_t key, bool with)
{
	const struct jhcfg_scenario *old = find(edit, name);
	size_t count = old ? old->num_cells : 0, num = 0;
	uint32_t *cells = calloc(count + 1, sizeof(*cells));
	struct jhcfg_scenario scenario = { .name = name, .cells = cells };
	int err = cells ? 0 : -ENOMEM;

	for (size_t n = 0; n < count && !err; n++)
		if (old->cells[n] != key)
			cells[num++] = old->cells[n];
	if (!err && with)
		insert(cells, &num, key);
	scenario.num_cells = num;
	if (err)
		output_errno(edit->file, err);
	else
		err = begin(edit, "Change scenario");
	if (!err)
		err = edit_end(edit, jhcfg_workspace_set_scenario(
					     edit->workspace, &scenario));
	free(cells);
	return err;
}

/* A cell other than the root, which is part of all scenarios. */
static uint32_t find_guest(const struct edit *edit, const char *name)
{
	uint32_t key = edit_find_cell(edit, name);

	if (key == JHCFG_ROOT_KEY)
		output_error("%s: the root cell is part of all scenarios",
			     edit->file);
	return key == JHCFG_ROOT_KEY ? 0 : key;
}

int edit_add_to_scenario(struct edit *edit, char **arguments)
{
	uint32_t key = find_guest(edit, arguments[1]);

	if (!*arguments[0]) {
		output_error("%s: a scenario needs a name", edit->file);
		return -EINVAL;
	}
	return key ? change(edit, arguments[0], key, true) : -EINVAL;
}

int edit_remove_from_scenario(struct edit *edit, char **arguments)
{
	const struct jhcfg_scenario *scenario = find(edit, arguments[0]);
	uint32_t key = find_guest(edit, arguments[1]);
	size_t n = 0;

	if (!key)
		return -EINVAL;
	if (!scenario)
		return no_scenario(edit, arguments[0]);
	while (n < scenario->num_cells && scenario->cells[n] != key)
		n++;
	if (n < scenario->num_cells)
		return change(edit, arguments[0], key, false);
	output_error("%s: cell \"%s\" is not in scenario \"%s\"", edit->file,
		     arguments[1], arguments[0]);
	return -ENOENT;
}

int edit_remove_scenario(struct edit *edit, char **arguments)
{
	const struct jhcfg_scenario none = { .name = arguments[0] };
	int err;

	if (!find(edit, arguments[0]))
		return no_scenario(edit, arguments[0]);
	err = begin(edit, "Remove scenario");
	return err ? err
		   : edit_end(edit, jhcfg_workspace_set_scenario(
					    edit->workspace, &none));
}

/* --- waivers -----------------------------------------------------------------
 */

/* Rules are known by their ids, whatever case somebody writes. */
static const struct jhcfg_rule *find_rule(const struct edit *edit,
					  const char *id)
{
	const struct jhcfg_rule *rule = jhcfg_rule_find(id);

	if (!rule) {
		output_error("%s: there is no rule \"%s\"", edit->file, id);
		output_hint("\"jailhouse explain\" lists them");
	}
	return rule;
}

/* In a project, no object means all of them. */
static const char *object_of(const char *word)
{
	return strcmp(word, "all") != 0 ? word : "";
}

static int set_waiver(struct edit *edit, const char *name,
		      const struct jhcfg_waiver *waiver)
{
	int err = begin(edit, name);

	return err ? err
		   : edit_end(edit, jhcfg_workspace_set_waiver(edit->workspace,
							       waiver));
}

int edit_waive(struct edit *edit, char **arguments)
{
	const struct jhcfg_rule *rule = find_rule(edit, arguments[0]);
	struct jhcfg_waiver waiver = {
		.object = object_of(arguments[1]),
		.reason = arguments[2],
	};

	if (!rule)
		return -ENOENT;
	if (!*waiver.reason) {
		output_error("%s: say why %s is accepted", edit->file,
			     rule->id);
		return -EINVAL;
	}
	waiver.rule = rule->id;
	return set_waiver(edit, "Waive", &waiver);
}

int edit_unwaive(struct edit *edit, char **arguments)
{
	const struct jhcfg_rule *rule = find_rule(edit, arguments[0]);
	const char *object = object_of(arguments[1]);
	size_t count = jhcfg_workspace_num_waivers(edit->workspace);

	for (size_t n = 0; rule && n < count; n++) {
		const struct jhcfg_waiver *old =
			jhcfg_workspace_waiver(edit->workspace, n);
		const struct jhcfg_waiver none = { old->rule, object, NULL };

		if (!strcasecmp(old->rule, rule->id) &&
		    !strcmp(old->object, object))
			return set_waiver(edit, "No longer waive", &none);
	}
	if (rule)
		output_error("%s: %s is not accepted there", edit->file,
			     rule->id);
	return -ENOENT;
}
