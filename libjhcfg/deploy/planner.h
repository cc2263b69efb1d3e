/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A plan that is being made: plan.c decides, plan_steps.c takes down what has
 * been decided. An error stays; what is added behind it is dropped.
 */
#ifndef JHCFG_DEPLOY_PLANNER_H
#define JHCFG_DEPLOY_PLANNER_H

#include "deploy/deploy.h"

struct planner {
	struct jhcfg_deploy *deploy;
	const struct deploy_state *found;
	struct deploy_state *wanted;
	bool back;
	bool again; /* all of it: the system is another one */
	bool *gone; /* for each cell that was found: it will be destroyed */
	int err;
};

/* Appends @step. @cell: its name, NULL: the step is about the system. */
void planner_add(struct planner *planner, struct deploy_step step,
		 const char *cell, const char *reason);
/* A step about the system that is of no more than a kind. */
void planner_add_simple(struct planner *planner, enum jhcfg_deploy_kind kind,
			const char *reason);
/* The same, about @cell as it is wanted. */
void planner_add_for(struct planner *planner, enum jhcfg_deploy_kind kind,
		     const struct deploy_cell *cell, const char *reason);

/* The file with this configuration of @name; NULL without memory. */
const struct deploy_file *planner_config_file(
	struct planner *planner, const char *name,
	const struct deploy_config *config);
/* Brings @file, unless it is there or will be; NULL is legal. @cell is whose it
 * is, NULL: the system's. */
void planner_upload(struct planner *planner, const struct deploy_file *file,
		    const struct deploy_cell *cell);
/* The same for all that @cell is loaded with. */
void planner_upload_images(struct planner *planner,
			   const struct deploy_cell *cell);

#endif
