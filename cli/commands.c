// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands.h"

/* One a line. */
/* clang-format off */
const struct command *const commands[] = {
	&cmd_enable,
	&cmd_disable,
	&cmd_console,
	&cmd_cell_create,
	&cmd_cell_list,
	&cmd_cell_linux,
	&cmd_cell_load,
	&cmd_cell_start,
	&cmd_cell_shutdown,
	&cmd_cell_destroy,
	&cmd_cell_stats,
	&cmd_cell_enable,
	&cmd_hardware_check,
	&cmd_config_collect,
	&cmd_config_check,
	&cmd_config_compile,
	&cmd_config_convert,
	&cmd_config_create,
	&cmd_config_diff,
	&cmd_config_edit,
	&cmd_config_export,
	&cmd_config_import,
	&cmd_config_plan,
	&cmd_config_report,
	&cmd_config_schema,
	&cmd_config_show,
	&cmd_explain,
	&cmd_target_console,
	&cmd_target_explain,
	&cmd_target_deploy,
	&cmd_target_probe,
	&cmd_target_record,
	&cmd_target_watch,
	NULL,
};
/* clang-format on */
