// SPDX-License-Identifier: GPL-2.0-or-later
/* target record: a file from which what cells did can be seen again. */
#include <errno.h>
#include <string.h>
#include <time.h>

#include <jhcfg/recording.h>

#include "commands.h"
#include "output.h"
#include "sampling.h"

/* All text that tells of the hypervisor, its cells, and how busy the root is;
 * not core, which is the hypervisor's memory. */
static const struct jhcfg_tree_request request = {
	.paths = (const char *const[]){ "/sys/devices/jailhouse",
					"/proc/interrupts", "/proc/loadavg",
					"/proc/meminfo", "/proc/version",
					"/proc/cmdline", NULL },
	.skip = (const char *const[]){ "core", "config", NULL },
	.depth = 5,
	.max = 16 << 20,
};

static int look(struct jhcfg_target *target, uint64_t ms, void *user)
{
	struct jhcfg_recorder *recorder = user;
	struct jhcfg_tree *tree;
	int err = jhcfg_target_read_tree(target, &request, &tree);

	if (err)
		return err;
	err = jhcfg_recorder_add(recorder, ms, tree);
	jhcfg_tree_free(tree);
	return err;
}

static int run(const struct cmd_line *line)
{
	const char *path = line->argv[0];
	struct jhcfg_recorder *recorder;
	struct jhcfg_target *target;
	struct sampling sampling;
	int err, closed;

	if (!sampling_parse(line, &sampling))
		return CMD_USAGE;
	target = target_get();
	if (!target)
		return CMD_FAILED;
	err = jhcfg_recorder_open(path, jhcfg_target_name(target), time(NULL),
				  &recorder);
	if (err) {
		output_errno(path, err);
		return CMD_FAILED;
	}
	err = sampling_run(&sampling, target, look, recorder);
	closed = jhcfg_recorder_close(recorder);
	if (!err)
		err = closed;
	if (err)
		output_error("%s: recording of %s ended: %s", path,
			     jhcfg_target_name(target), strerror(-err));
	return err ? CMD_FAILED : CMD_OK;
}

static const struct cmd_option options[] = {
	SAMPLING_OPTIONS,
	{ 0 },
};

const struct command cmd_target_record = {
	.words = { "target", "record" },
	.operands = "FILE",
	.summary = "record what hypervisor and cells do",
	.description =
		"Writes what the target says of the hypervisor, its cells, "
		"interrupts and load into the new file FILE, moment by moment. "
		"It can be stopped at any time. \"jailhouse --target "
		"recorded:FILE\" shows its last moment.",
	.example =
		"jailhouse --target ssh://root@board target record bug.jhrec\n"
		"jailhouse --target recorded:bug.jhrec cell list",
	.options = options,
	.min_operands = 1,
	.max_operands = 1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.place = PLACE_READS,
	.run = run,
};
