// SPDX-License-Identifier: GPL-2.0-or-later
/* config export: what others need of a project. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/export.h>
#include <jhcfg/file.h>
#include <jhcfg/import.h>

#include "check_images.h"
#include "commands.h"
#include "configuration.h"
#include "json_out.h"
#include "output.h"
#include "project.h"

struct export
{
	const struct cmd_line *line;
	const struct format *format;
	const char *output; /* NULL: stdout */
	struct jhcfg_workspace *workspace;
	struct jhcfg_diags *diags;
	struct jhcfg_tree_options tree;
	void *board_tree;
	enum jhcfg_boot_loader loader;
	bool json;
	struct configuration_request request;
	struct check_images images;
};

struct format {
	const char *name;
	bool needs_cell;
	/* a single file, *data to be freed; NULL: a folder of these parts */
	int (*make)(struct export *export, void **data, size_t *size);
	unsigned int parts;
};

static int from_text(int err, char *text, void **data, size_t *size)
{
	if (err)
		return err;
	*data = text;
	*size = strlen(text);
	return 0;
}

static int to_source(int err, void **data, size_t *size)
{
	char *text = NULL;
	void *blob = *data;

	if (err)
		return err;
	err = jhcfg_emit_tree_source(blob, *size, &text);
	free(blob);
	*data = NULL;
	return from_text(err, text, data, size);
}

static int make_linux_blob(struct export *export, void **data, size_t *size)
{
	const char *cell = cmd_option(export->line, "cell");
	uint32_t key = project_find_cell(export->workspace, cell);

	if (!key)
		return -ENOENT;
	return jhcfg_emit_linux_tree(export->workspace, key, &export->tree,
				     export->diags, data, size);
}

static int make_linux_source(struct export *export, void **data, size_t *size)
{
	return to_source(make_linux_blob(export, data, size), data, size);
}

static int make_overlay_blob(struct export *export, void **data, size_t *size)
{
	return jhcfg_emit_root_overlay(export->workspace, &export->tree,
				       export->diags, data, size);
}

static int make_overlay_source(struct export *export, void **data, size_t *size)
{
	return to_source(make_overlay_blob(export, data, size), data, size);
}

static int make_command_line(struct export *export, void **data, size_t *size)
{
	char *text = NULL;
	int err = jhcfg_emit_command_line(export->workspace, export->loader,
					  export->diags, &text);

	return from_text(err, text, data, size);
}

static int make_folder(struct export *export)
{
	const struct cmd_line *line = export->line;
	const struct jhcfg_export_options options = {
		.parts = export->format->parts,
		.encode = export->request.encode,
		.tree = export->tree,
		.scenario = cmd_option(line, "scenario"),
		.images = export->images.images,
		.num_images = export->images.count,
		.force = cmd_option(line, "force"),
		/* who asks for configurations alone means these files */
		.replace = cmd_option(line, "replace") ||
			   export->format->parts != JHCFG_EXPORT_ALL,
	};
	struct jhcfg_exported exported = { 0 };
	int err = jhcfg_export(export->workspace, export->output, &options,
			       export->diags, &exported);

	for (size_t n = 0; n < exported.count && !export->json; n++)
		printf("%s/%s\n", export->output, exported.names[n]);
	jhcfg_exported_clear(&exported);
	return err;
}

static const struct format formats[] = {
	{ "all", false, NULL, JHCFG_EXPORT_ALL },
	{ "cell", false, NULL, JHCFG_EXPORT_CELLS },
	{ "c", false, NULL, JHCFG_EXPORT_SOURCES },
	{ "dtb", true, make_linux_blob, 0 },
	{ "dts", true, make_linux_source, 0 },
	{ "dtbo", false, make_overlay_blob, 0 },
	{ "overlay", false, make_overlay_source, 0 },
	{ "cmdline", false, make_command_line, 0 },
};

/* --- the command line --- */

static bool parse_format(struct export *export)
{
	const char *name = cmd_option(export->line, "format");

	if (!name && export->output)
		name = "all";
	for (size_t n = 0; name && n < sizeof(formats) / sizeof(formats[0]);
	     n++)
		if (!strcmp(formats[n].name, name))
			export->format = &formats[n];
	if (!export->format) {
		output_error("%s%s: say what to export: -o FOLDER for all of "
			     "it, or --format cell, c, dtb, dts, dtbo, overlay "
			     "or cmdline",
			     name ? "--format " : "config export",
			     name ? name : "");
		return false;
	}
	if (export->format->needs_cell && !cmd_option(export->line, "cell")) {
		output_error("say for which cell: --cell NAME");
		return false;
	}
	if (!export->format->make && !export->output) {
		output_error("say where the files go: -o FOLDER");
		return false;
	}
	return true;
}

static bool parse_loader(struct export *export)
{
	static const char *const names[] = {
		[JHCFG_BOOT_PLAIN] = "plain",
		[JHCFG_BOOT_GRUB] = "grub",
		[JHCFG_BOOT_UBOOT] = "u-boot",
	};
	const char *name = cmd_option(export->line, "boot-loader");

	if (!name)
		return true;
	for (unsigned int n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
		if (!strcmp(names[n], name)) {
			export->loader = (enum jhcfg_boot_loader)n;
			return true;
		}
	}
	output_error("--boot-loader %s: not plain, grub or u-boot", name);
	return false;
}

static bool parse_initrd(struct export *export)
{
	const char *text = cmd_option(export->line, "initrd");
	struct jhcfg_range *range = &export->tree.initrd;
	char rest;

	if (!text)
		return true;
	if (sscanf(text, "%" SCNi64 ":%" SCNi64 "%c", (int64_t *)&range->start,
		   (int64_t *)&range->size, &rest) == 2 &&
	    range->size && range->start <= UINT64_MAX - range->size)
		return true;
	output_error("--initrd %s: not a range such as 0x48000000:0x800000",
		     text);
	return false;
}

static int read_tree(struct export *export)
{
	const char *path = cmd_option(export->line, "tree");
	size_t size;
	int err;

	if (!path)
		return 0;
	err = jhcfg_file_read(path, JHCFG_DEVICE_TREE_MAX, &export->board_tree,
			      &size);
	if (err) {
		output_errno(path, err);
		return err;
	}
	export->tree.board_tree = export->board_tree;
	export->tree.board_tree_size = size;
	return 0;
}

static int read_images(struct export *export)
{
	const char *list = cmd_option(export->line, "images");
	const struct check_input input = { .workspace = export->workspace };

	if (list && !check_images_read(&export->images, &input, list))
		return -EINVAL;
	return 0;
}

static int store(const struct export *export, const void *data, size_t size)
{
	const struct configuration_request request = {
		.output = export->output,
	};

	return data ? configuration_store(&request, data, size) : 0;
}

static int make(struct export *export)
{
	void *data = NULL;
	size_t size = 0;
	int err = read_tree(export);

	if (err)
		return err;
	err = project_open(export->line->argv, (size_t) export->line->argc,
			   &export->workspace);
	if (err)
		return err;
	err = read_images(export);
	if (!err)
		err = export->format->make
			      ? export->format->make(export, &data, &size)
			      : make_folder(export);
	if (!export->json || err)
		output_diags(export->line->argv[0], export->diags);
	if (err && err != -ENOENT &&
	    !jhcfg_diags_count(export->diags, JHCFG_ERROR))
		output_errno(export->line->argv[0], err);
	if (!err)
		err = store(export, data, size);
	if (!err && export->json)
		err = json_out_made(export->line->argv[0], export->output,
				    export->diags);
	free(data);
	jhcfg_workspace_free(export->workspace);
	return err;
}

static int run(const struct cmd_line *line)
{
	struct export export = {
		.line = line,
		.output = cmd_option(line, "output"),
		.json = cmd_option(line, "json"),
		.diags = jhcfg_diags_new(),
		.tree = {
			.command_line = cmd_option(line, "append"),
			.pmu = cmd_option(line, "pmu"),
		},
	};
	int code = CMD_USAGE;

	if (export.json && !export.output)
		output_error("--json needs -o, since stdout is its own");
	else if (parse_format(&export) && parse_loader(&export) &&
		 parse_initrd(&export) &&
		 configuration_parse_options(line, &export.request))
		code = make(&export) ? CMD_FAILED : CMD_OK;
	configuration_clear(&export.request);
	check_images_clear(&export.images);
	jhcfg_diags_free(export.diags);
	free(export.board_tree);
	return code;
}

static const struct cmd_option options[] = {
	{ 'f', "format", "FORMAT",
	  "all (which -o alone means): everything, with a script that brings "
	  "the cells up, into a folder; cell, c: all configurations; dtb, "
	  "dts: the device tree for Linux in a cell; dtbo, overlay: what the "
	  "root's tree needs, binary or as source; cmdline: what the root's "
	  "kernel command line needs",
	  COMPLETE_NOTHING },
	{ 'o', "output", "FILE",
	  "write to FILE instead of stdout; a folder for all, cell and c",
	  COMPLETE_FILE },
	{ 's', "scenario", "NAME",
	  "what the script starts if it is not told: the cells of this "
	  "scenario",
	  COMPLETE_NOTHING },
	{ 'i', "images", "LIST",
	  "load these into their cells instead of the project's images: "
	  "CELL:KIND=FILE[@ADDRESS],... with KIND inmate, loader, kernel, "
	  "initrd, dtb or cmdline",
	  COMPLETE_NOTHING },
	{ 0, "force", NULL, "export all in spite of errors that rules find",
	  COMPLETE_NOTHING },
	{ 0, "replace", NULL,
	  "replace files in the folder that no export left there, or that "
	  "were changed since",
	  COMPLETE_NOTHING },
	{ 'c', "cell", "NAME", "the cell to make a device tree for",
	  COMPLETE_NOTHING },
	{ 't', "tree", "FILE.dtb",
	  "the board's device tree, from which devices are cut out",
	  COMPLETE_FILE },
	{ 'a', "append", "TEXT", "command line for Linux in the cell",
	  COMPLETE_NOTHING },
	{ 0, "initrd", "START:SIZE", "where the cell's initrd will be",
	  COMPLETE_NOTHING },
	{ 0, "pmu", NULL,
	  "tell Linux in the cell of performance counters, where the "
	  "hypervisor grants them",
	  COMPLETE_NOTHING },
	{ 'b', "boot-loader", "NAME",
	  "plain, grub or u-boot: escape the command line for it",
	  COMPLETE_NOTHING },
	CONFIGURATION_WRITE_OPTIONS,
	{ 0, "json", NULL, "print what was made as JSON; with -o",
	  COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_config_export = {
	.words = { "config", "export" },
	.operands = "SYSTEM [CELL...]",
	.summary = "write what Linux and boot loaders need of a project",
	.description =
		"SYSTEM in the project form names its cells and its board; "
		"others, of any form, come with their cells beside them. The "
		"device tree for a cell has its CPUs, memory, PSCI, timer, "
		"interrupt controller and virtual PCI host, and the devices "
		"whose registers the cell has; with --tree, they are cut out "
		"of "
		"the board's own. The overlay for the root disables devices of "
		"other cells and reserves their memory. A folder with all of "
		"it is written whole or not at all; copied to the target, its "
		"launch.sh starts the cells, stops them and says what runs, "
		"with the program jailhouse and its driver alone.",
	.example = "jailhouse config export system.json -o board/\n"
		   "jailhouse config export -f cell system.json -o cells/\n"
		   "jailhouse config export -f dtb --cell linux2 --tree "
		   "board.dtb system.json -o linux2.dtb\n"
		   "jailhouse config export -f dtbo --tree board.dtb "
		   "system.json -o jailhouse.dtbo\n"
		   "jailhouse config export -f cmdline -b grub system.json",
	.options = options,
	.min_operands = 1,
	.max_operands = -1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.run = run,
};
