// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/session_bring.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>

#define SITE_MS	   30000
#define MAX_ANSWER ((size_t)64 << 10)
#define UPLOAD_MS  (30 * 60 * 1000)
#define MAX_FILE   ((size_t)1 << 30)

struct session_bring {
	struct jhcfg_target *target;
	session_bring_done *done;
	void (*changed)(void *user);
	void *user;

	const char *file; /* the caller's; NULL: none */
	struct jhcfg_site site;
	bool has_site;

	/* while the site is found: what it printed, by stream */
	struct jhcfg_job *job;
	char *said[2];
	size_t said_size[2];

	/* while the file is brought */
	struct jhcfg_upload *upload;
	void *data;
	size_t size, sent;
};

struct session_bring *session_bring_new(struct jhcfg_target *target,
					session_bring_done *done,
					void (*changed)(void *user), void *user)
{
	struct session_bring *bring = calloc(1, sizeof(*bring));

	if (!bring)
		return NULL;
	bring->target = target;
	bring->done = done;
	bring->changed = changed;
	bring->user = user;
	return bring;
}

void session_bring_forget(struct session_bring *bring)
{
	if (!bring->has_site)
		return;
	jhcfg_site_clear(&bring->site);
	bring->has_site = false;
}

void session_bring_cancel(struct session_bring *bring)
{
	if (bring->job)
		jhcfg_job_cancel(bring->job);
	bring->job = NULL;
	jhcfg_upload_free(bring->upload);
	bring->upload = NULL;
	free(bring->data);
	bring->data = NULL;
	bring->size = bring->sent = 0;
	for (int n = 0; n < 2; n++) {
		free(bring->said[n]);
		bring->said[n] = NULL;
		bring->said_size[n] = 0;
	}
}

void session_bring_free(struct session_bring *bring)
{
	if (!bring)
		return;
	session_bring_cancel(bring);
	session_bring_forget(bring);
	free(bring);
}

const struct jhcfg_site *session_bring_site(const struct session_bring *bring)
{
	return &bring->site;
}

void session_bring_sent(const struct session_bring *bring, uint64_t *sent,
			uint64_t *size)
{
	*sent = bring->sent;
	*size = bring->size;
}

/* It is over; @diags may be NULL. */
static void finish(struct session_bring *bring, int err,
		   const struct jhcfg_diags *diags, const char *path)
{
	const struct jhcfg_diag *diag =
		diags ? jhcfg_diags_get(diags, 0) : NULL;

	bring->done(bring->user, err,
		    !err   ? NULL
		    : diag ? diag->text
			   : strerror(-err),
		    path);
}

/* --- the file ------------------------------------------------------------- */

static void upload_sent(struct jhcfg_upload *upload, void *user, size_t sent)
{
	struct session_bring *bring = user;

	(void)upload;
	bring->sent = sent;
	bring->changed(bring->user);
}

static void upload_done(struct jhcfg_upload *upload, void *user, int err,
			const char *path)
{
	struct session_bring *bring = user;

	/* the next one may begin in done() */
	bring->upload = NULL;
	session_bring_cancel(bring);
	finish(bring, err, NULL, path);
	jhcfg_upload_free(upload);
}

static int start_upload(struct session_bring *bring)
{
	const struct jhcfg_upload_handler handler = {
		.progress = upload_sent,
		.done = upload_done,
		.user = bring,
	};
	int err = jhcfg_file_read(bring->file, MAX_FILE, &bring->data,
				  &bring->size);

	if (!err)
		err = jhcfg_upload_start(bring->target, &bring->site,
					 bring->file, bring->data, bring->size,
					 UPLOAD_MS, &handler, &bring->upload);
	if (err)
		session_bring_cancel(bring);
	return err;
}

static void bring_file(struct session_bring *bring)
{
	char *path = NULL;
	int err = 0;

	if (bring->file &&
	    jhcfg_target_kind(bring->target) == JHCFG_TARGET_LOCAL) {
		path = realpath(bring->file, NULL);
		err = path ? 0 : -errno;
	} else if (bring->file) {
		err = start_upload(bring);
		if (!err)
			return;
	}
	finish(bring, err, NULL, path);
	free(path);
}

/* --- the site ------------------------------------------------------------- */

static void site_output(struct jhcfg_job *job, void *user,
			enum jhcfg_stream stream, const void *data, size_t size)
{
	struct session_bring *bring = user;
	size_t room = MAX_ANSWER - 1 - bring->said_size[stream];

	(void)job;
	/* one that is too long makes no sense either */
	if (size > room)
		size = room;
	memcpy(bring->said[stream] + bring->said_size[stream], data, size);
	bring->said_size[stream] += size;
}

static void site_found(struct session_bring *bring)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err = jhcfg_site_check(bring->target, &bring->site, diags);

	if (err)
		finish(bring, err, diags, NULL);
	else
		bring_file(bring);
	jhcfg_diags_free(diags);
}

static void site_done(struct jhcfg_job *job, void *user,
		      const struct jhcfg_job_end *end)
{
	struct session_bring *bring = user;
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_result result = {
		.status = end->status,
		.signal = end->signal,
		.output = bring->said[0],
		.errors = bring->said[1],
		.output_size = bring->said_size[0],
		.errors_size = bring->said_size[1],
	};
	int err = end->error;

	(void)job;
	bring->job = NULL;
	if (!err)
		err = jhcfg_site_parse(jhcfg_target_name(bring->target),
				       &result, diags, &bring->site);
	session_bring_cancel(bring);
	bring->has_site = !err;
	if (err)
		finish(bring, err, diags, NULL);
	else
		site_found(bring);
	jhcfg_diags_free(diags);
}

static int find_site(struct session_bring *bring)
{
	const struct jhcfg_job_handler handler = {
		.output = site_output,
		.done = site_done,
		.user = bring,
	};
	int err;

	for (int n = 0; n < 2; n++) {
		bring->said[n] = calloc(1, MAX_ANSWER);
		if (!bring->said[n])
			return -ENOMEM;
	}
	err = jhcfg_target_run(bring->target, jhcfg_site_command(), SITE_MS,
			       &handler, &bring->job);
	if (!err)
		jhcfg_job_end_input(bring->job);
	else
		bring->job = NULL;
	return err;
}

void session_bring_start(struct session_bring *bring, const char *file)
{
	int err = 0;

	bring->file = file;
	if (bring->has_site) {
		site_found(bring);
		return;
	}
	err = find_site(bring);
	if (!err)
		return;
	session_bring_cancel(bring);
	finish(bring, err, NULL, NULL);
}
