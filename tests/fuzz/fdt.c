// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a flattened device tree. What is accepted is a board whose
 * indices lead somewhere, and trees for cells and the root can be cut out of
 * it. */
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/jhcfg.h>

#include "fuzz.h"

static void check_index(const struct jhcfg_board *board, size_t index)
{
	if (index != JHCFG_NO_INDEX && index >= jhcfg_board_num_devices(board))
		abort();
}

static void check_board(const struct jhcfg_board *board)
{
	const struct jhcfg_hw_device *device;

	for (size_t n = 0; (device = jhcfg_board_device(board, n)); n++) {
		check_index(board, device->parent);
		for (size_t i = 0; i < device->num_refs; i++)
			check_index(board, device->refs[i].device);
		for (size_t i = 0; i < device->num_irqs; i++)
			check_index(board, device->irqs[i].controller);
		for (size_t i = 0; i < device->num_windows; i++)
			if (!device->windows[i].size)
				abort();
	}
}

/* All that there is, for one cell. */
static uint32_t add_cell(struct jhcfg_workspace *workspace)
{
	const struct jhcfg_memory regions[] = {
		{ .size = UINT64_MAX, .flags = JAILHOUSE_MEM_IO },
		{ .phys_start = 0x1000,
		  .virt_start = 0x1000,
		  .size = 0x1000,
		  .flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			   JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA },
	};
	struct jhcfg_config *config =
		jhcfg_config_create(false, JAILHOUSE_ARM64);
	uint32_t key = 0;

	jhcfg_config_set_name(config, "all");
	jhcfg_config_add_cpu(config, 0);
	for (size_t n = 0; n < 2; n++)
		jhcfg_config_insert_memory(config, n, &regions[n]);
	if (jhcfg_workspace_begin(workspace, "Add") ||
	    jhcfg_workspace_add_cell(workspace, config, &key))
		abort();
	jhcfg_workspace_end(workspace);
	jhcfg_config_free(config);
	return key;
}

static void check_blob(void *blob, size_t size)
{
	char *text;

	/* what we write, we can read */
	if (jhcfg_emit_tree_source(blob, size, &text))
		abort();
	free(text);
	free(blob);
}

/* Trees for others that are cut out of this one. */
static void check_trees(const void *data, size_t size)
{
	struct jhcfg_workspace *workspace =
		jhcfg_workspace_new(JAILHOUSE_ARM64, NULL);
	uint32_t key = add_cell(workspace);
	void *copy = malloc(size), *blob;
	const struct jhcfg_tree_options options = {
		.board_tree = memcpy(copy, data, size),
		.board_tree_size = size,
		.pmu = true,
	};

	if (!jhcfg_emit_linux_tree(workspace, key, &options, NULL, &blob,
				   &size))
		check_blob(blob, size);
	size = options.board_tree_size;
	if (!jhcfg_emit_root_overlay(workspace, &options, NULL, &blob, &size))
		check_blob(blob, size);
	free(copy);
	jhcfg_workspace_free(workspace);
}

int fuzz_target(const uint8_t *data, size_t size)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_board *board = NULL;

	if (!jhcfg_import_fdt(data, size, "fuzz.dtb", diags, &board)) {
		check_board(board);
		check_trees(data, size);
	} else if (!jhcfg_diags_count(diags, JHCFG_ERROR))
		abort();
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
	return 0;
}
