/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a project says to others: to Linux in the root cell and in other cells,
 * to boot loaders, and to people. */
#ifndef JHCFG_EMIT_H
#define JHCFG_EMIT_H

#include <jhcfg/diag.h>
#include <jhcfg/workspace.h>

/*
 * Memory that the root's Linux must not use: of the hypervisor, of the other
 * cells, and shared with them; without registers. *@ranges is a new array of
 * *@count entries, sorted and apart, that the caller frees. -ENOMEM.
 */
JHCFG_API int jhcfg_emit_reserved(const struct jhcfg_workspace *workspace,
				  struct jhcfg_range **ranges, size_t *count);

enum jhcfg_boot_loader {
	JHCFG_BOOT_PLAIN, /* the arguments as Linux is to see them */
	JHCFG_BOOT_GRUB,  /* a line of /etc/default/grub */
	JHCFG_BOOT_UBOOT, /* a command for U-Boot's shell */
};

/*
 * What the root's kernel command line needs, with what the boot loader would
 * take for its own escaped, as a new string with a newline that the caller
 * frees. -ENOTSUP: no argument can keep that memory from Linux, and it takes a
 * device tree (see @diags); -ENOMEM.
 */
JHCFG_API int jhcfg_emit_command_line(const struct jhcfg_workspace *workspace,
				      enum jhcfg_boot_loader loader,
				      struct jhcfg_diags *diags, char **text);

struct jhcfg_tree_options {
	/* the board's flattened device tree, aligned to 8 bytes; NULL: what
	 * the board model knows has to do */
	const void *board_tree;
	size_t board_tree_size;
	/* for Linux in a cell */
	const char *command_line;  /* NULL: none */
	struct jhcfg_range initrd; /* guest-physical; size 0: none */
	bool pmu; /* performance counters, where the hypervisor grants them */
};

/*
 * The device tree for Linux in the cell @key: CPUs, memory, PSCI, timer,
 * interrupt controller, virtual PCI host, and the devices whose registers the
 * cell has, cut out of the board's tree. What they refer to outside of the cell
 * is replaced (clocks) or left out, and named in @diags. The blob is new, for
 * the caller to free. @options may be NULL.
 * -ENOENT: no such cell; -ENOTSUP: not an Arm system, or no memory for Linux;
 * -EINVAL: a damaged board tree; -ENOMEM.
 */
JHCFG_API int jhcfg_emit_linux_tree(const struct jhcfg_workspace *workspace,
				    uint32_t key,
				    const struct jhcfg_tree_options *options,
				    struct jhcfg_diags *diags, void **blob,
				    size_t *size);

/*
 * An overlay for the device tree of the root: devices of other cells disabled,
 * and their memory and the hypervisor's reserved. The blob is new, for the
 * caller to free. @options may be NULL. -EINVAL, -ENOMEM as above.
 */
JHCFG_API int jhcfg_emit_root_overlay(const struct jhcfg_workspace *workspace,
				      const struct jhcfg_tree_options *options,
				      struct jhcfg_diags *diags, void **blob,
				      size_t *size);

/* A flattened tree as source, a new string for the caller to free. -EINVAL: it
 * is damaged; -ENOMEM. */
JHCFG_API int jhcfg_emit_tree_source(const void *blob, size_t size,
				     char **text);

enum jhcfg_report_form {
	JHCFG_REPORT_MARKDOWN,
	JHCFG_REPORT_JSON,
};

/* Who owns what, a new string for the caller to free. -ENOMEM. */
JHCFG_API int jhcfg_emit_report(const struct jhcfg_workspace *workspace,
				enum jhcfg_report_form form, char **text);

#endif
