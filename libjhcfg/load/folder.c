// SPDX-License-Identifier: LGPL-2.1-or-later
#include "load/load.h"

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "model/workspace.h"

int load_find_folder(const struct jhcfg_workspace *workspace, char **folder)
{
	char *path, *made;

	*folder = NULL;
	if (!workspace->path)
		return 0;
	path = strdup(workspace->path);
	made = path ? strdup(dirname(path)) : NULL;
	free(path);
	*folder = made;
	return made ? 0 : -ENOMEM;
}
