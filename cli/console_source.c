// SPDX-License-Identifier: GPL-2.0-or-later
#include "console_source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "sysfs.h"

static bool find_cell(struct console_source *source, const char *name)
{
	struct sysfs_cell *cell;
	char *end;
	long id = strtol(name, &end, 10);
	int err;

	if (end == name || *end || id < 0 || id > 65535)
		id = -1;
	err = sysfs_find_cell((int)id, name, &cell);
	if (err) {
		if (err == -ENOENT)
			output_error("there is no cell \"%s\"", name);
		else
			output_errno(name, err);
		return false;
	}
	source->cell = (unsigned int)strtoul(cell->id, NULL, 10);
	source->resumes = true;
	sysfs_free_cell(cell);
	return true;
}

static bool find_uart(struct console_source *source, const char *number)
{
	struct jhcfg_target *target = target_get();

	if (!target)
		return false;
	if (jhcfg_target_kind(target) != JHCFG_TARGET_EMULATED) {
		output_error("--uart: %s is no emulated board",
			     jhcfg_target_name(target));
		output_hint("name it: --target emu://BOARD");
		return false;
	}
	source->emulator = jhcfg_emulator_find();
	if (!source->emulator) {
		output_error("--uart: the program that runs emulated boards "
			     "is not installed");
		return false;
	}
	source->words[0] = source->emulator;
	source->words[1] = "uart";
	source->words[2] = jhcfg_target_name(target) + strlen("emu://");
	source->words[3] = number;
	source->words[4] = "-f";
	source->argv = source->words;
	source->here = true;
	return true;
}

bool console_source_find(const struct cmd_line *line,
			 struct console_source *source)
{
	const char *tty = cmd_option(line, "tty");
	const char *speed = cmd_option(line, "speed");
	const char *uart = cmd_option(line, "uart");
	const char *connect = cmd_option(line, "connect");
	const char *cell = line->argc ? line->argv[0] : NULL;

	*source = (struct console_source){ .resumes = false };
	if (!!tty + !!uart + !!connect + !!cell > 1) {
		output_error("name one console: a cell, --tty, --uart or "
			     "--connect");
		return false;
	}
	if (connect) {
		source->socket = connect;
		return true;
	}
	if (tty) {
		jhcfg_follow_tty(&source->follow, tty,
				 speed ? speed : "115200");
		source->argv = source->follow.argv;
		return true;
	}
	if (uart)
		return find_uart(source, uart);
	if (cell)
		return find_cell(source, cell);
	jhcfg_follow_hypervisor(&source->follow);
	source->argv = source->follow.argv;
	source->replays = true;
	return true;
}

void console_source_place(struct console_source *source, uint64_t offset)
{
	if (!source->resumes)
		return;
	jhcfg_follow_cell(&source->follow, source->cell, offset);
	source->argv = source->follow.argv;
}

void console_source_clear(struct console_source *source)
{
	free(source->emulator);
}
