// SPDX-License-Identifier: LGPL-2.1-or-later
/* What of a project becomes a file, but the script. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/c_form.h>

#include "export/export.h"

#define OVERLAY "jailhouse-overlay"

/* --- cells ---------------------------------------------------------------- */

static bool is_taken(const struct export *export, size_t count,
		     const char *base)
{
	if (!strcasecmp(base, OVERLAY))
		return true;
	for (size_t n = 0; n < count; n++)
		if (!strcasecmp(export->cells[n].base, base))
			return true;
	return false;
}

/* Of the cell @index, so that none has that of an earlier one. */
static char *make_base(const struct export *export, size_t index)
{
	const struct jhcfg_config *config = export->cells[index].config;
	char *plain =
		export_plain_name(jhcfg_cell_name(jhcfg_config_cell(config)));
	unsigned int number = 1;
	char *base = plain ? strdup(plain) : NULL;

	while (base && is_taken(export, index, base)) {
		free(base);
		if (asprintf(&base, "%s-%u", plain, ++number) < 0)
			base = NULL;
	}
	free(plain);
	return base;
}

static int read_cell(struct export *export, size_t index,
		     const struct load_source *source)
{
	struct export_cell *cell = &export->cells[index];
	int err;

	cell->key = jhcfg_workspace_cell_key(export->workspace, index);
	cell->config = jhcfg_workspace_cell(export->workspace, cell->key);
	if (!cell->config)
		return -ENOMEM;
	cell->base = make_base(export, index);
	if (!cell->base)
		return -ENOMEM;
	export->num_cells = index + 1;
	if (cell->key == JHCFG_ROOT_KEY || !source)
		return 0;
	err = load_add_cell(&export->loads, export->workspace, cell->key,
			    source, export->diags);
	return err;
}

/* With all images in the list, which does not move any more. */
static int place_cells(struct export *export)
{
	int err = 0;

	for (size_t n = 1; n < export->num_cells && !err; n++) {
		struct export_cell *cell = &export->cells[n];

		err = load_place(&export->loads, export->workspace, cell->key,
				 NULL, export->diags, &cell->loads);
		if (err)
			break;
		cell->image_names = calloc(cell->loads.count + 1,
					   sizeof(*cell->image_names));
		if (!cell->image_names)
			err = -ENOMEM;
	}
	return err;
}

int export_read_cells(struct export *export, bool with_images)
{
	const struct jhcfg_export_options *options = export->options;
	size_t count = jhcfg_workspace_num_cells(export->workspace);
	struct load_source source = {
		.folder = options->folder,
		.given = options->images,
		.num_given = options->num_images,
	};
	char *folder = NULL;
	int err = 0;

	export->cells = calloc(count, sizeof(*export->cells));
	if (!export->cells)
		return -ENOMEM;
	if (!source.folder)
		err = load_find_folder(export->workspace, &folder);
	if (folder)
		source.folder = folder;
	for (size_t n = 0; n < count && !err; n++)
		err = read_cell(export, n, with_images ? &source : NULL);
	free(folder);
	return err || !with_images ? err : place_cells(export);
}

void export_cells_clear(struct export *export)
{
	for (size_t n = 0; export->cells && n < export->num_cells; n++) {
		load_plan_clear(&export->cells[n].loads);
		free(export->cells[n].base);
		free(export->cells[n].image_names);
	}
	free(export->cells);
	load_clear(&export->loads);
}

/* --- configurations ------------------------------------------------------- */

static int add_cell(struct export *export, const struct export_cell *cell)
{
	void *data;
	size_t size;
	int err = jhcfg_codec_encode_as(cell->config, &export->options->encode,
					export->diags, &data, &size);

	return err ? err
		   : export_add(&export->files, cell->base, ".cell", data,
				size);
}

static int add_text(struct export *export, const char *base, const char *end,
		    int err, char *text)
{
	return err ? err
		   : export_add(&export->files, base, end, text, strlen(text));
}

static int add_source(struct export *export, const struct export_cell *cell)
{
	char *text = NULL;
	int err = jhcfg_c_form_write(cell->config, &export->options->encode,
				     export->diags, &text);

	return add_text(export, cell->base, ".c", err, text);
}

/* --- device trees --------------------------------------------------------- */

/* Takes over the blob. */
static int add_tree(struct export *export, const char *base, const char *end,
		    void *blob, size_t size)
{
	char *text = NULL;
	int err = jhcfg_emit_tree_source(blob, size, &text);

	err = add_text(export, base, ".dts", err, text);
	if (!err)
		return export_add(&export->files, base, end, blob, size);
	free(blob);
	return err;
}

static bool is_for_linux(const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		if (jhcfg_linux_is_ram(memory))
			return true;
	return false;
}

static bool has_trees(const struct export_cell *cell)
{
	/* PCs have none */
	return jhcfg_config_architecture(cell->config) != JAILHOUSE_X86;
}

/* Of a cell with a kernel, the one that is loaded with it. */
static int add_linux_tree(struct export *export, const struct export_cell *cell)
{
	void *blob = NULL;
	size_t size = 0;
	int err;

	if (cell->key == JHCFG_ROOT_KEY || !has_trees(cell))
		return 0;
	if (cell->loads.is_linux) {
		const struct jhcfg_linux_plan *plan = &cell->loads.linux_plan;

		size = plan->dtb_size;
		blob = malloc(size);
		if (!blob)
			return -ENOMEM;
		memcpy(blob, plan->dtb_data, size);
	} else {
		if (!is_for_linux(cell->config))
			return 0;
		err = jhcfg_emit_linux_tree(export->workspace, cell->key,
					    &export->options->tree,
					    export->diags, &blob, &size);
		if (err)
			return err;
	}
	return add_tree(export, cell->base, ".dtb", blob, size);
}

static int add_overlay(struct export *export)
{
	void *blob;
	size_t size;
	int err;

	if (!has_trees(&export->cells[0]))
		return 0;
	err = jhcfg_emit_root_overlay(export->workspace, &export->options->tree,
				      export->diags, &blob, &size);
	return err ? err : add_tree(export, OVERLAY, ".dtbo", blob, size);
}

/* Where no argument helps, the overlay has to do. */
static int add_command_line(struct export *export)
{
	char *text = NULL;
	int err = jhcfg_emit_command_line(export->workspace, JHCFG_BOOT_PLAIN,
					  NULL, &text);

	return err == -ENOTSUP ? 0
			       : add_text(export, "cmdline", ".txt", err, text);
}

/* --- all ------------------------------------------------------------------ */

static const struct {
	unsigned int part;
	int (*add)(struct export *export, const struct export_cell *cell);
} cell_parts[] = {
	{ JHCFG_EXPORT_CELLS, add_cell },
	{ JHCFG_EXPORT_SOURCES, add_source },
	{ JHCFG_EXPORT_TREES, add_linux_tree },
};

static const struct {
	unsigned int part;
	int (*add)(struct export *export);
} system_parts[] = {
	{ JHCFG_EXPORT_OVERLAY, add_overlay },
	{ JHCFG_EXPORT_COMMAND_LINE, add_command_line },
};

int export_add_contents(struct export *export, unsigned int parts)
{
	int err = 0;

	for (size_t n = 0; n < export->num_cells && !err; n++)
		for (size_t i = 0;
		     i < sizeof(cell_parts) / sizeof(cell_parts[0]) && !err;
		     i++)
			if (parts & cell_parts[i].part)
				err = cell_parts[i].add(export,
							&export->cells[n]);
	for (size_t i = 0;
	     i < sizeof(system_parts) / sizeof(system_parts[0]) && !err; i++)
		if (parts & system_parts[i].part)
			err = system_parts[i].add(export);
	return err;
}
