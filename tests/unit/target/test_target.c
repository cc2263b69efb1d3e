// SPDX-License-Identifier: GPL-2.0-or-later
/* The same behaviour over every kind of target that runs commands. */
#include "cmocka_all.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jhcfg/target.h>

#include "sshd.h"

struct place {
	const char *name;
	bool ssh;
	enum sshd_kind kind;
	struct sshd sshd;
	struct jhcfg_target *target;
	char folder[64]; /* to play in, on the target */
};

static void trust(struct jhcfg_target *target, void *user,
		  enum jhcfg_question question, const char *prompt)
{
	(void)user;
	(void)prompt;
	jhcfg_target_answer(target, question == JHCFG_ASK_TRUST ? "yes" : NULL);
}

static int open_place(void **state)
{
	struct place *place = *state;
	struct jhcfg_target_options options = { .handler.ask = trust };
	const char *name = "local";

	if (place->ssh && !sshd_is_installed(place->kind))
		return 0;
	if (place->ssh) {
		sshd_start(&place->sshd, place->kind);
		options.known_hosts = place->sshd.known_hosts;
		options.identity = place->sshd.identity;
		options.ssh_config = "/dev/null";
		name = place->sshd.name;
	}
	assert_int_equal(
		jhcfg_target_open(name, &options, NULL, &place->target), 0);
	if (jhcfg_target_wait(place->target))
		fail_msg("%s", jhcfg_target_reason(place->target));
	strcpy(place->folder, "/tmp/jhw-target-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	return 0;
}

static int close_place(void **state)
{
	struct place *place = *state;
	char command[128];

	if (!place->target)
		return 0;
	jhcfg_target_close(place->target);
	place->target = NULL;
	if (place->ssh)
		sshd_stop(&place->sshd);
	snprintf(command, sizeof(command), "rm -rf %s", place->folder);
	return system(command);
}

static struct jhcfg_target *target_of(void **state)
{
	struct place *place = *state;

	if (!place->target) {
		print_message("skipped: its server is not installed; "
			      "./jhw setup\n");
		skip();
	}
	return place->target;
}

/* A path in the folder; valid until the next but one call. */
static const char *path_of(void **state, const char *name)
{
	static char paths[2][512];
	static int which;
	struct place *place = *state;

	which = !which;
	snprintf(paths[which], sizeof(paths[which]), "%s/%s", place->folder,
		 name);
	return paths[which];
}

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
		assert_int_equal(jhcfg_target_run(target, argv, 20000, &handler,
						  &jobs[n]),
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

/* --- files ---------------------------------------------------------------- */

static void write_text(struct jhcfg_target *target, const char *path,
		       const char *text)
{
	assert_int_equal(
		jhcfg_target_write(target, path, text, strlen(text), 0600, 0),
		0);
}

static void test_file_written_is_read_back(void **state)
{
	struct jhcfg_target *target = target_of(state);
	static const char data[] = "a\0b\xff\n\n";
	const char *path = path_of(state, "it's a $(file)");
	struct stat st;
	void *back;
	size_t size;

	assert_int_equal(
		jhcfg_target_write(target, path, data, sizeof(data), 0640, 0),
		0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(jhcfg_target_read(target, path, 100, &back, &size), 0);
	assert_int_equal(size, sizeof(data));
	assert_memory_equal(back, data, size);
	free(back);
	assert_int_equal(jhcfg_target_read(target, path, 3, &back, &size),
			 -EFBIG);
}

static void test_file_write_that_fails_leaves_the_old(void **state)
{
	struct jhcfg_target *target = target_of(state);
	char **names;

	write_text(target, path_of(state, "kept"), "old");
	assert_int_not_equal(jhcfg_target_write(target,
						path_of(state, "kept/below"),
						"new", 3, 0600, 0),
			     0);
	assert_int_equal(jhcfg_target_write(target,
					    path_of(state, "none/below"), "new",
					    3, 0600, 0),
			 -ENOENT);
	assert_int_equal(mkdir(path_of(state, "dir"), 0700), 0);
	assert_int_equal(jhcfg_target_write(target, path_of(state, "dir"),
					    "new", 3, 0600, 0),
			 -EISDIR);
	/* and no rest of an attempt */
	assert_int_equal(jhcfg_target_list(target, path_of(state, ""), &names),
			 0);
	for (size_t n = 0; names[n]; n++)
		assert_null(strstr(names[n], ".part"));
	jhcfg_names_free(names);
}

/* Root's upload would put a file in the place of a device of the system. */
static void test_file_write_onto_a_device_or_pipe_is_refused(void **state)
{
	struct jhcfg_target *target = target_of(state);
	struct stat before, after;
	const char *pipe = path_of(state, "pipe");

	assert_int_equal(mkfifo(pipe, 0644), 0);
	assert_int_equal(symlink("/dev/null", path_of(state, "link")), 0);
	assert_int_equal(jhcfg_target_write(target, pipe, "new", 3, 0600, 0),
			 -EEXIST);
	assert_int_equal(stat(pipe, &after), 0);
	assert_true(S_ISFIFO(after.st_mode));
	assert_int_equal(after.st_mode & 07777, 0644);

	assert_int_equal(stat("/dev/null", &before), 0);
	assert_int_equal(jhcfg_target_write(target, path_of(state, "link"),
					    "new", 3, 0600, 0),
			 -EEXIST);
	assert_int_equal(stat("/dev/null", &after), 0);
	assert_int_equal(after.st_mode, before.st_mode);
}

static void test_file_errors_are_told(void **state)
{
	struct jhcfg_target *target = target_of(state);
	struct jhcfg_stat st;
	char **names;
	void *data;
	size_t size;

	assert_int_equal(jhcfg_target_read(target, path_of(state, "nothing"),
					   10, &data, &size),
			 -ENOENT);
	assert_int_equal(
		jhcfg_target_read(target, path_of(state, ""), 10, &data, &size),
		-EISDIR);
	assert_int_equal(
		jhcfg_target_stat(target, path_of(state, "nothing"), &st),
		-ENOENT);
	assert_int_equal(
		jhcfg_target_list(target, path_of(state, "nothing"), &names),
		-ENOENT);
	write_text(target, path_of(state, "file"), "12345");
	assert_int_equal(
		jhcfg_target_list(target, path_of(state, "file"), &names),
		-ENOTDIR);
	assert_int_equal(jhcfg_target_stat(target, path_of(state, "file"), &st),
			 0);
	assert_int_equal(st.kind, JHCFG_FILE_REGULAR);
	assert_int_equal(st.size, 5);
	assert_int_equal(jhcfg_target_stat(target, "/dev/null", &st), 0);
	assert_int_equal(st.kind, JHCFG_FILE_OTHER);
}

static void test_list_odd_names_are_sorted(void **state)
{
	static const char *const names[] = {
		"-n", ".hidden", "..odd", "a\nb", "b c", "it's", "*", NULL,
	};
	static const char *const sorted[] = {
		"*", "-n", "..odd", ".hidden", "a\nb", "b c", "it's",
	};
	struct jhcfg_target *target = target_of(state);
	char **found;

	assert_int_equal(mkdir(path_of(state, "odd"), 0700), 0);
	for (size_t n = 0; names[n]; n++) {
		char name[32];

		snprintf(name, sizeof(name), "odd/%s", names[n]);
		write_text(target, path_of(state, name), "");
	}
	assert_int_equal(
		jhcfg_target_list(target, path_of(state, "odd"), &found), 0);
	for (size_t n = 0; n < 7; n++)
		assert_string_equal(found[n], sorted[n]);
	assert_null(found[7]);
	jhcfg_names_free(found);
}

static void test_tree_is_read_at_once(void **state)
{
	struct jhcfg_target *target = target_of(state);
	struct place *place = *state;
	const char *const roots[] = { place->folder, "/no/such/folder", NULL };
	const char *const skip[] = { "b", "core", NULL };
	struct jhcfg_tree_request request = { roots, NULL, 3, 100000, NULL };
	const struct jhcfg_tree_file *file;
	struct jhcfg_tree *tree;

	assert_int_equal(mkdir(path_of(state, "a"), 0700), 0);
	assert_int_equal(mkdir(path_of(state, "a/b"), 0700), 0);
	write_text(target, path_of(state, "one"), "1\n");
	write_text(target, path_of(state, "a/two words"), "first\nlast");
	write_text(target, path_of(state, "a/empty"), "");
	write_text(target, path_of(state, "a/b/deep"), "\\n %s $x\n\n");
	assert_int_equal(symlink(place->folder, path_of(state, "loop")), 0);

	assert_int_equal(jhcfg_target_read_tree(target, &request, &tree), 0);
	assert_int_equal(jhcfg_tree_count(tree), 4);
	file = jhcfg_tree_find(tree, path_of(state, "one"));
	assert_non_null(file);
	assert_string_equal(file->text, "1\n");
	file = jhcfg_tree_find(tree, path_of(state, "a/two words"));
	assert_string_equal(file->text, "first\nlast");
	file = jhcfg_tree_find(tree, path_of(state, "a/b/deep"));
	assert_string_equal(file->text, "\\n %s $x\n\n");
	file = jhcfg_tree_find(tree, path_of(state, "a/empty"));
	assert_int_equal(file->size, 0);
	assert_null(jhcfg_tree_at(tree, 4));
	jhcfg_tree_free(tree);

	request.skip = skip;
	assert_int_equal(jhcfg_target_read_tree(target, &request, &tree), 0);
	assert_int_equal(jhcfg_tree_count(tree), 3);
	assert_null(jhcfg_tree_find(tree, path_of(state, "a/b/deep")));
	jhcfg_tree_free(tree);

	request.depth = 1;
	assert_int_equal(jhcfg_target_read_tree(target, &request, &tree), 0);
	assert_int_equal(jhcfg_tree_count(tree), 1);
	jhcfg_tree_free(tree);
	request.depth = 3;
	request.max = 10;
	assert_int_equal(jhcfg_target_read_tree(target, &request, &tree),
			 -EFBIG);
}

struct look {
	bool over;
	int error;
};

static void look_done(struct jhcfg_reading *reading, void *user, int error)
{
	struct look *look = user;

	(void)reading;
	look->over = true;
	look->error = error;
}

static int look_again(struct jhcfg_target *target,
		      struct jhcfg_reading *reading, struct look *look)
{
	look->over = false;
	assert_int_equal(jhcfg_reading_start(reading, 20000), 0);
	while (!look->over)
		assert_int_equal(jhcfg_target_dispatch(target, -1), 0);
	assert_false(jhcfg_reading_busy(reading));
	return look->error;
}

static void test_tree_is_read_again_and_again(void **state)
{
	struct jhcfg_target *target = target_of(state);
	struct place *place = *state;
	const char *const roots[] = { place->folder, NULL };
	struct jhcfg_tree_request request = { .paths = roots,
					      .depth = 2,
					      .max = 100000 };
	struct jhcfg_reading *reading;
	struct look look;
	char text[20000];

	assert_int_equal(
		jhcfg_reading_new(target, &request, look_done, &look, &reading),
		0);
	/* longer than what is printed at once, and with no end of a line */
	memset(text, 'x', sizeof(text));
	for (size_t n = 0; n < 10; n++) {
		const struct jhcfg_tree_file *file;

		text[sizeof(text) - 1 - n * 1000] = 0;
		write_text(target, path_of(state, "one"), text);
		assert_int_equal(look_again(target, reading, &look), 0);
		file = jhcfg_tree_find(jhcfg_reading_tree(reading),
				       path_of(state, "one"));
		assert_non_null(file);
		assert_string_equal(file->text, text);
		assert_int_equal(jhcfg_tree_count(jhcfg_reading_tree(reading)),
				 1);
	}
	/* what is too much does not end it; but dropbear now and then ends the
	 * connection when a channel is closed on it (see ssh_job.c) */
	if (!place->ssh || place->kind != SSHD_DROPBEAR) {
		request.max = 100;
		assert_int_equal(look_again(target, reading, &look), -EFBIG);
		request.max = 100000;
		assert_int_equal(look_again(target, reading, &look), 0);
	}
	jhcfg_reading_free(reading);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, open_place, close_place)
		CASE(test_exec_streams_and_status_are_told),
		CASE(test_exec_arguments_arrive_byte_exact),
		CASE(test_exec_input_of_megabytes_comes_back),
		CASE(test_exec_input_that_nobody_reads_is_dropped),
		CASE(test_exec_too_much_output_is_refused),
		CASE(test_exec_endless_command_times_out),
		CASE(test_descriptor_tells_of_a_time_out),
		CASE(test_exec_signal_is_no_success),
		CASE(test_exec_unknown_command_is_told),
		CASE(test_jobs_run_beside_each_other),
		CASE(test_file_written_is_read_back),
		CASE(test_file_write_that_fails_leaves_the_old),
		CASE(test_file_write_onto_a_device_or_pipe_is_refused),
		CASE(test_file_errors_are_told),
		CASE(test_list_odd_names_are_sorted),
		CASE(test_tree_is_read_at_once),
		CASE(test_tree_is_read_again_and_again),
	};
	static struct place places[] = {
		{ .name = "local" },
		{ .name = "openssh", .ssh = true, .kind = SSHD_OPENSSH },
		{ .name = "dropbear", .ssh = true, .kind = SSHD_DROPBEAR },
	};
	int failed = 0;

	for (size_t p = 0; p < sizeof(places) / sizeof(*places); p++) {
		struct CMUnitTest here[sizeof(tests) / sizeof(*tests)];

		memcpy(here, tests, sizeof(tests));
		for (size_t n = 0; n < sizeof(tests) / sizeof(*tests); n++)
			here[n].initial_state = &places[p];
		print_message("over %s\n", places[p].name);
		failed += cmocka_run_group_tests_name(places[p].name, here,
						      NULL, NULL);
	}
	return failed;
}
