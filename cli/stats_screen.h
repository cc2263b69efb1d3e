/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_STATS_SCREEN_H
#define CLI_STATS_SCREEN_H

#include "sysfs.h"

/* Shows the counters of a cell until q is pressed; -ENOENT when the cell has
 * gone. */
int stats_screen_run(const struct sysfs_cell *cell);

#endif
