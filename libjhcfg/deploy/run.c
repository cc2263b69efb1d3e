// SPDX-License-Identifier: LGPL-2.1-or-later
/* The steps, one behind the other, and the way back. */
#include "deploy/deploy.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "deploy/scripts.h"
#include "target/script.h"

/* How often a step is begun whose connection is lost each time. */
#define MAX_TRIES 3
#define AWAIT_MS  (3 * 60 * 1000)

static void next(struct jhcfg_deploy *deploy);
static void way_back(struct jhcfg_deploy *deploy);

void deploy_set_phase(struct jhcfg_deploy *deploy,
		      enum jhcfg_deploy_phase phase)
{
	deploy->phase = phase;
	if (deploy->handler.changed)
		deploy->handler.changed(deploy, deploy->handler.user);
}

void deploy_set_note(struct jhcfg_deploy *deploy, const char *format, ...)
{
	va_list args;

	free(deploy->note);
	deploy->note = NULL;
	if (format) {
		va_start(args, format);
		if (vasprintf(&deploy->note, format, args) < 0)
			deploy->note = NULL;
		va_end(args);
	}
	if (deploy->handler.changed)
		deploy->handler.changed(deploy, deploy->handler.user);
}

static struct deploy_step *current(struct jhcfg_deploy *deploy)
{
	return &deploy->steps[deploy->current];
}

static void set_state(struct jhcfg_deploy *deploy, size_t index,
		      enum jhcfg_deploy_state state)
{
	deploy->steps[index].step.state = state;
	if (deploy->handler.step)
		deploy->handler.step(deploy, deploy->handler.user, index);
}

static void set_message(struct deploy_step *step, const char *text)
{
	size_t length = strlen(text);
	char *message;

	while (length && strchr("\n\r ", text[length - 1]))
		length--;
	message = strndup(text, length);
	if (!message)
		return;
	free((char *)(uintptr_t)step->step.message);
	step->step.message = message;
}

/* --- the end -------------------------------------------------------------- */

void deploy_leave_rest_out(struct jhcfg_deploy *deploy)
{
	for (size_t n = deploy->current; n < deploy->num_steps; n++) {
		struct deploy_step *step = &deploy->steps[n];

		if (step->step.state == JHCFG_DEPLOY_WORKING) {
			set_message(step, "it may be done, or half, or not");
			set_state(deploy, n, JHCFG_DEPLOY_BROKEN);
		} else if (step->step.state == JHCFG_DEPLOY_WAITING) {
			set_state(deploy, n, JHCFG_DEPLOY_LEFT_OUT);
		}
	}
}

static bool way_back_is_clear(const struct jhcfg_deploy *deploy)
{
	for (size_t n = 0; n < deploy->num_steps; n++)
		if (deploy->steps[n].step.back &&
		    deploy->steps[n].step.kind != JHCFG_DEPLOY_SWEEP &&
		    deploy->steps[n].step.state != JHCFG_DEPLOY_SUCCEEDED)
			return false;
	return true;
}

static void released(struct jhcfg_deploy *deploy)
{
	deploy_set_phase(deploy, deploy->outcome);
}

static void end(struct jhcfg_deploy *deploy, enum jhcfg_deploy_phase outcome)
{
	deploy->outcome = outcome;
	deploy_lock_release(deploy, released);
}

static void finish(struct jhcfg_deploy *deploy)
{
	const char *name = jhcfg_target_name(deploy->target);

	if (!deploy->failed) {
		end(deploy, JHCFG_DEPLOY_DONE);
		return;
	}
	if (deploy->phase != JHCFG_DEPLOY_ROLLING_BACK)
		deploy_error(deploy, name, "deploy again to go on from there",
			     "the steps that were done stay done");
	else if (way_back_is_clear(deploy))
		jhcfg_diags_add(deploy->diags, JHCFG_INFO, "", name, "", NULL,
				"all was taken back: it is as it was before");
	else
		deploy_error(deploy, name, "see the steps of the way back",
			     "not all could be taken back");
	end(deploy, JHCFG_DEPLOY_FAILED);
}

/* The target says nothing that makes sense, or we have no memory. */
void deploy_break_off(struct jhcfg_deploy *deploy, int err)
{
	if (err)
		deploy_error(deploy, jhcfg_target_name(deploy->target), NULL,
			     "it cannot be looked at any more: %s",
			     strerror(-err));
	deploy->failed = true;
	deploy_leave_rest_out(deploy);
	end(deploy, JHCFG_DEPLOY_FAILED);
}

/* --- the way back --------------------------------------------------------- */

static void way_back_looked(struct jhcfg_deploy *deploy, int err)
{
	if (deploy_is_loss(err)) {
		deploy_reconnect(deploy, way_back);
		return;
	}
	deploy->current = deploy->num_steps;
	if (!err)
		err = deploy_plan(deploy, deploy->before, true);
	if (err)
		deploy_break_off(deploy, err);
	else
		next(deploy);
}

static void disarmed(struct jhcfg_deploy *deploy, int err,
		     struct jhcfg_result *result)
{
	jhcfg_result_clear(result);
	if (deploy_is_loss(err)) {
		deploy_reconnect(deploy, way_back);
		return;
	}
	deploy->armed = false;
	way_back(deploy);
}

static void way_back(struct jhcfg_deploy *deploy)
{
	if (deploy->phase != JHCFG_DEPLOY_ROLLING_BACK)
		deploy_set_phase(deploy, JHCFG_DEPLOY_ROLLING_BACK);
	/* the watchdog must not disable what we are about to enable */
	if (deploy->armed)
		deploy_run_script(deploy, deploy_confirm_script, AWAIT_MS,
				  disarmed);
	else
		deploy_look(deploy, way_back_looked);
}

/* --- one step ------------------------------------------------------------- */

static void succeed(struct jhcfg_deploy *deploy)
{
	struct deploy_step *step = current(deploy);

	if (step->step.kind == JHCFG_DEPLOY_CONFIRM)
		deploy->armed = false;
	deploy->losses = 0;
	set_state(deploy, deploy->current++, JHCFG_DEPLOY_SUCCEEDED);
	next(deploy);
}

static void fail(struct jhcfg_deploy *deploy, const char *why)
{
	struct deploy_step *step = current(deploy);
	bool back = deploy->phase == JHCFG_DEPLOY_ROLLING_BACK;

	set_message(step, why);
	set_state(deploy, deploy->current++, JHCFG_DEPLOY_BROKEN);
	/* what is left over harms nobody */
	if (step->step.kind == JHCFG_DEPLOY_SWEEP || back) {
		next(deploy);
		return;
	}
	deploy->failed = true;
	if (deploy->options.keep_going) {
		next(deploy);
		return;
	}
	deploy_leave_rest_out(deploy);
	if (deploy->options.no_rollback)
		finish(deploy);
	else
		way_back(deploy);
}

static void step_looked(struct jhcfg_deploy *deploy, int err);
static void step_back_again(struct jhcfg_deploy *deploy);

static void verify(struct jhcfg_deploy *deploy)
{
	deploy_look(deploy, step_looked);
}

static void step_looked(struct jhcfg_deploy *deploy, int err)
{
	const char *lacks;

	if (deploy_is_loss(err)) {
		deploy_reconnect(deploy, step_back_again);
		return;
	}
	if (err) {
		fail(deploy, "what it did cannot be read back");
		return;
	}
	lacks = deploy_step_lacks(deploy, current(deploy));
	if (lacks)
		fail(deploy, lacks);
	else
		succeed(deploy);
}

/* What the exit status of a script says beyond its words. */
static const char *explain(const struct deploy_step *step, int status)
{
	static const struct {
		int status;
		const char *text;
	} rows[] = {
		{ TARGET_WRITE_NO_FOLDER, "the folder is gone" },
		{ TARGET_WRITE_NOT_ALLOWED, "the file cannot be made there" },
		{ TARGET_WRITE_NO_FILE,
		  "what has its name there is no file: remove it" },
		{ TARGET_WRITE_DAMAGED,
		  "what arrived is not what was sent; nothing of it is used" },
		{ TARGET_WRITE_READ_ONLY,
		  "its file system can only be read: mount it for writing" },
		{ TARGET_WRITE_NO_ROOM,
		  "the file cannot be written: make room there" },
	};

	for (size_t n = 0; n < sizeof(rows) / sizeof(*rows); n++)
		if (step->step.kind == JHCFG_DEPLOY_UPLOAD &&
		    rows[n].status == status)
			return rows[n].text;
	return "";
}

static void fail_with(struct jhcfg_deploy *deploy, int err,
		      const struct jhcfg_result *result)
{
	const char *words = err ? "" : explain(current(deploy), result->status);
	char text[4096], number[64];

	if (err)
		snprintf(text, sizeof(text), "it did not come to its end: %s",
			 strerror(-err));
	else if (result->signal)
		snprintf(text, sizeof(text), "it was ended by signal %d",
			 result->signal);
	else {
		snprintf(number, sizeof(number), "exit status %d",
			 result->status);
		snprintf(text, sizeof(text), "%s%s%s", words,
			 *words && result->errors_size ? ": " : "",
			 result->errors_size ? result->errors
			 : *words	     ? ""
					     : number);
	}
	fail(deploy, text);
}

/* A file is checked by what writes it: one look behind the last of them. */
static bool needs_no_look(const struct jhcfg_deploy *deploy)
{
	const struct deploy_step *step = &deploy->steps[deploy->current];

	return step->step.kind == JHCFG_DEPLOY_UPLOAD &&
	       deploy->current + 1 < deploy->num_steps &&
	       step[1].step.kind == JHCFG_DEPLOY_UPLOAD;
}

void deploy_step_ended(struct jhcfg_deploy *deploy, int err,
		       struct jhcfg_result *result)
{
	bool good = !err && !result->status && !result->signal;

	if (deploy_is_loss(err)) {
		jhcfg_result_clear(result);
		deploy_reconnect(deploy, step_back_again);
		return;
	}
	if (!good)
		fail_with(deploy, err, result);
	jhcfg_result_clear(result);
	if (good && needs_no_look(deploy))
		succeed(deploy);
	else if (good)
		verify(deploy);
}

/* --- a step whose connection was lost ------------------------------------- */

static void begin(struct jhcfg_deploy *deploy)
{
	struct deploy_step *step = current(deploy);

	step->tries++;
	if (step->step.kind == JHCFG_DEPLOY_ENABLE && !step->step.back &&
	    deploy->options.rollback_after_s)
		deploy->armed = true;
	set_state(deploy, deploy->current, JHCFG_DEPLOY_WORKING);
	deploy_step_run(deploy, step);
}

static void looked_again(struct jhcfg_deploy *deploy, int err)
{
	struct deploy_step *step = current(deploy);
	enum jhcfg_deploy_kind kind = step->step.kind;
	/* these leave nothing to be seen, and may be done twice */
	bool unseen =
		kind == JHCFG_DEPLOY_CONFIRM || kind == JHCFG_DEPLOY_SWEEP;

	if (deploy_is_loss(err))
		deploy_reconnect(deploy, step_back_again);
	else if (err)
		fail(deploy, "what it did cannot be read back");
	else if (!unseen && !deploy_step_lacks(deploy, step))
		succeed(deploy);
	else if (kind == JHCFG_DEPLOY_ENABLE && deploy->found->enable_begun &&
		 deploy->found->enable_status == JHCFG_NO_VALUE)
		deploy_run_script(deploy, deploy_await_script, AWAIT_MS,
				  deploy_step_ended);
	else if (kind == JHCFG_DEPLOY_ENABLE && deploy->found->enable_begun)
		fail(deploy, deploy->found->rolled_back
				     ? deploy_step_lacks(deploy, step)
				     : deploy->found->enable_log);
	else if (step->tries >= MAX_TRIES)
		fail(deploy, "the connection is lost each time");
	else
		begin(deploy);
}

/* It may have been done, or half, or not at all. */
static void step_back_again(struct jhcfg_deploy *deploy)
{
	deploy_look(deploy, looked_again);
}

/* --- all of them ---------------------------------------------------------- */

/* A step that failed before has to be done for this one. */
static bool hangs_on_failure(const struct jhcfg_deploy *deploy,
			     const struct deploy_step *step)
{
	if (step->step.back || step->step.kind == JHCFG_DEPLOY_SWEEP)
		return false;
	for (size_t n = 0; n < deploy->current; n++) {
		const struct deploy_step *other = &deploy->steps[n];

		if (other->step.state != JHCFG_DEPLOY_BROKEN)
			continue;
		if (!other->cell || !step->cell ||
		    !strcmp(other->cell, step->cell))
			return true;
	}
	return false;
}

static void next(struct jhcfg_deploy *deploy)
{
	if (deploy->stopped && !deploy->failed &&
	    deploy->current < deploy->num_steps) {
		deploy->failed = true;
		deploy_leave_rest_out(deploy);
		deploy_error(deploy, "deploy", NULL, "it was stopped");
		if (deploy->options.no_rollback)
			finish(deploy);
		else
			way_back(deploy);
		return;
	}
	while (deploy->current < deploy->num_steps &&
	       hangs_on_failure(deploy, current(deploy)))
		set_state(deploy, deploy->current++, JHCFG_DEPLOY_LEFT_OUT);
	if (deploy->current < deploy->num_steps)
		begin(deploy);
	else
		finish(deploy);
}

void deploy_start(struct jhcfg_deploy *deploy)
{
	deploy->current = 0;
	deploy_set_phase(deploy, JHCFG_DEPLOY_RUNNING);
	if (deploy->num_steps)
		deploy_lock_take(deploy, next);
	else
		next(deploy);
}
