/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What "config import" and "config create" share: a configuration read, or made
 * for hardware, and written where and as the user wants it. */
#ifndef CLI_HARDWARE_SOURCE_H
#define CLI_HARDWARE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include <jhcfg/root.h>
#include <jhcfg/source.h>

#include "command.h"

struct root_request {
	const char *path;
	struct jhcfg_source_options source;
	struct jhcfg_root_options options;
	const char *output; /* .cell, .c or JSON; NULL: JSON to stdout */
	bool json;	    /* a summary on stdout */
	bool board_only;    /* no configuration, only the hardware */
};

/* clang-format off */
/* Rows of the command's options. */
#define ROOT_OPTIONS \
	{ 0, "mem-inmates", "SIZE", "memory for cells (default: 64M; x86: 76M)", \
	  COMPLETE_NOTHING }, \
	{ 0, "mem-hv", "SIZE", "memory of the hypervisor (default: 4M; x86: 6M)", \
	  COMPLETE_NOTHING }, \
	{ 0, "ram", "START:SIZE", \
	  "where RAM is, in place of what the source says", COMPLETE_NOTHING }
/* clang-format on */

/* Reads them: false, after a message, if one makes no sense. */
bool root_parse_options(const struct cmd_line *line,
			struct jhcfg_root_options *options);
/* Returns the exit code. */
int root_make(const struct root_request *request);

#endif
