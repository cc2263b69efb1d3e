/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef JHCFG_TARGET_RECORDING_READ_H
#define JHCFG_TARGET_RECORDING_READ_H

#include <jhcfg/recording.h>

/* As jhcfg_recording_read(), of what is in memory and stays there; @path for
 * messages. */
int recording_parse(const char *path, const char *text, size_t size,
		    struct jhcfg_diags *diags,
		    struct jhcfg_recording **recording);

/* Has it show a moment: this goes on to it line by line, and begins anew if it
 * is before the one that is shown. -ENOMEM, or what read() said. */
int recording_show(struct jhcfg_recording *recording, size_t moment);

/*
 * What is shown holds until another moment is; the files are one array in the
 * order of paths.
 */
const struct jhcfg_tree_file *recording_find(
	const struct jhcfg_recording *recording, const char *path);
/* The next file below @prefix, a folder with the slash behind it or "", in the
 * order of paths; *@position is 0 at first. NULL: no further one. */
const struct jhcfg_tree_file *recording_next(
	const struct jhcfg_recording *recording, const char *prefix,
	size_t *position);
/* Another number whenever there are other text files than before, or they are
 * elsewhere in memory; never 0. */
uint64_t recording_shape(const struct jhcfg_recording *recording);

#endif
