/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cells that boot Linux: where their images go is computed. */
#ifndef JHCFG_DEPLOY_LINUX_H
#define JHCFG_DEPLOY_LINUX_H

#include "deploy/deploy.h"

/* What is loaded beside the project's images: parameters, a device tree. */
#define DEPLOY_LINUX_MORE 2

/* A kernel is among the cell's images. */
bool deploy_is_linux(const struct jhcfg_deploy *deploy, uint32_t key);
/* All that is to be loaded, into @images, which has room for what the project
 * names and DEPLOY_LINUX_MORE. -errno after diags. */
int deploy_linux_images(struct jhcfg_deploy *deploy, uint32_t key,
			struct jhcfg_arena *arena, struct deploy_image *images,
			size_t *count);

#endif
