/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Sources: whatever says what a machine has, or how it is to be divided. What
 * a file or directory is, is told by its content.
 */
#ifndef JHCFG_SOURCE_H
#define JHCFG_SOURCE_H

#include <jhcfg/board.h>
#include <jhcfg/c_form.h>
#include <jhcfg/codec.h>
#include <jhcfg/diag.h>
#include <jhcfg/model.h>

/* A source that is longer than this is none. */
#define JHCFG_SOURCE_MAX (64 * 1024 * 1024)

struct jhcfg_source_options {
	const char *const *overlays; /* for device trees, in their order */
	size_t num_overlays;
	/* for binary configurations; NULL: what they look like */
	const struct jhcfg_decode_options *decode;
	const struct jhcfg_c_options *c; /* for C sources; may be NULL */
};

struct jhcfg_source {
	const char *words;	     /* "a device tree", a constant */
	struct jhcfg_board *board;   /* NULL: it says nothing of hardware */
	struct jhcfg_config *config; /* NULL: it configures nothing */
	/* of a configuration that is not in the project form */
	const struct jhcfg_dialect *dialect;
};

/*
 * Reads @path, @options may be NULL:
 *   a device tree (.dtb, .dts, /sys/firmware/fdt)
 *   a directory with proc/ and sys/, "/" for this machine
 *   an archive of such, as "jailhouse config collect" makes it
 *   a binary configuration of any dialect
 *   one as C source, or as the object file that a compiler made of it
 *   a system, cell or board in the project form
 * On success, board or config or both are new; jhcfg_source_clear() frees
 * them. -EINVAL: it is none of these, or damaged; -ENOTSUP: nothing reads such
 * a source here; -ENOMEM; or what opening it said. @diags has it in words.
 */
JHCFG_API int jhcfg_source_read(const char *path,
				const struct jhcfg_source_options *options,
				struct jhcfg_diags *diags,
				struct jhcfg_source *source);
JHCFG_API void jhcfg_source_clear(struct jhcfg_source *source);

#endif
