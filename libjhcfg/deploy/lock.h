/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef JHCFG_DEPLOY_LOCK_H
#define JHCFG_DEPLOY_LOCK_H

#include <stdbool.h>

#include "target/exec.h"
#include "target/target.h"

struct jhcfg_deploy;

/* Part of a deploy. */
struct deploy_lock {
	char *path;  /* of the claim, there */
	char *lease; /* for how long it counts, in seconds */
	char *who;   /* for others */
	bool taking, held, dropping;
	struct target_timer timer; /* of signs of life */
	struct target_exec exec;
	void (*then)(struct jhcfg_deploy *deploy);
};

/* @folder: of the claims; NULL: where all deploys have theirs. */
int deploy_lock_init(struct jhcfg_deploy *deploy, const char *folder);
/* What is there of it ends by itself. */
void deploy_lock_clear(struct jhcfg_deploy *deploy);

/* The arguments of scripts that deal with claims. */
#define DEPLOY_LOCK_WORDS 4
void deploy_lock_words(const struct jhcfg_deploy *deploy, const char *verb,
		       const char **words);
/* The verb of a look at this moment. */
const char *deploy_lock_verb(const struct jhcfg_deploy *deploy);

/* Makes a claim, and looks again: nothing may have changed since the plan was
 * made. If all is well, calls @then; else breaks off. */
void deploy_lock_take(struct jhcfg_deploy *deploy,
		      void (*then)(struct jhcfg_deploy *deploy));
/* The last look has shown that it is somebody else's turn. */
bool deploy_lock_is_lost(const struct jhcfg_deploy *deploy);
void deploy_lock_lost(struct jhcfg_deploy *deploy);
/* It is not kept any more. */
void deploy_lock_drop(struct jhcfg_deploy *deploy);
/* Takes it away, if it is held, then calls @then. */
void deploy_lock_release(struct jhcfg_deploy *deploy,
			 void (*then)(struct jhcfg_deploy *deploy));

#endif
