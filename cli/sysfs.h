/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cells as the driver shows them in sysfs. */
#ifndef CLI_SYSFS_H
#define CLI_SYSFS_H

#include <stddef.h>

struct sysfs_cell {
	char id[16]; /* the directory's name */
	char *name;
	char *state;
	char *cpus_assigned; /* list format: "0-1,3" */
	char *cpus_failed;
};

/*
 * Reads all cells in string order of their ids: an array of *@count entries.
 * No driver, or nothing enabled: none. A cell that goes away meanwhile is left
 * out. -errno for anything else.
 */
int sysfs_read_cells(struct sysfs_cell **cells, size_t *count);
void sysfs_free_cells(struct sysfs_cell *cells, size_t count);

/* The cell with number @id, or with @name if @id is negative; -ENOENT. */
int sysfs_find_cell(int id, const char *name, struct sysfs_cell **cell);
void sysfs_free_cell(struct sysfs_cell *cell);

#endif
