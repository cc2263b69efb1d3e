// SPDX-License-Identifier: LGPL-2.1-or-later
/* Interrupts by the numbers that boards have for them, of cells of a project.
 */
#include <errno.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "model/workspace.h"

/* As configurations name it: the controller, and which of its lines. */
struct place {
	uint64_t chip;
	uint32_t line;
};

/* The first controller that the root has, unless the platform names a GIC. */
static uint64_t main_chip(const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_config *root =
		jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	const struct jhcfg_platform *platform =
		jhcfg_system_platform(jhcfg_config_system(root));
	const struct jhcfg_irqchip *chip =
		jhcfg_cell_irqchip(jhcfg_config_cell(root), 0);

	return platform->gicd_base ? platform->gicd_base
	       : chip		   ? chip->address
				   : 0;
}

/* I/O APICs count pins from 0 each, boards go on counting. */
static struct place place_of(const struct jhcfg_workspace *workspace,
			     uint32_t number)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	const struct jhcfg_hw_irqchip *chip;

	for (size_t n = 0; board && (chip = jhcfg_board_irqchip(board, n)); n++)
		if (chip->kind == JHCFG_HW_IOAPIC && number >= chip->gsi_base &&
		    number - chip->gsi_base < chip->num_pins)
			return (struct place){ chip->gicd.start,
					       number - chip->gsi_base };
	return (struct place){ main_chip(workspace), number };
}

bool jhcfg_workspace_has_irq(const struct jhcfg_workspace *workspace,
			     uint32_t key, uint32_t number)
{
	const struct jhcfg_config *config =
		jhcfg_workspace_cell(workspace, key);
	struct place place = place_of(workspace, number);

	return config && jhcfg_config_has_irq(config, place.chip, place.line);
}

/* Remapping of interrupts knows an I/O APIC by its id: with another one than
 * the root's, the hypervisor reserves entries twice, and has too few. */
static int take_id(struct jhcfg_workspace *workspace,
		   struct jhcfg_config *config, uint64_t address)
{
	const struct jhcfg_cell *root = jhcfg_config_cell(
		jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY));
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_irqchip *of_root, *chip;
	int err = 0;

	for (size_t n = 0; (of_root = jhcfg_cell_irqchip(root, n)); n++)
		if (of_root->address == address)
			break;
	for (size_t n = 0;
	     !err && of_root && (chip = jhcfg_cell_irqchip(cell, n)); n++) {
		struct jhcfg_irqchip same = *chip;

		if (chip->address != address || chip->id == of_root->id)
			continue;
		same.id = of_root->id;
		err = jhcfg_config_replace_irqchip(config, n, &same);
	}
	return err;
}

int jhcfg_workspace_add_irq(struct jhcfg_workspace *workspace, uint32_t key,
			    uint32_t number)
{
	struct place place = place_of(workspace, number);
	struct jhcfg_config *config = jhcfg_workspace_edit_cell(workspace, key);
	int err;

	if (!config)
		return -ENOMEM;
	err = jhcfg_config_add_irq(config, place.chip, place.line);
	return err ? err : take_id(workspace, config, place.chip);
}

int jhcfg_workspace_remove_irq(struct jhcfg_workspace *workspace, uint32_t key,
			       uint32_t number)
{
	struct place place = place_of(workspace, number);
	struct jhcfg_config *config = jhcfg_workspace_edit_cell(workspace, key);

	if (!config)
		return -ENOMEM;
	jhcfg_config_remove_irq(config, place.chip, place.line);
	return 0;
}
