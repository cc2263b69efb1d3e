/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A project as a folder of files: what targets, boot loaders and people need
 * of it, and a script that brings its cells up with nothing else at hand.
 *
 *	NAME.cell, NAME.c	each configuration
 *	NAME.dtb, NAME.dts	the device tree of each cell for Linux
 *	jailhouse-overlay.dtbo, .dts	what the root's device tree needs
 *	cmdline.txt		what the root's kernel command line needs
 *	report.md		who owns what, and what rules say
 *	launch.sh		"launch.sh start|stop|status|check [SCENARIO]"
 *	SHA256SUMS		all of these, and the images that are loaded
 */
#ifndef JHCFG_EXPORT_H
#define JHCFG_EXPORT_H

#include <stdbool.h>
#include <stddef.h>

#include <jhcfg/codec.h>
#include <jhcfg/emit.h>

#define JHCFG_EXPORT_CELLS	  0x01U /* configurations as .cell */
#define JHCFG_EXPORT_SOURCES	  0x02U /* and as .c */
#define JHCFG_EXPORT_TREES	  0x04U /* device trees of cells */
#define JHCFG_EXPORT_OVERLAY	  0x08U /* of the root's */
#define JHCFG_EXPORT_COMMAND_LINE 0x10U
#define JHCFG_EXPORT_REPORT	  0x20U
/* images, launch script and sums; needs the cells */
#define JHCFG_EXPORT_LAUNCH 0x40U
#define JHCFG_EXPORT_ALL    0x7fU

struct jhcfg_export_options {
	unsigned int parts; /* 0: all */
	struct jhcfg_encode_options encode;
	/* the board's tree; command line of Linux cells without a kernel */
	struct jhcfg_tree_options tree;
	/* what the script starts if it is not told; NULL: the only one */
	const char *scenario;
	/* images beside those of the project, see jhcfg/deploy.h */
	const char *folder;
	const struct jhcfg_image *images;
	size_t num_images;
	/* in spite of errors that rules find; judged with the launch script */
	bool force;
	/* also files that no earlier export left there, or that were changed
	 * since: without it they are in the way */
	bool replace;
};

/* Names of the files, in the order in which they were made. */
struct jhcfg_exported {
	char **names;
	size_t count;
};

/*
 * Writes into @folder, which is made unless it is there. All or nothing: a
 * failure leaves everything as it was. Files of an earlier export that are not
 * made any more are removed, unless they were changed; others stay.
 * @options may be NULL.
 *
 * 0, with the names in *@exported, unless that is NULL. -EPERM: rules find
 * errors; -EEXIST: files are in the way; -EINVAL, -ENOENT: the project cannot
 * be exported; or what system calls said. @diags has it in words. -ENOMEM.
 */
JHCFG_API int jhcfg_export(const struct jhcfg_workspace *workspace,
			   const char *folder,
			   const struct jhcfg_export_options *options,
			   struct jhcfg_diags *diags,
			   struct jhcfg_exported *exported);
JHCFG_API void jhcfg_exported_clear(struct jhcfg_exported *exported);

#endif
