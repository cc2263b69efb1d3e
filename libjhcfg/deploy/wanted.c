// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a project wants a target to run. */
#include "deploy/deploy.h"

#include <errno.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "target/site.h"

/* --- files ---------------------------------------------------------------- */

struct deploy_file *deploy_find_file(const struct jhcfg_deploy *deploy,
				     const char *name)
{
	struct deploy_file *file = deploy->files;

	while (file && strcmp(file->name, name) != 0)
		file = file->next;
	return file;
}

static char *name_file(const char *label, const void *data, size_t size)
{
	char sum[SHA256_DIGEST_STRING_LENGTH], plain[64], *name;

	SHA256Data(data, size, sum);
	target_plain_name(label, plain, sizeof(plain));
	return asprintf(&name, "%s-%s", sum, plain) < 0 ? NULL : name;
}

struct deploy_file *deploy_add_file(struct jhcfg_deploy *deploy,
				    const char *label, const void *data,
				    size_t size, void *owned)
{
	char *name = name_file(label, data, size);
	struct deploy_file *file = name ? deploy_find_file(deploy, name) : NULL;

	if (!name || file) {
		free(name);
		free(owned);
		return file;
	}
	file = calloc(1, sizeof(*file));
	if (file)
		*file = (struct deploy_file){
			.name = name,
			.label = strdup(label),
			.data = data,
			.size = size,
			.owned = owned,
			.next = deploy->files,
		};
	if (!file || !file->label) {
		free(file);
		free(name);
		free(owned);
		return NULL;
	}
	deploy->files = file;
	return file;
}

/* --- what the project says -------------------------------------------------
 */

int deploy_read_project(struct jhcfg_deploy *deploy,
			const struct jhcfg_workspace *workspace,
			struct jhcfg_diags *diags)
{
	struct load_source source = {
		.folder = deploy->options.folder,
		.given = deploy->options.images,
		.num_given = deploy->options.num_images,
	};
	char *folder = NULL;
	int err;

	deploy->workspace = jhcfg_workspace_fork(workspace);
	if (!deploy->workspace)
		return -ENOMEM;
	err = load_choose_scenario(deploy->workspace, deploy->options.scenario,
				   diags, &deploy->scenario);
	if (!err && !source.folder) {
		err = load_find_folder(workspace, &folder);
		source.folder = folder;
	}
	for (size_t n = 1;
	     n < jhcfg_workspace_num_cells(deploy->workspace) && !err; n++) {
		uint32_t key = jhcfg_workspace_cell_key(deploy->workspace, n);

		if (load_is_chosen(deploy->scenario, key))
			err = load_add_cell(&deploy->loads, deploy->workspace,
					    key, &source, diags);
	}
	free(folder);
	/* the caller's, for as long as this call */
	deploy->options.folder = NULL;
	deploy->options.scenario = NULL;
	deploy->options.images = NULL;
	deploy->options.num_images = 0;
	return err;
}

void deploy_project_end(struct jhcfg_deploy *deploy)
{
	load_clear(&deploy->loads);
	while (deploy->files) {
		struct deploy_file *file = deploy->files;

		deploy->files = file->next;
		free(file->name);
		free(file->label);
		free(file->owned);
		free(file);
	}
	jhcfg_workspace_free(deploy->workspace);
}

/* --- the state that it is to have ----------------------------------------- */

/* The configuration as a file, and read again: what the dialect cannot say is
 * not compared. */
static int encode(struct jhcfg_deploy *deploy, uint32_t key,
		  struct deploy_state *state, struct deploy_config *config)
{
	const struct jhcfg_encode_options options = {
		.dialect = deploy->dialect,
	};
	const struct jhcfg_config *model =
		jhcfg_workspace_cell(deploy->workspace, key);
	void *data;
	size_t size;
	int err = model ? jhcfg_codec_encode_as(model, &options, deploy->diags,
						&data, &size)
			: -ENOMEM;

	if (err)
		return err;
	config->data = jhcfg_arena_copy(&state->arena, data, size, 1);
	config->size = size;
	free(data);
	deploy_config_decode(config);
	return config->data && config->model ? 0 : -ENOMEM;
}

/* The image as the target has it, of what was placed. */
static int bring(struct jhcfg_deploy *deploy, struct load_plan *plan,
		 const struct load_placed *placed, struct jhcfg_arena *arena,
		 struct deploy_image *image)
{
	struct deploy_file *file;
	void *owned = NULL;

	image->address = placed->address;
	if (!placed->data) {
		image->text = jhcfg_arena_text(arena, placed->text);
		return 0;
	}
	/* what was made for this plan is to outlive it */
	if (placed->data == plan->linux_plan.dtb_data) {
		owned = plan->linux_plan.dtb_data;
		plan->linux_plan.dtb_data = NULL;
	}
	file = deploy_add_file(deploy, placed->name, placed->data, placed->size,
			       owned);
	image->file = file ? file->name : NULL;
	return file ? 0 : -ENOMEM;
}

static int set_images(struct jhcfg_deploy *deploy, uint32_t key,
		      struct deploy_state *state, struct deploy_cell *cell)
{
	const struct jhcfg_board *board =
		deploy->live ? deploy->live->board : NULL;
	struct deploy_image *images = NULL;
	struct load_plan plan;
	int err = load_place(&deploy->loads, deploy->workspace, key, board,
			     deploy->diags, &plan);

	if (err)
		return err;
	images = jhcfg_arena_alloc(&state->arena,
				   (plan.count + 1) * sizeof(*images));
	if (!images)
		err = -ENOMEM;
	for (size_t n = 0; n < plan.count && !err; n++)
		err = bring(deploy, &plan, &plan.images[n], &state->arena,
			    &images[n]);
	cell->images = images;
	cell->num_images = images ? plan.count : 0;
	cell->images_known = true;
	cell->run = plan.count > 0;
	load_plan_clear(&plan);
	return err;
}

static int add_cell(struct jhcfg_deploy *deploy, uint32_t key,
		    struct deploy_state *state)
{
	struct deploy_cell *cell = &state->cells[state->num_cells];
	int err = encode(deploy, key, state, &cell->config);

	cell->inode = cell->state_name = "";
	/* also on failure: its model is to be freed */
	state->num_cells++;
	if (err)
		return err;
	cell->name = jhcfg_arena_text(
		&state->arena,
		jhcfg_cell_name(jhcfg_config_cell(cell->config.model)));
	return set_images(deploy, key, state, cell);
}

int deploy_make_wanted(struct jhcfg_deploy *deploy)
{
	size_t count = jhcfg_workspace_num_cells(deploy->workspace);
	struct deploy_state *state = calloc(1, sizeof(*state));
	int err;

	if (!state)
		return -ENOMEM;
	state->driver = state->enabled = true;
	state->boot_id = state->enable_log = state->other = state->unlocked =
		"";
	state->cells =
		jhcfg_arena_alloc(&state->arena, count * sizeof(*state->cells));
	err = state->cells ? encode(deploy, JHCFG_ROOT_KEY, state, &state->root)
			   : -ENOMEM;
	for (size_t n = 1; n < count && !err; n++) {
		uint32_t key = jhcfg_workspace_cell_key(deploy->workspace, n);

		if (load_is_chosen(deploy->scenario, key))
			err = add_cell(deploy, key, state);
	}
	if (!err && state->arena.failed)
		err = -ENOMEM;
	if (err)
		deploy_state_free(state);
	else
		deploy->wanted = state;
	return err;
}
