// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a target says about itself beyond its hardware. */
#include "import/linux/live.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/linux/collect.h"
#include "import/linux/import.h"

/* Rules do without a board, but not without a reason. */
static int read_board(struct live_reader *reader)
{
	int err = linux_import_machine(reader->machine, reader->diags,
				       &reader->board);

	if (err == -ENOMEM)
		return err;
	reader->live.board = reader->board;
	return err ? 0 : live_make_fingerprint(reader);
}

static int read_all(struct live_reader *reader)
{
	static int (*const steps[])(struct live_reader * reader) = {
		live_read_kernel, live_read_cpus, live_read_ranges,
		live_read_driver, live_read_ttys, live_read_devices,
		live_read_nets,	  read_board,
	};
	int err = 0;

	for (size_t n = 0; !err && n < sizeof(steps) / sizeof(steps[0]); n++)
		err = steps[n](reader);
	return !err && reader->arena.failed ? -ENOMEM : err;
}

static void set_defaults(struct live_reader *reader)
{
	struct jhcfg_live *live = &reader->live;
	char source[MACHINE_MAX_PATH];

	snprintf(source, sizeof(source), "recorded in %s",
		 reader->machine->name);
	live->source = *reader->machine->name
			       ? jhcfg_arena_text(&reader->arena, source)
			       : "this machine";
	live->kernel_release = live->command_line = "";
	live->vendor = live->product = live->bios = "";
	live->module_version = live->root_device = live->fingerprint = "";
}

int live_read_machine(struct machine *machine, struct jhcfg_diags *diags,
		      struct jhcfg_live **live)
{
	struct live_reader *reader = calloc(1, sizeof(*reader));
	int err;

	if (!reader)
		return -ENOMEM;
	reader->machine = machine;
	reader->diags = diags;
	set_defaults(reader);
	err = read_all(reader);
	reader->machine = NULL;
	if (err)
		jhcfg_live_free(&reader->live);
	else
		*live = &reader->live;
	return err;
}

int jhcfg_live_read(const char *path, struct jhcfg_diags *diags,
		    struct jhcfg_live **live)
{
	struct machine *machine;
	int err = machine_open(path, diags, &machine);

	if (err)
		return err;
	err = live_read_machine(machine, diags, live);
	machine_close(machine);
	return err;
}

int jhcfg_live_read_archive(const void *data, size_t size, const char *name,
			    struct jhcfg_diags *diags, struct jhcfg_live **live)
{
	struct machine *machine;
	int err = machine_read_archive(data, size, name, diags, &machine);

	if (err)
		return err;
	err = live_read_machine(machine, diags, live);
	machine_close(machine);
	return err;
}

const char *jhcfg_collect_script(void)
{
	return linux_collect_script;
}

void jhcfg_live_free(struct jhcfg_live *live)
{
	struct live_reader *reader = (struct live_reader *)live;

	if (!reader)
		return;
	jhcfg_board_free(reader->board);
	jhcfg_arena_clear(&reader->arena);
	free(reader);
}
