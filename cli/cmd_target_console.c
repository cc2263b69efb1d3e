// SPDX-License-Identifier: GPL-2.0-or-later
/* target console: what a cell or the hypervisor says, as it comes. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "console_source.h"
#include "output.h"

#define MAX_SECONDS 1000000

static bool parse_seconds(const char *text, unsigned int *seconds)
{
	unsigned long value;
	char *end;

	*seconds = 0;
	if (!text)
		return true;
	value = strtoul(text, &end, 10);
	if (*text >= '1' && *text <= '9' && !*end && value <= MAX_SECONDS) {
		*seconds = (unsigned int)value;
		return true;
	}
	output_error("--seconds %s: not a number of seconds", text);
	return false;
}

/* Configurations are read when there is something to explain. */
static void ask_target(void *user)
{
	struct jhcfg_target *target = target_get();

	if (target)
		fault_context_ask(user, target);
}

static bool open_log(const char *path, struct console_text *text)
{
	if (!path)
		return true;
	text->log = fopen(path, "ae");
	if (!text->log)
		output_errno(path, errno);
	return text->log;
}

static int show(const struct cmd_line *line, struct console_source *source,
		struct console_text *text)
{
	unsigned int seconds;
	int err;

	if (!parse_seconds(cmd_option(line, "seconds"), &seconds))
		return CMD_USAGE;
	if (!open_log(cmd_option(line, "log"), text))
		return CMD_FAILED;
	err = console_run(source, seconds, text);
	if (text->in_line)
		putchar('\n');
	if (text->log && fclose(text->log)) {
		output_errno(cmd_option(line, "log"), errno);
		err = -EIO;
	}
	if (!err && text->until && !text->found) {
		output_error("\"%s\" did not come", text->until);
		err = -ETIMEDOUT;
	}
	return err ? CMD_FAILED : CMD_OK;
}

static int run(const struct cmd_line *line)
{
	struct fault_context faults;
	struct console_source source;
	struct console_text text = {
		.stamps = cmd_option(line, "timestamps"),
		.until = cmd_option(line, "until"),
		.ask = ask_target,
		.user = &faults,
	};
	int result = CMD_FAILED;

	if (!fault_context_read(line, &faults))
		return CMD_FAILED;
	if (!cmd_option(line, "raw")) {
		text.reader = jhcfg_fault_reader_new();
		text.faults = text.reader ? &faults : NULL;
	}
	if (cmd_option(line, "connect"))
		text.ask = NULL; /* it is no part of a target */
	if (console_source_find(line, &source))
		result = show(line, &source, &text);
	console_source_clear(&source);
	jhcfg_fault_reader_free(text.reader);
	fault_context_clear(&faults);
	free(text.replay);
	return result;
}

static const struct cmd_option options[] = {
	{ 0, "tty", "DEVICE", "a serial line of the target: /dev/ttyUSB0",
	  COMPLETE_NOTHING },
	{ 0, "speed", "BAUD", "of that line (default: 115200)",
	  COMPLETE_NOTHING },
	{ 0, "uart", "N", "UART N of the emulated board", COMPLETE_NOTHING },
	{ 0, "connect", "HOST:PORT", "a serial line that a server offers (TCP)",
	  COMPLETE_NOTHING },
	{ 't', "timestamps", NULL, "print the time before each line",
	  COMPLETE_NOTHING },
	{ 'l', "log", "FILE", "append all of it to FILE as well",
	  COMPLETE_FILE },
	{ 0, "raw", NULL, "do not explain faults", COMPLETE_NOTHING },
	{ 0, "until", "TEXT", "end with the line that has TEXT",
	  COMPLETE_NOTHING },
	{ 0, "seconds", "N", "end after N seconds", COMPLETE_NOTHING },
	FAULT_OPTIONS,
	{ 0 },
};

const struct command cmd_target_console = {
	.words = { "target", "console" },
	.operands = "[CELL]",
	.summary = "follow the console of a cell or of the hypervisor",
	.description =
		"Prints the virtual console of CELL (name or id) from the "
		"oldest byte that is kept, and goes on with what comes; "
		"without CELL, the console of the hypervisor. Cells that have "
		"a UART are followed by --tty, --connect or --uart. Behind the "
		"dump of a fault it is said what it means, see \"target "
		"explain\". A lost connection is made again; a virtual console "
		"goes on where it was. With --until the exit code is 1 if that "
		"line did not come.",
	.example =
		"jailhouse --target ssh://root@board target console rtos -t "
		"--log rtos.log\n"
		"jailhouse --target emu://qemu-arm64 target console --uart 0 "
		"--until login: --seconds 60",
	.options = options,
	.max_operands = 1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_CELL,
	.place = PLACE_READS,
	.run = run,
};
