// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What speaks against a deploy before anything is changed: what the rules find
 * with the target in view, other hardware than the project's, a driver that
 * reads other configurations, no room for the files.
 */
#include "deploy/deploy.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/diff.h>

/* Differences of hardware that are shown one by one. */
#define MAX_DRIFT 8

void deploy_error(struct jhcfg_deploy *deploy, const char *object,
		  const char *hint, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	jhcfg_diags_add(deploy->diags, JHCFG_ERROR, "", object, "", hint, "%s",
			text);
}

/* --- dialect -------------------------------------------------------------- */

/* By what runs, else by the driver's version, else what our own reads. */
static void find_dialect(struct jhcfg_deploy *deploy)
{
	const struct deploy_config *root = &deploy->before->root;
	const struct jhcfg_dialect *found = NULL;
	struct jhcfg_config *config = NULL;

	deploy->dialect = jhcfg_dialect_get(0);
	if (root->data && !jhcfg_codec_decode_as(root->data, root->size, NULL,
						 NULL, &config, &found)) {
		jhcfg_config_free(config);
		deploy->dialect = found;
		return;
	}
	if (!jhcfg_live_knows(deploy->live, JHCFG_LIVE_MODULE_VERSION))
		return;
	found = jhcfg_dialect_of_driver(deploy->live->module_version);
	if (found)
		deploy->dialect = found;
	if (deploy->dialect != jhcfg_dialect_get(0))
		jhcfg_diags_add(deploy->diags, JHCFG_INFO, "F08", "driver", "",
				NULL, "it takes %s: files are written so",
				jhcfg_dialect_title(deploy->dialect));
}

/* --- rules ---------------------------------------------------------------- */

/* With the hypervisor enabled, what Linux says of itself is no more what it is
 * to be before enabling: CPUs of cells are offline, and EL2 is taken. */
static void forget_enabled(struct jhcfg_deploy *deploy)
{
	static const uint32_t facts = JHCFG_LIVE_ONLINE_CPUS |
				      JHCFG_LIVE_VIRTUALIZATION |
				      JHCFG_LIVE_IOMEM | JHCFG_LIVE_FINGERPRINT;

	if (deploy->before->enabled && deploy->live)
		deploy->live->known &= ~facts;
}

/* Who waives what carries "/" or an SSH session has another moment in mind. */
static bool needs_force(const struct jhcfg_finding *finding)
{
	return !strcmp(finding->rule->id, "P12") ||
	       (!finding->waived && finding->severity == JHCFG_ERROR);
}

static int judge_rules(struct jhcfg_deploy *deploy)
{
	struct jhcfg_image *images = load_for_rules(&deploy->loads);
	const struct jhcfg_check_options options = {
		.live = deploy->live,
		.scenario = deploy->scenario ? deploy->scenario->name : NULL,
		.images = images,
		.num_images = deploy->loads.count,
		.overrides = deploy->options.overrides,
		.num_overrides = deploy->options.num_overrides,
	};
	const struct jhcfg_finding *finding;
	size_t against = 0;
	int err = images ? jhcfg_check(deploy->workspace, &options,
				       &deploy->findings)
			 : -ENOMEM;

	free(images);
	if (err)
		return err;
	for (size_t n = 0; (finding = jhcfg_findings_at(deploy->findings, n));
	     n++)
		against += needs_force(finding);
	if (against && !deploy->options.force) {
		deploy_error(deploy, "project",
			     "mend the project, waive what is meant to be so, "
			     "or use --force",
			     "%zu finding%s of the rules speak%s against it",
			     against, against == 1 ? "" : "s",
			     against == 1 ? "s" : "");
		deploy->blocked = true;
	}
	return 0;
}

/* --- drift ---------------------------------------------------------------- */

static void tell_drift(struct jhcfg_deploy *deploy, struct jhcfg_diff *diff)
{
	const struct jhcfg_change *change;
	size_t count = 0;

	for (; (change = jhcfg_diff_change(diff, count)); count++)
		if (count < MAX_DRIFT)
			jhcfg_diags_add(deploy->diags, JHCFG_WARNING, "T07",
					change->object, change->member, NULL,
					"the target is not the project's "
					"board: %s (%s, there %s)",
					jhcfg_change_name(change->kind),
					*change->a ? change->a : "nothing",
					*change->b ? change->b : "nothing");
	if (count > MAX_DRIFT)
		jhcfg_diags_add(deploy->diags, JHCFG_WARNING, "T07", "board",
				"", "see config diff",
				"%zu more differences of the hardware",
				count - MAX_DRIFT);
}

/* By what was noted of the machine that the project was made on, rule T07
 * judges. Without such a note, the boards are compared. */
static int judge_drift(struct jhcfg_deploy *deploy)
{
	const struct jhcfg_board *noted =
		jhcfg_workspace_board(deploy->workspace);
	const struct jhcfg_board *there =
		deploy->live ? deploy->live->board : NULL;
	const struct jhcfg_diff_side sides[] = {
		{ .board = noted },
		{ .board = there },
	};
	struct jhcfg_diff *diff;
	int err;

	if (!noted || !there || deploy->before->enabled)
		return 0;
	err = jhcfg_diff_make(&sides[0], &sides[1], &diff);
	if (err)
		return err;
	tell_drift(deploy, diff);
	jhcfg_diff_free(diff);
	return 0;
}

/* --- room ----------------------------------------------------------------- */

static void judge_room(struct jhcfg_deploy *deploy)
{
	uint64_t needed = 0;

	for (size_t n = 0; n < deploy->num_steps; n++)
		if (deploy->steps[n].step.kind == JHCFG_DEPLOY_UPLOAD)
			needed += deploy->steps[n].step.size;
	if (needed <= deploy->before->free_bytes)
		return;
	deploy_error(deploy, deploy->folder, "make room there",
		     "%llu KiB are to be uploaded, and there is room for %llu",
		     (unsigned long long)needed / 1024,
		     (unsigned long long)deploy->before->free_bytes / 1024);
	deploy->blocked = true;
}

int deploy_judge(struct jhcfg_deploy *deploy)
{
	int err;

	forget_enabled(deploy);
	find_dialect(deploy);
	err = deploy_make_wanted(deploy);
	if (!err)
		err = judge_rules(deploy);
	if (!err)
		err = judge_drift(deploy);
	if (!err)
		err = deploy_plan(deploy, deploy->wanted, false);
	if (!err)
		judge_room(deploy);
	return err;
}
