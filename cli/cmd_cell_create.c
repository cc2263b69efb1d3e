// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "cells_start.h"
#include "commands.h"
#include "config_file.h"
#include "device.h"
#include "output.h"
#include "sysfs.h"

/*
 * Established drivers answer 0 for a configuration of another architecture
 * and create nothing, so look.
 */
static int check_created(const struct config_file *file)
{
	const struct jailhouse_cell_desc *desc = file->data;
	char name[JAILHOUSE_CELL_NAME_MAXLEN + 1];
	struct sysfs_cell *cell;
	int err;

	if (file->size < sizeof(*desc))
		return -EINVAL;
	memcpy(name, desc->name, sizeof(name));
	name[sizeof(name) - 1] = '\0';
	err = sysfs_find_cell(-1, name, &cell);
	if (!err) {
		sysfs_free_cell(cell);
		return 0;
	}
	output_error("the driver accepted %s, but there is no cell \"%s\"",
		     file->path, name);
	output_hint("is it a configuration for this architecture? See dmesg");
	return -ENODEV;
}

int cell_create(const struct config_file *file)
{
	struct jailhouse_cell_create arg = {
		.config_address = (uintptr_t)file->data,
		.config_size = (uint32_t)file->size,
	};
	int err;

	err = device_request(DEVICE_CELL_CREATE, &arg);
	if (err)
		config_file_explain(file, JHCFG_IS_CELL);
	else
		err = check_created(file);
	return err;
}

static int run(const struct cmd_line *line)
{
	struct config_file file;
	int err;

	err = config_file_load(line->argv[0], &file);
	if (err)
		return CMD_FAILED;
	err = cell_create(&file);
	config_file_unload(&file);
	return err ? CMD_FAILED : CMD_OK;
}

const struct command cmd_cell_create = {
	.words = { "cell", "create" },
	.operands = "CELLCONFIG",
	.summary = "create a cell",
	.description = "Creates the cell that the binary configuration "
		       "CELLCONFIG describes. Its CPUs and devices leave the "
		       "root cell; it can be loaded and started then.",
	.example = "jailhouse cell create /usr/share/jailhouse/cells/"
		   "qemu-arm64-inmate-demo.cell",
	.min_operands = 1,
	.max_operands = 1,
	.usage_exit = CMD_FAILED,
	.complete = COMPLETE_CONFIG,
	.place = PLACE_RUNS,
	.takes_along = cmd_takes_first,
	.run = run,
};
