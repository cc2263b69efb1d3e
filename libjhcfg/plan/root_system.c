// SPDX-License-Identifier: LGPL-2.1-or-later
#include "plan/root_system.h"

#include <jailhouse/cell-config.h>

int root_add_cpus(struct jhcfg_config *config, const struct jhcfg_board *board)
{
	int err = 0;

	for (size_t n = 0; !err && n < jhcfg_board_num_cpus(board); n++)
		err = jhcfg_config_add_cpu(config,
					   jhcfg_board_cpu(board, n)->id);
	return err;
}

int root_add_region(struct jhcfg_config *config, struct jhcfg_range range,
		    uint64_t flags, const char *name, const char *source)
{
	size_t index = jhcfg_cell_num_memory(jhcfg_config_cell(config));
	int err = jhcfg_config_insert_memory(config, index,
					     &(struct jhcfg_memory){
						     .phys_start = range.start,
						     .virt_start = range.start,
						     .size = range.size,
						     .flags = flags,
					     });

	if (!err)
		err = jhcfg_config_set_memory_note(config, index, "name", name);
	if (!err && *source)
		err = jhcfg_config_set_memory_note(config, index, "source",
						   source);
	return err;
}

void root_set_system(struct jhcfg_config *config,
		     const struct jhcfg_platform *platform,
		     const struct jhcfg_range *hypervisor)
{
	const struct jhcfg_memory memory = {
		.phys_start = hypervisor->start,
		.size = hypervisor->size,
	};

	jhcfg_config_set_platform(config, platform);
	jhcfg_config_set_hypervisor_memory(config, &memory);
	jhcfg_config_set_system_flags(config,
				      JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE);
}
