/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /dev/jailhouse: requests to the driver, and what to say when they fail. */
#ifndef CLI_DEVICE_H
#define CLI_DEVICE_H

#include <stdbool.h>

#include <jailhouse/driver.h>

#include "command.h"

enum device_request {
	DEVICE_ENABLE,
	DEVICE_DISABLE,
	DEVICE_CELL_CREATE,
	DEVICE_CELL_LOAD,
	DEVICE_CELL_START,
	DEVICE_CELL_SHUTDOWN, /* the request of CELL_LOAD, without images */
	DEVICE_CELL_DESTROY,
	DEVICE_NUM_REQUESTS,
};

/* Opens the device; says why if that fails. A descriptor, or -errno. */
int device_open(int flags);

/*
 * Sends one request with its argument @arg. If it fails: the established line
 * "NAME: strerror", what kernel and hypervisor said meanwhile, and a hint.
 * 0 or -errno.
 */
int device_request(enum device_request request, void *arg);

/*
 * Reads "ID", "NAME" or "--name NAME" at @argv[*@pos] into @id, and moves
 * *@pos behind it. false: there is none.
 */
bool device_parse_cell_id(int argc, char **argv, int *pos,
			  struct jailhouse_cell_id *id);

/* A cell by @text: its id, or its name if it is no number or @is_name. */
void device_make_cell_id(const char *text, bool is_name,
			 struct jailhouse_cell_id *id);

/* Parses the operands of a command that takes just a cell. */
bool device_only_cell_id(int argc, char **argv, struct jailhouse_cell_id *id);

/* All of a command that takes just a cell, and asks for something with it. */
int device_cell_command(const struct cmd_line *line,
			enum device_request request);

#endif
