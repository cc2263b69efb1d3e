// SPDX-License-Identifier: LGPL-2.1-or-later
#include "model/files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct jhcfg_files *jhcfg_files_new(void)
{
	struct jhcfg_files *files = calloc(1, sizeof(*files));

	if (files)
		files->references = 1;
	return files;
}

struct jhcfg_files *jhcfg_files_ref(struct jhcfg_files *files)
{
	files->references++;
	return files;
}

void jhcfg_files_free(struct jhcfg_files *files)
{
	if (!files || --files->references)
		return;
	for (size_t n = 0; n < files->num_cells; n++)
		free(files->cells[n].name);
	free(files->cells);
	free(files->board);
	free(files);
}

static struct jhcfg_cell_file *find(const struct jhcfg_files *files,
				    uint32_t key)
{
	for (size_t n = 0; n < files->num_cells; n++)
		if (files->cells[n].key == key)
			return &files->cells[n];
	return NULL;
}

int jhcfg_files_set(struct jhcfg_files *files, uint32_t key, const char *name)
{
	struct jhcfg_cell_file *cell = find(files, key), *cells;
	char *copy = strdup(name);

	if (!copy)
		return -ENOMEM;
	if (cell) {
		free(cell->name);
		cell->name = copy;
		return 0;
	}
	cells = reallocarray(files->cells, files->num_cells + 1,
			     sizeof(*cells));
	if (!cells) {
		free(copy);
		return -ENOMEM;
	}
	files->cells = cells;
	cells[files->num_cells].key = key;
	cells[files->num_cells++].name = copy;
	return 0;
}

const char *jhcfg_files_name(const struct jhcfg_files *files, uint32_t key)
{
	const struct jhcfg_cell_file *cell = find(files, key);

	return cell ? cell->name : NULL;
}
