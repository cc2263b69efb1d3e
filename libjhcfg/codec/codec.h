/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the codec share. */
#ifndef JHCFG_CODEC_CODEC_H
#define JHCFG_CODEC_CODEC_H

#include "codec/dialect.h"

#define CODEC_OBJECT_SIZE (JHCFG_NAME_SIZE + 16)

/* `system "name"` or `cell "name"`, for diagnostics. */
void codec_object_name(const struct jhcfg_config *config,
		       char object[CODEC_OBJECT_SIZE]);

/*
 * Writes @config without judging it: -EINVAL if it is longer than
 * JHCFG_CELL_FILE_MAX, -ENOMEM.
 */
int codec_encode(const struct codec_dialect *dialect,
		 const struct jhcfg_config *config, void **data, size_t *size);

#endif
