/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_CELLS_PRINT_H
#define CLI_CELLS_PRINT_H

#include <stdio.h>

#include "sysfs.h"

/* The established columns; a header only if there are cells. */
void cells_print_table(FILE *out, const struct sysfs_cell *cells, size_t count);

/* An array of {"id", "name", "state", "cpus_assigned", "cpus_failed"}, CPUs
 * as arrays of numbers. -ENOMEM. */
int cells_print_json(FILE *out, const struct sysfs_cell *cells, size_t count);

#endif
