// SPDX-License-Identifier: LGPL-2.1-or-later
/* A tree as a board. */
#include <jhcfg/import.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "import/device_tree.h"

/* Nothing in a tree says it outright; its CPUs do. 32-bit ones have a reg of
 * one cell and an ARMv7 (or older) name. */
static const char *const arm32_cpus[] = {
	"arm,cortex-a5",    "arm,cortex-a7",
	"arm,cortex-a8",    "arm,cortex-a9",
	"arm,cortex-a12",   "arm,cortex-a15",
	"arm,cortex-a17",   "arm,arm926ej-s",
	"arm,arm1176jzf-s", "arm,arm11mpcore",
	"arm,arm1176",	    "arm,arm920t",
	"brcm,brahma-b15",  "qcom,krait",
	"qcom,scorpion",    "marvell,pj4b",
	"marvell,pj4a",	    "marvell,sheeva-v7",
	"marvell,pj4b-mp",  "marvell,sheeva-v5",
	"marvell,feroceon", "marvell,88sv131",
	"marvell,mohawk",   "faraday,fa526",
	"intel,sa110",	    "arm,arm926ej-s",
	"marvell,pj4",	    "marvell,feroceon-88fr131",
};

static uint8_t architecture_of(const struct dt_tree *tree)
{
	uint32_t folder = dt_find_path(tree, "/cpus"), cpu = DT_NONE;

	while (folder != DT_NONE &&
	       (cpu = dt_next_child(tree, folder, cpu)) != DT_NONE)
		for (size_t n = 0;
		     n < sizeof(arm32_cpus) / sizeof(arm32_cpus[0]); n++)
			if (dt_compatible(tree, cpu, arm32_cpus[n]))
				return JAILHOUSE_ARM;
	return JAILHOUSE_ARM64;
}

/* "ti,am625-sk" is a name, its maker's or the file's less so. */
static void set_name(const struct dt_tree *tree, struct jhcfg_board *board)
{
	const char *compatible = dt_text(tree, 0, "compatible");
	const char *model = dt_text(tree, 0, "model");
	const char *comma = strchr(compatible, ',');

	if (comma && comma[1])
		compatible = comma + 1;
	jhcfg_board_set_name(board, *compatible ? compatible : "board",
			     *model ? model : compatible);
}

static int fill_board(struct dt_tree *tree, const void *blob,
		      struct jhcfg_board *board)
{
	uint32_t chosen = dt_find_path(tree, "/chosen");
	int err;

	set_name(tree, board);
	jhcfg_board_set_source(board, tree->file);
	if (chosen != DT_NONE)
		jhcfg_board_set_command_line(board,
					     dt_text(tree, chosen, "bootargs"));
	err = dt_add_cpus(tree, board);
	if (!err)
		err = dt_add_devices(tree, board);
	if (err)
		return err;
	dt_add_memory(tree, board, blob);
	dt_add_platform(tree, board);
	return jhcfg_board_finish(board);
}

static int import_aligned(const void *blob, size_t size, const char *name,
			  struct jhcfg_diags *diags, struct jhcfg_board **board)
{
	struct jhcfg_board *made;
	struct dt_tree tree;
	int err = dt_tree_read(&tree, blob, size, name, diags);

	if (err)
		return err;
	made = jhcfg_board_new(architecture_of(&tree));
	err = made ? fill_board(&tree, blob, made) : -ENOMEM;
	dt_tree_clear(&tree);
	if (err)
		jhcfg_board_free(made);
	else
		*board = made;
	return err;
}

int jhcfg_import_fdt(const void *blob, size_t size, const char *name,
		     struct jhcfg_diags *diags, struct jhcfg_board **board)
{
	void *copy;
	int err;

	/* libfdt reads the reservation block as 64-bit numbers (5.3). */
	copy = malloc(size ? size : 1);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, blob, size);
	err = import_aligned(copy, size, name, diags, board);
	free(copy);
	return err;
}
