// SPDX-License-Identifier: GPL-2.0-or-later
/* config collect: an archive of what Linux says about this machine. The work
 * is done by collect.sh, which runs on machines without this program, too. */
#include <errno.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/live.h>

#include "collect.h"
#include "commands.h"
#include "json_out.h"
#include "output.h"
#include "target.h"

/* An argument of spawn(), which does not write to it. */
static char *argument(const char *text)
{
	return (char *)(uintptr_t)text;
}

/* The exit code of the script: 0, 1 failed, 2 usage. */
static int run_script(const char *file, const char *root)
{
	char *arguments[] = { argument("sh"),
			      argument("-c"),
			      argument(jhcfg_collect_script()),
			      argument("collect"),
			      argument(file),
			      argument(root),
			      NULL };
	int status, err;
	pid_t pid;

	err = posix_spawnp(&pid, "sh", NULL, NULL, arguments, environ);
	if (err) {
		output_errno("sh", err);
		return CMD_FAILED;
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR) {
			output_errno("sh", errno);
			return CMD_FAILED;
		}
	return WIFEXITED(status) ? WEXITSTATUS(status) : CMD_FAILED;
}

static int collect_there(const char *file)
{
	void *data;
	size_t size;
	int err;

	if (!collect_target(&data, &size))
		return CMD_FAILED;
	err = jhcfg_file_write(file, data, size);
	if (err)
		output_errno(file, err);
	free(data);
	return err ? CMD_FAILED : CMD_OK;
}

static int print_result(const char *file)
{
	struct json_object *object = json_object_new_object();
	struct stat status;

	json_object_object_add(object, "output", json_object_new_string(file));
	if (!stat(file, &status) && S_ISREG(status.st_mode))
		json_object_object_add(object, "size",
				       json_object_new_int64(status.st_size));
	return json_out_print(stdout, object) ? CMD_FAILED : CMD_OK;
}

static int run(const struct cmd_line *line)
{
	const char *root = cmd_option(line, "root");
	int rc;

	if (cmd_option(line, "script"))
		return fputs(jhcfg_collect_script(), stdout) < 0 ||
				       fflush(stdout)
			       ? CMD_FAILED
			       : CMD_OK;
	if (line->argc != 1)
		return CMD_SHOW_USAGE;
	if (target_is_chosen() && root) {
		output_error("--root names a folder of this machine; leave "
			     "--target out");
		return CMD_USAGE;
	}
	rc = target_is_chosen() ? collect_there(line->argv[0])
				: run_script(line->argv[0], root ? root : "");
	if (!rc && cmd_option(line, "json"))
		rc = print_result(line->argv[0]);
	return rc;
}

static const struct cmd_option options[] = {
	{ 'r', "root", "DIR", "collect the files below DIR", COMPLETE_FILE },
	{ 0, "script", NULL,
	  "print the script that does it, for machines without this program",
	  COMPLETE_NOTHING },
	{ 0, "json", NULL, "print what was written as JSON", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_config_collect = {
	.words = { "config", "collect" },
	.operands = "FILE.tar",
	.summary = "pack what Linux says about this machine",
	.description =
		"Writes an archive with those files of /proc and /sys that "
		"tell about the hardware: memory map, CPUs, PCI "
		"configuration, tables of the firmware, device tree, serial "
		"ports. \"config import\" makes a configuration of it "
		"elsewhere. It is compressed if FILE ends in .tar.gz. Needs "
		"root, since Linux hides addresses from others. With "
		"--script, nothing is collected: the shell script that does "
		"it is printed; it runs under busybox. With --target, the "
		"script runs there, without any other tool of ours, and FILE "
		"is written here.",
	.example = "jailhouse config collect machine.tar.gz\n"
		   "jailhouse --target ssh://root@board config collect b.tar\n"
		   "jailhouse config collect --script > collect.sh\n"
		   "jailhouse config import machine.tar.gz -o system.json",
	.options = options,
	.min_operands = 0,
	.max_operands = 1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.place = PLACE_READS,
	.run = run,
};
