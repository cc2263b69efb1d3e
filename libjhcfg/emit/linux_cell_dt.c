// SPDX-License-Identifier: LGPL-2.1-or-later
/* The device tree of a cell on the machine that this runs on: see linux_tree.c,
 * for which the machine's configurations and its own tree are a project. */
#include "emit/linux_cell_dt.h"

#include <errno.h>

#include <libfdt.h>

#include <jhcfg/board.h>
#include <jhcfg/emit.h>
#include <jhcfg/import.h>
#include <jhcfg/workspace.h>

static int refuse(const struct jhcfg_config *config, struct jhcfg_diags *diags,
		  const char *place, const char *text)
{
	jhcfg_diags_add(diags, JHCFG_ERROR, "B08",
			jhcfg_cell_name(jhcfg_config_cell(config)), place,
			"give a device tree", "%s", text);
	return -EINVAL;
}

static bool has_cpu(const struct jhcfg_board *board, unsigned int id)
{
	const struct jhcfg_hw_cpu *cpu;

	for (size_t n = 0; board && (cpu = jhcfg_board_cpu(board, n)); n++)
		if (cpu->id == id)
			return true;
	return false;
}

/* A CPU by a guessed affinity would start another one, or none. */
static int check_cpus(const struct jhcfg_config *config,
		      const struct jhcfg_board *board,
		      struct jhcfg_diags *diags)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	unsigned int found = 0;

	for (unsigned int id = 0; id < JHCFG_MAX_CPUS; id++)
		found += jhcfg_cell_has_cpu(cell, id) && has_cpu(board, id);
	if (found && found == jhcfg_cell_num_cpus(cell))
		return 0;
	jhcfg_diags_add(
		diags, JHCFG_ERROR, "B08", jhcfg_cell_name(cell), "/cpus",
		"run this on the machine itself, or give a device tree",
		"%u of %u CPUs are known", found, jhcfg_cell_num_cpus(cell));
	return -EINVAL;
}

static int check_gic(const struct jhcfg_config *config,
		     const struct jhcfg_linux_machine *machine,
		     struct jhcfg_diags *diags)
{
	uint8_t version =
		jhcfg_system_platform(jhcfg_config_system(machine->system))
			->gic_version;

	if (version == 2 || version == 3)
		return 0;
	return refuse(config, diags, "",
		      "the system names no GIC that is known here");
}

/* The second cell of the workspace; the first is the root. */
static int emit(const struct jhcfg_config *config,
		const struct jhcfg_linux_machine *machine,
		const struct jhcfg_board *board, struct jhcfg_diags *diags,
		void **dtb)
{
	const struct jhcfg_tree_options options = {
		.board_tree = machine->tree,
		.board_tree_size = machine->tree_size,
		.pmu = true,
	};
	struct jhcfg_workspace *workspace;
	size_t size;
	int err;

	/* it holds a reference, and changes nothing */
	err = jhcfg_workspace_from_configs(
		machine->system, &config, 1,
		(struct jhcfg_board *)(uintptr_t)board, diags, &workspace);
	if (err)
		return err;
	err = jhcfg_emit_linux_tree(workspace,
				    jhcfg_workspace_cell_key(workspace, 1),
				    &options, diags, dtb, &size);
	jhcfg_workspace_free(workspace);
	return err;
}

int jhcfg_linux_make_dt(const struct jhcfg_config *config,
			const struct jhcfg_linux_machine *machine,
			struct jhcfg_diags *diags, void **dtb)
{
	const struct jhcfg_board *board = machine->board;
	struct jhcfg_board *own = NULL;
	int err = check_gic(config, machine, diags);

	if (err)
		return err;
	if (machine->tree) {
		err = jhcfg_import_fdt(machine->tree, machine->tree_size,
				       "machine", NULL, &own);
		board = own;
	}
	if (err == -ENOMEM)
		return err;
	if (err)
		return refuse(config, diags, "",
			      "the machine's device tree is damaged");
	err = check_cpus(config, board, diags);
	if (!err)
		err = emit(config, machine, board, diags, dtb);
	jhcfg_board_free(own);
	return err;
}
