/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef JHCFG_TARGET_RECORDING_READ_H
#define JHCFG_TARGET_RECORDING_READ_H

#include <jhcfg/recording.h>

/* As jhcfg_recording_read(), of what is in memory; @path for messages. */
int recording_parse(const char *path, const char *text, size_t size,
		    struct jhcfg_diags *diags,
		    struct jhcfg_recording **recording);

/* The next file whose path begins with @prefix, in the order of paths;
 * *@position is 0 at first. NULL: no further one. */
const struct jhcfg_tree_file *recording_next(
	const struct jhcfg_recording *recording, size_t moment,
	const char *prefix, size_t *position);

#endif
