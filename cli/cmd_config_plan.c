// SPDX-License-Identifier: GPL-2.0-or-later
/* config plan: a cell as somebody wants it, with all that has to be chosen. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "json_out.h"
#include "output.h"
#include "request.h"

/* The request, and the memory that its parts lie in. */
struct wanted {
	struct jhcfg_plan_request request;
	unsigned int *cpus;
	char *device_text, *link_text;
	char **devices, **link_words;
	struct jhcfg_plan_link *links;
};

static void clear(struct wanted *wanted)
{
	free(wanted->cpus);
	free(wanted->device_text);
	free(wanted->link_text);
	free(wanted->devices);
	free(wanted->link_words);
	free(wanted->links);
}

static bool complain(const char *option, const char *text, const char *hint)
{
	output_error("--%s %s: %s", option, text, hint);
	return false;
}

static bool parse_devices(const struct cmd_line *line, struct wanted *wanted)
{
	const char *text = cmd_option(line, "devices");
	size_t count = 0;

	if (!text)
		return true;
	wanted->device_text = strdup(text);
	if (wanted->device_text)
		wanted->devices = request_split(wanted->device_text);
	if (!wanted->devices)
		return complain("devices", text, strerror(ENOMEM));
	while (wanted->devices[count])
		count++;
	wanted->request.devices = (const char *const *)wanted->devices;
	wanted->request.num_devices = count;
	return true;
}

static bool parse_links(const struct cmd_line *line, struct wanted *wanted)
{
	const char *text = cmd_option(line, "links");
	size_t count = 0;

	if (!text)
		return true;
	wanted->link_text = strdup(text);
	if (wanted->link_text)
		wanted->link_words = request_split(wanted->link_text);
	if (wanted->link_words)
		wanted->links =
			calloc(strlen(text) + 1, sizeof(*wanted->links));
	if (!wanted->links)
		return complain("links", text, strerror(ENOMEM));
	for (; wanted->link_words[count]; count++)
		if (!request_link(wanted->link_words[count],
				  &wanted->links[count]))
			return complain("links", text,
					"not PEER, PEER:net or PEER:SIZE");
	wanted->request.links = wanted->links;
	wanted->request.num_links = count;
	return true;
}

static bool parse(const struct cmd_line *line, struct wanted *wanted)
{
	struct jhcfg_plan_request *request = &wanted->request;
	const char *cpus = cmd_option(line, "cpus");
	const char *memory = cmd_option(line, "memory");
	const char *image = cmd_option(line, "image");

	request->name = line->argv[1];
	request->scenario = cmd_option(line, "scenario");
	request->linux_guest = cmd_option(line, "linux");
	request->num_cpus = 1;
	if (cpus && !request_cpus(cpus, request, &wanted->cpus))
		return complain("cpus", cpus,
				"not a number of CPUs, or a list such as 2-3");
	if (memory && (!request_size(memory, &request->memory_size) ||
		       !request->memory_size))
		return complain("memory", memory, "not a size such as 64M");
	if (!parse_devices(line, wanted) || !parse_links(line, wanted))
		return false;
	return !image || !request_image(image, request);
}

/* Where the result goes; NULL: nowhere, it was only asked. */
static bool find_output(const struct cmd_line *line, const char **output)
{
	*output = cmd_option(line, "output");
	if (!cmd_option(line, "apply"))
		return true;
	if (*output) {
		output_error("--apply and -o exclude each other");
		return false;
	}
	*output = line->argv[0];
	return true;
}

static int carry_out(struct subject *subject, const struct jhcfg_plan *plan,
		     const char *output, const char *own)
{
	int err;

	if (!subject->source.config || subject->source.dialect ||
	    subject->source.board) {
		if (!strcmp(output, own)) {
			output_error("%s is no project: name one with -o", own);
			return -EINVAL;
		}
	}
	err = jhcfg_plan_apply(subject->workspace, plan);
	if (err)
		output_errno(jhcfg_plan_name(plan), err);
	return err ? err : request_save(subject, output, false);
}

static int make(const struct cmd_line *line, struct subject *subject,
		const struct wanted *wanted, const char *output)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_plan *plan = NULL;
	int err = jhcfg_plan_cell(subject->workspace, &wanted->request, diags,
				  &plan);

	output_diags(line->argv[0], diags);
	jhcfg_diags_free(diags);
	if (err == -ENOMEM)
		output_errno(line->argv[0], err);
	if (err)
		return err;
	if (cmd_option(line, "json"))
		err = json_out_print(
			stdout, request_plan_json(subject->workspace, plan));
	else
		request_print_plan(subject->workspace, plan);
	if (!err && output)
		err = carry_out(subject, plan, output, line->argv[0]);
	jhcfg_plan_free(plan);
	return err;
}

static int run(const struct cmd_line *line)
{
	struct wanted wanted = { .cpus = NULL };
	struct subject subject = { 0 };
	int code = CMD_USAGE;
	const char *output;

	if (find_output(line, &output) && parse(line, &wanted)) {
		code = CMD_FAILED;
		if (!subject_open(line->argv[0], NULL, &subject) &&
		    !request_workspace(&subject, line->argv[0],
				       cmd_option(line, "board")) &&
		    !make(line, &subject, &wanted, output))
			code = CMD_OK;
	}
	subject_close(&subject);
	clear(&wanted);
	return code;
}

static const struct cmd_option options[] = {
	{ 0, "cpus", "CPUS",
	  "how many, or which: \"2\" is any two, \"2-3\" and \"1,3\" are these "
	  "(default: 1)",
	  COMPLETE_NOTHING },
	{ 0, "memory", "SIZE", "RAM of the cell", COMPLETE_NOTHING },
	{ 0, "devices", "NAMES",
	  "devices of the board or PCI functions, separated by commas",
	  COMPLETE_NOTHING },
	{ 0, "links", "LINKS",
	  "links to cells, separated by commas: PEER or PEER:net for a network "
	  "link, PEER:SIZE for so much common memory; \"root\" is the root",
	  COMPLETE_NOTHING },
	{ 0, "image", "FILE",
	  "what will run: an ELF file or a kernel says where it wants to be",
	  COMPLETE_FILE },
	{ 0, "linux", NULL, "Linux will run in it", COMPLETE_NOTHING },
	{ 0, "scenario", "NAME",
	  "the cells that run beside it (default: all cells)",
	  COMPLETE_NOTHING },
	{ 0, "board", "FILE", "the hardware, if the project has no board",
	  COMPLETE_FILE },
	{ 0, "apply", NULL, "carry it out in SYSTEM", COMPLETE_NOTHING },
	{ 'o', "output", "FILE.json",
	  "carry it out in a copy of the project: FILE.json, with the "
	  "other files beside it",
	  COMPLETE_JSON },
	{ 0, "json", NULL, "print the plan as JSON", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_config_plan = {
	.words = { "config", "plan" },
	.operands = "SYSTEM NAME",
	.summary = "choose CPUs, memory and all else for a new cell",
	.description =
		"Plans the cell NAME in SYSTEM: a project, a configuration, "
		"or hardware that nobody has divided yet. CPUs are taken by "
		"whole clusters where they fit, memory from what Linux is kept "
		"from, devices with their registers, interrupts and stream "
		"ids; links get memory, PCI slots and interrupts. Each choice "
		"is printed with its reason, and so is what stays with the "
		"root, and what Linux has to be told. Nothing is written "
		"without --apply or -o. If it cannot be had, the fewest "
		"wishes that cannot hold together are named.",
	.example = "jailhouse config plan system.json rtos --cpus 2 --memory "
		   "256M --devices uart1 --links root\n"
		   "jailhouse config plan board.dtb linux --cpus 2-3 --memory "
		   "512M --linux -o system.json",
	.options = options,
	.min_operands = 2,
	.max_operands = 2,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.run = run,
};
