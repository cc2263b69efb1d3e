/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hardware descriptions of others, made into boards. */
#ifndef JHCFG_IMPORT_H
#define JHCFG_IMPORT_H

#include <jhcfg/board.h>
#include <jhcfg/diag.h>

/* A device tree or overlay that is longer than this is none. */
#define JHCFG_DEVICE_TREE_MAX (16 * 1024 * 1024)

/*
 * A flattened device tree (@size bytes at @blob, which need no alignment) as a
 * board. @name: file name for sources and messages.
 * Node names become device names where there is no alias or label.
 * -EINVAL: no or a damaged tree, see @diags; -ENOMEM.
 */
JHCFG_API int jhcfg_import_fdt(const void *blob, size_t size, const char *name,
			       struct jhcfg_diags *diags,
			       struct jhcfg_board **board);

/*
 * The same from a file: .dtb, /sys/firmware/fdt, or .dts, which dtc translates
 * (-ENOENT without dtc). The overlays, @num_overlays files, are applied in
 * their order; the tree needs __symbols__ where an overlay refers to labels.
 * Or what reading the file said; @diags has it in words.
 */
JHCFG_API int jhcfg_import_device_tree(const char *path,
				       const char *const *overlays,
				       size_t num_overlays,
				       struct jhcfg_diags *diags,
				       struct jhcfg_board **board);

/*
 * A machine, from what Linux says about it: @path is "/" (this machine), a
 * folder with /proc and /sys of one, or an archive (tar, also compressed) as
 * "jailhouse config collect" makes it. PCs are read from /proc, PCI and ACPI
 * tables; Arm machines from their device tree or, without one, from ACPI.
 * Recordings are hostile input: links lead nowhere but below @path.
 * -ENOENT: something that is needed is missing; -EACCES: addresses were hidden
 * from who recorded it; -EINVAL, -EFBIG: damaged; -ENOTSUP: an archive, and the
 * library was built without libarchive; -ENOMEM. @diags has it in words.
 */
JHCFG_API int jhcfg_import_machine(const char *path, struct jhcfg_diags *diags,
				   struct jhcfg_board **board);

/* The same with an archive in memory, @name for sources and messages. */
JHCFG_API int jhcfg_import_archive(const void *data, size_t size,
				   const char *name, struct jhcfg_diags *diags,
				   struct jhcfg_board **board);

#endif
