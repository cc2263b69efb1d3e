// SPDX-License-Identifier: GPL-2.0-or-later
#include "device.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "explain.h"
#include "output.h"
#include "paths.h"
#include "said.h"

static const struct {
	const char *name; /* as tools that read our messages know it */
	unsigned long number;
} requests[DEVICE_NUM_REQUESTS] = {
	[DEVICE_ENABLE] = { "JAILHOUSE_ENABLE", JAILHOUSE_ENABLE },
	[DEVICE_DISABLE] = { "JAILHOUSE_DISABLE", JAILHOUSE_DISABLE },
	[DEVICE_CELL_CREATE] = { "JAILHOUSE_CELL_CREATE",
				 JAILHOUSE_CELL_CREATE },
	[DEVICE_CELL_LOAD] = { "JAILHOUSE_CELL_LOAD", JAILHOUSE_CELL_LOAD },
	[DEVICE_CELL_START] = { "JAILHOUSE_CELL_START", JAILHOUSE_CELL_START },
	[DEVICE_CELL_SHUTDOWN] = { "JAILHOUSE_CELL_LOAD", JAILHOUSE_CELL_LOAD },
	[DEVICE_CELL_DESTROY] = { "JAILHOUSE_CELL_DESTROY",
				  JAILHOUSE_CELL_DESTROY },
};

int device_open(int flags)
{
	char *path = paths_make("/dev/jailhouse");
	int fd = path ? open(path, flags | O_CLOEXEC) : -1;
	int err = fd < 0 ? -errno : 0;

	free(path);
	if (!err)
		return fd;
	output_errno("opening /dev/jailhouse", err);
	explain_open(err);
	return err;
}

int device_request(enum device_request request, void *arg)
{
	struct said *said;
	int fd, err = 0;

	fd = device_open(O_RDWR);
	if (fd < 0)
		return fd;
	said = said_begin();
	if (ioctl(fd, requests[request].number, arg) < 0)
		err = -errno;
	/* before the read, which is possible once for each open file */
	close(fd);
	if (err) {
		output_errno(requests[request].name, err);
		said_print(said);
		explain_request(request, err);
	}
	said_end(said);
	return err;
}

/* A number with any base prefix that is no name; -1 otherwise. */
static int parse_id(const char *text)
{
	char *end;
	long id;

	errno = 0;
	id = strtol(text, &end, 0);
	return *text && !*end && !errno && id >= 0 && id <= INT_MAX ? (int)id
								    : -1;
}

void device_make_cell_id(const char *text, bool is_name,
			 struct jailhouse_cell_id *id)
{
	*id = (struct jailhouse_cell_id){ .id = JAILHOUSE_CELL_ID_UNUSED };
	if (!is_name)
		id->id = parse_id(text);
	/* longer names are cut, as the driver cuts them */
	if (id->id == JAILHOUSE_CELL_ID_UNUSED)
		snprintf(id->name, sizeof(id->name), "%s", text);
}

bool device_parse_cell_id(int argc, char **argv, int *pos,
			  struct jailhouse_cell_id *id)
{
	bool is_name = *pos < argc && !strcmp(argv[*pos], "--name");

	*pos += is_name;
	if (*pos >= argc)
		return false;
	device_make_cell_id(argv[(*pos)++], is_name, id);
	return true;
}

bool device_only_cell_id(int argc, char **argv, struct jailhouse_cell_id *id)
{
	int pos = 0;

	return device_parse_cell_id(argc, argv, &pos, id) && pos == argc;
}

int device_cell_command(const struct cmd_line *line,
			enum device_request request)
{
	/* the longest of these arguments; all begin with the cell */
	struct jailhouse_cell_load arg = { 0 };

	if (!device_only_cell_id(line->argc, line->argv, &arg.cell_id))
		return CMD_SHOW_USAGE;
	return device_request(request, &arg) ? CMD_FAILED : CMD_OK;
}
