/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A step of a deploy, for lists. Signal "changed": of state, message, progress. */
#ifndef JHW_DEPLOY_STEP_H
#define JHW_DEPLOY_STEP_H

#include <gio/gio.h>
#include <jhcfg/deploy.h>

#define JHW_TYPE_DEPLOY_STEP (jhw_deploy_step_get_type())
G_DECLARE_FINAL_TYPE(JhwDeployStep, jhw_deploy_step, JHW, DEPLOY_STEP, GObject)

/* Copies what it needs. */
JhwDeployStep *jhw_deploy_step_new(const struct jhcfg_deploy_step *step);
/* It has gone on. */
void jhw_deploy_step_update(JhwDeployStep *object, const struct jhcfg_deploy_step *step);

/* "Create rtos", "Upload uart-demo.bin (1.2 MiB)" */
const char *jhw_deploy_step_title(JhwDeployStep *step);
/* What runs there, as one would type it, and why; lines. */
const char *jhw_deploy_step_detail(JhwDeployStep *step);
enum jhcfg_deploy_state jhw_deploy_step_state(JhwDeployStep *step);
/* Of the way back. */
gboolean jhw_deploy_step_is_back(JhwDeployStep *step);
/* Why it failed; else empty. */
const char *jhw_deploy_step_message(JhwDeployStep *step);
/* Of an upload that is going on: 0 to 1; else -1. */
double jhw_deploy_step_fraction(JhwDeployStep *step);

#endif
