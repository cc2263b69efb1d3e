// SPDX-License-Identifier: LGPL-2.1-or-later
/* Beginning and end of a deploy, and what is seen of it from outside. */
#include "deploy/deploy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "target/site.h"

#define SITE_MS	   30000
#define COLLECT_MS (5 * 60 * 1000) /* slow boards, hundreds of CPUs */

static void look_at_site(struct jhcfg_deploy *deploy);

static void give_up(struct jhcfg_deploy *deploy, int err)
{
	if (!jhcfg_diags_count(deploy->diags, JHCFG_ERROR))
		deploy_error(deploy, jhcfg_target_name(deploy->target), NULL,
			     "it cannot be looked at: %s", strerror(-err));
	deploy->blocked = true;
	deploy_set_phase(deploy, JHCFG_DEPLOY_FAILED);
}

/* --- looking at the target ------------------------------------------------ */

static void judge(struct jhcfg_deploy *deploy)
{
	int err = deploy_judge(deploy);

	if (err)
		give_up(deploy, err);
	else
		deploy_set_phase(deploy, JHCFG_DEPLOY_PLANNED);
}

/* Without the hardware in view, half of the rules cannot be judged. */
static void live_read(struct jhcfg_deploy *deploy, int err)
{
	if (err && deploy->options.force) {
		jhcfg_diags_add(deploy->diags, JHCFG_WARNING, "",
				jhcfg_target_name(deploy->target), "", NULL,
				"its hardware cannot be looked at; nothing is "
				"judged that needs it");
		err = 0;
	}
	if (err)
		give_up(deploy, err);
	else
		judge(deploy);
}

static void machine_collected(struct jhcfg_deploy *deploy, int err,
			      struct jhcfg_result *result)
{
	if (deploy_is_loss(err)) {
		deploy_reconnect(deploy, look_at_site);
		return;
	}
	if (!err && result->status) {
		deploy_error(deploy, jhcfg_target_name(deploy->target), NULL,
			     "its hardware cannot be looked at: %s",
			     result->errors);
		err = -EIO;
	}
	if (!err)
		err = jhcfg_live_read_archive(result->output,
					      result->output_size,
					      jhcfg_target_name(deploy->target),
					      deploy->diags, &deploy->live);
	jhcfg_result_clear(result);
	live_read(deploy, err);
}

static void collect_machine(struct jhcfg_deploy *deploy)
{
	const struct jhcfg_site *site = &deploy->site;
	const char *argv[DEPLOY_SCRIPT_WORDS + 2] = { NULL };
	const char *script = jhcfg_collect_script();
	const char *root = deploy->options.root;
	size_t count = 0;

	if (jhcfg_target_kind(deploy->target) == JHCFG_TARGET_LOCAL) {
		live_read(deploy,
			  jhcfg_live_read(root ? root : "/", deploy->diags,
					  &deploy->live));
		return;
	}
	for (int n = 0; n < site->num_become; n++)
		argv[count++] = site->become[n];
	argv[count++] = "sh";
	argv[count++] = "-s";
	argv[count++] = "--";
	argv[count++] = "-";
	argv[count] = root;
	deploy_command(deploy, argv, script, strlen(script), COLLECT_MS,
		       machine_collected);
}

static void state_looked(struct jhcfg_deploy *deploy, int err)
{
	if (deploy_is_loss(err)) {
		deploy_reconnect(deploy, look_at_site);
		return;
	}
	if (err) {
		give_up(deploy, err);
		return;
	}
	deploy->before = deploy->found;
	if (*deploy->found->other)
		jhcfg_diags_add(deploy->diags, JHCFG_WARNING, "",
				jhcfg_target_name(deploy->target), "",
				"wait for it, then deploy",
				"another deploy is at work there: %.200s",
				deploy->found->other);
	collect_machine(deploy);
}

static void site_looked(struct jhcfg_deploy *deploy, int err,
			struct jhcfg_result *result)
{
	const char *name = jhcfg_target_name(deploy->target);

	if (deploy_is_loss(err)) {
		deploy_reconnect(deploy, look_at_site);
		return;
	}
	if (!err)
		err = jhcfg_site_parse(name, result, deploy->diags,
				       &deploy->site);
	jhcfg_result_clear(result);
	if (!err)
		err = jhcfg_site_check(deploy->target, &deploy->site,
				       deploy->diags);
	if (!err && asprintf(&deploy->folder, "%s/deploy",
			     deploy->options.site ? deploy->options.site
						  : deploy->site.folder) < 0) {
		deploy->folder = NULL;
		err = -ENOMEM;
	}
	if (err)
		give_up(deploy, err);
	else
		deploy_look(deploy, state_looked);
}

/* At first, and again after the target was lost before anything was done. */
static void look_at_site(struct jhcfg_deploy *deploy)
{
	jhcfg_site_clear(&deploy->site);
	free(deploy->folder);
	deploy->folder = NULL;
	if (deploy->before == deploy->found)
		deploy->before = NULL;
	deploy_command(deploy, jhcfg_site_command(), NULL, 0, SITE_MS,
		       site_looked);
}

/* --- begin and end -------------------------------------------------------- */

/* Copies of what the options point to and is needed later. */
static int copy_options(struct jhcfg_deploy *deploy,
			const struct jhcfg_deploy_options *given)
{
	struct jhcfg_deploy_options *options = &deploy->options;
	struct jhcfg_override *overrides =
		calloc(given->num_overrides + 2, sizeof(*overrides));
	const char *sysfs =
		given->sysfs ? given->sysfs : "/sys/devices/jailhouse";

	*options = *given;
	options->overrides = overrides;
	options->site = given->site ? strdup(given->site) : NULL;
	options->root = given->root ? strdup(given->root) : NULL;
	deploy->sysfs = strdup(sysfs);
	if (!deploy->sysfs || !overrides || !options->site != !given->site ||
	    !options->root != !given->root)
		return -ENOMEM;
	for (size_t n = 0; n < given->num_overrides; n++) {
		const struct jhcfg_rule *rule =
			jhcfg_rule_find(given->overrides[n].rule);

		overrides[n] = given->overrides[n];
		/* a constant, unlike the caller's text */
		overrides[n].rule = rule ? rule->id : "";
	}
	/* judged in any case: see needs_force() */
	overrides[options->num_overrides++] = (struct jhcfg_override){
		.rule = "P12",
		.severity = JHCFG_WARNING,
	};
	return 0;
}

int jhcfg_deploy_begin(struct jhcfg_target *target,
		       const struct jhcfg_workspace *workspace,
		       const struct jhcfg_deploy_options *options,
		       const struct jhcfg_deploy_handler *handler,
		       struct jhcfg_diags *diags, struct jhcfg_deploy **deploy)
{
	static const struct jhcfg_deploy_options none;
	struct jhcfg_deploy *new;
	int err;

	if (!target->backend->run) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "", target->name, "", NULL,
				"nothing can be deployed to a recording");
		return -EOPNOTSUPP;
	}
	if (target->state != JHCFG_TARGET_READY)
		return -ENOTCONN;
	new = calloc(1, sizeof(*new));
	if (!new)
		return -ENOMEM;
	new->target = target;
	new->diags = jhcfg_diags_new();
	err = new->diags ? copy_options(new, options ? options : &none)
			 : -ENOMEM;
	if (!err)
		err = deploy_lock_init(new, new->options.site);
	if (!err)
		err = deploy_read_project(new, workspace, diags);
	if (err) {
		jhcfg_deploy_free(new);
		return err;
	}
	/* not before: the caller does not have the deploy yet */
	*deploy = new;
	look_at_site(new);
	if (handler)
		new->handler = *handler;
	return 0;
}

void jhcfg_deploy_free(struct jhcfg_deploy *deploy)
{
	if (!deploy)
		return;
	deploy_exchange_end(deploy);
	deploy_lock_clear(deploy);
	deploy_steps_free(deploy);
	if (deploy->found != deploy->before)
		deploy_state_free(deploy->found);
	deploy_state_free(deploy->before);
	deploy_state_free(deploy->wanted);
	deploy_project_end(deploy);
	jhcfg_findings_free(deploy->findings);
	jhcfg_live_free(deploy->live);
	jhcfg_diags_free(deploy->diags);
	jhcfg_site_clear(&deploy->site);
	free((void *)(uintptr_t)deploy->options.overrides);
	free((char *)(uintptr_t)deploy->options.site);
	free((char *)(uintptr_t)deploy->options.root);
	free(deploy->sysfs);
	free(deploy->folder);
	free(deploy->note);
	free(deploy);
}

/* --- what is seen --------------------------------------------------------- */

enum jhcfg_deploy_phase jhcfg_deploy_phase(const struct jhcfg_deploy *deploy)
{
	return deploy->phase;
}

const char *jhcfg_deploy_note(const struct jhcfg_deploy *deploy)
{
	return deploy->note ? deploy->note : "";
}

const struct jhcfg_findings *jhcfg_deploy_findings(
	const struct jhcfg_deploy *deploy)
{
	return deploy->findings;
}

const struct jhcfg_diags *jhcfg_deploy_diags(const struct jhcfg_deploy *deploy)
{
	return deploy->diags;
}

bool jhcfg_deploy_may_run(const struct jhcfg_deploy *deploy)
{
	return deploy->phase == JHCFG_DEPLOY_PLANNED && !deploy->blocked;
}

const struct jhcfg_deploy_step *jhcfg_deploy_step(
	const struct jhcfg_deploy *deploy, size_t index)
{
	return index < deploy->num_steps ? &deploy->steps[index].step : NULL;
}

size_t jhcfg_deploy_num_steps(const struct jhcfg_deploy *deploy)
{
	return deploy->num_steps;
}

const char *jhcfg_deploy_state_name(enum jhcfg_deploy_state state)
{
	static const char *const names[] = {
		[JHCFG_DEPLOY_WAITING] = "waiting",
		[JHCFG_DEPLOY_WORKING] = "working",
		[JHCFG_DEPLOY_SUCCEEDED] = "done",
		[JHCFG_DEPLOY_BROKEN] = "failed",
		[JHCFG_DEPLOY_LEFT_OUT] = "left out",
	};

	return (size_t)state < sizeof(names) / sizeof(*names) ? names[state]
							      : "";
}

/* --- running -------------------------------------------------------------- */

int jhcfg_deploy_run(struct jhcfg_deploy *deploy)
{
	if (deploy->phase != JHCFG_DEPLOY_PLANNED)
		return -EBUSY;
	if (deploy->blocked)
		return -EPERM;
	deploy_start(deploy);
	return 0;
}

void jhcfg_deploy_stop(struct jhcfg_deploy *deploy)
{
	deploy->stopped = true;
}

int jhcfg_deploy_wait(struct jhcfg_deploy *deploy)
{
	while (deploy->phase == JHCFG_DEPLOY_LOOKING ||
	       deploy->phase == JHCFG_DEPLOY_RUNNING ||
	       deploy->phase == JHCFG_DEPLOY_ROLLING_BACK) {
		int err = jhcfg_target_dispatch(deploy->target, -1);

		if (err)
			return err;
	}
	return 0;
}
