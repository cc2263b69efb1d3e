/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Linux in a non-root cell: where its images go, the device tree it finds, and
 * what the loader is told. Pure computation; nothing is loaded here.
 */
#ifndef JHCFG_LINUX_CELL_H
#define JHCFG_LINUX_CELL_H

#include <stdbool.h>

#include <jhcfg/board.h>
#include <jhcfg/diag.h>
#include <jhcfg/model.h>

/* What a generated device tree needs to know beside the cell */
struct jhcfg_linux_machine {
	const struct jhcfg_config *system;
	/* the flattened device tree that the root runs with, aligned to 8
	 * bytes: CPUs, timer, and the devices that are the cell's; NULL: what
	 * the board knows of them has to do */
	const void *tree;
	size_t tree_size;
	const struct jhcfg_board *board; /* NULL: none, or the tree says it */
};

struct jhcfg_linux_images {
	const void *kernel; /* an arm64 Image, not compressed */
	size_t kernel_size;
	size_t initrd_size;  /* 0: none */
	const char *cmdline; /* NULL: as in the device tree */
	const void *dtb;     /* NULL: generate one */
	size_t dtb_size;
	unsigned int factor; /* see jhcfg_linux_plan(); 0: the default, 1 */
};

struct jhcfg_linux_plan {
	/* Where the cell sees what */
	uint64_t loader, params, dtb, kernel, initrd;
	char params_text[64]; /* "kernel=0x… dtb=0x…" */
	void *dtb_data;
	size_t dtb_size;
};

/*
 * Plans a Linux cell of architecture arm64. All images go into the first RAM
 * region with room for them: device tree, kernel, initrd. Behind the kernel
 * @factor times its size are left free. @machine may be NULL if the images
 * have a device tree.
 *
 * 0; -EINVAL, -ENOSPC and others with the reason in @diags; -ENOMEM.
 */
JHCFG_API int jhcfg_linux_plan(const struct jhcfg_config *cell,
			       const struct jhcfg_linux_machine *machine,
			       const struct jhcfg_linux_images *images,
			       struct jhcfg_diags *diags,
			       struct jhcfg_linux_plan *plan);

/* Frees what the plan holds. */
JHCFG_API void jhcfg_linux_plan_release(struct jhcfg_linux_plan *plan);

/* RAM for Linux: all rights and DMA, and nobody else's. */
JHCFG_API bool jhcfg_linux_is_ram(const struct jhcfg_memory *mem);

#endif
