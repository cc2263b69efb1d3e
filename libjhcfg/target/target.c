// SPDX-License-Identifier: LGPL-2.1-or-later
#include "target/module.h"
#include "target/target.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "target/archive.h"
#include "target/emulator.h"
#include "target/place.h"
#include "util/plain.h"

#define DEFAULT_TIMEOUT_MS 15000
/* an emulated board boots first, on a machine that has other things to do */
#define BOARD_TIMEOUT_MS 300000

/* What follows @prefix is nothing, a path, or an address. */
static const struct scheme {
	const char *prefix;
	const struct target_backend *backend; /* NULL: in a module */
	const char *module, *symbol;
	enum {
		REST_NONE,
		REST_PATH,
		REST_ADDRESS,
		REST_BOARD,
	} rest;
	unsigned int timeout_ms;
} schemes[] = {
	{ "local", &target_local, NULL, NULL, REST_NONE, 0 },
	{ "ssh://", NULL, "jhcfg-ssh.so", TARGET_MODULE_SYMBOL, REST_ADDRESS,
	  DEFAULT_TIMEOUT_MS },
	{ "emu://", NULL, "jhcfg-ssh.so", TARGET_BOARD_SYMBOL, REST_BOARD,
	  BOARD_TIMEOUT_MS },
	{ "recorded:", &target_recorded, NULL, NULL, REST_PATH, 0 },
};

static const struct scheme *find_scheme(const char *name)
{
	for (size_t n = 0; n < sizeof(schemes) / sizeof(*schemes); n++) {
		size_t length = strlen(schemes[n].prefix);

		if (!strncmp(name, schemes[n].prefix, length) &&
		    (schemes[n].rest == REST_NONE) == !name[length])
			return &schemes[n];
	}
	return NULL;
}

/* --- state ---------------------------------------------------------------- */

static void changed(struct jhcfg_target *target, enum jhcfg_target_state state,
		    const char *format, ...)
{
	va_list args;

	free(target->reason);
	target->reason = NULL;
	if (format) {
		va_start(args, format);
		if (vasprintf(&target->reason, format, args) < 0)
			target->reason = NULL;
		va_end(args);
	}
	/* part of it may be what the target said */
	if (target->reason)
		jhcfg_make_plain(target->reason, strlen(target->reason), "",
				 ' ');
	target->state = state;
	if (state != JHCFG_TARGET_CONNECTING)
		target_set_timer(target, &target->connect_timer, -1);
	if (state == JHCFG_TARGET_LOST)
		target_end_jobs(target, -ECONNRESET);
	if (target->handler.changed)
		target->handler.changed(target, target->handler.user);
	for (struct target_listener *at = target->listeners, *next; at;
	     at = next) {
		next = at->next;
		at->changed(at);
	}
}

void target_listen(struct jhcfg_target *target,
		   struct target_listener *listener)
{
	listener->next = target->listeners;
	target->listeners = listener;
}

void target_ignore(struct jhcfg_target *target,
		   struct target_listener *listener)
{
	struct target_listener **at = &target->listeners;

	while (*at && *at != listener)
		at = &(*at)->next;
	if (*at)
		*at = listener->next;
}

static void ask(struct jhcfg_target *target, enum jhcfg_question question,
		const char *prompt)
{
	changed(target, JHCFG_TARGET_ASKING, NULL);
	if (target->handler.ask)
		target->handler.ask(target, target->handler.user, question,
				    prompt);
	else
		jhcfg_target_answer(target, NULL);
}

const struct target_services target_services = {
	.watch = target_watch,
	.set_timer = target_set_timer,
	.changed = changed,
	.ask = ask,
	.job_private = target_job_private,
	.job_output = target_job_output,
	.job_input = target_job_input,
	.job_consumed = target_job_consumed,
	.job_input_ended = target_job_input_ended,
	.job_done = target_job_done,
};

void jhcfg_target_answer(struct jhcfg_target *target, const char *answer)
{
	if (target->state != JHCFG_TARGET_ASKING)
		return;
	changed(target, JHCFG_TARGET_CONNECTING, NULL);
	/* whoever thinks about an answer is not a slow network */
	target_set_timer(target, &target->connect_timer,
			 (int)target->timeout_ms);
	target->backend->answer(target->self, answer);
}

static void connect_expired(struct target_timer *timer)
{
	struct jhcfg_target *target =
		target_container_of(timer, struct jhcfg_target, connect_timer);

	changed(target, JHCFG_TARGET_LOST,
		"no answer within %u s; is it switched on, and the network up?",
		target->timeout_ms / 1000);
}

int jhcfg_target_reconnect(struct jhcfg_target *target)
{
	if (target->state != JHCFG_TARGET_LOST)
		return -EBUSY;
	if (!target->backend->connect) {
		changed(target, JHCFG_TARGET_READY, NULL);
		return 0;
	}
	changed(target, JHCFG_TARGET_CONNECTING, NULL);
	target_set_timer(target, &target->connect_timer,
			 (int)target->timeout_ms);
	return target->backend->connect(target->self);
}

/* --- open and close ------------------------------------------------------- */

static int parse_rest(const struct scheme *scheme, const char *rest,
		      struct target_place *place)
{
	if (scheme->rest == REST_ADDRESS)
		return target_parse_place(rest, place);
	if (scheme->rest == REST_BOARD)
		return target_parse_board(rest, place);
	if (scheme->rest == REST_PATH && !(place->path = strdup(rest)))
		return -ENOMEM;
	return 0;
}

static bool is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

/* A recording may be a file of ours, a copy of files, or an archive of such. */
static const struct target_backend *recorded_as(const char *path)
{
	if (is_folder(path))
		return &target_folder;
	return target_is_archive(path) ? &target_archive : &target_recorded;
}

static int find_backend(struct jhcfg_target *target,
			const struct jhcfg_target_options *options,
			struct target_place *place, struct jhcfg_diags *diags)
{
	static const char forms[] =
		"write local, ssh://[USER@]HOST[:PORT], emu://BOARD or "
		"recorded:FILE";
	const struct scheme *scheme = find_scheme(target->name);

	if (!scheme) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "", target->name, "", forms,
				"there is no such kind of target");
		return -EINVAL;
	}
	if (parse_rest(scheme, target->name + strlen(scheme->prefix), place)) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "", target->name, "", forms,
				"this is no address of a target");
		return -EINVAL;
	}
	if (!target->timeout_ms)
		target->timeout_ms = scheme->timeout_ms;
	target->backend = scheme->backend;
	if (target->backend == &target_recorded)
		target->backend = recorded_as(place->path);
	return scheme->module
		       ? target_load_module(target, scheme->module,
					    scheme->symbol, options, diags)
		       : 0;
}

static struct jhcfg_target *new_target(const char *name)
{
	struct jhcfg_target *target = calloc(1, sizeof(*target));

	if (!target)
		return NULL;
	target->connect_timer.expired = connect_expired;
	target->state = JHCFG_TARGET_CONNECTING;
	target->name = strdup(name && *name ? name : "local");
	if (!target_loop_begin(target) && target->name)
		return target;
	jhcfg_target_close(target);
	return NULL;
}

int jhcfg_target_open(const char *name,
		      const struct jhcfg_target_options *options,
		      struct jhcfg_diags *diags, struct jhcfg_target **target)
{
	static const struct jhcfg_target_options none;
	struct target_place place = { 0 };
	struct jhcfg_target *new = new_target(name);
	int err;

	if (!new)
		return -ENOMEM;
	if (!options)
		options = &none;
	new->timeout_ms = options->timeout_ms;
	err = find_backend(new, options, &place, diags);
	if (!err)
		err = new->backend->open(new, &target_services, &place, options,
					 diags, &new->self);
	if (!err && !new->backend->connect) {
		new->state = JHCFG_TARGET_READY;
	} else if (!err) {
		target_set_timer(new, &new->connect_timer,
				 (int)new->timeout_ms);
		err = new->backend->connect(new->self);
	}
	target_clear_place(&place);
	if (err) {
		jhcfg_target_close(new);
		return err;
	}
	/* not before: the caller does not have the target yet */
	new->handler = options->handler;
	*target = new;
	return 0;
}

void jhcfg_target_close(struct jhcfg_target *target)
{
	if (!target)
		return;
	while (target->jobs)
		jhcfg_job_cancel(target->jobs);
	if (target->self)
		target->backend->close(target->self);
	target_unload_module(target);
	target_loop_end(target);
	free(target->reason);
	free(target->name);
	free(target);
}

char *jhcfg_emulator_find(void)
{
	return target_find_emulator();
}

/* --- what it is ----------------------------------------------------------- */

enum jhcfg_target_kind jhcfg_target_kind(const struct jhcfg_target *target)
{
	return target->backend->kind;
}

const char *jhcfg_target_name(const struct jhcfg_target *target)
{
	return target->name;
}

enum jhcfg_target_state jhcfg_target_state(const struct jhcfg_target *target)
{
	return target->state;
}

const char *jhcfg_target_reason(const struct jhcfg_target *target)
{
	return target->reason ? target->reason : "";
}
