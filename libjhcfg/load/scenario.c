// SPDX-License-Identifier: LGPL-2.1-or-later
#include "load/load.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

const struct jhcfg_scenario *load_find_scenario(
	const struct jhcfg_workspace *workspace, const char *name)
{
	const struct jhcfg_scenario *scenario;

	for (size_t n = 0; n < jhcfg_workspace_num_scenarios(workspace); n++) {
		scenario = jhcfg_workspace_scenario(workspace, n);
		if (!strcmp(scenario->name, name))
			return scenario;
	}
	return NULL;
}

static int refuse(const struct jhcfg_workspace *workspace, const char *name,
		  struct jhcfg_diags *diags)
{
	size_t count = jhcfg_workspace_num_scenarios(workspace);
	char hint[512] = "the project has ";

	if (!count)
		strcpy(hint, "the project has none");
	for (size_t n = 0; n < count; n++) {
		size_t used = strlen(hint);

		snprintf(hint + used, sizeof(hint) - used, "%s%s",
			 n ? ", " : "",
			 jhcfg_workspace_scenario(workspace, n)->name);
	}
	if (name)
		jhcfg_diags_add(diags, JHCFG_ERROR, "", "scenario", "", hint,
				"there is no scenario \"%s\"", name);
	else
		jhcfg_diags_add(diags, JHCFG_ERROR, "", "scenario", "", hint,
				"which of the scenarios is to run?");
	return -ENOENT;
}

int load_choose_scenario(const struct jhcfg_workspace *workspace,
			 const char *name, struct jhcfg_diags *diags,
			 const struct jhcfg_scenario **scenario)
{
	size_t count = jhcfg_workspace_num_scenarios(workspace);
	const struct jhcfg_scenario *found = NULL;

	/* one that stands alone need not be named */
	if (name)
		found = load_find_scenario(workspace, name);
	else if (count == 1)
		found = jhcfg_workspace_scenario(workspace, 0);
	if (!found && (name || count))
		return refuse(workspace, name, diags);
	*scenario = found;
	return 0;
}

bool load_is_chosen(const struct jhcfg_scenario *scenario, uint32_t key)
{
	if (key == JHCFG_ROOT_KEY)
		return false;
	if (!scenario)
		return true;
	for (size_t n = 0; n < scenario->num_cells; n++)
		if (scenario->cells[n] == key)
			return true;
	return false;
}
