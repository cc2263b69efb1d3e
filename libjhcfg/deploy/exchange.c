// SPDX-License-Identifier: LGPL-2.1-or-later
/* One command there at a time, and what to do when the target is lost. */
#include "deploy/deploy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

/* Output of a look: configurations of all cells, at most. */
#define MAX_OUTPUT     ((size_t)64 << 20)
#define LOOK_MS	       60000
#define RETRY_MS       1000
#define DEFAULT_LOST_S 60
#define MAX_LOSSES     10 /* without a step that is done in between */

bool deploy_is_loss(int err)
{
	return err == -ECONNRESET || err == -ENOTCONN;
}

static void command_done(struct target_exec *exec, int err,
			 struct jhcfg_result *result)
{
	struct jhcfg_deploy *deploy =
		target_container_of(exec, struct jhcfg_deploy, exec);

	deploy->then(deploy, err, result);
}

static void sent_more(struct target_exec *exec)
{
	struct jhcfg_deploy *deploy =
		target_container_of(exec, struct jhcfg_deploy, exec);
	struct deploy_step *step;

	if (deploy->current >= deploy->num_steps)
		return;
	step = &deploy->steps[deploy->current];
	if (step->step.kind != JHCFG_DEPLOY_UPLOAD ||
	    exec->input != step->file->data)
		return;
	step->step.sent = exec->sent;
	if (deploy->handler.step)
		deploy->handler.step(deploy, deploy->handler.user,
				     deploy->current);
}

void deploy_command(struct jhcfg_deploy *deploy, const char *const *argv,
		    const void *input, size_t size, int timeout_ms,
		    void (*then)(struct jhcfg_deploy *deploy, int err,
				 struct jhcfg_result *result))
{
	struct jhcfg_result none = { .status = -1 };
	int err;

	deploy->then = then;
	deploy->exec = (struct target_exec){
		.input = input,
		.input_size = size,
		.max = MAX_OUTPUT,
		.done = command_done,
		.progress = sent_more,
	};
	err = target_exec_start(&deploy->exec, deploy->target, argv,
				timeout_ms);
	if (err)
		then(deploy, err, &none);
}

int deploy_make_mark(char mark[DEPLOY_MARK_SIZE])
{
	unsigned char random[(DEPLOY_MARK_SIZE - 1) / 2];

	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		return -EIO;
	for (size_t n = 0; n < sizeof(random); n++)
		snprintf(mark + 2 * n, 3, "%02x", random[n]);
	return 0;
}

size_t deploy_script_words(const struct jhcfg_deploy *deploy,
			   const char *script, const char **argv)
{
	const char *const shell[] = { "sh", "-c", script, "sh" };
	size_t count = 0;

	while (count < (size_t)deploy->site.num_become) {
		argv[count] = deploy->site.become[count];
		count++;
	}
	memcpy(&argv[count], shell, sizeof(shell));
	return count + 4;
}

void deploy_run_script(struct jhcfg_deploy *deploy, const char *script,
		       int timeout_ms,
		       void (*then)(struct jhcfg_deploy *deploy, int err,
				    struct jhcfg_result *result))
{
	const char *argv[DEPLOY_SCRIPT_WORDS + 2] = { NULL };
	size_t count = deploy_script_words(deploy, script, argv);

	argv[count] = deploy->folder;
	deploy_command(deploy, argv, NULL, 0, timeout_ms, then);
}

/* --- looking -------------------------------------------------------------- */

static void look_done(struct jhcfg_deploy *deploy, int err,
		      struct jhcfg_result *result)
{
	struct deploy_state *state = NULL;

	if (!err && result->status)
		err = -EIO;
	if (!err)
		err = deploy_look_parse(result->output, result->output_size,
					deploy->mark, &state);
	jhcfg_result_clear(result);
	if (!err) {
		if (deploy->found != deploy->before)
			deploy_state_free(deploy->found);
		deploy->found = state;
	}
	if (!err && deploy_lock_is_lost(deploy))
		deploy_lock_lost(deploy);
	else
		deploy->looked(deploy, err);
}

void deploy_look(struct jhcfg_deploy *deploy,
		 void (*looked)(struct jhcfg_deploy *deploy, int err))
{
	const char *argv[DEPLOY_SCRIPT_WORDS + 3 + DEPLOY_LOCK_WORDS + 1];
	size_t count = deploy_script_words(deploy, deploy_look_script, argv);
	int err = deploy_make_mark(deploy->mark);

	deploy->looked = looked;
	if (err) {
		looked(deploy, err);
		return;
	}
	argv[count++] = deploy->sysfs;
	argv[count++] = deploy->folder;
	argv[count++] = deploy->mark;
	deploy_lock_words(deploy, deploy_lock_verb(deploy), &argv[count]);
	argv[count + DEPLOY_LOCK_WORDS] = NULL;
	deploy_command(deploy, argv, NULL, 0, LOOK_MS, look_done);
}

/* --- a lost target -------------------------------------------------------- */

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void give_up(struct jhcfg_deploy *deploy, const char *what)
{
	const char *hint = "deploy again when it is back: that goes on with "
			   "what is missing";
	bool begun = deploy->phase != JHCFG_DEPLOY_LOOKING;

	if (deploy->armed)
		hint = "it disables the hypervisor by itself when it hears "
		       "nothing; then deploy again";
	deploy->resume = NULL;
	deploy_error(deploy, jhcfg_target_name(deploy->target), hint,
		     "the target was lost %s: %s%s%s%s", what,
		     jhcfg_target_reason(deploy->target),
		     begun ? "; what enabling said is in " : "",
		     begun ? deploy->folder : "",
		     begun ? "/enable.log there" : "");
	deploy_set_note(deploy, NULL);
	deploy_lock_drop(deploy);
	deploy_leave_rest_out(deploy);
	deploy_set_phase(deploy, JHCFG_DEPLOY_FAILED);
}

static void try_again(struct target_timer *timer)
{
	struct jhcfg_deploy *deploy =
		target_container_of(timer, struct jhcfg_deploy, timer);
	int err;

	if (!deploy->resume)
		return;
	if (jhcfg_target_state(deploy->target) == JHCFG_TARGET_READY) {
		deploy->listener.changed(&deploy->listener);
		return;
	}
	err = jhcfg_target_reconnect(deploy->target);
	/* -EBUSY: somebody else does it already */
	if (err && err != -EBUSY)
		target_set_timer(deploy->target, &deploy->timer, RETRY_MS);
}

static void target_changed(struct target_listener *listener)
{
	struct jhcfg_deploy *deploy =
		target_container_of(listener, struct jhcfg_deploy, listener);
	void (*resume)(struct jhcfg_deploy *) = deploy->resume;

	if (!resume)
		return;
	switch (jhcfg_target_state(deploy->target)) {
	case JHCFG_TARGET_READY:
		deploy->resume = NULL;
		target_set_timer(deploy->target, &deploy->timer, -1);
		deploy_set_note(deploy, NULL);
		resume(deploy);
		break;
	case JHCFG_TARGET_LOST:
		if (now_ms() >= deploy->give_up_ms)
			give_up(deploy, "and does not come back");
		else
			target_set_timer(deploy->target, &deploy->timer,
					 RETRY_MS);
		break;
	default:
		break;
	}
}

void deploy_reconnect(struct jhcfg_deploy *deploy,
		      void (*resume)(struct jhcfg_deploy *deploy))
{
	unsigned int seconds = deploy->options.reconnect_s;

	if (!seconds)
		seconds = DEFAULT_LOST_S;
	if (!deploy->listens) {
		deploy->listener.changed = target_changed;
		deploy->timer.expired = try_again;
		target_listen(deploy->target, &deploy->listener);
		deploy->listens = true;
	}
	if (++deploy->losses > MAX_LOSSES) {
		give_up(deploy, "again and again");
		return;
	}
	deploy->resume = resume;
	deploy->give_up_ms = now_ms() + (int64_t)seconds * 1000;
	deploy_set_note(deploy, "connecting again: %s",
			jhcfg_target_reason(deploy->target));
	target_set_timer(deploy->target, &deploy->timer, 0);
}

void deploy_exchange_end(struct jhcfg_deploy *deploy)
{
	target_exec_cancel(&deploy->exec);
	if (!deploy->listens)
		return;
	target_set_timer(deploy->target, &deploy->timer, -1);
	target_ignore(deploy->target, &deploy->listener);
}
