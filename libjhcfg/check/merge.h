/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Joining memory regions that continue each other. */
#ifndef JHCFG_CHECK_MERGE_H
#define JHCFG_CHECK_MERGE_H

#include "check/view.h"

/*
 * Joins regions of @config, which is the cell's own and unchanged so far, that
 * have equal flags and continue each other at physical and guest addresses;
 * those of ivshmem devices, comm regions and parts of pages stay. *@merged is
 * how many vanished. -ENOMEM.
 */
int check_merge_regions(const struct check_cell *cell,
			struct jhcfg_config *config, size_t *merged);

#endif
