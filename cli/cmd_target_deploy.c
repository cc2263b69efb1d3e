// SPDX-License-Identifier: GPL-2.0-or-later
/* target deploy: has the target run what a project says. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/deploy.h>

#include "check_images.h"
#include "commands.h"
#include "deploy_print.h"
#include "output.h"
#include "paths.h"
#include "project.h"
#include "target.h"

#define MAX_SECONDS 3600

struct run {
	const struct cmd_line *line;
	struct jhcfg_target *target;
	struct check_input input; /* the workspace */
	struct check_images images;
	struct jhcfg_deploy_options options;
	struct jhcfg_deploy *deploy;
	char *sysfs, *site; /* below JAILHOUSE_ROOT; or NULL */
	bool json;
};

/* "30", "30s", "2m" */
static bool parse_seconds(const struct cmd_line *line, const char *option,
			  unsigned int *seconds)
{
	const char *text = cmd_option(line, option);
	unsigned long value;
	char *end;

	if (!text)
		return true;
	errno = 0;
	value = strtoul(text, &end, 10);
	if (*end == 'm' && value <= MAX_SECONDS)
		value *= 60;
	end += *end == 's' || *end == 'm';
	if (*text < '0' || *text > '9' || *end || errno || !value ||
	    value > MAX_SECONDS) {
		output_error("--%s %s: not a time such as 30s or 2m", option,
			     text);
		return false;
	}
	*seconds = (unsigned int)value;
	return true;
}

static bool read_options(struct run *run)
{
	const struct cmd_line *line = run->line;

	run->json = cmd_option(line, "json");
	run->options = (struct jhcfg_deploy_options){
		.scenario = cmd_option(line, "scenario"),
		.force = cmd_option(line, "force"),
		.prune = cmd_option(line, "prune"),
		.reload = cmd_option(line, "reload"),
		.keep_going = cmd_option(line, "keep-going"),
		.no_rollback = cmd_option(line, "no-rollback"),
	};
	return parse_seconds(line, "rollback-after",
			     &run->options.rollback_after_s) &&
	       parse_seconds(line, "reconnect", &run->options.reconnect_s);
}

/* With "--target local", below the folder that JAILHOUSE_ROOT names: a machine
 * that tests have made up. */
static bool find_places(struct run *run)
{
	const char *root = getenv("JAILHOUSE_ROOT");

	if (!root || jhcfg_target_kind(run->target) != JHCFG_TARGET_LOCAL)
		return true;
	if (asprintf(&run->sysfs, "%s" PATHS_SYSFS, root) < 0)
		run->sysfs = NULL;
	if (asprintf(&run->site, "%s" PATHS_SITE, root) < 0)
		run->site = NULL;
	run->options.sysfs = run->sysfs;
	run->options.site = run->site;
	run->options.root = root;
	if (!run->sysfs || !run->site)
		output_errno(root, -ENOMEM);
	return run->sysfs && run->site;
}

static bool read_project(struct run *run)
{
	const char *images = cmd_option(run->line, "images");

	if (project_open(run->line->argv, (size_t)run->line->argc,
			 &run->input.workspace))
		return false;
	run->input.path = run->line->argv[0];
	if (images && !check_images_read(&run->images, &run->input, images))
		return false;
	run->options.images = run->images.images;
	run->options.num_images = run->images.count;
	return true;
}

/* --- what is seen meanwhile ----------------------------------------------- */

static void on_changed(struct jhcfg_deploy *deploy, void *user)
{
	const struct run *run = user;
	const char *note = jhcfg_deploy_note(deploy);

	if (run->json)
		return;
	if (*note) {
		output_clean(stderr, note, strlen(note), "");
		fputc('\n', stderr);
	} else if (jhcfg_deploy_phase(deploy) == JHCFG_DEPLOY_ROLLING_BACK)
		fprintf(stderr, "taking it back:\n");
}

static void on_step(struct jhcfg_deploy *deploy, void *user, size_t index)
{
	const struct run *run = user;

	if (!run->json)
		deploy_print_step(deploy, index);
}

/* An interrupt ends the step that runs, and the way back begins; a second one
 * ends us. */
static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
	(void)number;
	interrupted = 1;
}

static bool goes_on(const struct jhcfg_deploy *deploy)
{
	switch (jhcfg_deploy_phase(deploy)) {
	case JHCFG_DEPLOY_LOOKING:
	case JHCFG_DEPLOY_RUNNING:
	case JHCFG_DEPLOY_ROLLING_BACK:
		return true;
	default:
		return false;
	}
}

static int run_steps(struct run *run)
{
	const struct sigaction action = {
		.sa_handler = on_interrupt,
		.sa_flags = (int)SA_RESETHAND,
	};
	struct sigaction before;
	int err;

	sigaction(SIGINT, &action, &before);
	err = jhcfg_deploy_run(run->deploy);
	while (!err && goes_on(run->deploy)) {
		if (interrupted)
			jhcfg_deploy_stop(run->deploy);
		err = jhcfg_target_dispatch(run->target, -1);
	}
	sigaction(SIGINT, &before, NULL);
	return err;
}

/* --- all of it ------------------------------------------------------------ */

static int begin(struct run *run)
{
	const struct jhcfg_deploy_handler handler = {
		.changed = on_changed,
		.step = on_step,
		.user = run,
	};
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err = jhcfg_deploy_begin(run->target, run->input.workspace,
				     &run->options, &handler, diags,
				     &run->deploy);

	output_diags(run->input.path, diags);
	if (err && !jhcfg_diags_get(diags, 0))
		output_errno(run->input.path, err);
	jhcfg_diags_free(diags);
	return err ? err : jhcfg_deploy_wait(run->deploy);
}

static int deploy(struct run *run)
{
	bool dry = cmd_option(run->line, "dry-run");
	int err = begin(run), printed = 0;

	if (err)
		return CMD_FAILED;
	if (!run->json)
		deploy_print_plan(run->deploy);
	if (jhcfg_deploy_may_run(run->deploy) && !dry)
		err = run_steps(run);
	if (run->json)
		printed = deploy_print_json(run->deploy);
	else
		output_diags(NULL, jhcfg_deploy_diags(run->deploy));
	if (printed)
		err = printed;
	if (err)
		output_errno(run->input.path, err);
	if (dry && jhcfg_deploy_may_run(run->deploy))
		return err ? CMD_FAILED : CMD_OK;
	return !err && jhcfg_deploy_phase(run->deploy) == JHCFG_DEPLOY_DONE
		       ? CMD_OK
		       : CMD_FAILED;
}

static int run(const struct cmd_line *line)
{
	struct run run = { .line = line };
	int code = CMD_FAILED;

	if (!read_options(&run))
		return CMD_USAGE;
	if (read_project(&run) && (run.target = target_get()) &&
	    find_places(&run))
		code = deploy(&run);
	jhcfg_deploy_free(run.deploy);
	check_images_clear(&run.images);
	jhcfg_workspace_free(run.input.workspace);
	free(run.sysfs);
	free(run.site);
	return code;
}

static const struct cmd_option options[] = {
	{ 'n', "dry-run", NULL, "show the steps and change nothing",
	  COMPLETE_NOTHING },
	{ 's', "scenario", "NAME",
	  "deploy the cells of this scenario of the project",
	  COMPLETE_NOTHING },
	{ 'i', "images", "LIST",
	  "load these into their cells instead of the project's images: "
	  "CELL:KIND=FILE[@ADDRESS],... with KIND inmate, loader, kernel, "
	  "initrd or dtb",
	  COMPLETE_NOTHING },
	{ 0, "rollback-after", "TIME",
	  "the target disables the hypervisor by itself when it has heard "
	  "nothing for TIME after it was enabled, as 30s",
	  COMPLETE_NOTHING },
	{ 0, "reconnect", "TIME",
	  "try that long to reach a target again that was lost (60s)",
	  COMPLETE_NOTHING },
	{ 0, "force", NULL,
	  "deploy in spite of errors that rules find, and of devices that "
	  "carry the root file system or an SSH session",
	  COMPLETE_NOTHING },
	{ 0, "prune", NULL, "destroy cells that are not of the project",
	  COMPLETE_NOTHING },
	{ 0, "reload", NULL, "load all images again, and start their cells",
	  COMPLETE_NOTHING },
	{ 'k', "keep-going", NULL,
	  "after a failure, do what does not need what failed",
	  COMPLETE_NOTHING },
	{ 0, "no-rollback", NULL, "after a failure, leave things as they are",
	  COMPLETE_NOTHING },
	{ 'j', "json", NULL, "print the outcome as JSON", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_target_deploy = {
	.words = { "target", "deploy" },
	.operands = "PROJECT [CELL...]",
	.summary = "have the target run a project",
	.description =
		"Looks at the target, judges the project by all rules with "
		"the target in view, and shows the steps that lead from what "
		"runs there to what the project says: files are uploaded by "
		"their contents, the driver loaded, the hypervisor enabled, "
		"cells created, loaded and started. What runs already as the "
		"project says is left alone. Each step is verified by reading "
		"back what it was to change. At the first failure, what was "
		"done is taken back. Images stand in the project: in the list "
		"\"images\" of a cell, with \"kind\", \"file\" and "
		"\"address\"; "
		"a cell without any is created, but not started. "
		"Enabling goes on when it takes the network away: the target "
		"is connected to again. While one deploy is at work, others "
		"to the same target are refused, and told whose it is; one "
		"that died is in the way for a minute or two.",
	.example = "jailhouse --target ssh://root@board target deploy "
		   "system.json -n\n"
		   "jailhouse --target ssh://root@board target deploy "
		   "system.json -s demo --rollback-after 30s",
	.options = options,
	.min_operands = 1,
	.max_operands = -1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_JSON,
	.place = PLACE_READS,
	.run = run,
};
