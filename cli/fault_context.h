/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What faults are explained with: configurations, hardware, symbols. */
#ifndef CLI_FAULT_CONTEXT_H
#define CLI_FAULT_CONTEXT_H

#include <stdbool.h>
#include <stdio.h>

#include <jhcfg/fault.h>
#include <jhcfg/running.h>

#include "check_input.h"
#include "command.h"

struct json_object;

/* clang-format off */
/* Rows of a command's options. */
#define FAULT_OPTIONS \
	{ 0, "config", "SYSTEM", \
	  "the project or configuration that ran, instead of what the target " \
	  "says", COMPLETE_FILE }, \
	{ 0, "board", "FILE", "the hardware, if the project has no board", \
	  COMPLETE_FILE }, \
	{ 0, "elf", "FILE", \
	  "the program that ran in the cell, for the names of functions", \
	  COMPLETE_FILE }
/* clang-format on */

struct fault_context {
	struct jhcfg_fault_context public;
	struct check_input input;
	bool has_input;
	struct jhcfg_running *running;
	struct jhcfg_symbols *symbols;
	const struct jhcfg_config **configs;
};

/* Reads what the options name; false after messages. */
bool fault_context_read(const struct cmd_line *line,
			struct fault_context *context);
/* If no configurations were named: those that the target runs. */
void fault_context_ask(struct fault_context *context,
		       struct jhcfg_target *target);
void fault_context_clear(struct fault_context *context);

/* Prints what a fault means, each line behind @prefix. */
void fault_print(FILE *out, const char *prefix, const struct jhcfg_fault *fault,
		 const struct fault_context *context);
/* The same as an object; NULL without memory. */
struct json_object *fault_json(const struct jhcfg_fault *fault,
			       const struct fault_context *context);

#endif
