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

#include <jhcfg/file.h>
#include <jhcfg/site.h>

#include "model/session_private.h"

#define MAX_WAITING 32
#define ACT_MS	    60000
#define UPLOAD_MS   (30 * 60 * 1000)
#define MAX_FILE    ((size_t)1 << 30)

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
	struct jhcfg_job *job;
	struct jhcfg_site site;
	bool has_site;
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

struct session_actions *session_actions_new(struct tui_session *session)
{
	struct session_actions *actions = calloc(1, sizeof(*actions));

	if (actions)
		actions->session = session;
	return actions;
}

static void drop_first(struct session_actions *actions)
{
	free(actions->waiting[0].file);
	actions->count--;
	memmove(actions->waiting, actions->waiting + 1,
		actions->count * sizeof(*actions->waiting));
}

void session_actions_free(struct session_actions *actions)
{
	if (!actions)
		return;
	if (actions->job)
		jhcfg_job_cancel(actions->job);
	while (actions->count)
		drop_first(actions);
	if (actions->has_site)
		jhcfg_site_clear(&actions->site);
	free(actions);
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

void session_actions_lost(struct session_actions *actions)
{
	if (actions && actions->has_site) {
		jhcfg_site_clear(&actions->site);
		actions->has_site = false;
	}
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

static int find_site(struct session_actions *actions, struct jhcfg_diags *diags)
{
	int err;

	if (actions->has_site)
		return 0;
	err = jhcfg_site_find(actions->session->target, diags, &actions->site);
	if (!err)
		actions->has_site = true;
	return err;
}

/* *@path: where the target has our file; the caller frees it. */
static int bring(struct session_actions *actions, const char *file, char **path)
{
	struct jhcfg_target *target = actions->session->target;
	const char *base = strrchr(file, '/');
	size_t size;
	void *data;
	int err;

	if (jhcfg_target_kind(target) == JHCFG_TARGET_LOCAL) {
		*path = realpath(file, NULL);
		return *path ? 0 : -errno;
	}
	err = jhcfg_file_read(file, MAX_FILE, &data, &size);
	if (err)
		return err;
	err = jhcfg_site_upload(target, &actions->site, base ? base + 1 : file,
				data, size, UPLOAD_MS, path);
	free(data);
	return err;
}

static int run(struct session_actions *actions, const char *path)
{
	const struct waiting *first = &actions->waiting[0];
	const struct jhcfg_site *site = &actions->site;
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

static int start_first(struct session_actions *actions,
		       struct jhcfg_diags *diags)
{
	const struct waiting *first = &actions->waiting[0];
	const struct tui_model *model = &actions->session->store->model;
	char *path = NULL;
	int err;

	if (verbs[first->verb].of_cell &&
	    tui_model_find_cell(model, first->serial) < 0)
		return -ESRCH;
	err = find_site(actions, diags);
	if (!err)
		err = jhcfg_site_check(actions->session->target, &actions->site,
				       diags);
	if (!err && first->file)
		err = bring(actions, first->file, &path);
	if (!err)
		err = run(actions, path);
	free(path);
	return err;
}

static const char *why(int err, const struct jhcfg_diags *diags)
{
	const struct jhcfg_diag *diag = jhcfg_diags_get(diags, 0);

	if (err == -ESRCH)
		return "the cell is gone";
	return diag ? diag->text : strerror(-err);
}

/* Not from the handler of a job: it may wait for the target. */
void session_actions_next(struct session_actions *actions)
{
	while (actions->count && !actions->job) {
		struct jhcfg_diags *diags = jhcfg_diags_new();
		int err = start_first(actions, diags);

		if (err)
			end_first(actions,
				  diags ? why(err, diags) : strerror(-err));
		jhcfg_diags_free(diags);
	}
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
