/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counters as sysfs has them. */
#ifndef CLI_STATS_READ_H
#define CLI_STATS_READ_H

#include "stats.h"

/*
 * Reads the counters of the cell in directory @id, of CPU @cpu or of all if
 * that is -1, sorted by name. -ENOENT: the cell, or the CPU in it, is gone.
 */
int stats_read(const char *id, int cpu, struct stats_sample *sample);
void stats_clear(struct stats_sample *sample);

/* The CPUs of the cell, ascending, in a new array that the caller frees. */
int stats_read_cpus(const char *id, int **cpus, size_t *count);

#endif
