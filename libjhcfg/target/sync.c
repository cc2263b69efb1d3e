// SPDX-License-Identifier: LGPL-2.1-or-later
/* The calls that wait: a loop of their own around the others. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "target/target.h"

#define DEFAULT_WAIT_MS 30000

int jhcfg_target_wait(struct jhcfg_target *target)
{
	/* the timer of the connection bounds it */
	while (target->state == JHCFG_TARGET_CONNECTING ||
	       target->state == JHCFG_TARGET_ASKING) {
		int err = jhcfg_target_dispatch(target, -1);

		if (err)
			return err;
		/* nobody answers while we wait, unless its ask() just did */
		if (target->state == JHCFG_TARGET_ASKING)
			jhcfg_target_answer(target, NULL);
	}
	return target->state == JHCFG_TARGET_READY ? 0 : -ECONNREFUSED;
}

/* --- commands ------------------------------------------------------------- */

struct buffer {
	char *data;
	size_t size, capacity;
};

struct run {
	const char *input;
	size_t input_left;
	struct buffer streams[2];
	size_t max;
	struct jhcfg_job *job;
	int error;
	bool over;
	struct jhcfg_job_end end;
};

/* Keeps room for a NUL. */
static int append(struct buffer *buffer, const void *data, size_t size,
		  size_t max)
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

static void run_output(struct jhcfg_job *job, void *user,
		       enum jhcfg_stream stream, const void *data, size_t size)
{
	struct run *run = user;

	run->error = append(&run->streams[stream], data, size, run->max);
	if (run->error) {
		run->over = true;
		jhcfg_job_cancel(job);
	}
}

static void run_feed(struct jhcfg_job *job, void *user)
{
	struct run *run = user;

	while (run->input_left) {
		size_t taken =
			jhcfg_job_write(job, run->input, run->input_left);

		if (!taken)
			return;
		run->input += taken;
		run->input_left -= taken;
	}
	jhcfg_job_end_input(job);
}

static void run_done(struct jhcfg_job *job, void *user,
		     const struct jhcfg_job_end *end)
{
	struct run *run = user;

	(void)job;
	run->over = true;
	run->end = *end;
	run->error = end->error;
}

/* A buffer that was never written to is an empty string. */
static int take(struct buffer *buffer, char **data, size_t *size)
{
	if (!buffer->data && !(buffer->data = malloc(1)))
		return -ENOMEM;
	buffer->data[buffer->size] = 0;
	*data = buffer->data;
	*size = buffer->size;
	return 0;
}

static int finish(struct run *run, struct jhcfg_result *result)
{
	struct jhcfg_result found = {
		.status = run->end.status,
		.signal = run->end.signal,
	};
	int err = run->error;

	if (!err)
		err = take(&run->streams[0], &found.output, &found.output_size);
	if (!err)
		err = take(&run->streams[1], &found.errors, &found.errors_size);
	if (err) {
		free(run->streams[0].data);
		free(run->streams[1].data);
		return err;
	}
	*result = found;
	return 0;
}

int jhcfg_target_exec(struct jhcfg_target *target, const char *const *argv,
		      const void *input, size_t input_size, size_t max,
		      int timeout_ms, struct jhcfg_result *result)
{
	struct run run = {
		.input = input,
		.input_left = input_size,
		.max = max,
	};
	const struct jhcfg_job_handler handler = {
		.output = run_output,
		.writable = run_feed,
		.done = run_done,
		.user = &run,
	};
	int err = jhcfg_target_run(target, argv,
				   timeout_ms ? timeout_ms : DEFAULT_WAIT_MS,
				   &handler, &run.job);

	if (err)
		return err;
	run_feed(run.job, &run);
	while (!run.over && !err)
		err = jhcfg_target_dispatch(target, -1);
	if (err && !run.over) {
		jhcfg_job_cancel(run.job);
		run.error = err;
	}
	return finish(&run, result);
}

void jhcfg_result_clear(struct jhcfg_result *result)
{
	free(result->output);
	free(result->errors);
	*result = (struct jhcfg_result){ 0 };
}
