// SPDX-License-Identifier: LGPL-2.1-or-later
/* The list of steps that a plan grows into, and the files that they need. */
#include "deploy/planner.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void free_step(struct deploy_step *step)
{
	free(step->cell);
	free((char *)(uintptr_t)step->step.object);
	free((char *)(uintptr_t)step->step.command);
	free((char *)(uintptr_t)step->step.reason);
	free((char *)(uintptr_t)step->step.message);
}

void deploy_steps_free(struct jhcfg_deploy *deploy)
{
	for (size_t n = 0; n < deploy->num_steps; n++)
		free_step(&deploy->steps[n]);
	free(deploy->steps);
	deploy->steps = NULL;
	deploy->num_steps = 0;
}

static const char *object_of(const struct deploy_step *step)
{
	if (step->step.kind == JHCFG_DEPLOY_UPLOAD)
		return step->file->label;
	return step->cell ? step->cell : "";
}

void planner_add(struct planner *planner, struct deploy_step step,
		 const char *cell, const char *reason)
{
	struct jhcfg_deploy *deploy = planner->deploy;
	struct deploy_step *grown;

	if (planner->err)
		return;
	/* looks come and go, and cells that were found with them */
	step.cell = cell ? strdup(cell) : NULL;
	if (cell && !step.cell) {
		planner->err = -ENOMEM;
		return;
	}
	step.towards = planner->wanted;
	step.step.back = planner->back;
	step.step.object = strdup(object_of(&step));
	step.step.reason = strdup(reason);
	step.step.message = strdup("");
	step.step.command = deploy_step_text(deploy, &step);
	grown = reallocarray(deploy->steps, deploy->num_steps + 1,
			     sizeof(*grown));
	if (grown)
		deploy->steps = grown;
	if (!grown || !step.step.object || !step.step.reason ||
	    !step.step.message || !step.step.command) {
		free_step(&step);
		planner->err = -ENOMEM;
		return;
	}
	grown[deploy->num_steps++] = step;
}

void planner_add_simple(struct planner *planner, enum jhcfg_deploy_kind kind,
			const char *reason)
{
	planner_add(planner, (struct deploy_step){ .step.kind = kind }, NULL,
		    reason);
}

void planner_add_for(struct planner *planner, enum jhcfg_deploy_kind kind,
		     const struct deploy_cell *cell, const char *reason)
{
	planner_add(planner,
		    (struct deploy_step){
			    .step.kind = kind,
			    .wanted = cell,
		    },
		    cell->name, reason);
}

/* --- files ---------------------------------------------------------------- */

const struct deploy_file *planner_config_file(
	struct planner *planner, const char *name,
	const struct deploy_config *config)
{
	struct deploy_file *file;
	char *label;

	if (asprintf(&label, "%s.cell", name) < 0) {
		planner->err = -ENOMEM;
		return NULL;
	}
	file = deploy_add_file(planner->deploy, label, config->data,
			       config->size, NULL);
	free(label);
	if (!file)
		planner->err = -ENOMEM;
	return file;
}

static bool is_planned(const struct planner *planner, const char *name)
{
	const struct jhcfg_deploy *deploy = planner->deploy;

	for (size_t n = 0; n < deploy->num_steps; n++)
		if (deploy->steps[n].towards == planner->wanted &&
		    deploy->steps[n].step.kind == JHCFG_DEPLOY_UPLOAD &&
		    !strcmp(deploy->steps[n].file->name, name))
			return true;
	return false;
}

void planner_upload(struct planner *planner, const struct deploy_file *file,
		    const struct deploy_cell *cell)
{
	if (!file || deploy_state_has_file(planner->found, file->name) ||
	    is_planned(planner, file->name))
		return;
	planner_add(planner,
		    (struct deploy_step){
			    .step = { .kind = JHCFG_DEPLOY_UPLOAD,
				      .size = file->size },
			    .file = file,
		    },
		    cell ? cell->name : NULL, "not there");
}

void planner_upload_images(struct planner *planner,
			   const struct deploy_cell *cell)
{
	for (size_t n = 0; n < cell->num_images; n++)
		if (cell->images[n].file)
			planner_upload(planner,
				       deploy_find_file(planner->deploy,
							cell->images[n].file),
				       cell);
}
