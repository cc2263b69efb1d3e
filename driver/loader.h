/* SPDX-License-Identifier: GPL-2.0-only */
/* Images of cells */
#ifndef JH_LOADER_H
#define JH_LOADER_H

#include <jailhouse/driver.h>

struct jh_cell;

/*
 * Copies one image from user space into the memory of a cell in loadable
 * state. Needs jh.lock. A killed process leaves it half done: -EINTR.
 */
int jh_load_image(const struct jh_cell *cell,
		  const struct jailhouse_preload_image *image);

/* To be called after the last image, successful or not. */
void jh_load_finish(void);

#endif
