// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The steps from what a target runs to what it is to run. A failed deploy uses
 * the same to get back.
 */
#include "deploy/deploy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/diff.h>

struct planner {
	struct jhcfg_deploy *deploy;
	const struct deploy_state *found;
	struct deploy_state *wanted;
	bool back;
	bool again; /* all of it: the system is another one */
	bool *gone; /* for each cell that was found: it will be destroyed */
	int err;
};

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

/* @cell: its name, NULL: the step is about the system. */
static void add(struct planner *planner, struct deploy_step step,
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

static void add_simple(struct planner *planner, enum jhcfg_deploy_kind kind,
		       const char *reason)
{
	add(planner, (struct deploy_step){ .step.kind = kind }, NULL, reason);
}

static void add_for(struct planner *planner, enum jhcfg_deploy_kind kind,
		    const struct deploy_cell *cell, const char *reason)
{
	add(planner,
	    (struct deploy_step){
		    .step.kind = kind,
		    .wanted = cell,
	    },
	    cell->name, reason);
}

/* --- comparing ------------------------------------------------------------ */

/*
 * Why the configuration that was found is not the wanted one; NULL: it is. The
 * caller frees it. What the driver does not read back is taken for another one.
 */
static char *difference(struct planner *planner,
			const struct deploy_config *found,
			const struct deploy_config *wanted)
{
	const struct jhcfg_config *a = found->model, *b = wanted->model;
	const struct jhcfg_diff_side sides[] = {
		{ .configs = &a, .num_configs = 1 },
		{ .configs = &b, .num_configs = 1 },
	};
	const struct jhcfg_change *change;
	struct jhcfg_diff *diff;
	char *text = NULL;

	if (deploy_config_equal(found, wanted))
		return NULL;
	if (!a)
		return strdup("what runs there cannot be read back");
	if (!b || jhcfg_diff_make(&sides[0], &sides[1], &diff)) {
		planner->err = -ENOMEM;
		return NULL;
	}
	change = jhcfg_diff_change(diff, 0);
	if (change &&
	    asprintf(&text, "%s%s%s %s%s", change->object,
		     *change->member ? ": " : "", change->member,
		     jhcfg_change_name(change->kind),
		     jhcfg_diff_change(diff, 1) ? ", and more" : "") < 0) {
		planner->err = -ENOMEM;
		text = NULL;
	}
	jhcfg_diff_free(diff);
	return text;
}

/* --- files ---------------------------------------------------------------- */

/* The file with this configuration. */
static const struct deploy_file *config_file(struct planner *planner,
					     const char *name,
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

static void add_upload(struct planner *planner, const struct deploy_file *file,
		       const struct deploy_cell *cell)
{
	if (!file || deploy_state_has_file(planner->found, file->name) ||
	    is_planned(planner, file->name))
		return;
	add(planner,
	    (struct deploy_step){
		    .step = { .kind = JHCFG_DEPLOY_UPLOAD, .size = file->size },
		    .file = file,
	    },
	    cell ? cell->name : NULL, "not there");
}

static void upload_images(struct planner *planner,
			  const struct deploy_cell *cell)
{
	for (size_t n = 0; n < cell->num_images; n++)
		if (cell->images[n].file)
			add_upload(planner,
				   deploy_find_file(planner->deploy,
						    cell->images[n].file),
				   cell);
}

/* --- cells ---------------------------------------------------------------- */

/* What becomes of a cell of the wanted state. */
struct fate {
	const struct deploy_cell *cell, *found; /* found NULL: not there */
	bool create, load, start, stop;
	char *reason;
};

static bool wants_load(const struct planner *planner, const struct fate *fate)
{
	const struct deploy_cell *cell = fate->cell;

	if (!cell->num_images || fate->create)
		return cell->num_images;
	if (!deploy_images_equal(cell, fate->found))
		return true;
	/* what has run once has changed its memory */
	return (cell->run && !fate->found->run) ||
	       (planner->deploy->options.reload && !planner->back);
}

static const char *why_load(const struct fate *fate)
{
	if (!fate->found->images_known)
		return "what is loaded there is not known";
	if (!deploy_images_equal(fate->cell, fate->found))
		return "other images";
	return fate->found->run ? "as asked for" : fate->found->state_name;
}

static void decide(struct planner *planner, struct fate *fate, bool *destroyed)
{
	const struct deploy_cell *found = fate->found;

	if (found && !*destroyed)
		fate->reason = difference(planner, &found->config,
					  &fate->cell->config);
	if (fate->reason)
		*destroyed = true;
	fate->create = !found || *destroyed;
	if (!found)
		fate->reason = strdup("not there");
	else if (*destroyed && !fate->reason)
		fate->reason = strdup("the system is another one");
	fate->load = wants_load(planner, fate);
	if (fate->load && !fate->reason)
		fate->reason = strdup(why_load(fate));
	fate->stop = !fate->create && found->run &&
		     (fate->load || (planner->back && !fate->cell->run));
	fate->start = fate->load && fate->cell->run;
}

/* A cell that nobody can bring back as it is. */
static void warn_of_loss(struct planner *planner,
			 const struct deploy_cell *cell)
{
	if (planner->back || cell->images_known || !cell->run ||
	    planner->deploy->options.no_rollback)
		return;
	jhcfg_diags_add(planner->deploy->diags, JHCFG_WARNING, "", cell->name,
			"", NULL,
			"what it was loaded with is not known: after a failure "
			"it can be created again, but not started");
}

static void add_cell(struct planner *planner, const struct fate *fate)
{
	const struct deploy_cell *cell = fate->cell;
	const char *reason = fate->reason ? fate->reason : "";

	if (fate->create)
		add(planner,
		    (struct deploy_step){
			    .step.kind = JHCFG_DEPLOY_CREATE,
			    .wanted = cell,
			    .file = config_file(planner, cell->name,
						&cell->config),
		    },
		    cell->name, reason);
	if (fate->stop) {
		warn_of_loss(planner, fate->found);
		add_for(planner, JHCFG_DEPLOY_SHUTDOWN, cell, reason);
	}
	if (fate->load)
		add_for(planner, JHCFG_DEPLOY_LOAD, cell, reason);
	if (fate->start)
		add_for(planner, JHCFG_DEPLOY_START, cell, reason);
}

/* --- cells that are not wanted -------------------------------------------- */

static bool shares_cpu(const struct deploy_cell *a, const struct deploy_cell *b)
{
	const struct jhcfg_cell *x, *y;

	if (!a->config.model || !b->config.model)
		return false;
	x = jhcfg_config_cell(a->config.model);
	y = jhcfg_config_cell(b->config.model);
	for (unsigned int cpu = 0; cpu < JHCFG_MAX_CPUS; cpu++)
		if (jhcfg_cell_has_cpu(x, cpu) && jhcfg_cell_has_cpu(y, cpu))
			return true;
	return false;
}

/* Somebody else's cell: it stays if it can. */
static void judge_foreign(struct planner *planner,
			  const struct deploy_cell *cell, bool *gone)
{
	struct jhcfg_deploy *deploy = planner->deploy;
	const char *why =
		planner->again ? "the system has to be another one" : NULL;

	for (size_t n = 0; !why && n < planner->wanted->num_cells; n++)
		if (shares_cpu(cell, &planner->wanted->cells[n]))
			why = "it has a CPU that the project gives to another";
	*gone = why || deploy->options.prune;
	if (planner->back || deploy->options.prune)
		return;
	if (!why) {
		jhcfg_diags_add(deploy->diags, JHCFG_INFO, "", cell->name, "",
				"destroy it, or use --prune",
				"the cell is not of this project; it stays");
		return;
	}
	deploy_error(deploy, cell->name, "destroy it, or use --prune",
		     "the cell is not of this project, and in the way: %s",
		     why);
	deploy->blocked = true;
}

static void judge_unwanted(struct planner *planner, size_t index)
{
	const struct deploy_cell *cell = &planner->found->cells[index];

	if (deploy_state_find(planner->wanted, cell->name))
		return;
	/* on the way back, whatever was not there before is ours */
	if (cell->images_known || planner->back)
		planner->gone[index] = true;
	else
		judge_foreign(planner, cell, &planner->gone[index]);
}

/* --- all of it ------------------------------------------------------------ */

static void add_uploads(struct planner *planner, const struct fate *fates,
			const char *system_reason)
{
	struct deploy_state *wanted = planner->wanted;

	if (system_reason && wanted->enabled)
		add_upload(planner,
			   config_file(planner, "system", &wanted->root), NULL);
	for (size_t n = 0; n < wanted->num_cells; n++) {
		const struct deploy_cell *cell = &wanted->cells[n];

		if (fates[n].create)
			add_upload(
				planner,
				config_file(planner, cell->name, &cell->config),
				cell);
		if (fates[n].load)
			upload_images(planner, cell);
	}
}

/* In the reverse of the order in which they came. */
static void add_ends(struct planner *planner, const char *system_reason)
{
	const struct deploy_state *found = planner->found;

	for (size_t n = found->num_cells; n-- > 0;) {
		if (!planner->gone[n])
			continue;
		warn_of_loss(planner, &found->cells[n]);
		add(planner,
		    (struct deploy_step){ .step.kind = JHCFG_DEPLOY_DESTROY },
		    found->cells[n].name,
		    planner->again ? "the system is another one"
				   : "it is not, or not so, in the project");
	}
	if (found->enabled && system_reason)
		add_simple(planner, JHCFG_DEPLOY_DISABLE, system_reason);
}

static void add_system(struct planner *planner, const char *reason)
{
	const struct deploy_state *found = planner->found;
	const struct deploy_state *wanted = planner->wanted;

	if (!found->driver && wanted->driver)
		add_simple(planner, JHCFG_DEPLOY_DRIVER, "not loaded");
	if (reason && wanted->enabled)
		add(planner,
		    (struct deploy_step){
			    .step.kind = JHCFG_DEPLOY_ENABLE,
			    .file = config_file(planner, "system",
						&wanted->root),
		    },
		    NULL, reason);
}

static char *system_difference(struct planner *planner)
{
	const struct deploy_state *found = planner->found;
	const struct deploy_state *wanted = planner->wanted;

	if (!wanted->enabled)
		return found->enabled ? strdup("it was not enabled") : NULL;
	if (!found->enabled)
		return strdup("not enabled");
	return difference(planner, &found->root, &wanted->root);
}

static void add_steps(struct planner *planner, struct fate *fates)
{
	struct jhcfg_deploy *deploy = planner->deploy;
	struct deploy_state *wanted = planner->wanted;
	const struct deploy_state *found = planner->found;
	char *reason = system_difference(planner);
	size_t first = deploy->num_steps;
	bool enables = reason && wanted->enabled;

	planner->again = reason && found->enabled;
	for (size_t n = 0; n < found->num_cells; n++) {
		planner->gone[n] = planner->again;
		judge_unwanted(planner, n);
	}
	for (size_t n = 0; n < wanted->num_cells; n++) {
		struct deploy_cell *there =
			deploy_state_find(found, wanted->cells[n].name);
		bool none = false;

		fates[n].cell = &wanted->cells[n];
		fates[n].found = there;
		decide(planner, &fates[n],
		       there ? &planner->gone[there - found->cells] : &none);
	}
	add_uploads(planner, fates, reason);
	add_ends(planner, reason);
	add_system(planner, reason);
	for (size_t n = 0; n < wanted->num_cells; n++)
		add_cell(planner, &fates[n]);
	if (planner->back && found->driver && !wanted->driver)
		add_simple(planner, JHCFG_DEPLOY_UNLOAD, "it was not loaded");
	if (!planner->back && enables && deploy->options.rollback_after_s)
		add_simple(planner, JHCFG_DEPLOY_CONFIRM,
			   "the target is still there");
	if (deploy->num_steps > first || planner->back)
		add_simple(planner, JHCFG_DEPLOY_SWEEP,
			   "nothing needs them any more");
	free(reason);
}

int deploy_plan(struct jhcfg_deploy *deploy, struct deploy_state *wanted,
		bool back)
{
	struct planner planner = {
		.deploy = deploy,
		.found = deploy->found,
		.wanted = wanted,
		.back = back,
		.gone = calloc(deploy->found->num_cells + 1, sizeof(bool)),
	};
	struct fate *fates = calloc(wanted->num_cells + 1, sizeof(*fates));

	if (planner.gone && fates)
		add_steps(&planner, fates);
	else
		planner.err = -ENOMEM;
	for (size_t n = 0; fates && n < wanted->num_cells; n++)
		free(fates[n].reason);
	free(fates);
	free(planner.gone);
	return planner.err;
}
