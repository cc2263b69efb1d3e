// SPDX-License-Identifier: GPL-2.0-or-later
#include "sysfs.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paths.h"
#include "target.h"

/* Of all cells what the list shows. */
static const struct jhcfg_tree_request request = {
	.paths = (const char *const[]){ PATHS_SYSFS "/cells", NULL },
	.skip = (const char *const[]){ "statistics", "config", "console",
				       NULL },
	.depth = 2,
	.max = 4 << 20,
};

static void clear_cell(struct sysfs_cell *cell)
{
	free(cell->name);
	free(cell->state);
	free(cell->cpus_assigned);
	free(cell->cpus_failed);
}

void sysfs_free_cells(struct sysfs_cell *cells, size_t count)
{
	for (size_t n = 0; n < count; n++)
		clear_cell(&cells[n]);
	free(cells);
}

void sysfs_free_cell(struct sysfs_cell *cell)
{
	if (cell)
		sysfs_free_cells(cell, 1);
}

/* The first line of an attribute; -ENOENT: the cell is gone meanwhile. */
static int take(const struct jhcfg_tree *tree, const char *id, const char *attr,
		char **value)
{
	const struct jhcfg_tree_file *file;
	char path[96];

	snprintf(path, sizeof(path), PATHS_SYSFS "/cells/%s/%s", id, attr);
	file = jhcfg_tree_find(tree, path);
	if (!file)
		return -ENOENT;
	*value = strndup(file->text, strcspn(file->text, "\n"));
	return *value ? 0 : -ENOMEM;
}

static int take_cell(const struct jhcfg_tree *tree, const char *id,
		     struct sysfs_cell *cell)
{
	int err;

	*cell = (struct sysfs_cell){ 0 };
	snprintf(cell->id, sizeof(cell->id), "%.15s", id);
	err = take(tree, id, "name", &cell->name);
	if (!err)
		err = take(tree, id, "state", &cell->state);
	if (!err)
		err = take(tree, id, "cpus_assigned_list",
			   &cell->cpus_assigned);
	if (!err)
		err = take(tree, id, "cpus_failed_list", &cell->cpus_failed);
	if (err)
		clear_cell(cell);
	return err;
}

/* The id if this is the name of a cell: "…/cells/ID/name". */
static bool is_name(const struct jhcfg_tree_file *file, char id[16])
{
	static const char cells[] = PATHS_SYSFS "/cells/";
	const char *rest = file->folder + strlen(cells);
	size_t length;

	if (strncmp(file->folder, cells, strlen(cells)) ||
	    strcmp(file->name, "name"))
		return false;
	length = strspn(rest, "0123456789");
	if (!length || length > 15 || strcmp(rest + length, "/"))
		return false;
	memcpy(id, rest, length);
	id[length] = '\0';
	return true;
}

static int take_cells(const struct jhcfg_tree *tree, struct sysfs_cell *cells,
		      size_t *count)
{
	const struct jhcfg_tree_file *file;
	char id[16];
	int err = 0;

	for (size_t n = 0; !err && (file = jhcfg_tree_at(tree, n)); n++) {
		if (!is_name(file, id))
			continue;
		err = take_cell(tree, id, &cells[*count]);
		*count += !err;
		if (err == -ENOENT)
			err = 0;
	}
	return err;
}

int sysfs_read_cells(struct sysfs_cell **cells, size_t *count)
{
	struct jhcfg_target *target = target_get();
	struct sysfs_cell *result;
	struct jhcfg_tree *tree;
	size_t done = 0;
	int err;

	if (!target)
		return -ENOTCONN;
	err = jhcfg_target_read_tree(target, &request, &tree);
	if (err)
		return err;
	/* calloc() of nothing may be NULL */
	result = calloc(jhcfg_tree_count(tree) + 1, sizeof(*result));
	err = result ? take_cells(tree, result, &done) : -ENOMEM;
	jhcfg_tree_free(tree);
	if (err) {
		sysfs_free_cells(result, done);
		return err;
	}
	*cells = result;
	*count = done;
	return 0;
}

static bool is_wanted(const struct sysfs_cell *cell, int id, const char *name)
{
	return id >= 0 ? atoi(cell->id) == id : !strcmp(cell->name, name);
}

int sysfs_find_cell(int id, const char *name, struct sysfs_cell **cell)
{
	struct sysfs_cell *cells, *found = NULL;
	size_t count;
	int err;

	err = sysfs_read_cells(&cells, &count);
	if (err)
		return err;
	for (size_t n = 0; n < count && !found; n++) {
		if (!is_wanted(&cells[n], id, name))
			continue;
		found = malloc(sizeof(*found));
		if (!found) {
			err = -ENOMEM;
			break;
		}
		*found = cells[n];
		cells[n] = (struct sysfs_cell){ 0 };
	}
	sysfs_free_cells(cells, count);
	if (!err && !found)
		err = -ENOENT;
	if (!err)
		*cell = found;
	return err;
}
