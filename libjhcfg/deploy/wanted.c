// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a project wants a target to run. */
#include "deploy/deploy.h"

#include <errno.h>
#include <libgen.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>
#include <jhcfg/images.h>

#include "deploy/linux.h"
#include "model/workspace.h"
#include "target/site.h"

#define MAX_IMAGE ((size_t)1 << 30)

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

/* --- images --------------------------------------------------------------- */

static struct deploy_source *add_source(struct jhcfg_deploy *deploy,
					uint32_t cell)
{
	struct deploy_source **at = &deploy->sources;

	while (*at)
		at = &(*at)->next;
	*at = calloc(1, sizeof(**at));
	if (*at)
		(*at)->cell = cell;
	return *at;
}

/* Copies what the image says, but not its name. */
static int set_source(struct deploy_source *source,
		      const struct jhcfg_cell_image *image)
{
	source->image = *image;
	source->image.file = NULL;
	source->image.text = image->text ? strdup(image->text) : NULL;
	source->image.command_line =
		image->command_line ? strdup(image->command_line) : NULL;
	return !source->image.text == !image->text &&
			       !source->image.command_line ==
				       !image->command_line
		       ? 0
		       : -ENOMEM;
}

static int read_file(struct jhcfg_deploy *deploy, struct deploy_source *source,
		     const char *name, struct jhcfg_diags *diags)
{
	const char *folder = deploy->options.folder;
	void *data;
	size_t size;
	char *path;
	int err;

	if (!folder || *name == '/' || strstr(name, "..")) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "J07", name, "/images",
				folder ? "name it relative to the system's file"
				       : "save the project first",
				"the image is not a file of this project");
		return -EINVAL;
	}
	if (asprintf(&path, "%s/%s", folder, name) < 0)
		return -ENOMEM;
	err = jhcfg_file_read(path, MAX_IMAGE, &data, &size);
	if (!err && !size) {
		free(data);
		err = -ENODATA;
	}
	if (err)
		jhcfg_diags_add(diags, JHCFG_ERROR, "J06", path, "/images",
				"build it, or change the cell's images",
				"the image cannot be read: %s",
				err == -ENODATA ? "it is empty"
						: strerror(-err));
	free(path);
	if (err)
		return err;
	source->file = deploy_add_file(deploy, name, data, size, data);
	return source->file ? 0 : -ENOMEM;
}

static int add_own_images(struct jhcfg_deploy *deploy, uint32_t key,
			  struct jhcfg_diags *diags)
{
	const struct jhcfg_config *config =
		jhcfg_workspace_cell(deploy->workspace, key);
	struct jhcfg_cell_image *images = NULL;
	size_t count = 0;
	int err = config ? jhcfg_config_images(config, diags, &images, &count)
			 : -ENOMEM;

	for (size_t n = 0; n < count && !err; n++) {
		struct deploy_source *source = add_source(deploy, key);

		err = source ? set_source(source, &images[n]) : -ENOMEM;
		if (!err && images[n].file)
			err = read_file(deploy, source, images[n].file, diags);
	}
	jhcfg_cell_images_free(images, count);
	return err;
}

static int add_given_image(struct jhcfg_deploy *deploy,
			   const struct jhcfg_image *given)
{
	const struct jhcfg_cell_image image = {
		.kind = given->kind,
		.address = given->address,
		.has_address = true,
		.command_line = given->command_line,
	};
	struct deploy_source *source = add_source(deploy, given->cell);
	int err = source ? set_source(source, &image) : -ENOMEM;
	void *copy;

	if (err || !given->size)
		return err;
	copy = malloc(given->size);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, given->bytes, given->size);
	source->file =
		deploy_add_file(deploy, given->name, copy, given->size, copy);
	return source->file ? 0 : -ENOMEM;
}

static int add_images(struct jhcfg_deploy *deploy,
		      const struct jhcfg_deploy_options *options, uint32_t key,
		      struct jhcfg_diags *diags)
{
	bool given = false;
	int err = 0;

	for (size_t n = 0; n < options->num_images && !err; n++) {
		if (options->images[n].cell != key)
			continue;
		given = true;
		err = add_given_image(deploy, &options->images[n]);
	}
	return given || err ? err : add_own_images(deploy, key, diags);
}

/* --- which cells ---------------------------------------------------------- */

static const struct jhcfg_scenario *find_scenario(
	const struct jhcfg_workspace *workspace, const char *name)
{
	for (size_t n = 0; n < jhcfg_workspace_num_scenarios(workspace); n++) {
		const struct jhcfg_scenario *scenario =
			jhcfg_workspace_scenario(workspace, n);

		if (!strcmp(scenario->name, name))
			return scenario;
	}
	return NULL;
}

static int refuse_scenario(const struct jhcfg_workspace *workspace,
			   const char *name, struct jhcfg_diags *diags)
{
	char hint[512] = "the project has: ";

	for (size_t n = 0; n < jhcfg_workspace_num_scenarios(workspace); n++) {
		size_t used = strlen(hint);

		snprintf(hint + used, sizeof(hint) - used, "%s%s",
			 n ? ", " : "",
			 jhcfg_workspace_scenario(workspace, n)->name);
	}
	jhcfg_diags_add(diags, JHCFG_ERROR, "", "scenario", "", hint,
			name ? "there is no scenario \"%s\""
			     : "%swhich of the scenarios is to be deployed?",
			name ? name : "");
	return -ENOENT;
}

/* One that stands alone need not be named. */
static int choose_scenario(struct jhcfg_deploy *deploy,
			   struct jhcfg_diags *diags)
{
	const struct jhcfg_workspace *workspace = deploy->workspace;
	size_t count = jhcfg_workspace_num_scenarios(workspace);
	const char *name = deploy->options.scenario;

	if (!name && count == 1)
		name = jhcfg_workspace_scenario(workspace, 0)->name;
	if (!name && !count)
		return 0;
	if (!name || !find_scenario(workspace, name))
		return refuse_scenario(workspace, name, diags);
	deploy->scenario = strdup(name);
	deploy->options.scenario = deploy->scenario;
	return deploy->scenario ? 0 : -ENOMEM;
}

static bool is_chosen(const struct jhcfg_deploy *deploy, uint32_t key)
{
	const struct jhcfg_scenario *scenario;

	if (key == JHCFG_ROOT_KEY)
		return false;
	if (!deploy->scenario)
		return true;
	scenario = find_scenario(deploy->workspace, deploy->scenario);
	for (size_t n = 0; scenario && n < scenario->num_cells; n++)
		if (scenario->cells[n] == key)
			return true;
	return false;
}

/* The folder of the file that the workspace came from. */
static int find_folder(struct jhcfg_deploy *deploy,
		       const struct jhcfg_workspace *workspace, char **folder)
{
	char *path, *made = NULL;

	if (deploy->options.folder || !workspace->path)
		return 0;
	path = strdup(workspace->path);
	if (path)
		made = strdup(dirname(path));
	free(path);
	if (!made)
		return -ENOMEM;
	*folder = made;
	deploy->options.folder = made;
	return 0;
}

int deploy_read_project(struct jhcfg_deploy *deploy,
			const struct jhcfg_workspace *workspace,
			struct jhcfg_diags *diags)
{
	char *folder = NULL;
	int err;

	deploy->workspace = jhcfg_workspace_fork(workspace);
	if (!deploy->workspace)
		return -ENOMEM;
	err = choose_scenario(deploy, diags);
	if (!err)
		err = find_folder(deploy, workspace, &folder);
	for (size_t n = 1;
	     n < jhcfg_workspace_num_cells(deploy->workspace) && !err; n++) {
		uint32_t key = jhcfg_workspace_cell_key(deploy->workspace, n);

		if (is_chosen(deploy, key))
			err = add_images(deploy, &deploy->options, key, diags);
	}
	free(folder);
	/* the caller's, for as long as this call */
	deploy->options.folder = NULL;
	deploy->options.images = NULL;
	deploy->options.num_images = 0;
	return err;
}

void deploy_project_end(struct jhcfg_deploy *deploy)
{
	while (deploy->sources) {
		struct deploy_source *source = deploy->sources;

		deploy->sources = source->next;
		free((char *)(uintptr_t)source->image.text);
		free((char *)(uintptr_t)source->image.command_line);
		free(source);
	}
	while (deploy->files) {
		struct deploy_file *file = deploy->files;

		deploy->files = file->next;
		free(file->name);
		free(file->label);
		free(file->owned);
		free(file);
	}
	jhcfg_workspace_free(deploy->workspace);
	free(deploy->scenario);
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

static size_t count_images(const struct jhcfg_deploy *deploy, uint32_t key)
{
	size_t count = 0;

	for (const struct deploy_source *source = deploy->sources; source;
	     source = source->next)
		count += source->cell == key;
	return count;
}

static void plain_images(const struct jhcfg_deploy *deploy, uint32_t key,
			 struct jhcfg_arena *arena, struct deploy_image *images,
			 size_t *count)
{
	for (const struct deploy_source *source = deploy->sources; source;
	     source = source->next) {
		struct deploy_image *image = &images[*count];

		if (source->cell != key ||
		    source->image.kind == JHCFG_IMAGE_CONFIG)
			continue;
		image->address = source->image.address;
		if (source->file)
			image->file = source->file->name;
		else
			image->text =
				jhcfg_arena_text(arena, source->image.text);
		++*count;
	}
}

static int set_images(struct jhcfg_deploy *deploy, uint32_t key,
		      struct deploy_state *state, struct deploy_cell *cell)
{
	size_t most = count_images(deploy, key) + DEPLOY_LINUX_MORE;
	struct deploy_image *images =
		jhcfg_arena_alloc(&state->arena, most * sizeof(*images));
	int err = 0;

	if (!images)
		return -ENOMEM;
	if (deploy_is_linux(deploy, key))
		err = deploy_linux_images(deploy, key, &state->arena, images,
					  &cell->num_images);
	else
		plain_images(deploy, key, &state->arena, images,
			     &cell->num_images);
	cell->images = images;
	cell->images_known = true;
	cell->run = cell->num_images > 0;
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
	state->boot_id = state->enable_log = "";
	state->cells =
		jhcfg_arena_alloc(&state->arena, count * sizeof(*state->cells));
	err = state->cells ? encode(deploy, JHCFG_ROOT_KEY, state, &state->root)
			   : -ENOMEM;
	for (size_t n = 1; n < count && !err; n++) {
		uint32_t key = jhcfg_workspace_cell_key(deploy->workspace, n);

		if (is_chosen(deploy, key))
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
