// SPDX-License-Identifier: GPL-2.0-or-later
#include "sysfs.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paths.h"

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

static int read_attr(const char *id, const char *attr, char **value)
{
	return paths_read_line(value, PATHS_SYSFS "/cells/%s/%s", id, attr);
}

static int read_cell(const char *id, struct sysfs_cell *cell)
{
	int err;

	*cell = (struct sysfs_cell){ 0 };
	snprintf(cell->id, sizeof(cell->id), "%.15s", id);
	err = read_attr(id, "name", &cell->name);
	if (!err)
		err = read_attr(id, "state", &cell->state);
	if (!err)
		err = read_attr(id, "cpus_assigned_list", &cell->cpus_assigned);
	if (!err)
		err = read_attr(id, "cpus_failed_list", &cell->cpus_failed);
	if (err)
		clear_cell(cell);
	return err;
}

static int is_cell_directory(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return length < 16 && strspn(entry->d_name, "0123456789") == length;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int scan_cells(struct dirent ***entries)
{
	char *path = paths_make(PATHS_SYSFS "/cells");
	int count;

	if (!path)
		return -ENOMEM;
	count = scandir(path, entries, is_cell_directory, by_name);
	if (count < 0)
		count = errno == ENOENT ? 0 : -errno;
	free(path);
	return count;
}

/* A cell may have gone since the directory was read. */
static bool is_gone(int err)
{
	return err == -ENOENT || err == -ENODEV;
}

static int read_entries(struct dirent **entries, int num_entries,
			struct sysfs_cell *cells, size_t *count)
{
	size_t done = 0;

	for (int n = 0; n < num_entries; n++) {
		int err = read_cell(entries[n]->d_name, &cells[done]);

		if (!err) {
			done++;
		} else if (!is_gone(err)) {
			*count = done;
			return err;
		}
	}
	*count = done;
	return 0;
}

int sysfs_read_cells(struct sysfs_cell **cells, size_t *count)
{
	struct dirent **entries = NULL;
	struct sysfs_cell *result;
	int num_entries, err = -ENOMEM;
	size_t done = 0;

	num_entries = scan_cells(&entries);
	if (num_entries < 0)
		return num_entries;
	/* calloc() of nothing may be NULL */
	result = calloc((size_t)num_entries + 1, sizeof(*result));
	if (result)
		err = read_entries(entries, num_entries, result, &done);
	for (int n = 0; n < num_entries; n++)
		free(entries[n]);
	free(entries);

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
