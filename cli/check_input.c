// SPDX-License-Identifier: GPL-2.0-or-later
#include "check_input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/codec.h>
#include <jhcfg/file.h>
#include <jhcfg/identify.h>
#include <jhcfg/source.h>

#include "output.h"
#include "project.h"

/* --- one file ------------------------------------------------------------- */

/* One that could be read may also be an object file of a C source, which is
 * not what rules about bytes are for. */
static void keep_bytes(struct check_input *input, const char *path,
		       bool readable)
{
	struct jhcfg_check_file *file = &input->files[input->num_files];
	void *bytes;
	size_t size;

	if (jhcfg_file_read(path, JHCFG_CELL_FILE_MAX, &bytes, &size))
		return;
	if (readable && jhcfg_identify(bytes, size)->kind == JHCFG_IS_ELF) {
		free(bytes);
		return;
	}
	*file = (struct jhcfg_check_file){
		.name = path,
		.bytes = bytes,
		.size = size,
	};
	input->num_files++;
}

/* --- cells ---------------------------------------------------------------- */

static int add_cell(struct check_input *input, const char *path,
		    const struct jhcfg_config *config)
{
	const char *name = jhcfg_cell_name(jhcfg_config_cell(config));
	uint32_t key;
	int err = jhcfg_workspace_add_cell(input->workspace, config, &key);

	if (err == -EEXIST)
		output_error("%s: error: there is a cell \"%s\" already [F05]",
			     path, name);
	else if (err == -EINVAL)
		output_error("%s: error: it is a system, not a cell [F01]",
			     path);
	else if (err)
		output_errno(path, err);
	for (size_t n = 0; !err && n < input->num_files; n++)
		if (input->files[n].name == path)
			input->files[n].cell = key;
	return err;
}

/* What is no configuration is left to the rules, which see the bytes. */
static bool read_cell(struct check_input *input, const char *path)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_source source = { 0 };
	size_t before = input->num_files;
	int err = project_read_config(path, diags, &source);

	if (err || source.dialect)
		keep_bytes(input, path, !err);
	if (!err) {
		err = add_cell(input, path, source.config);
		jhcfg_source_clear(&source);
	} else {
		output_diags(path, diags);
		if (input->num_files > before)
			err = 0;
		else if (!jhcfg_diags_get(diags, 0))
			output_errno(path, err);
	}
	jhcfg_diags_free(diags);
	return !err;
}

/* Whether the path is that of a cell of the project. */
static bool is_of_project(const struct check_input *input, uint32_t key,
			  const char *path)
{
	const char *slash = strrchr(input->path, '/');
	char *real = realpath(path, NULL), *own = NULL, *real_own = NULL;
	bool same = false;

	if (asprintf(&own, "%.*s%s", slash ? (int)(slash - input->path + 1) : 0,
		     input->path,
		     jhcfg_workspace_cell_file(input->workspace, key)) < 0)
		own = NULL;
	if (own)
		real_own = realpath(own, NULL);
	if (real && real_own)
		same = !strcmp(real, real_own);
	free(real);
	free(real_own);
	free(own);
	return same;
}

/* Marks the paths that are cells of the project; the other cells go. */
static int keep_named(struct check_input *input, char *const *cells,
		      size_t count, bool *known)
{
	int err = 0;

	for (size_t n = jhcfg_workspace_num_cells(input->workspace);
	     !err && n-- > 1;) {
		uint32_t key = jhcfg_workspace_cell_key(input->workspace, n);
		bool named = false;

		for (size_t i = 0; i < count; i++)
			if (is_of_project(input, key, cells[i]))
				named = known[i] = true;
		if (!named)
			err = jhcfg_workspace_remove_cell(input->workspace,
							  key);
	}
	return err;
}

static bool read_cells(struct check_input *input, char *const *cells,
		       size_t count)
{
	bool *known = calloc(count, sizeof(*known));
	bool good = known && !jhcfg_workspace_begin(input->workspace, "Read");

	if (!good) {
		output_errno(input->path, ENOMEM);
		free(known);
		return false;
	}
	if (keep_named(input, cells, count, known)) {
		output_errno(input->path, ENOMEM);
		good = false;
	}
	for (size_t n = 0; n < count; n++)
		if (good && !known[n])
			good = read_cell(input, cells[n]);
	jhcfg_workspace_end(input->workspace);
	free(known);
	return good;
}

/* --- the system ----------------------------------------------------------- */

static int read_system(struct check_input *input, struct jhcfg_diags *diags)
{
	struct jhcfg_source source = { 0 };
	int err = project_read_config(input->path, diags, &source);

	if (err)
		return err;
	err = jhcfg_workspace_from_configs(source.config, NULL, 0, source.board,
					   diags, &input->workspace);
	if (!err && source.dialect)
		keep_bytes(input, input->path, true);
	if (!err && input->num_files)
		input->files[0].cell = JHCFG_ROOT_KEY;
	jhcfg_source_clear(&source);
	return err;
}

static bool ends_in_json(const char *path)
{
	size_t length = strlen(path);

	return length > 5 && !strcmp(path + length - 5, ".json");
}

bool check_input_read(struct check_input *input, const char *path,
		      char *const *cells, size_t count)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err;

	*input = (struct check_input){ .path = path };
	input->files = calloc(count + 1, sizeof(*input->files));
	if (!input->files) {
		output_errno(path, ENOMEM);
		jhcfg_diags_free(diags);
		return false;
	}
	/* a system is more than its file: it names cells and hardware */
	input->is_project = ends_in_json(path);
	err = input->is_project
		      ? jhcfg_workspace_load(path, diags, &input->workspace)
		      : read_system(input, diags);
	output_diags(path, diags);
	if (err && !jhcfg_diags_get(diags, 0))
		output_errno(path, err);
	jhcfg_diags_free(diags);
	return !err && (!count || read_cells(input, cells, count));
}

bool check_input_set_board(struct check_input *input, const char *path)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_source source = { 0 };
	int err = jhcfg_source_read(path, NULL, diags, &source);

	if (!err && !source.board) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "D01", "board", "", NULL,
				"it is %s, which says nothing of hardware",
				source.words);
		err = -EINVAL;
	}
	if (!err)
		err = jhcfg_workspace_begin(input->workspace, "Set board");
	if (!err) {
		err = jhcfg_workspace_set_board(input->workspace, source.board);
		jhcfg_workspace_end(input->workspace);
	}
	output_diags(path, diags);
	if (err && !jhcfg_diags_get(diags, 0))
		output_errno(path, err);
	jhcfg_source_clear(&source);
	jhcfg_diags_free(diags);
	return !err;
}

void check_input_clear(struct check_input *input)
{
	for (size_t n = 0; n < input->num_files; n++) {
		union {
			const void *constant;
			void *plain;
		} bytes = { input->files[n].bytes };

		free(bytes.plain);
	}
	free(input->files);
	jhcfg_workspace_free(input->workspace);
}

const char *check_input_file(const struct check_input *input, uint32_t cell)
{
	for (size_t n = 0; cell && n < input->num_files; n++)
		if (input->files[n].cell == cell)
			return input->files[n].name;
	if (!cell || cell == JHCFG_ROOT_KEY)
		return input->path;
	return jhcfg_workspace_cell_file(input->workspace, cell);
}
