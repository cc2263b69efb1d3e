// SPDX-License-Identifier: GPL-2.0-or-later
/* config check: what is wrong with a system, before it runs. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "check_fix.h"
#include "check_images.h"
#include "check_input.h"
#include "check_report.h"
#include "check_target.h"
#include "collect.h"
#include "commands.h"
#include "output.h"
#include "target.h"

static const struct {
	const char *option;
	int (*print)(FILE *out, const struct check_report *report);
} forms[] = {
	{ "json", check_print_json },
	{ "sarif", check_print_sarif },
	{ "junit", check_print_junit },
};

/* The one that is asked for; text if none is. False if several are. */
static bool choose_form(const struct cmd_line *line,
			int (**print)(FILE *, const struct check_report *))
{
	size_t count = 0;

	*print = check_print_text;
	for (size_t n = 0; n < sizeof(forms) / sizeof(forms[0]); n++)
		if (cmd_option(line, forms[n].option)) {
			*print = forms[n].print;
			count++;
		}
	if (count > 1)
		output_error("choose one of --json, --sarif and --junit");
	return count <= 1;
}

/* What was repaired is a project from here on. */
static int save(struct check_input *input, const char *output)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err = jhcfg_workspace_save(input->workspace, output, diags);

	output_diags(output ? output : input->path, diags);
	if (err && !jhcfg_diags_get(diags, 0))
		output_errno(output ? output : input->path, err);
	jhcfg_diags_free(diags);
	return err;
}

static int fix(const struct cmd_line *line, struct check_input *input,
	       const struct jhcfg_check_options *options)
{
	const char *rules = cmd_option(line, "fix");
	int err;

	if (!rules)
		return 0;
	err = check_fix(input, options, rules);
	if (err == -ENOMEM)
		output_errno(input->path, err);
	if (err || !jhcfg_workspace_is_modified(input->workspace))
		return err;
	return save(input, cmd_option(line, "output"));
}

static int report(const struct cmd_line *line, const struct check_input *input,
		  const struct jhcfg_findings *findings,
		  int (*print)(FILE *, const struct check_report *))
{
	const char *baseline = cmd_option(line, "baseline");
	const char *new_baseline = cmd_option(line, "write-baseline");
	struct check_report report = {
		.strict = cmd_option(line, "strict"),
	};
	int err = check_report_make(&report, input, findings);
	int code = CMD_FAILED;

	if (!err && baseline)
		err = check_baseline_read(&report, baseline);
	if (!err && new_baseline)
		err = check_baseline_write(&report, new_baseline);
	if (!err) {
		err = print(stdout, &report);
		code = check_report_failed(&report) ? CMD_FAILED : CMD_OK;
		/* now all of it is known */
		if (new_baseline)
			code = CMD_OK;
	}
	if (err == -ENOMEM)
		output_errno(input->path, err);
	check_report_clear(&report);
	return err ? CMD_FAILED : code;
}

static int judge(const struct cmd_line *line, struct check_input *input,
		 const struct jhcfg_check_options *options,
		 int (*print)(FILE *, const struct check_report *))
{
	struct jhcfg_findings *findings;
	int err = fix(line, input, options);
	int code;

	if (err)
		return CMD_FAILED;
	err = jhcfg_check(input->workspace, options, &findings);
	if (err == -ENOENT) {
		output_error("%s: there is no scenario \"%s\"", input->path,
			     options->scenario);
		output_hint("\"scenarios\" of the project has their names");
	} else if (err)
		output_errno(input->path, err);
	if (err)
		return CMD_FAILED;
	code = report(line, input, findings, print);
	jhcfg_findings_free(findings);
	return code;
}

/* A project is repaired where it is; all else becomes a project. */
static bool can_fix(const struct cmd_line *line,
		    const struct check_input *input)
{
	if (!cmd_option(line, "fix"))
		return true;
	if (input->is_project && line->argc > 1) {
		output_error("--fix repairs whole projects: name no cells");
		return false;
	}
	if (!input->is_project && !cmd_option(line, "output")) {
		output_error("--fix needs -o FILE.json for what is no project");
		return false;
	}
	return true;
}

/* Where the target is; NULL: there is none, or --target names it. False if two
 * are named. */
static bool choose_target(const struct cmd_line *line, const char **path)
{
	*path = cmd_option(line, "recorded");
	if (target_is_chosen() && (*path || cmd_option(line, "live"))) {
		output_error("--target names the target: leave --live and "
			     "--recorded out");
		return false;
	}
	if (!cmd_option(line, "live"))
		return true;
	if (*path)
		output_error("choose one of --live and --recorded");
	*path = "/";
	return !cmd_option(line, "recorded");
}

/* @machine: see choose_target(); a target elsewhere is collected first. */
static bool read_target(struct check_target *target, struct check_input *input,
			const char *machine)
{
	char *collected;
	bool ok;

	if (machine)
		return check_target_read(target, input, machine);
	if (!target_is_chosen())
		return true;
	collected = collect_target_file();
	ok = collected && check_target_read(target, input, collected);
	collect_discard(collected);
	return ok;
}

/* What goes along with the configurations. */
static bool read_images(const struct cmd_line *line,
			const struct check_input *input,
			struct check_images *images,
			struct jhcfg_check_options *options)
{
	const char *list = cmd_option(line, "images");
	const char *firmware = cmd_option(line, "firmware");

	if ((list && !check_images_read(images, input, list)) ||
	    (firmware && !check_images_read_firmware(images, firmware)))
		return false;
	options->images = images->images;
	options->num_images = images->count;
	options->firmware = images->firmware;
	options->firmware_size = images->firmware_size;
	return true;
}

static int run(const struct cmd_line *line)
{
	struct check_input input;
	struct check_images images = { 0 };
	struct check_target target = { 0 };
	struct jhcfg_check_options options = {
		.scenario = cmd_option(line, "scenario"),
	};
	int (*print)(FILE *, const struct check_report *);
	const char *board = cmd_option(line, "board"), *machine;
	int code = CMD_FAILED;

	if (!choose_form(line, &print) || !choose_target(line, &machine))
		return CMD_USAGE;
	if (check_input_read(&input, line->argv[0], line->argv + 1,
			     (size_t)line->argc - 1) &&
	    (!board || check_input_set_board(&input, board)) &&
	    read_target(&target, &input, machine) &&
	    read_images(line, &input, &images, &options)) {
		options.live = target.live;
		options.files = input.files;
		options.num_files = input.num_files;
		code = can_fix(line, &input)
			       ? judge(line, &input, &options, print)
			       : CMD_USAGE;
	}
	check_input_clear(&input);
	check_target_clear(&target);
	check_images_clear(&images);
	return code;
}

static const struct cmd_option options[] = {
	{ 0, "json", NULL, "print what was found as JSON", COMPLETE_NOTHING },
	{ 0, "sarif", NULL, "print it as SARIF 2.1.0", COMPLETE_NOTHING },
	{ 0, "junit", NULL, "print it as JUnit's XML, a test for each rule",
	  COMPLETE_NOTHING },
	{ 0, "strict", NULL, "fail on warnings, too", COMPLETE_NOTHING },
	{ 0, "scenario", "NAME",
	  "only the cells that this scenario of the project runs together",
	  COMPLETE_NOTHING },
	{ 0, "board", "FILE",
	  "the hardware: a board, a device tree, or a folder with /proc and "
	  "/sys",
	  COMPLETE_FILE },
	{ 0, "images", "LIST",
	  "files that will be loaded, CELL:KIND=FILE[@ADDRESS] with commas "
	  "between; KIND is inmate, loader, kernel, initrd, dtb, config (the "
	  "kernel's) or cmdline (a file with it)",
	  COMPLETE_NOTHING },
	{ 0, "firmware", "FILE",
	  "the hypervisor's image (jailhouse.bin), to know its sizes",
	  COMPLETE_FILE },
	{ 0, "live", NULL, "also look at this machine, which is the target",
	  COMPLETE_NOTHING },
	{ 0, "recorded", "DIR",
	  "look at this recording of the target: a folder with /proc and "
	  "/sys, or what \"config collect\" wrote",
	  COMPLETE_FILE },
	{ 0, "baseline", "FILE", "do not fail on what FILE has",
	  COMPLETE_FILE },
	{ 0, "write-baseline", "FILE", "write what was found to FILE",
	  COMPLETE_FILE },
	{ 0, "fix", "RULES",
	  "repair what these rules find (H02,B07 or all), and judge the result",
	  COMPLETE_NOTHING },
	{ 'o', "output", "FILE.json",
	  "write what was repaired to FILE.json, with its cells beside it; a "
	  "project otherwise is written where it came from",
	  COMPLETE_FILE },
	{ 0 },
};

const struct command cmd_config_check = {
	.words = { "config", "check" },
	.operands = "SYSTEM [CELL...]",
	.summary = "find what is wrong with a system and its cells",
	.description =
		"Judges a system by all rules: memory, CPUs, interrupts, PCI, "
		"links, consoles, what the hypervisor needs and what hangs "
		"machines. SYSTEM and CELL may be in any form. A project "
		"(system.json) brings its cells, its hardware and its waivers "
		"(\"waivers\": rule, object, reason); \"severities\" in it "
		"give rules another severity, or \"off\". With CELL, only "
		"these cells count. What needs hardware or a target that is "
		"not known is not judged, which is said; where the project "
		"has no board, the target's hardware counts. Exit status is 1 "
		"if "
		"there are errors that are neither waived nor in the "
		"baseline. \"jailhouse explain ID\" says more about a rule.",
	.example =
		"jailhouse config check system.json\n"
		"jailhouse config check --board board.dtb root.cell rtos.cell\n"
		"jailhouse config check --fix H02,B07 system.json\n"
		"jailhouse config check --images rtos:inmate=demo.bin@0x0 "
		"system.json\n"
		"jailhouse config check --junit --baseline known.json "
		"system.json",
	.options = options,
	.min_operands = 1,
	.max_operands = -1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.place = PLACE_READS,
	.run = run,
};
