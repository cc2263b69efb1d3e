// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/irq.h"

#include <errno.h>

#include "model/owner.h"

#define GIC_FIRST_SPI 32U

uint32_t jhw_irq_first(const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_config *config = jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	const struct jhcfg_system *system = config ? jhcfg_config_system(config) : NULL;

	return system && jhcfg_system_platform(system)->gic_version ? GIC_FIRST_SPI : 0;
}

int jhw_irq_give(struct jhcfg_workspace *workspace, uint32_t number, uint32_t cell)
{
	uint64_t chip = jhw_irqchip_address(workspace);
	struct jhcfg_config *config;
	uint32_t key;

	for (size_t n = 1; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		if (key == cell ||
		    !jhcfg_config_has_irq(jhcfg_workspace_cell(workspace, key), chip, number))
			continue;
		config = jhcfg_workspace_edit_cell(workspace, key);
		if (!config)
			return -ENOMEM;
		jhcfg_config_remove_irq(config, chip, number);
	}
	config = jhcfg_workspace_edit_cell(workspace, cell);
	return config ? jhcfg_config_add_irq(config, chip, number) : -ENOMEM;
}
