// SPDX-License-Identifier: LGPL-2.1-or-later
/* Files that a target is to read: brought into our folder there. */
#include <errno.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "target/exec.h"
#include "target/script.h"
#include "target/site.h"
#include "target/target.h"

/* $1: path, $2: bytes. Under this name there are these contents or none: it is
 * given only when they have been checked. */
static const char is_there[] =
	"[ -f \"$1\" ] && [ \"$(wc -c <\"$1\")\" -eq \"$2\" ]\n";

struct jhcfg_upload {
	struct target_exec exec;
	struct jhcfg_target *target;
	struct jhcfg_upload_handler handler;
	const void *data;
	size_t size;
	int timeout_ms;
	char sum[SHA256_DIGEST_STRING_LENGTH];
	char *path;
};

static void finish(struct jhcfg_upload *upload, int err)
{
	upload->handler.done(upload, upload->handler.user, err,
			     err ? NULL : upload->path);
}

static void sent_more(struct target_exec *exec)
{
	struct jhcfg_upload *upload =
		target_container_of(exec, struct jhcfg_upload, exec);

	if (upload->handler.progress)
		upload->handler.progress(upload, upload->handler.user,
					 exec->sent);
}

static void written(struct target_exec *exec, int err,
		    struct jhcfg_result *result)
{
	struct jhcfg_upload *upload =
		target_container_of(exec, struct jhcfg_upload, exec);

	if (!err)
		err = target_script_error(result);
	jhcfg_result_clear(result);
	finish(upload, err);
}

static int write_it(struct jhcfg_upload *upload)
{
	const char *const argv[] = { "sh",
				     "-c",
				     TARGET_WRITE_SCRIPT,
				     "sh",
				     upload->path,
				     upload->sum,
				     "600",
				     TARGET_WRITE_SIZE(upload->size),
				     NULL };

	upload->exec = (struct target_exec){
		.input = upload->data,
		.input_size = upload->size,
		.max = 4096,
		.done = written,
		.progress = sent_more,
	};
	return target_exec_start(&upload->exec, upload->target, argv,
				 upload->timeout_ms);
}

static void looked(struct target_exec *exec, int err,
		   struct jhcfg_result *result)
{
	struct jhcfg_upload *upload =
		target_container_of(exec, struct jhcfg_upload, exec);
	const bool there = !err && !result->status;

	jhcfg_result_clear(result);
	if (!err && !there)
		err = write_it(upload);
	if (err || there)
		finish(upload, err);
}

static int look(struct jhcfg_upload *upload)
{
	char size[24];
	const char *const argv[] = { "sh",	   "-c", is_there, "sh",
				     upload->path, size, NULL };

	snprintf(size, sizeof(size), "%zu", upload->size);
	upload->exec = (struct target_exec){ .max = 4096, .done = looked };
	return target_exec_start(&upload->exec, upload->target, argv,
				 upload->timeout_ms);
}

int jhcfg_upload_start(struct jhcfg_target *target,
		       const struct jhcfg_site *site, const char *name,
		       const void *data, size_t size, int timeout_ms,
		       const struct jhcfg_upload_handler *handler,
		       struct jhcfg_upload **upload)
{
	struct jhcfg_upload *new = calloc(1, sizeof(*new));
	char plain[64];
	int err = -ENOMEM;

	if (!new)
		return -ENOMEM;
	new->target = target;
	new->handler = *handler;
	new->data = data;
	new->size = size;
	new->timeout_ms = timeout_ms;
	SHA256Data(data, size, new->sum);
	target_plain_name(name, plain, sizeof(plain));
	if (asprintf(&new->path, "%s/%s-%s", site->folder, new->sum, plain) < 0)
		new->path = NULL;
	else
		err = look(new);
	if (err) {
		jhcfg_upload_free(new);
		return err;
	}
	*upload = new;
	return 0;
}

void jhcfg_upload_free(struct jhcfg_upload *upload)
{
	if (!upload)
		return;
	target_exec_cancel(&upload->exec);
	free(upload->path);
	free(upload);
}

/* --- at once -------------------------------------------------------------- */

struct wait {
	bool over;
	int error;
	char *path;
};

static void wait_done(struct jhcfg_upload *upload, void *user, int err,
		      const char *path)
{
	struct wait *wait = user;

	(void)upload;
	wait->over = true;
	wait->error = err;
	if (err)
		return;
	wait->path = strdup(path);
	if (!wait->path)
		wait->error = -ENOMEM;
}

int jhcfg_site_upload(struct jhcfg_target *target,
		      const struct jhcfg_site *site, const char *name,
		      const void *data, size_t size, int timeout_ms,
		      char **path)
{
	struct wait wait = { .over = false };
	const struct jhcfg_upload_handler handler = { .done = wait_done,
						      .user = &wait };
	struct jhcfg_upload *upload;
	int err = jhcfg_upload_start(target, site, name, data, size, timeout_ms,
				     &handler, &upload);

	if (err)
		return err;
	while (!wait.over && !err)
		err = jhcfg_target_dispatch(target, -1);
	jhcfg_upload_free(upload);
	if (!err)
		err = wait.error;
	if (err) {
		free(wait.path);
		return err;
	}
	*path = wait.path;
	return 0;
}
