// SPDX-License-Identifier: LGPL-2.1-or-later
/* Where images go: as the project says, or for Linux as it is computed. */
#include "load/load.h"

#include <errno.h>
#include <stdlib.h>

/* What is loaded beside the project's images: a device tree, parameters. */
#define LINUX_MORE 2

static struct load_image *find(const struct load_list *list, uint32_t key,
			       enum jhcfg_image_kind kind)
{
	for (size_t n = 0; n < list->count; n++)
		if (list->images[n].cell == key &&
		    list->images[n].image.kind == kind && list->images[n].data)
			return &list->images[n];
	return NULL;
}

static struct load_placed *place_file(struct load_plan *plan,
				      const struct load_image *image,
				      uint64_t address)
{
	struct load_placed *placed = &plan->images[plan->count++];

	*placed = (struct load_placed){
		.name = image->image.file,
		.data = image->data,
		.size = image->size,
		.address = address,
	};
	return placed;
}

static void place_plain(const struct load_list *list, uint32_t key,
			struct load_plan *plan)
{
	for (size_t n = 0; n < list->count; n++) {
		const struct load_image *image = &list->images[n];

		if (image->cell != key ||
		    image->image.kind == JHCFG_IMAGE_CONFIG ||
		    (!image->data && !image->image.text))
			continue;
		place_file(plan, image, image->image.address)->text =
			image->image.text;
	}
}

/* --- Linux ---------------------------------------------------------------- */

static int make_linux_plan(const struct load_list *list,
			   const struct jhcfg_workspace *workspace,
			   uint32_t key, const struct jhcfg_board *board,
			   struct jhcfg_diags *diags,
			   struct jhcfg_linux_plan *plan)
{
	const struct load_image *kernel = find(list, key, JHCFG_IMAGE_KERNEL);
	const struct load_image *initrd = find(list, key, JHCFG_IMAGE_INITRD);
	const struct load_image *dtb = find(list, key, JHCFG_IMAGE_DTB);
	const struct jhcfg_linux_machine machine = {
		.system = jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY),
		.board = board ? board : jhcfg_workspace_board(workspace),
	};
	const struct jhcfg_config *cell = jhcfg_workspace_cell(workspace, key);
	const struct jhcfg_linux_images images = {
		.kernel = kernel->data,
		.kernel_size = kernel->size,
		.initrd_size = initrd ? initrd->size : 0,
		.cmdline = kernel->image.command_line,
		.dtb = dtb ? dtb->data : NULL,
		.dtb_size = dtb ? dtb->size : 0,
	};

	if (!machine.system || !cell)
		return -ENOMEM;
	return jhcfg_linux_plan(cell, &machine, &images, diags, plan);
}

/* In the order in which "cell linux" loads them. Rules judge them where they
 * go, whoever chose that. */
static void place_linux(const struct load_list *list, uint32_t key,
			struct load_plan *plan)
{
	const struct jhcfg_linux_plan *made = &plan->linux_plan;
	const struct {
		enum jhcfg_image_kind kind;
		uint64_t address;
	} parts[] = {
		{ JHCFG_IMAGE_LOADER, made->loader },
		{ JHCFG_IMAGE_KERNEL, made->kernel },
		{ JHCFG_IMAGE_INITRD, made->initrd },
	};

	for (size_t n = 0; n < sizeof(parts) / sizeof(*parts); n++) {
		struct load_image *image = find(list, key, parts[n].kind);

		if (!image)
			continue;
		if (!image->image.has_address)
			image->image.address = parts[n].address;
		place_file(plan, image, image->image.address);
	}
	/* it is the plan's, which had to put something into it */
	plan->images[plan->count++] = (struct load_placed){
		.name = LOAD_TREE_NAME,
		.data = made->dtb_data,
		.size = made->dtb_size,
		.address = made->dtb,
	};
	plan->images[plan->count++] = (struct load_placed){
		.text = made->params_text,
		.address = made->params,
	};
}

int load_place(const struct load_list *list,
	       const struct jhcfg_workspace *workspace, uint32_t key,
	       const struct jhcfg_board *board, struct jhcfg_diags *diags,
	       struct load_plan *plan)
{
	int err;

	*plan = (struct load_plan){
		.images =
			calloc(list->count + LINUX_MORE, sizeof(*plan->images)),
		.is_linux = find(list, key, JHCFG_IMAGE_KERNEL),
	};
	if (!plan->images)
		return -ENOMEM;
	if (!plan->is_linux) {
		place_plain(list, key, plan);
		return 0;
	}
	if (!find(list, key, JHCFG_IMAGE_LOADER)) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "", "images", "",
				"add linux-loader.bin of the inmates, with "
				"\"kind\": \"loader\"",
				"a cell has a kernel, but no loader");
		err = -EINVAL;
	} else {
		err = make_linux_plan(list, workspace, key, board, diags,
				      &plan->linux_plan);
	}
	if (!err)
		place_linux(list, key, plan);
	else
		load_plan_clear(plan);
	return err;
}

void load_plan_clear(struct load_plan *plan)
{
	if (plan->is_linux)
		jhcfg_linux_plan_release(&plan->linux_plan);
	free(plan->images);
	*plan = (struct load_plan){ 0 };
}
