/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bringing a document's project to a target: a plan that is shown, then run,
 * stopped or forgotten. There is one object for each session; it begins as often
 * as somebody wants.
 *
 * Signal "changed": of the phase, the note, or what was found. That the target
 * runs the project is followed: cells may end or be destroyed.
 */
#ifndef JHW_DEPLOY_H
#define JHW_DEPLOY_H

#include <jhcfg/deploy.h>

#include "model/deploy_step.h"
#include "model/document.h"
#include "model/problem.h"
#include "model/target.h"

#define JHW_TYPE_DEPLOY (jhw_deploy_get_type())
G_DECLARE_FINAL_TYPE(JhwDeploy, jhw_deploy, JHW, DEPLOY, GObject)

JhwDeploy *jhw_deploy_new(JhwDocument *document, JhwTarget *target);

/* Looks at the target and plans; ends a plan that was there before. @options may
 * be NULL; its folder is the document's. FALSE with @error: there is nothing to
 * plan, or no connection, and then what was there stays. */
gboolean jhw_deploy_begin(JhwDeploy *deploy, const struct jhcfg_deploy_options *options,
			  GError **error);
/* There is one, of whatever phase. */
gboolean jhw_deploy_is_there(JhwDeploy *deploy);
/* Only if there is one. */
enum jhcfg_deploy_phase jhw_deploy_phase(JhwDeploy *deploy);
/* It looks, runs or takes back. */
gboolean jhw_deploy_is_busy(JhwDeploy *deploy);
gboolean jhw_deploy_may_run(JhwDeploy *deploy);
/* "Planned: 6 steps", "Took back what was done" */
char *jhw_deploy_headline(JhwDeploy *deploy);
/* What it waits for; once the target runs the project, what is not so any more;
 * or empty. */
const char *jhw_deploy_note(JhwDeploy *deploy);
/* JhwDeployStep, in their order. */
GListModel *jhw_deploy_steps(JhwDeploy *deploy);
/* JhwProblem: what rules found with the target in view and nobody waived,
 * without remarks. */
GListModel *jhw_deploy_problems(JhwDeploy *deploy);
/* What else there is to say, a line each; a new array that ends with NULL. */
char **jhw_deploy_messages(JhwDeploy *deploy);

void jhw_deploy_run(JhwDeploy *deploy);
/* Behind the step that runs, what was done is taken back. */
void jhw_deploy_stop(JhwDeploy *deploy);
/* What runs there at this moment goes on; nothing follows it. */
void jhw_deploy_forget(JhwDeploy *deploy);

#endif
