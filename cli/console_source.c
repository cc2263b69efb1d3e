// SPDX-License-Identifier: GPL-2.0-or-later
#include "console_source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "sysfs.h"

/* Becomes root where that can be had; else the file has to be readable. */
static const char as_root[] =
	"[ \"$(id -u)\" = 0 ] && exec \"$@\"\n"
	"sudo -n true 2>/dev/null && exec sudo -n -- \"$@\"\n"
	"doas -n true 2>/dev/null && exec doas -n \"$@\"\n"
	"exec \"$@\"\n";

/* Exit codes of the scripts, which have the file as $1 */
enum {
	SCRIPT_UNREADABLE = 41,
	SCRIPT_GONE = 42,
	SCRIPT_NO_TTY = 43,
	SCRIPT_NO_CONSOLE = 44,
};

/*
 * The scripts end when their input does: who has lost the connection has no
 * other way to end them.
 */
#define BEGIN                                                                  \
	"[ -r \"$1\" ] || exit 41; exec 3<&0 4<\"$1\"\n"                       \
	"me=$$; { cat >/dev/null; kill $me; } <&3 2>/dev/null &\n"             \
	"trap 'exit 0' TERM HUP\n"

/* A file of sysfs that grows; it cannot be waited for, only looked at. $2:
 * where to begin */
static const char follow_script[] =
	BEGIN "dd bs=1 skip=\"$2\" count=0 <&4 2>/dev/null\n"
	      "while [ -e \"$1\" ]; do cat <&4 2>/dev/null || break\n"
	      "sleep 0.1 2>/dev/null || sleep 1; done\n"
	      "[ -e \"$1\" ] || exit 42; exit 44\n";

/* A device, which is waited for. */
#define WAIT_FOR_DEVICE                                                        \
	"cat <&4 & c=$!; trap 'kill $c 2>/dev/null' EXIT; wait $c\n"
static const char device_script[] = BEGIN WAIT_FOR_DEVICE;

/* $2: speed */
static const char tty_script[] =
	BEGIN "stty raw -echo \"$2\" <&4 || exit 43\n" WAIT_FOR_DEVICE;

/* --- which one ------------------------------------------------------------ */

static void add_word(struct console_source *source, const char *word)
{
	size_t n = 0;

	while (source->argv[n])
		n++;
	source->argv[n] = word;
}

/* Words that are made; false without memory. */
static bool add_made(struct console_source *source, char *word)
{
	size_t n = 0;

	if (!word) {
		output_errno("console", ENOMEM);
		return false;
	}
	while (source->made[n])
		n++;
	source->made[n] = word;
	add_word(source, word);
	return true;
}

static void add_script(struct console_source *source, const char *script)
{
	const char *const words[] = { "sh", "-c", as_root, "sh",
				      "sh", "-c", script,  "sh" };

	for (size_t n = 0; n < sizeof(words) / sizeof(*words); n++)
		add_word(source, words[n]);
}

static bool find_cell(struct console_source *source, const char *name)
{
	struct sysfs_cell *cell;
	char *end, *path;
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
	if (asprintf(&path, "/sys/devices/jailhouse/cells/%s/console",
		     cell->id) < 0)
		path = NULL;
	sysfs_free_cell(cell);
	add_script(source, follow_script);
	if (!add_made(source, path))
		return false;
	source->resumes = true;
	add_word(source, source->offset);
	return true;
}

static void find_tty(struct console_source *source, const char *path,
		     const char *speed)
{
	add_script(source, tty_script);
	add_word(source, path);
	add_word(source, speed ? speed : "115200");
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
	if (!add_made(source, jhcfg_emulator_find()))
		return false;
	add_word(source, "uart");
	add_word(source, jhcfg_target_name(target) + 6);
	add_word(source, number);
	add_word(source, "-f");
	source->here = true;
	return true;
}

bool console_source_find(const struct cmd_line *line,
			 struct console_source *source)
{
	const char *tty = cmd_option(line, "tty");
	const char *uart = cmd_option(line, "uart");
	const char *connect = cmd_option(line, "connect");
	const char *cell = line->argc ? line->argv[0] : NULL;

	*source = (struct console_source){ .offset = "0" };
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
		find_tty(source, tty, cmd_option(line, "speed"));
		return true;
	}
	if (uart)
		return find_uart(source, uart);
	if (cell)
		return find_cell(source, cell);
	add_script(source, device_script);
	add_word(source, "/dev/jailhouse");
	source->replays = true;
	return true;
}

void console_source_clear(struct console_source *source)
{
	for (size_t n = 0; n < sizeof(source->made) / sizeof(*source->made);
	     n++)
		free(source->made[n]);
}

const char *console_source_end(const struct jhcfg_job_end *end)
{
	static const struct {
		int status;
		const char *text;
	} ends[] = {
		{ SCRIPT_UNREADABLE, "it cannot be opened; is the hypervisor "
				     "enabled, and does the user have the "
				     "rights of root?" },
		{ SCRIPT_GONE, "the cell is gone" },
		{ SCRIPT_NO_CONSOLE,
		  "it has no virtual console (flag VIRTUAL_CONSOLE_PERMITTED); "
		  "a UART is followed by --uart, --tty or --connect" },
		{ SCRIPT_NO_TTY, "it is no terminal line, or has no such "
				 "speed" },
	};

	for (size_t n = 0; n < sizeof(ends) / sizeof(*ends); n++) {
		if (ends[n].status == end->status)
			return ends[n].text;
	}
	return end->status ? "the command there failed" : NULL;
}
