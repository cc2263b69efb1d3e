// SPDX-License-Identifier: GPL-2.0-or-later
/* target explain: what a dump on the console means, and what to do. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>

#include "commands.h"
#include "fault_context.h"
#include "json_out.h"
#include "output.h"
#include "target.h"

#define MAX_TEXT     ((size_t)64 << 20)
#define LIVE_CONSOLE "/sys/devices/jailhouse/console"

struct report {
	const struct fault_context *context;
	struct json_object *array; /* NULL: text is printed */
	size_t count;
};

static void tell(struct report *report, const struct jhcfg_fault *fault)
{
	if (!fault)
		return;
	if (report->array)
		json_object_array_add(report->array,
				      fault_json(fault, report->context));
	else
		fault_print(stdout, "", fault, report->context);
	report->count++;
}

static int read_faults(struct report *report, const char *text, size_t size)
{
	struct jhcfg_fault_reader *reader = jhcfg_fault_reader_new();

	if (!reader)
		return -ENOMEM;
	while (size) {
		const char *end = memchr(text, '\n', size);
		size_t length = end ? (size_t)(end - text) : size;

		jhcfg_fault_reader_line(reader, text, length);
		tell(report, jhcfg_fault_reader_take(reader));
		text += length + !!end;
		size -= length + !!end;
	}
	tell(report, jhcfg_fault_reader_end(reader));
	jhcfg_fault_reader_free(reader);
	return 0;
}

/* The text: a file's, or what the hypervisor's console of the target has. */
static bool read_text(const struct cmd_line *line, void **text, size_t *size)
{
	struct jhcfg_target *target;
	int err;

	if (line->argc) {
		const char *path = strcmp(line->argv[0], "-") ? line->argv[0]
							      : "/dev/stdin";

		err = jhcfg_file_read(path, MAX_TEXT, text, size);
		if (err)
			output_errno(line->argv[0], err);
		return !err;
	}
	target = target_get();
	if (!target)
		return false;
	err = jhcfg_target_read(target, LIVE_CONSOLE, MAX_TEXT, text, size);
	if (err) {
		output_errno(LIVE_CONSOLE, err);
		output_hint("name a file with what was on the console");
	}
	return !err;
}

static int explain(const struct cmd_line *line, struct fault_context *context)
{
	struct report report = { .context = context };
	bool as_json = cmd_option(line, "json");
	size_t size;
	void *text;
	int err = 0;

	if (!read_text(line, &text, &size))
		return CMD_FAILED;
	if (!line->argc || target_is_chosen()) {
		struct jhcfg_target *target = target_get();

		if (target)
			fault_context_ask(context, target);
	}
	if (as_json) {
		report.array = json_object_new_array();
		err = report.array ? 0 : -ENOMEM;
	}
	if (!err)
		err = read_faults(&report, text, size);
	free(text);
	if (as_json && !err)
		err = json_out_print(stdout, report.array);
	if (err)
		output_errno("explaining", err);
	else if (!report.count)
		output_error("there is no dump of a fault in it");
	return err || !report.count ? CMD_FAILED : CMD_OK;
}

static int run(const struct cmd_line *line)
{
	struct fault_context context;
	int result;

	if (!fault_context_read(line, &context))
		return CMD_FAILED;
	result = explain(line, &context);
	fault_context_clear(&context);
	return result;
}

static const struct cmd_option options[] = {
	FAULT_OPTIONS,
	{ 0, "json", NULL, "print an array of faults", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_target_explain = {
	.words = { "target", "explain" },
	.operands = "[FILE]",
	.summary = "say what a dump on the hypervisor's console means",
	.description =
		"Finds the dumps of faults in FILE (\"-\": standard input), a "
		"text from any console, or without it in what the console of "
		"the target's hypervisor holds. Of each it is said which cell "
		"did what, which function, device, region and cell that "
		"concerns, which rule of \"config check\" finds it beforehand, "
		"and what to do. The configurations are those that the target "
		"runs, or those of --config. The exit code is 1 if there is "
		"no dump.",
	.example = "jailhouse target explain serial.log --config system.json "
		   "--elf rtos.elf\n"
		   "jailhouse --target ssh://root@board target explain",
	.options = options,
	.max_operands = 1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.place = PLACE_READS,
	.run = run,
};
