/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Binary configurations: the .cell files that driver and hypervisor read. */
#ifndef JHCFG_CODEC_H
#define JHCFG_CODEC_H

#include <jhcfg/diag.h>
#include <jhcfg/model.h>

/* A configuration that is longer than this is none. */
#define JHCFG_CELL_FILE_MAX (16 * 1024 * 1024)

/*
 * Writes @config in revision 14. On success *@data is a new buffer of *@size
 * bytes that the caller frees.
 * -EINVAL: the format cannot hold it (see the diagnostics); -ENOMEM.
 */
JHCFG_API int jhcfg_codec_encode(const struct jhcfg_config *config,
				 struct jhcfg_diags *diags, void **data,
				 size_t *size);

/*
 * Reads @size bytes of a system or cell configuration of revision 14. On
 * success *@config is a new object that the caller frees.
 * -EINVAL: not one, or it does not fit its own counts; -ENOMEM.
 */
JHCFG_API int jhcfg_codec_decode(const void *data, size_t size,
				 struct jhcfg_diags *diags,
				 struct jhcfg_config **config);

#endif
