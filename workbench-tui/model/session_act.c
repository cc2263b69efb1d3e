// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is done to cells: by the management tool of the target, one after the
 * other. A cell is named, not numbered: if it has gone meanwhile, another one
 * with its id must not be hit.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/session_bring.h"
#include "model/session_private.h"

#define MAX_WAITING 32
#define ACT_MS	    60000
#define TELL_MS	    100 /* between two looks at what was brought */

static const struct verb_row {
	const char *name;
	bool of_cell, with_file;
} verbs[] = {
	[TUI_START] = { "start", true, false },
	[TUI_SHUTDOWN] = { "shutdown", true, false },
	[TUI_DESTROY] = { "destroy", true, false },
	[TUI_LOAD] = { "load", true, true },
	[TUI_CREATE] = { "create", false, true },
};

static const char gone[] = "the cell is gone";

struct waiting {
	enum tui_verb verb;
	uint32_t serial;
	char name[TUI_NAME]; /* of the cell, or of the file to create it */
	char *file;	     /* ours; NULL: none */
	uint64_t address;
};

struct session_actions {
	struct tui_session *session;
	struct waiting waiting[MAX_WAITING]; /* the first one is going on */
	size_t count;
	struct session_bring *bring;
	bool bringing;	       /* what the first one needs */
	struct jhcfg_job *job; /* the tool, when that is there */
	uint64_t told_ms;
	char said[TUI_TEXT]; /* beginning of what it complained */
	size_t said_size;
};

const char *tui_verb_name(enum tui_verb verb)
{
	return verbs[verb].name;
}

bool tui_session_writable(const struct tui_session *session)
{
	return session->writable;
}

static void drop_first(struct session_actions *actions)
{
	free(actions->waiting[0].file);
	actions->count--;
	memmove(actions->waiting, actions->waiting + 1,
		actions->count * sizeof(*actions->waiting));
}

/* --- how it ended --------------------------------------------------------- */

static void tell(struct session_actions *actions, const char *failure)
{
	const struct waiting *first = &actions->waiting[0];
	struct tui_session *session = actions->session;
	int index = tui_model_find_cell(&session->store->model, first->serial);
	const struct tui_cell *cell =
		index < 0 ? NULL : &session->store->model.cells[index];

	if (failure)
		tui_store_event(session->store, TUI_EVENT_ACTION, TUI_ERROR,
				cell, "%s %s failed: %s",
				verbs[first->verb].name, first->name, failure);
	else
		tui_store_event(session->store, TUI_EVENT_ACTION, TUI_INFO,
				cell, "%s %s: done", verbs[first->verb].name,
				first->name);
	session->changed = true;
}

/* The first one is over. */
static void end_first(struct session_actions *actions, const char *failure)
{
	tell(actions, failure);
	drop_first(actions);
	actions->job = NULL;
}

static void job_output(struct jhcfg_job *job, void *user,
		       enum jhcfg_stream stream, const void *data, size_t size)
{
	struct session_actions *actions = user;
	size_t room = sizeof(actions->said) - 1 - actions->said_size;

	(void)job;
	if (stream != JHCFG_STREAM_ERRORS)
		return;
	if (size > room)
		size = room;
	memcpy(actions->said + actions->said_size, data, size);
	actions->said_size += size;
}

static void job_done(struct jhcfg_job *job, void *user,
		     const struct jhcfg_job_end *end)
{
	struct session_actions *actions = user;
	char text[TUI_TEXT];

	(void)job;
	actions->said[actions->said_size] = 0;
	tui_text_copy(text, sizeof(text), actions->said,
		      strcspn(actions->said, "\n"));
	if (end->error)
		end_first(actions, strerror(-end->error));
	else if (end->status || end->signal)
		end_first(actions, *text ? text : "it did not say why");
	else
		end_first(actions, NULL);
	/* what has changed is seen at once */
	tui_session_refresh(actions->session);
}

/* --- doing it ------------------------------------------------------------- */

static int run(struct session_actions *actions, const char *path)
{
	const struct waiting *first = &actions->waiting[0];
	const struct jhcfg_site *site = session_bring_site(actions->bring);
	const struct jhcfg_job_handler handler = {
		.output = job_output,
		.done = job_done,
		.user = actions,
	};
	const char *argv[16];
	char address[24];
	size_t count = 0;
	int err;

	for (int n = 0; n < site->num_become; n++)
		argv[count++] = site->become[n];
	argv[count++] = site->tool;
	argv[count++] = "cell";
	argv[count++] = verbs[first->verb].name;
	if (verbs[first->verb].of_cell) {
		argv[count++] = "--name";
		argv[count++] = first->name;
	}
	if (path)
		argv[count++] = path;
	if (first->verb == TUI_LOAD && first->address != TUI_NO_VALUE) {
		snprintf(address, sizeof(address), "0x%" PRIx64,
			 first->address);
		argv[count++] = "--address";
		argv[count++] = address;
	}
	argv[count] = NULL;
	actions->said_size = 0;
	err = jhcfg_target_run(actions->session->target, argv, ACT_MS, &handler,
			       &actions->job);
	if (!err)
		jhcfg_job_end_input(actions->job);
	return err;
}

static bool is_gone(const struct session_actions *actions)
{
	const struct waiting *first = &actions->waiting[0];

	return verbs[first->verb].of_cell &&
	       tui_model_find_cell(&actions->session->store->model,
				   first->serial) < 0;
}

static void brought(void *user, int err, const char *why, const char *path)
{
	struct session_actions *actions = user;

	actions->bringing = false;
	/* it may have gone while that was on its way */
	if (!err && is_gone(actions)) {
		err = -ESRCH;
		why = gone;
	}
	if (!err) {
		err = run(actions, path);
		why = strerror(-err);
	}
	if (err)
		end_first(actions, why);
	actions->session->changed = true;
}

static void brought_more(void *user)
{
	struct session_actions *actions = user;
	uint64_t now = session_now_ms();

	if (now - actions->told_ms < TELL_MS)
		return;
	actions->told_ms = now;
	actions->session->changed = true;
}

void session_actions_next(struct session_actions *actions)
{
	while (actions->count && !actions->bringing && !actions->job) {
		if (is_gone(actions)) {
			end_first(actions, gone);
			continue;
		}
		actions->bringing = true;
		session_bring_start(actions->bring, actions->waiting[0].file);
	}
}

/* --- life ----------------------------------------------------------------- */

struct session_actions *session_actions_new(struct tui_session *session)
{
	struct session_actions *actions = calloc(1, sizeof(*actions));

	if (!actions)
		return NULL;
	actions->session = session;
	actions->bring = session_bring_new(session->target, brought,
					   brought_more, actions);
	if (actions->bring)
		return actions;
	free(actions);
	return NULL;
}

void session_actions_free(struct session_actions *actions)
{
	if (!actions)
		return;
	if (actions->job)
		jhcfg_job_cancel(actions->job);
	session_bring_free(actions->bring);
	while (actions->count)
		drop_first(actions);
	free(actions);
}

void session_actions_lost(struct session_actions *actions)
{
	if (actions)
		session_bring_forget(actions->bring);
}

/* --- asking for it -------------------------------------------------------- */

static int fill(struct waiting *waiting, const struct tui_model *model,
		const struct tui_action *action)
{
	const struct verb_row *row = &verbs[action->verb];
	const char *name;
	int index;

	*waiting = (struct waiting){
		.verb = action->verb,
		.serial = action->cell,
		.address = action->address,
	};
	if (row->of_cell) {
		index = tui_model_find_cell(model, action->cell);
		if (index < 0)
			return -ESRCH;
		name = model->cells[index].name;
	} else {
		name = action->file;
	}
	tui_text_copy(waiting->name, sizeof(waiting->name), name, strlen(name));
	if (row->with_file) {
		struct stat st;

		if (stat(action->file, &st))
			return -errno;
		if (!S_ISREG(st.st_mode))
			return S_ISDIR(st.st_mode) ? -EISDIR : -EINVAL;
		waiting->file = strdup(action->file);
		if (!waiting->file)
			return -ENOMEM;
	}
	return 0;
}

int tui_session_act(struct tui_session *session,
		    const struct tui_action *action)
{
	struct session_actions *actions = session->actions;
	int err;

	if (!session->writable)
		return -EROFS;
	if (actions->count == MAX_WAITING)
		return -EBUSY;
	if (verbs[action->verb].with_file && !action->file)
		return -EINVAL;
	err = fill(&actions->waiting[actions->count], &session->store->model,
		   action);
	if (err)
		return err;
	actions->count++;
	session_actions_next(actions);
	return 0;
}

bool tui_session_doing(const struct tui_session *session,
		       struct tui_doing *doing)
{
	const struct session_actions *actions = session->actions;

	if (!actions->count)
		return false;
	*doing = (struct tui_doing){
		.verb = actions->waiting[0].verb,
		.name = actions->waiting[0].name,
		.waiting = actions->count - 1,
		.running = actions->job,
	};
	session_bring_sent(actions->bring, &doing->sent, &doing->size);
	return true;
}

size_t tui_session_cancel(struct tui_session *session)
{
	struct session_actions *actions = session->actions;
	size_t count = 0, running = actions->job ? 1 : 0;

	if (actions->bringing)
		session_bring_cancel(actions->bring);
	actions->bringing = false;
	for (; actions->count > running; count++) {
		struct waiting *last = &actions->waiting[--actions->count];

		tui_store_event(session->store, TUI_EVENT_ACTION, TUI_WARNING,
				NULL, "%s %s: cancelled",
				verbs[last->verb].name, last->name);
		free(last->file);
	}
	session->changed = true;
	return count;
}
