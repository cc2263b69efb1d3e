/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A target to deploy to without a hypervisor: this machine, with the programs
 * of tests/lib/fake_driver.sh in front of the PATH.
 */
#ifndef TESTS_DEPLOY_RIG_H
#define TESTS_DEPLOY_RIG_H

#include <jhcfg/deploy.h>

#include "cmocka_all.h"

struct rig {
	char folder[64];
	char sysfs[96], site[96];
	struct jhcfg_target *target;
	struct jhcfg_workspace *workspace; /* two cells, "a" and "b" */
	uint32_t a, b;			   /* keys */
	struct jhcfg_deploy_options options;
	struct jhcfg_deploy_handler handler;
	struct jhcfg_image images[4];
	struct jhcfg_deploy *deploy; /* the last one */
};

/* Setup and teardown of a case; *state is a struct rig. */
int rig_setup(void **state);
int rig_teardown(void **state);

/* The same in a folder that is there, without a target. */
void rig_make(struct rig *rig, const char *folder);
void rig_end(struct rig *rig);

/* Runs a shell command in the rig's folder, which must succeed. */
void rig_sh(const struct rig *rig, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The output of one; freed by the caller. */
char *rig_read(const struct rig *rig, const char *command);
/* All that one can see of the target: cells with their states, configurations
 * and contents, files of ours. Freed by the caller. */
char *rig_state(const struct rig *rig);

/* Deploys as the options say, and returns the phase in which it ended. */
enum jhcfg_deploy_phase rig_deploy(struct rig *rig);
/* The same up to the plan. */
void rig_plan(struct rig *rig);
/* Kinds of the steps, in order: "upload enable" */
const char *rig_steps(const struct rig *rig);
/* It does, and ends in this phase; else the case fails and says why. */
void rig_expect(struct rig *rig, enum jhcfg_deploy_phase phase);
/* A message of the last one has this in its text, or the case fails and says
 * what they have. */
void rig_expect_told(const struct rig *rig, const char *text);
/* The command, as of rig_read(), has this output. */
void rig_expect_read(const struct rig *rig, const char *command,
		     const char *expected);
/* No step of the last one waits any more, or is under way. */
void rig_expect_over(const struct rig *rig);
/* Prints what the last one said, for a case that is about to fail. */
void rig_tell(const struct rig *rig);

#endif
