// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The steps from what a target runs to what it is to run. A failed deploy uses
 * the same to get back.
 */
#include "deploy/planner.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/diff.h>

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
		planner_add(planner,
			    (struct deploy_step){
				    .step.kind = JHCFG_DEPLOY_CREATE,
				    .wanted = cell,
				    .file = planner_config_file(
					    planner, cell->name, &cell->config),
			    },
			    cell->name, reason);
	if (fate->stop) {
		warn_of_loss(planner, fate->found);
		planner_add_for(planner, JHCFG_DEPLOY_SHUTDOWN, cell, reason);
	}
	if (fate->load)
		planner_add_for(planner, JHCFG_DEPLOY_LOAD, cell, reason);
	if (fate->start)
		planner_add_for(planner, JHCFG_DEPLOY_START, cell, reason);
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
		planner_upload(
			planner,
			planner_config_file(planner, "system", &wanted->root),
			NULL);
	for (size_t n = 0; n < wanted->num_cells; n++) {
		const struct deploy_cell *cell = &wanted->cells[n];

		if (fates[n].create)
			planner_upload(planner,
				       planner_config_file(planner, cell->name,
							   &cell->config),
				       cell);
		if (fates[n].load)
			planner_upload_images(planner, cell);
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
		planner_add(planner,
			    (struct deploy_step){
				    .step.kind = JHCFG_DEPLOY_DESTROY },
			    found->cells[n].name,
			    planner->again
				    ? "the system is another one"
				    : "it is not, or not so, in the project");
	}
	if (found->enabled && system_reason)
		planner_add_simple(planner, JHCFG_DEPLOY_DISABLE,
				   system_reason);
}

static void add_system(struct planner *planner, const char *reason)
{
	const struct deploy_state *found = planner->found;
	const struct deploy_state *wanted = planner->wanted;

	if (!found->driver && wanted->driver)
		planner_add_simple(planner, JHCFG_DEPLOY_DRIVER, "not loaded");
	if (reason && wanted->enabled)
		planner_add(planner,
			    (struct deploy_step){
				    .step.kind = JHCFG_DEPLOY_ENABLE,
				    .file = planner_config_file(
					    planner, "system", &wanted->root),
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
		planner_add_simple(planner, JHCFG_DEPLOY_UNLOAD,
				   "it was not loaded");
	if (!planner->back && enables && deploy->options.rollback_after_s)
		planner_add_simple(planner, JHCFG_DEPLOY_CONFIRM,
				   "the target is still there");
	if (deploy->num_steps > first || planner->back)
		planner_add_simple(planner, JHCFG_DEPLOY_SWEEP,
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
