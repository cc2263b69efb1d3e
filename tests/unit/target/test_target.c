// SPDX-License-Identifier: GPL-2.0-or-later
/* Commands, the same over every kind of target that runs them. */
#include "places.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUN(target, result, ...)                                               \
	jhcfg_target_exec(target, (const char *const[]){ __VA_ARGS__, NULL },  \
			  NULL, 0, 1 << 20, 0, result)

static void test_exec_streams_and_status_are_told(void **state)
{
	struct jhcfg_target *target = target_of(state);
	struct jhcfg_result result;

	assert_int_equal(RUN(target, &result, "sh", "-c",
			     "echo out; echo err >&2; exit 7"),
			 0);
	assert_int_equal(result.status, 7);
	assert_string_equal(result.output, "out\n");
	assert_string_equal(result.errors, "err\n");
	jhcfg_result_clear(&result);
}

static void test_exec_arguments_arrive_byte_exact(void **state)
{
	static const char *const words[] = {
		"plain", "",	   "two words", "it's",		"\"quoted\"",
		"$(id)", "`id`",   "$HOME",	"a\nb",		"-n",
		"--",	 "*",	   "~",		";true",	"\\",
		"\t",	 "a\\\nb", "#x",	"\xc3\xa4\xff", "!1",
	};
	struct jhcfg_target *target = target_of(state);
	const char *argv[32] = { "printf", "%s\\0" };
	size_t count = sizeof(words) / sizeof(*words), at = 0;
	struct jhcfg_result result;

	memcpy(argv + 2, words, sizeof(words));
	assert_int_equal(
		jhcfg_target_exec(target, argv, NULL, 0, 1 << 16, 0, &result),
		0);
	assert_int_equal(result.status, 0);
	for (size_t n = 0; n < count; n++) {
		assert_true(at < result.output_size);
		assert_string_equal(result.output + at, words[n]);
		at += strlen(words[n]) + 1;
	}
	assert_int_equal(at, result.output_size);
	jhcfg_result_clear(&result);
}

static void test_exec_input_of_megabytes_comes_back(void **state)
{
	struct jhcfg_target *target = target_of(state);
	const char *const argv[] = { "cat", NULL };
	size_t size = 3000001;
	unsigned char *data = malloc(size);
	struct jhcfg_result result;

	assert_non_null(data);
	for (size_t n = 0; n < size; n++)
		data[n] = (unsigned char)(n * 31 >> 3);
	assert_int_equal(
		jhcfg_target_exec(target, argv, data, size, size, 0, &result),
		0);
	assert_int_equal(result.output_size, size);
	assert_memory_equal(result.output, data, size);
	jhcfg_result_clear(&result);
	free(data);
}

static void test_exec_input_that_nobody_reads_is_dropped(void **state)
{
	struct jhcfg_target *target = target_of(state);
	const char *const argv[] = { "true", NULL };
	size_t size = 2000000;
	char *data = calloc(1, size);
	struct jhcfg_result result;

	assert_int_equal(
		jhcfg_target_exec(target, argv, data, size, 10, 0, &result), 0);
	assert_int_equal(result.status, 0);
	jhcfg_result_clear(&result);
	free(data);
}

static void test_exec_too_much_output_is_refused(void **state)
{
	struct jhcfg_target *target = target_of(state);
	const char *const endless[] = { "yes", NULL };
	struct jhcfg_result result;

	assert_int_equal(
		jhcfg_target_exec(target, endless, NULL, 0, 100000, 0, &result),
		-EFBIG);
	/* and the target goes on */
	assert_int_equal(RUN(target, &result, "echo", "on"), 0);
	assert_string_equal(result.output, "on\n");
	jhcfg_result_clear(&result);
}

static void test_exec_endless_command_times_out(void **state)
{
	struct jhcfg_target *target = target_of(state);
	const char *const endless[] = { "sleep", "1000", NULL };
	struct jhcfg_result result;

	assert_int_equal(
		jhcfg_target_exec(target, endless, NULL, 0, 100, 50, &result),
		-ETIMEDOUT);
}

static void note_end(struct jhcfg_job *job, void *user,
		     const struct jhcfg_job_end *end)
{
	(void)job;
	*(int *)user = end->error;
}

/* Who has a loop of his own knows of a time-out by the descriptor alone. */
static void test_descriptor_tells_of_a_time_out(void **state)
{
	static const char *const endless[] = { "sh", "-c",
					       "while :; do sleep 1; done",
					       NULL };
	struct jhcfg_target *target = target_of(state);
	struct pollfd watched = { .events = POLLIN };
	int error = 0;
	const struct jhcfg_job_handler handler = {
		.done = note_end,
		.user = &error,
	};
	struct jhcfg_job *job;

	assert_int_equal(jhcfg_target_run(target, endless, 50, &handler, &job),
			 0);
	watched.fd = jhcfg_target_fd(target);
	while (!error && poll(&watched, 1, 60000) == 1)
		jhcfg_target_dispatch(target, 0);
	assert_int_equal(error, -ETIMEDOUT);
}

static void test_exec_signal_is_no_success(void **state)
{
	struct jhcfg_target *target = target_of(state);
	struct jhcfg_result result;

	assert_int_equal(RUN(target, &result, "sh", "-c", "kill -9 $$"), 0);
	assert_int_not_equal(result.status, 0);
	jhcfg_result_clear(&result);
}

static void test_exec_unknown_command_is_told(void **state)
{
	struct jhcfg_target *target = target_of(state);
	struct jhcfg_result result;
	int err = RUN(target, &result, "no-such-command-here");

	if (err) {
		assert_int_equal(err, -ENOENT);
		return;
	}
	assert_int_equal(result.status, 127);
	jhcfg_result_clear(&result);
}

/* --- several at once ------------------------------------------------------ */

struct counter {
	int done;
	size_t bytes;
};

static void count_output(struct jhcfg_job *job, void *user,
			 enum jhcfg_stream stream, const void *data,
			 size_t size)
{
	struct counter *counter = user;

	(void)job;
	(void)stream;
	(void)data;
	counter->bytes += size;
}

static void count_done(struct jhcfg_job *job, void *user,
		       const struct jhcfg_job_end *end)
{
	struct counter *counter = user;

	(void)job;
	assert_int_equal(end->error, 0);
	assert_int_equal(end->status, 0);
	counter->done++;
}

static void test_jobs_run_beside_each_other(void **state)
{
	struct jhcfg_target *target = target_of(state);
	const char *const argv[] = { "sh", "-c", "read x; echo $x", NULL };
	struct counter counter = { 0 };
	const struct jhcfg_job_handler handler = {
		.output = count_output,
		.done = count_done,
		.user = &counter,
	};
	struct jhcfg_job *jobs[8];

	for (int n = 0; n < 8; n++)
		assert_int_equal(jhcfg_target_run(target, argv, 120000,
						  &handler, &jobs[n]),
				 0);
	/* the last one is fed first: none waits for another */
	for (int n = 7; n >= 0; n--) {
		assert_int_equal(jhcfg_job_write(jobs[n], "abc\n", 4), 4);
		while (counter.done < 8 - n)
			assert_int_equal(jhcfg_target_dispatch(target, 20000),
					 0);
	}
	assert_int_equal(counter.bytes, 8 * 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE_TEST(test_exec_streams_and_status_are_told),
		PLACE_TEST(test_exec_arguments_arrive_byte_exact),
		PLACE_TEST(test_exec_input_of_megabytes_comes_back),
		PLACE_TEST(test_exec_input_that_nobody_reads_is_dropped),
		PLACE_TEST(test_exec_too_much_output_is_refused),
		PLACE_TEST(test_exec_endless_command_times_out),
		PLACE_TEST(test_descriptor_tells_of_a_time_out),
		PLACE_TEST(test_exec_signal_is_no_success),
		PLACE_TEST(test_exec_unknown_command_is_told),
		PLACE_TEST(test_jobs_run_beside_each_other),
	};

	return over_all_places(tests, sizeof(tests) / sizeof(*tests));
}
