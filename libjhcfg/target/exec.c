// SPDX-License-Identifier: LGPL-2.1-or-later
#include "target/exec.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Keeps room for a NUL. */
static int append(struct target_exec_buffer *buffer, const void *data,
		  size_t size, size_t max)
{
	size_t needed = buffer->size + size + 1;
	char *grown;

	if (size > max - buffer->size)
		return -EFBIG;
	if (needed > buffer->capacity) {
		size_t capacity = 2 * buffer->capacity + 256;

		if (capacity < needed)
			capacity = needed;
		grown = realloc(buffer->data, capacity);
		if (!grown)
			return -ENOMEM;
		buffer->data = grown;
		buffer->capacity = capacity;
	}
	memcpy(buffer->data + buffer->size, data, size);
	buffer->size += size;
	return 0;
}

/* A buffer that was never written to is an empty string. */
static int take(struct target_exec_buffer *buffer, char **data, size_t *size)
{
	if (!buffer->data && !(buffer->data = malloc(1)))
		return -ENOMEM;
	buffer->data[buffer->size] = 0;
	*data = buffer->data;
	*size = buffer->size;
	buffer->data = NULL;
	return 0;
}

static void drop_streams(struct target_exec *exec)
{
	for (int n = 0; n < 2; n++) {
		free(exec->streams[n].data);
		exec->streams[n] = (struct target_exec_buffer){ 0 };
	}
}

/* The last that is done with @exec: its user may free it in done(). */
static void finish(struct target_exec *exec, int err,
		   const struct jhcfg_job_end *end)
{
	struct jhcfg_result result = { .status = -1 };

	exec->job = NULL;
	if (!err) {
		result.status = end->status;
		result.signal = end->signal;
		err = take(&exec->streams[0], &result.output,
			   &result.output_size);
	}
	if (!err)
		err = take(&exec->streams[1], &result.errors,
			   &result.errors_size);
	if (err)
		jhcfg_result_clear(&result);
	drop_streams(exec);
	exec->done(exec, err, &result);
}

static void on_output(struct jhcfg_job *job, void *user,
		      enum jhcfg_stream stream, const void *data, size_t size)
{
	struct target_exec *exec = user;
	int err = append(&exec->streams[stream], data, size, exec->max);

	if (!err)
		return;
	jhcfg_job_cancel(job);
	finish(exec, err, NULL);
}

static void feed(struct jhcfg_job *job, void *user)
{
	struct target_exec *exec = user;
	const char *input = exec->input;
	size_t before = exec->sent, taken;

	while (exec->sent < exec->input_size) {
		taken = jhcfg_job_write(job, input + exec->sent,
					exec->input_size - exec->sent);
		if (!taken)
			break;
		exec->sent += taken;
	}
	if (exec->sent == exec->input_size)
		jhcfg_job_end_input(job);
	if (exec->progress && exec->sent != before)
		exec->progress(exec);
}

static void on_done(struct jhcfg_job *job, void *user,
		    const struct jhcfg_job_end *end)
{
	(void)job;
	finish(user, end->error, end);
}

int target_exec_start(struct target_exec *exec, struct jhcfg_target *target,
		      const char *const *argv, int timeout_ms)
{
	const struct jhcfg_job_handler handler = {
		.output = on_output,
		.writable = feed,
		.done = on_done,
		.user = exec,
	};
	int err;

	exec->sent = 0;
	memset(exec->streams, 0, sizeof(exec->streams));
	err = jhcfg_target_run(target, argv, timeout_ms, &handler, &exec->job);
	if (err) {
		exec->job = NULL;
		return err;
	}
	feed(exec->job, exec);
	return 0;
}

void target_exec_cancel(struct target_exec *exec)
{
	if (!exec->job)
		return;
	jhcfg_job_cancel(exec->job);
	exec->job = NULL;
	drop_streams(exec);
}
