// SPDX-License-Identifier: GPL-2.0-or-later
/* target probe: is that machine ready, and if not, what is to be done? */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <jhcfg/probe.h>

#include "commands.h"
#include "json_out.h"
#include "output.h"
#include "target.h"

static void print_row(const struct jhcfg_probe_row *row)
{
	printf("%-26s%-9s%s\n", row->title, jhcfg_probe_state_name(row->state),
	       row->found);
	if (*row->advice)
		printf("    %s\n", row->advice);
}

static struct json_object *json_row(const struct jhcfg_probe_row *row)
{
	struct json_object *object = json_object_new_object();
	const struct {
		const char *key, *text;
	} parts[] = {
		{ "topic", row->topic },
		{ "title", row->title },
		{ "state", jhcfg_probe_state_name(row->state) },
		{ "found", row->found },
		{ "advice", row->advice },
	};

	for (size_t n = 0; object && n < sizeof(parts) / sizeof(*parts); n++)
		json_object_object_add(object, parts[n].key,
				       json_object_new_string(parts[n].text));
	return object;
}

static int print_json(const struct jhcfg_target *target,
		      const struct jhcfg_probe *probe)
{
	struct json_object *object = json_object_new_object();
	struct json_object *rows = json_object_new_array();
	const struct jhcfg_probe_row *row;

	if (!object || !rows) {
		json_object_put(object);
		json_object_put(rows);
		return -ENOMEM;
	}
	for (size_t n = 0; (row = jhcfg_probe_at(probe, n)); n++)
		json_object_array_add(rows, json_row(row));
	json_object_object_add(
		object, "target",
		json_object_new_string(jhcfg_target_name(target)));
	json_object_object_add(object, "rows", rows);
	return json_out_print(stdout, object);
}

static bool has_problem(const struct jhcfg_probe *probe)
{
	const struct jhcfg_probe_row *row;

	for (size_t n = 0; (row = jhcfg_probe_at(probe, n)); n++) {
		if (row->state == JHCFG_PROBE_PROBLEM)
			return true;
	}
	return false;
}

static int show(const struct cmd_line *line, const struct jhcfg_target *target,
		const struct jhcfg_probe *probe)
{
	const struct jhcfg_probe_row *row;

	if (cmd_option(line, "json")) {
		if (print_json(target, probe)) {
			output_errno("printing", ENOMEM);
			return CMD_FAILED;
		}
	} else {
		for (size_t n = 0; (row = jhcfg_probe_at(probe, n)); n++)
			print_row(row);
	}
	return has_problem(probe) ? CMD_FAILED : CMD_OK;
}

static int run(const struct cmd_line *line)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_target *target = target_get();
	struct jhcfg_probe *probe;
	int result = CMD_FAILED;

	if (target && !jhcfg_probe_run(target, diags, &probe)) {
		result = show(line, target, probe);
		jhcfg_probe_free(probe);
	}
	output_diags(NULL, diags);
	jhcfg_diags_free(diags);
	return result;
}

static const struct cmd_option options[] = {
	{ 0, "json", NULL, "print an object with all rows", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_target_probe = {
	.words = { "target", "probe" },
	.operands = "",
	.summary = "look whether the target is ready, and what it lacks",
	.description =
		"Looks at architecture, kernel, virtualization, memory that is "
		"kept from Linux, driver and the revision of configurations "
		"that it takes, the hypervisor's image, rights and programs. "
		"Each is \"ok\", has an \"advice\", is a \"problem\" that has "
		"to be solved first, or is \"unknown\". Nothing is changed or "
		"left there. The exit code is 1 if there is a problem. "
		"\"hardware check\" looks deeper, with the program there.",
	.example = "jailhouse --target ssh://root@board target probe\n"
		   "jailhouse target probe --json",
	.options = options,
	.usage_exit = CMD_USAGE,
	.place = PLACE_READS,
	.run = run,
};
