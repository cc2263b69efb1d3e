// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/jhcfg.h>

#include "commands.h"
#include "device.h"
#include "images.h"
#include "output.h"
#include "paths.h"
#include "sysfs.h"

static void list_loadable_regions(const struct jhcfg_cell *cell)
{
	const struct jhcfg_memory *mem;

	for (size_t n = 0; (mem = jhcfg_cell_memory(cell, n)); n++) {
		if (mem->flags & JAILHOUSE_MEM_LOADABLE && mem->size)
			output_hint("cell \"%s\" can be loaded at 0x%" PRIx64
				    "-0x%" PRIx64,
				    jhcfg_cell_name(cell), mem->virt_start,
				    mem->virt_start + mem->size - 1);
	}
}

/* Where images may go, from the configuration that the driver reads back. */
static void explain_regions(const struct jailhouse_cell_id *id)
{
	struct jhcfg_config *config = NULL;
	struct sysfs_cell *cell;
	char *data;
	size_t size;

	if (sysfs_find_cell(id->id, id->name, &cell))
		return;
	if (!paths_read(&data, &size, PATHS_SYSFS "/cells/%s/config",
			cell->id)) {
		if (!jhcfg_codec_decode(data, size, NULL, &config))
			list_loadable_regions(jhcfg_config_cell(config));
		jhcfg_config_free(config);
		free(data);
	}
	sysfs_free_cell(cell);
}

static int load_images(const struct jailhouse_cell_id *id,
		       const struct image_spec *specs, int count)
{
	struct jailhouse_cell_load *load;
	int err;

	err = images_prepare(specs, count, id, &load);
	if (err)
		return err;
	err = device_request(DEVICE_CELL_LOAD, load);
	if (err == -EINVAL)
		explain_regions(id);
	free(load);
	return err;
}

static int parse_and_load(const struct cmd_line *line, struct image_spec *specs)
{
	struct jailhouse_cell_id id;
	const char *bad = NULL;
	int pos = 0, count;

	if (!device_parse_cell_id(line->argc, line->argv, &pos, &id))
		return CMD_SHOW_USAGE;
	switch (images_parse(line->argc - pos, line->argv + pos, specs, &count,
			     &bad)) {
	case IMAGES_USAGE:
		return CMD_SHOW_USAGE;
	case IMAGES_BAD_ADDRESS:
		output_error("%s: not an address", bad);
		return CMD_SHOW_USAGE;
	case IMAGES_OK:
		break;
	}
	return load_images(&id, specs, count) ? CMD_FAILED : CMD_OK;
}

/* Images do, their addresses and the cell's name do not. */
static bool takes_along(const struct cmd_line *line, int index)
{
	struct image_spec *specs = calloc((size_t)line->argc, sizeof(*specs));
	struct jailhouse_cell_id id;
	const char *bad;
	int pos = 0, count = 0;
	bool found = false;

	if (specs && device_parse_cell_id(line->argc, line->argv, &pos, &id) &&
	    images_parse(line->argc - pos, line->argv + pos, specs, &count,
			 &bad) != IMAGES_OK)
		count = 0;
	for (int n = 0; n < count && !found; n++)
		found = !specs[n].is_string &&
			specs[n].source == line->argv[index];
	free(specs);
	return found;
}

static int run(const struct cmd_line *line)
{
	struct image_spec *specs;
	int result;

	specs = calloc((size_t)line->argc, sizeof(*specs));
	if (!specs) {
		output_errno("cell load", ENOMEM);
		return CMD_FAILED;
	}
	result = parse_and_load(line, specs);
	free(specs);
	return result;
}

static const struct cmd_option options[] = {
	{ 's', "string", "STRING", "load STRING and the NUL behind it",
	  COMPLETE_NOTHING },
	{ 'a', "address", "ADDR",
	  "where the cell sees the image or string before it; 0 without it",
	  COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_cell_load = {
	.words = { "cell", "load" },
	.operands = "{ID|[--name] NAME} {IMAGE|{-s|--string} STRING} "
		    "[-a|--address ADDR] ...",
	.summary = "put images into a cell",
	.description =
		"Stops the cell and copies files and strings into its memory. "
		"Each may be followed by the address where the cell sees it. "
		"All are loaded in order, by one request.",
	.example = "jailhouse cell load inmate-demo uart-demo.bin\n"
		   "jailhouse cell load 1 gic-demo.bin -s con-virtual=1 "
		   "-a 0x1000",
	.options = options,
	.min_operands = 2,
	.max_operands = -1,
	.usage_exit = CMD_FAILED,
	.raw = true,
	.complete = COMPLETE_CELL,
	.place = PLACE_RUNS,
	.takes_along = takes_along,
	.run = run,
};
