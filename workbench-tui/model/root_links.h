/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ivshmem devices of the root, as its drivers show them: which there are is
 * told by sysfs, who is at the other ends by the configurations.
 */
#ifndef TUI_ROOT_LINKS_H
#define TUI_ROOT_LINKS_H

#include "model/interrupts.h"

#define LINKS_MAX_UIO 8
#define LINKS_MAX_NET 8
#define LINKS_PATHS   (5 * (LINKS_MAX_UIO + LINKS_MAX_NET))

/* Which files are to be read next time. */
struct links_paths {
	char texts[LINKS_PATHS][96];
	size_t count;
	unsigned int num_uio; /* one more than there were */
	char net[LINKS_MAX_NET][24];
	size_t num_net;
};

/* Fills model->links from what was read of @paths. */
int update_links(struct tui_store *store, const struct sample *sample,
		 const struct jhcfg_tree *tree,
		 const struct links_paths *paths);
/* What is to be read as of now. true: that has changed. */
bool links_choose(struct links_paths *paths, const struct jhcfg_tree *tree);

#endif
