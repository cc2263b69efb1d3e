/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a cell starts with: communication region, entry, images. */
#ifndef JHCFG_CHECK_BOOT_H
#define JHCFG_CHECK_BOOT_H

#include "check/rule.h"

/* Images of a cell, in the order of the options. */
const struct jhcfg_image *boot_next_image(const struct check *check,
					  const struct check_cell *cell,
					  size_t *position);
/* The first of its kind; NULL: none. */
const struct jhcfg_image *boot_image(const struct check *check,
				     const struct check_cell *cell,
				     enum jhcfg_image_kind kind);

/* Makes a region of the finding's cell as large as @size (rounded up to whole
 * pages), if nobody is in the way; says why not. */
int fix_grow(const struct fix *fix, size_t index, uint64_t size);

/* B01 */
void check_comm(struct check *check, const struct check_cell *cell);
int fix_comm(struct fix *fix);
/* B03, B04 */
void check_images_fit(struct check *check, const struct check_cell *cell);
int fix_images_fit(struct fix *fix);
void check_linux_fits(struct check *check, const struct check_cell *cell);
int fix_linux_fits(struct fix *fix);
/* B08 */
void check_image_kinds(struct check *check, const struct check_cell *cell);
int fix_image_kinds(struct fix *fix);
/* B09, B10 */
void check_guest_config(struct check *check, const struct check_cell *cell);
void check_guest_options(struct check *check, const struct check_cell *cell);

#endif
