/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a project loads into its cells: the member "images" of a cell's
 * document, in the order of loading. Older programs keep it as it is.
 *
 *	"images": [
 *		{ "kind": "inmate", "file": "images/rtos.bin",
 *		  "address": "0x0" },
 *		{ "text": "con-type=8250", "address": "0x1000" }
 *	]
 *
 * A Linux cell names its kernel, and what goes with it; addresses that are
 * not given are then found by jhcfg_linux_plan():
 *	{ "kind": "loader", "file": "images/linux-loader.bin" },
 *	{ "kind": "kernel", "file": "images/Image",
 *	  "command_line": "console=hvc0" },
 *	{ "kind": "initrd", "file": "images/initrd.gz" }
 */
#ifndef JHCFG_IMAGES_H
#define JHCFG_IMAGES_H

#include <jhcfg/check.h>
#include <jhcfg/diag.h>
#include <jhcfg/model.h>

/* One of them. Either @file or @text is NULL. */
struct jhcfg_cell_image {
	enum jhcfg_image_kind kind;
	const char *file; /* relative to the folder of the system's file */
	const char *text; /* is loaded with the NUL at its end */
	uint64_t address; /* guest-physical */
	bool has_address; /* one is given */
	const char *command_line; /* of a kernel; NULL: none */
};

/*
 * The images of a cell in a new array for jhcfg_cell_images_free(); none: 0
 * with *@count 0 and *@images NULL. -EINVAL: what the document says makes no
 * sense, see @diags; -ENOMEM.
 */
JHCFG_API int jhcfg_config_images(const struct jhcfg_config *cell,
				  struct jhcfg_diags *diags,
				  struct jhcfg_cell_image **images,
				  size_t *count);
JHCFG_API void jhcfg_cell_images_free(struct jhcfg_cell_image *images,
				      size_t count);

/* Replaces them; see jhcfg_workspace_edit_cell(). @count 0: none. -EINVAL: an
 * image has both file and text, or neither; -ENOMEM. */
JHCFG_API int jhcfg_config_set_images(struct jhcfg_config *cell,
				      const struct jhcfg_cell_image *images,
				      size_t count);

/* "inmate", "kernel": as documents have it. */
JHCFG_API const char *jhcfg_image_kind_name(enum jhcfg_image_kind kind);

#endif
