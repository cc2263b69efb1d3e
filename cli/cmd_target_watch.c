// SPDX-License-Identifier: GPL-2.0-or-later
/* target watch: what cells do, line by line. */
#include <errno.h>
#include <stdio.h>

#include "commands.h"
#include "output.h"
#include "sampling.h"
#include "status_json.h"

/* One line, which must show at once. */
static int print_line(struct json_object *object)
{
	printf("%s\n",
	       json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN));
	return fflush(stdout) || ferror(stdout) ? -EPIPE : 0;
}

static int look(struct jhcfg_target *target, uint64_t ms, void *user)
{
	const struct jhcfg_status *status;
	struct json_object *object;
	int err = jhcfg_status_read(target, &status);

	(void)user;
	if (err)
		return err;
	object = status_json(status);
	jhcfg_status_free(status);
	if (!object)
		return -ENOMEM;
	json_object_object_add(object, "ms", json_object_new_uint64(ms));
	err = print_line(object);
	json_object_put(object);
	return err;
}

static int run(const struct cmd_line *line)
{
	struct jhcfg_target *target;
	struct sampling sampling;
	int err;

	if (!sampling_parse(line, &sampling))
		return CMD_USAGE;
	target = target_get();
	if (!target)
		return CMD_FAILED;
	err = sampling_run(&sampling, target, look, NULL);
	if (err == -EPIPE)
		return CMD_OK; /* whoever read has enough */
	if (err)
		output_errno("reading cells", err);
	return err ? CMD_FAILED : CMD_OK;
}

static const struct cmd_option options[] = {
	SAMPLING_OPTIONS,
	{ 0 },
};

const struct command cmd_target_watch = {
	.words = { "target", "watch" },
	.operands = "",
	.summary = "print what hypervisor and cells do, a line each second",
	.description =
		"Prints a JSON object a line: milliseconds since the first "
		"one, whether driver and hypervisor are there, their pools, "
		"and each cell with its state, CPUs and counters. What cannot "
		"be read is null.",
	.example = "jailhouse target watch -n 1\n"
		   "jailhouse --target ssh://root@board target watch -d 0.5",
	.options = options,
	.usage_exit = CMD_USAGE,
	.place = PLACE_READS,
	.run = run,
};
