// SPDX-License-Identifier: LGPL-2.1-or-later
#include "deploy/linux.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/linux_cell.h>

static const struct deploy_source *find(const struct jhcfg_deploy *deploy,
					uint32_t key,
					enum jhcfg_image_kind kind)
{
	for (const struct deploy_source *source = deploy->sources; source;
	     source = source->next)
		if (source->cell == key && source->image.kind == kind &&
		    source->file)
			return source;
	return NULL;
}

bool deploy_is_linux(const struct jhcfg_deploy *deploy, uint32_t key)
{
	return find(deploy, key, JHCFG_IMAGE_KERNEL);
}

static int make_plan(struct jhcfg_deploy *deploy, uint32_t key,
		     struct jhcfg_linux_plan *plan)
{
	const struct deploy_source *kernel =
		find(deploy, key, JHCFG_IMAGE_KERNEL);
	const struct deploy_source *initrd =
		find(deploy, key, JHCFG_IMAGE_INITRD);
	const struct deploy_source *dtb = find(deploy, key, JHCFG_IMAGE_DTB);
	struct jhcfg_linux_machine machine = {
		.system =
			jhcfg_workspace_cell(deploy->workspace, JHCFG_ROOT_KEY),
		.board = deploy->live ? deploy->live->board : NULL,
	};
	const struct jhcfg_config *cell =
		jhcfg_workspace_cell(deploy->workspace, key);
	const struct jhcfg_linux_images images = {
		.kernel = kernel->file->data,
		.kernel_size = kernel->file->size,
		.initrd_size = initrd ? initrd->file->size : 0,
		.cmdline = kernel->image.command_line,
		.dtb = dtb ? dtb->file->data : NULL,
		.dtb_size = dtb ? dtb->file->size : 0,
	};

	if (!machine.system || !cell)
		return -ENOMEM;
	if (!machine.board)
		machine.board = jhcfg_workspace_board(deploy->workspace);
	return jhcfg_linux_plan(cell, &machine, &images, deploy->diags, plan);
}

static uint64_t address_of(const struct deploy_source *source, uint64_t planned)
{
	return source->image.has_address ? source->image.address : planned;
}

/* In the order in which "cell linux" loads them. */
static int list_images(struct jhcfg_deploy *deploy, uint32_t key,
		       struct jhcfg_linux_plan *plan, struct jhcfg_arena *arena,
		       struct deploy_image *images, size_t *count)
{
	const struct {
		enum jhcfg_image_kind kind;
		uint64_t address;
	} parts[] = {
		{ JHCFG_IMAGE_LOADER, plan->loader },
		{ JHCFG_IMAGE_KERNEL, plan->kernel },
		{ JHCFG_IMAGE_INITRD, plan->initrd },
	};
	struct deploy_file *dtb;

	for (size_t n = 0; n < sizeof(parts) / sizeof(*parts); n++) {
		const struct deploy_source *source =
			find(deploy, key, parts[n].kind);

		if (source)
			images[(*count)++] = (struct deploy_image){
				.file = source->file->name,
				.address = address_of(source, parts[n].address),
			};
	}
	/* it is the plan's, which had to put something into it */
	dtb = deploy_add_file(deploy, "cell.dtb", plan->dtb_data,
			      plan->dtb_size, plan->dtb_data);
	plan->dtb_data = NULL;
	if (!dtb)
		return -ENOMEM;
	images[(*count)++] = (struct deploy_image){
		.file = dtb->name,
		.address = plan->dtb,
	};
	images[(*count)++] = (struct deploy_image){
		.text = jhcfg_arena_text(arena, plan->params_text),
		.address = plan->params,
	};
	return 0;
}

int deploy_linux_images(struct jhcfg_deploy *deploy, uint32_t key,
			struct jhcfg_arena *arena, struct deploy_image *images,
			size_t *count)
{
	struct jhcfg_linux_plan plan = { 0 };
	int err;

	if (!find(deploy, key, JHCFG_IMAGE_LOADER)) {
		deploy_error(deploy, "images",
			     "add linux-loader.bin of the inmates, with "
			     "\"kind\": \"loader\"",
			     "a cell has a kernel, but no loader");
		return -EINVAL;
	}
	err = make_plan(deploy, key, &plan);
	if (!err)
		err = list_images(deploy, key, &plan, arena, images, count);
	jhcfg_linux_plan_release(&plan);
	return err;
}
