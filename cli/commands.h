/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The entries that the files cmd_*.c export. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include <stddef.h>

#include "command.h"

extern const struct command cmd_cell_create;
extern const struct command cmd_cell_destroy;
extern const struct command cmd_cell_enable;
extern const struct command cmd_cell_linux;
extern const struct command cmd_cell_list;
extern const struct command cmd_cell_load;
extern const struct command cmd_cell_shutdown;
extern const struct command cmd_cell_start;
extern const struct command cmd_cell_stats;
extern const struct command cmd_config_collect;
extern const struct command cmd_config_check;
extern const struct command cmd_config_compile;
extern const struct command cmd_config_convert;
extern const struct command cmd_config_create;
extern const struct command cmd_config_diff;
extern const struct command cmd_config_edit;
extern const struct command cmd_config_export;
extern const struct command cmd_config_import;
extern const struct command cmd_config_plan;
extern const struct command cmd_config_report;
extern const struct command cmd_config_schema;
extern const struct command cmd_config_show;
extern const struct command cmd_console;
extern const struct command cmd_disable;
extern const struct command cmd_enable;
extern const struct command cmd_explain;
extern const struct command cmd_hardware_check;
extern const struct command cmd_target_console;
extern const struct command cmd_target_explain;
extern const struct command cmd_target_deploy;
extern const struct command cmd_target_probe;
extern const struct command cmd_target_record;
extern const struct command cmd_target_watch;

#endif
