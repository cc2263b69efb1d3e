// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One deploy at a time: two that change the same target would each take the
 * other's work for what was there before.
 *
 * Who wants to change things puts a claim into a folder of root, then looks
 * for claims of others: so of two that come at the same moment, at least one
 * sees the other, and goes. A claim says how long it counts, and is written
 * anew meanwhile: a deploy that died, or lost its target for good, is in
 * nobody's way for longer. Times are those of the target since its start.
 */
#include "deploy/lock.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "deploy/deploy.h"
#include "deploy/scripts.h"

#define FOLDER	   "/run/jailhouse-workbench"
#define MIN_LOST_S 60
/* Beyond the time for which a lost target is tried to be reached. */
#define GRACE_S	   30
#define RENEW_MS   10000
#define COMMAND_MS 30000

static unsigned int lease_s(const struct jhcfg_deploy *deploy)
{
	unsigned int seconds = deploy->options.reconnect_s;

	return (seconds > MIN_LOST_S ? seconds : MIN_LOST_S) + GRACE_S;
}

/* "anna@desk, process 4711", for people. */
static char *describe_us(void)
{
	struct passwd *user = getpwuid(getuid());
	char host[65] = "";
	char *text;

	if (gethostname(host, sizeof(host) - 1))
		strcpy(host, "?");
	if (asprintf(&text, "%s@%s, process %ld", user ? user->pw_name : "?",
		     host, (long)getpid()) < 0)
		return NULL;
	/* one line, whatever the host is called */
	for (char *c = text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = '?';
	return text;
}

int deploy_lock_init(struct jhcfg_deploy *deploy, const char *folder)
{
	struct deploy_lock *lock = &deploy->lock;
	char token[DEPLOY_MARK_SIZE];
	int err = deploy_make_mark(token);

	if (err)
		return err;
	if (asprintf(&lock->path, "%s/lock-%s", folder ? folder : FOLDER,
		     token) < 0)
		lock->path = NULL;
	if (asprintf(&lock->lease, "%u", lease_s(deploy)) < 0)
		lock->lease = NULL;
	lock->who = describe_us();
	return lock->path && lock->lease && lock->who ? 0 : -ENOMEM;
}

void deploy_lock_clear(struct jhcfg_deploy *deploy)
{
	struct deploy_lock *lock = &deploy->lock;

	target_exec_cancel(&lock->exec);
	target_set_timer(deploy->target, &lock->timer, -1);
	free(lock->path);
	free(lock->lease);
	free(lock->who);
}

void deploy_lock_words(const struct jhcfg_deploy *deploy, const char *verb,
		       const char **words)
{
	words[0] = verb;
	words[1] = deploy->lock.path;
	words[2] = deploy->lock.lease;
	words[3] = deploy->lock.who;
}

const char *deploy_lock_verb(const struct jhcfg_deploy *deploy)
{
	return deploy->lock.taking ? "take"
	       : deploy->lock.held ? "keep"
				   : "see";
}

/* --- signs of life -------------------------------------------------------- */

static void drop(struct jhcfg_deploy *deploy);

/* Whether it is still ours is seen by the next look. */
static void renewed(struct target_exec *exec, int err,
		    struct jhcfg_result *result)
{
	struct jhcfg_deploy *deploy =
		target_container_of(exec, struct jhcfg_deploy, lock.exec);

	(void)err;
	jhcfg_result_clear(result);
	if (deploy->lock.dropping)
		drop(deploy);
}

static void renew(struct target_timer *timer)
{
	struct jhcfg_deploy *deploy =
		target_container_of(timer, struct jhcfg_deploy, lock.timer);
	const char *argv[DEPLOY_SCRIPT_WORDS + DEPLOY_LOCK_WORDS + 1];
	struct target_exec *exec = &deploy->lock.exec;
	size_t count = deploy_script_words(deploy, deploy_lock_script, argv);

	if (!exec->job) {
		deploy_lock_words(deploy, "keep", &argv[count]);
		argv[count + DEPLOY_LOCK_WORDS] = NULL;
		*exec = (struct target_exec){ .max = 4096, .done = renewed };
		/* a target that is lost is told the next time */
		target_exec_start(exec, deploy->target, argv, COMMAND_MS);
	}
	target_set_timer(deploy->target, timer, RENEW_MS);
}

static void hold(struct jhcfg_deploy *deploy)
{
	deploy->lock.held = true;
	deploy->lock.timer.expired = renew;
	target_set_timer(deploy->target, &deploy->lock.timer, RENEW_MS);
}

/* --- taking --------------------------------------------------------------- */

static void taken(struct jhcfg_deploy *deploy, int err);

static void take(struct jhcfg_deploy *deploy)
{
	deploy->lock.taking = true;
	deploy_look(deploy, taken);
	deploy->lock.taking = false;
}

/* Says why it may not begin; NULL: it may. */
static const char *refuse(struct jhcfg_deploy *deploy)
{
	const struct deploy_state *found = deploy->found;

	if (*found->other)
		return "another deploy is at work there";
	if (!found->locked)
		return "no claim can be made there that keeps other deploys "
		       "away";
	if (!deploy_state_equal(deploy->before, found))
		return "it has changed since it was looked at";
	return NULL;
}

static void tell_refusal(struct jhcfg_deploy *deploy, const char *why)
{
	const char *name = jhcfg_target_name(deploy->target);
	const struct deploy_state *found = deploy->found;

	if (*found->other)
		deploy_error(deploy, name,
			     "wait for it; one that died is in the way for a "
			     "minute or two",
			     "%s: %.200s", why, found->other);
	else if (!found->locked)
		deploy_error(deploy, name, NULL, "%s: %.200s", why,
			     found->unlocked);
	else
		deploy_error(deploy, name, "deploy again", "%s", why);
}

static void taken(struct jhcfg_deploy *deploy, int err)
{
	const char *why;

	if (deploy_is_loss(err)) {
		deploy_reconnect(deploy, take);
		return;
	}
	if (err) {
		deploy_break_off(deploy, err);
		return;
	}
	if (deploy->found->locked)
		hold(deploy);
	why = refuse(deploy);
	if (why) {
		tell_refusal(deploy, why);
		deploy_break_off(deploy, 0);
	} else {
		deploy->lock.then(deploy);
	}
}

void deploy_lock_take(struct jhcfg_deploy *deploy,
		      void (*then)(struct jhcfg_deploy *deploy))
{
	deploy->lock.then = then;
	take(deploy);
}

bool deploy_lock_is_lost(const struct jhcfg_deploy *deploy)
{
	return deploy->lock.held && !deploy->found->locked;
}

void deploy_lock_lost(struct jhcfg_deploy *deploy)
{
	deploy_lock_drop(deploy);
	deploy_error(deploy, jhcfg_target_name(deploy->target), NULL,
		     "it has heard nothing of this deploy for %s s, and "
		     "belongs to %.200s now; what was done stays done",
		     deploy->lock.lease,
		     *deploy->found->other ? deploy->found->other : "nobody");
	deploy_break_off(deploy, 0);
}

/* --- the end -------------------------------------------------------------- */

void deploy_lock_drop(struct jhcfg_deploy *deploy)
{
	deploy->lock.held = false;
	target_set_timer(deploy->target, &deploy->lock.timer, -1);
}

static void dropped(struct jhcfg_deploy *deploy, int err,
		    struct jhcfg_result *result)
{
	(void)err; /* then it ends by itself */
	jhcfg_result_clear(result);
	deploy->lock.then(deploy);
}

static void drop(struct jhcfg_deploy *deploy)
{
	const char *argv[DEPLOY_SCRIPT_WORDS + DEPLOY_LOCK_WORDS + 1];
	size_t count = deploy_script_words(deploy, deploy_lock_script, argv);

	deploy->lock.dropping = false;
	deploy_lock_words(deploy, "drop", &argv[count]);
	argv[count + DEPLOY_LOCK_WORDS] = NULL;
	deploy_command(deploy, argv, NULL, 0, COMMAND_MS, dropped);
}

void deploy_lock_release(struct jhcfg_deploy *deploy,
			 void (*then)(struct jhcfg_deploy *deploy))
{
	if (!deploy->lock.held) {
		then(deploy);
		return;
	}
	deploy_lock_drop(deploy);
	deploy->lock.then = then;
	/* what is under way would put it there again */
	if (deploy->lock.exec.job)
		deploy->lock.dropping = true;
	else
		drop(deploy);
}
