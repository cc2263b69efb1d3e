// SPDX-License-Identifier: LGPL-2.1-or-later
/* How a step is seen to be done: by what a look finds on the target. */
#include "deploy/deploy.h"

static const char *no_file(const struct jhcfg_deploy *deploy,
			   const struct deploy_step *step)
{
	return deploy_state_has_file(deploy->found, step->file->name)
		       ? NULL
		       : "the file is not there";
}

static const char *no_driver(const struct jhcfg_deploy *deploy,
			     const struct deploy_step *step)
{
	(void)step;
	return deploy->found->driver ? NULL : "the driver is not there";
}

static const char *still_driver(const struct jhcfg_deploy *deploy,
				const struct deploy_step *step)
{
	(void)step;
	return deploy->found->driver ? "the driver is still there" : NULL;
}

/* Established drivers read nothing back: then the name has to do. */
static bool is_config(const struct deploy_config *found,
		      const struct deploy_config *wanted)
{
	return !found->data || deploy_config_equal(found, wanted);
}

static const char *not_enabled(const struct jhcfg_deploy *deploy,
			       const struct deploy_step *step)
{
	if (deploy->found->rolled_back)
		return "the target has heard nothing of us for too long, and "
		       "has disabled the hypervisor by itself";
	if (!deploy->found->enabled)
		return "the hypervisor is not enabled";
	return is_config(&deploy->found->root, &step->towards->root)
		       ? NULL
		       : "the hypervisor runs another system";
}

static const char *still_enabled(const struct jhcfg_deploy *deploy,
				 const struct deploy_step *step)
{
	(void)step;
	return deploy->found->enabled ? "the hypervisor is still enabled"
				      : NULL;
}

static const char *not_confirmed(const struct jhcfg_deploy *deploy,
				 const struct deploy_step *step)
{
	(void)step;
	if (deploy->found->enabled && !deploy->found->rolled_back)
		return NULL;
	return "the target has heard nothing of us for too long, and has "
	       "disabled the hypervisor by itself";
}

static const char *not_created(const struct jhcfg_deploy *deploy,
			       const struct deploy_step *step)
{
	const struct deploy_cell *cell =
		deploy_state_find(deploy->found, step->cell);

	if (!cell)
		return "the cell is not there, though the driver did not "
		       "refuse it";
	return is_config(&cell->config, &step->wanted->config)
		       ? NULL
		       : "the cell has another configuration";
}

static const char *not_loaded(const struct jhcfg_deploy *deploy,
			      const struct deploy_step *step)
{
	const struct deploy_cell *cell =
		deploy_state_find(deploy->found, step->cell);

	if (!cell)
		return "the cell is gone";
	return deploy_images_equal(cell, step->wanted)
		       ? NULL
		       : "the record of what was loaded is missing";
}

static const char *not_started(const struct jhcfg_deploy *deploy,
			       const struct deploy_step *step)
{
	const struct deploy_cell *cell =
		deploy_state_find(deploy->found, step->cell);

	if (!cell)
		return "the cell is gone";
	if (cell->run)
		return NULL;
	return cell->state == JHCFG_CELL_FAILED
		       ? "the cell has failed at once: see the hypervisor's "
			 "console"
		       : "the cell does not run; it may have ended by itself";
}

static const char *still_runs(const struct jhcfg_deploy *deploy,
			      const struct deploy_step *step)
{
	const struct deploy_cell *cell =
		deploy_state_find(deploy->found, step->cell);

	if (!cell)
		return "the cell is gone";
	return cell->run ? "the cell still runs" : NULL;
}

static const char *still_there(const struct jhcfg_deploy *deploy,
			       const struct deploy_step *step)
{
	return deploy_state_find(deploy->found, step->cell)
		       ? "the cell is still there"
		       : NULL;
}

static const char *nothing(const struct jhcfg_deploy *deploy,
			   const struct deploy_step *step)
{
	(void)deploy;
	(void)step;
	return NULL;
}

const char *deploy_step_lacks(const struct jhcfg_deploy *deploy,
			      const struct deploy_step *step)
{
	static const char *(*const kinds[])(const struct jhcfg_deploy *,
					    const struct deploy_step *) = {
		[JHCFG_DEPLOY_UPLOAD] = no_file,
		[JHCFG_DEPLOY_DRIVER] = no_driver,
		[JHCFG_DEPLOY_ENABLE] = not_enabled,
		[JHCFG_DEPLOY_CREATE] = not_created,
		[JHCFG_DEPLOY_LOAD] = not_loaded,
		[JHCFG_DEPLOY_START] = not_started,
		[JHCFG_DEPLOY_SHUTDOWN] = still_runs,
		[JHCFG_DEPLOY_DESTROY] = still_there,
		[JHCFG_DEPLOY_DISABLE] = still_enabled,
		[JHCFG_DEPLOY_CONFIRM] = not_confirmed,
		[JHCFG_DEPLOY_UNLOAD] = still_driver,
		[JHCFG_DEPLOY_SWEEP] = nothing,
	};

	return kinds[step->step.kind](deploy, step);
}
