/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What "target deploy" shows. */
#ifndef CLI_DEPLOY_PRINT_H
#define CLI_DEPLOY_PRINT_H

#include <jhcfg/deploy.h>

/* What was found beforehand, and the steps. */
void deploy_print_plan(const struct jhcfg_deploy *deploy);
/* A step that has begun, or ended. */
void deploy_print_step(const struct jhcfg_deploy *deploy, size_t index);
/* All of it, on stdout; -errno. */
int deploy_print_json(const struct jhcfg_deploy *deploy);

#endif
