// SPDX-License-Identifier: LGPL-2.1-or-later
#include "target/target.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What a job keeps of its input until the target takes it. */
#define INPUT_MAX ((size_t)1 << 18)

static void link_job(struct jhcfg_target *target, struct jhcfg_job *job)
{
	job->next = target->jobs;
	job->link = &target->jobs;
	if (job->next)
		job->next->link = &job->next;
	target->jobs = job;
}

static void free_job(struct jhcfg_job *job)
{
	target_set_timer(job->target, &job->timer, -1);
	*job->link = job->next;
	if (job->next)
		job->next->link = job->link;
	free(job->input);
	free(job);
}

static void job_expired(struct target_timer *timer)
{
	struct jhcfg_job *job =
		target_container_of(timer, struct jhcfg_job, timer);
	struct jhcfg_target *target = job->target;
	const struct jhcfg_job_end end = { .error = -ETIMEDOUT, .status = -1 };

	target->backend->cancel(target->self, job);
	target_job_done(job, &end);
}

int jhcfg_target_run(struct jhcfg_target *target, const char *const *argv,
		     int timeout_ms, const struct jhcfg_job_handler *handler,
		     struct jhcfg_job **job)
{
	struct jhcfg_job *new_job;
	int err;

	if (!target->backend->run)
		return -EOPNOTSUPP;
	if (target->state != JHCFG_TARGET_READY)
		return -ENOTCONN;
	if (!argv[0])
		return -EINVAL;
	new_job = calloc(1, sizeof(*new_job) + target->backend->job_size);
	if (!new_job)
		return -ENOMEM;
	new_job->target = target;
	new_job->timer.expired = job_expired;
	if (handler)
		new_job->handler = *handler;
	link_job(target, new_job);
	err = target->backend->run(target->self, argv, new_job);
	if (err) {
		free_job(new_job);
		return err;
	}
	if (timeout_ms > 0)
		target_set_timer(target, &new_job->timer, timeout_ms);
	if (job)
		*job = new_job;
	return 0;
}

/* Makes room behind what waits. */
static size_t input_space(struct jhcfg_job *job)
{
	if (!job->input)
		job->input = malloc(INPUT_MAX);
	if (!job->input)
		return 0;
	if (job->input_start) {
		job->input_end -= job->input_start;
		memmove(job->input, job->input + job->input_start,
			job->input_end);
		job->input_start = 0;
	}
	return INPUT_MAX - job->input_end;
}

size_t jhcfg_job_write(struct jhcfg_job *job, const void *data, size_t size)
{
	size_t space;

	if (job->input_closed || !size)
		return 0;
	space = input_space(job);
	job->refused = size > space;
	if (size > space)
		size = space;
	memcpy(job->input + job->input_end, data, size);
	job->input_end += size;
	job->target->backend->feed(job->target->self, job);
	return size;
}

void jhcfg_job_end_input(struct jhcfg_job *job)
{
	if (job->input_closed)
		return;
	job->input_closed = true;
	job->target->backend->feed(job->target->self, job);
}

void jhcfg_job_cancel(struct jhcfg_job *job)
{
	job->target->backend->cancel(job->target->self, job);
	if (job->calls)
		job->cancelled = true;
	else
		free_job(job);
}

void target_end_jobs(struct jhcfg_target *target, int error)
{
	const struct jhcfg_job_end end = { .error = error, .status = -1 };

	/* done() may start none: the target is not READY */
	while (target->jobs) {
		struct jhcfg_job *job = target->jobs;

		target->backend->cancel(target->self, job);
		target_job_done(job, &end);
	}
}

/* --- for back ends -------------------------------------------------------- */

void *target_job_private(struct jhcfg_job *job)
{
	return job->private;
}

/* Behind a call of the handler, which may have cancelled the job. */
static bool still_there(struct jhcfg_job *job)
{
	if (--job->calls || !job->cancelled)
		return !job->cancelled;
	free_job(job);
	return false;
}

bool target_job_output(struct jhcfg_job *job, enum jhcfg_stream stream,
		       const void *data, size_t size)
{
	if (!job->handler.output || !size)
		return true;
	job->calls++;
	job->handler.output(job, job->handler.user, stream, data, size);
	return still_there(job);
}

const void *target_job_input(struct jhcfg_job *job, size_t *size)
{
	*size = job->input_end - job->input_start;
	return *size ? job->input + job->input_start : NULL;
}

bool target_job_consumed(struct jhcfg_job *job, size_t size)
{
	job->input_start += size;
	if (!job->refused || job->input_start != job->input_end)
		return true;
	job->refused = false;
	if (!job->handler.writable)
		return true;
	job->calls++;
	job->handler.writable(job, job->handler.user);
	return still_there(job);
}

bool target_job_input_ended(struct jhcfg_job *job)
{
	return job->input_closed && job->input_start == job->input_end;
}

void target_job_done(struct jhcfg_job *job, const struct jhcfg_job_end *end)
{
	const struct jhcfg_job_handler handler = job->handler;

	if (handler.done)
		handler.done(job, handler.user, end);
	free_job(job);
}
