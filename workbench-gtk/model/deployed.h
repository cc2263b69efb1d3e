/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a deploy left running, and what has become of it since: cells end, fail
 * and are destroyed, by themselves or by somebody else.
 */
#ifndef JHW_DEPLOYED_H
#define JHW_DEPLOYED_H

#include <glib.h>
#include <jhcfg/status.h>
#include <jhcfg/workspace.h>

typedef struct JhwDeployed JhwDeployed;

/* Of the cells that jhcfg_deploy_begin() takes for a scenario of that name. */
JhwDeployed *jhw_deployed_new(const struct jhcfg_workspace *workspace, const char *scenario);
void jhw_deployed_free(JhwDeployed *deployed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwDeployed, jhw_deployed_free)

/* The cell of that name was started: if it does not run, that is a change. One
 * that is seen to run counts as started, too. */
void jhw_deployed_started(JhwDeployed *deployed, const char *cell);

/* Takes note of what the target was seen to run. */
void jhw_deployed_look(JhwDeployed *deployed, const struct jhcfg_status *status);

/* What is not as it was left, a line each: "Cell rtos is gone"; empty: nothing.
 * Until the next look. */
const char *jhw_deployed_changes(const JhwDeployed *deployed);

#endif
