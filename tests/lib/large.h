/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Systems of any size in which nothing is wrong, to see what size costs. */
#ifndef TESTS_LARGE_H
#define TESTS_LARGE_H

#include <jhcfg/workspace.h>

#define LARGE_REGIONS 64U /* of each cell, and of the root */
#define LARGE_CPUS    4U  /* of each cell, and of the root */
#define LARGE_IRQS    15U /* of each cell, each of one device */

/* A system with @cells cells beside the root, for a board that has a device for
 * each of their regions; NULL if it cannot be made. The caller frees it. */
struct jhcfg_workspace *large_system(unsigned int cells);

/* The configuration of a root cell with that many regions; the same. */
struct jhcfg_config *large_root(unsigned int regions);

#endif
