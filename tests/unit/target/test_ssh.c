// SPDX-License-Identifier: GPL-2.0-or-later
/* What only a connection can get wrong. */
#include "cmocka_all.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/target.h>

#include "sshd.h"

static struct sshd sshd;

struct asked {
	const char *answer;
	int questions;
	enum jhcfg_question question;
	char prompt[512];
};

static void on_ask(struct jhcfg_target *target, void *user,
		   enum jhcfg_question question, const char *prompt)
{
	struct asked *asked = user;

	asked->questions++;
	asked->question = question;
	snprintf(asked->prompt, sizeof(asked->prompt), "%s", prompt);
	jhcfg_target_answer(target, asked->answer);
}

/* Opens it and waits; what came of that is its state. */
static struct jhcfg_target *open_target(struct asked *asked,
					const char *identity)
{
	const struct jhcfg_target_options options = {
		.handler = { .ask = on_ask, .user = asked },
		.known_hosts = sshd.known_hosts,
		.identity = identity ? identity : sshd.identity,
		.ssh_config = "/dev/null",
		.timeout_ms = 120000,
	};
	struct jhcfg_target *target;

	assert_int_equal(jhcfg_target_open(sshd.name, &options, NULL, &target),
			 0);
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_CONNECTING);
	jhcfg_target_wait(target);
	return target;
}

static int start(void **state)
{
	(void)state;
	sshd_start(&sshd, SSHD_OPENSSH);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	sshd_stop(&sshd);
	return 0;
}

static void run_true(struct jhcfg_target *target)
{
	const char *const argv[] = { "true", NULL };
	struct jhcfg_result result;

	assert_int_equal(
		jhcfg_target_exec(target, argv, NULL, 0, 10, 0, &result), 0);
	assert_int_equal(result.status, 0);
	jhcfg_result_clear(&result);
}

static void test_unknown_host_trusted_is_known_then(void **state)
{
	struct asked asked = { .answer = "yes" };
	struct jhcfg_target *target = open_target(&asked, NULL);

	(void)state;
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_READY);
	assert_int_equal(asked.questions, 1);
	assert_int_equal(asked.question, JHCFG_ASK_TRUST);
	assert_non_null(strstr(asked.prompt, "SHA256:"));
	jhcfg_target_close(target);

	target = open_target(&asked, NULL);
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_READY);
	assert_int_equal(asked.questions, 1);
	jhcfg_target_close(target);
}

static void test_unknown_host_not_trusted_is_left(void **state)
{
	struct asked asked = { .answer = "no" };
	struct jhcfg_target *target = open_target(&asked, NULL);

	(void)state;
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_LOST);
	assert_non_null(strstr(jhcfg_target_reason(target), "not trusted"));
	jhcfg_target_close(target);
}

/* Does what the reason says: the command from "ssh-keygen" up to a semicolon.
 */
static void take_remedy(const struct jhcfg_target *target)
{
	const char *reason = jhcfg_target_reason(target);
	const char *from = strstr(reason, "ssh-keygen");
	char command[512];

	assert_non_null(from);
	snprintf(command, sizeof(command), "%.*s >%s/keygen.log 2>&1",
		 (int)strcspn(from, ";"), from, sshd.folder);
	assert_int_equal(system(command), 0);
}

static void test_changed_key_is_refused_with_the_remedy(void **state)
{
	struct asked asked = { .answer = "yes" };

	(void)state;
	jhcfg_target_close(open_target(&asked, NULL));
	sshd_change_key(&sshd);
	asked.questions = 0;

	struct jhcfg_target *target = open_target(&asked, NULL);

	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_LOST);
	assert_int_equal(asked.questions, 0);
	assert_non_null(strstr(jhcfg_target_reason(target), "has changed"));
	take_remedy(target);
	jhcfg_target_close(target);
	target = open_target(&asked, NULL);
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_READY);
	assert_int_equal(asked.questions, 1);
	jhcfg_target_close(target);
}

static void test_foreign_key_is_not_let_in(void **state)
{
	struct asked asked = { .answer = "yes" };
	char other[128], command[256];

	(void)state;
	snprintf(other, sizeof(other), "%s/other", sshd.folder);
	snprintf(command, sizeof(command),
		 "ssh-keygen -q -t ed25519 -N '' -f %s", other);
	assert_int_equal(system(command), 0);

	struct jhcfg_target *target = open_target(&asked, other);

	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_LOST);
	assert_non_null(strstr(jhcfg_target_reason(target), "let us in"));
	jhcfg_target_close(target);
}

static void test_nobody_listens_is_told(void **state)
{
	const struct jhcfg_target_options options = { .ssh_config =
							      "/dev/null" };
	struct jhcfg_target *target;

	(void)state;
	/* port 1 of this machine: refused at once */
	assert_int_equal(
		jhcfg_target_open("ssh://127.0.0.1:1", &options, NULL, &target),
		0);
	assert_int_equal(jhcfg_target_wait(target), -ECONNREFUSED);
	assert_non_null(strstr(jhcfg_target_reason(target), "no connection"));
	jhcfg_target_close(target);
}

static void remember_end(struct jhcfg_job *job, void *user,
			 const struct jhcfg_job_end *end)
{
	(void)job;
	*(int *)user = end->error;
}

static void test_cut_connection_ends_jobs_and_comes_back(void **state)
{
	struct asked asked = { .answer = "yes" };
	struct jhcfg_target *target = open_target(&asked, NULL);
	const char *const argv[] = { "sleep", "1000", NULL };
	int error = 1;
	const struct jhcfg_job_handler handler = { .done = remember_end,
						   .user = &error };

	(void)state;
	assert_int_equal(jhcfg_target_run(target, argv, 0, &handler, NULL), 0);
	run_true(target);
	sshd_cut(&sshd);
	while (error == 1)
		assert_int_equal(jhcfg_target_dispatch(target, 10000), 0);
	assert_int_equal(error, -ECONNRESET);
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_LOST);
	assert_int_equal(jhcfg_target_run(target, argv, 0, NULL, NULL),
			 -ENOTCONN);

	assert_int_equal(jhcfg_target_reconnect(target), 0);
	assert_int_equal(jhcfg_target_wait(target), 0);
	run_true(target);
	jhcfg_target_close(target);
}

/* Nothing else goes on. It is not looked at over and over until then. */
static void test_cut_connection_that_is_idle_is_noticed(void **state)
{
	struct asked asked = { .answer = "yes" };
	struct jhcfg_target *target = open_target(&asked, NULL);
	unsigned int times = 0;

	(void)state;
	sshd_cut(&sshd);
	while (jhcfg_target_state(target) == JHCFG_TARGET_READY) {
		assert_int_equal(jhcfg_target_dispatch(target, 10000), 0);
		times++;
	}
	assert_in_range(times, 1, 50);
	assert_non_null(strstr(jhcfg_target_reason(target), "closed"));
	jhcfg_target_close(target);
}

static void leave_open(struct jhcfg_target *target, void *user,
		       enum jhcfg_question question, const char *prompt)
{
	(void)target;
	(void)user;
	(void)question;
	(void)prompt;
}

static void test_connection_cut_at_a_question_is_noticed(void **state)
{
	const struct jhcfg_target_options options = {
		.handler.ask = leave_open,
		.known_hosts = sshd.known_hosts,
		.ssh_config = "/dev/null",
	};
	struct jhcfg_target *target;

	(void)state;
	assert_int_equal(jhcfg_target_open(sshd.name, &options, NULL, &target),
			 0);
	while (jhcfg_target_state(target) == JHCFG_TARGET_CONNECTING)
		assert_int_equal(jhcfg_target_dispatch(target, -1), 0);
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_ASKING);
	sshd_cut(&sshd);
	jhcfg_target_answer(target, "yes");
	while (jhcfg_target_state(target) == JHCFG_TARGET_CONNECTING)
		assert_int_equal(jhcfg_target_dispatch(target, -1), 0);
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_LOST);
	jhcfg_target_close(target);
}

static void count_trees(struct jhcfg_reading *reading, void *user, int error)
{
	(void)reading;
	*(int *)user = error;
}

/* The command that waits for the next time goes with the connection. */
static void test_reading_goes_on_over_a_new_connection(void **state)
{
	static const char *const paths[] = { "/proc/version", NULL };
	static const struct jhcfg_tree_request request = { .paths = paths,
							   .depth = 1,
							   .max = 65536 };
	struct asked asked = { .answer = "yes" };
	struct jhcfg_target *target = open_target(&asked, NULL);
	struct jhcfg_reading *reading;
	int error;

	(void)state;
	assert_int_equal(jhcfg_reading_new(target, &request, count_trees,
					   &error, &reading),
			 0);
	for (int n = 0; n < 3; n++) {
		error = 1;
		assert_int_equal(jhcfg_reading_start(reading, 120000), 0);
		while (error == 1)
			assert_int_equal(jhcfg_target_dispatch(target, -1), 0);
		assert_int_equal(error, 0);
		assert_int_equal(jhcfg_tree_count(jhcfg_reading_tree(reading)),
				 1);
		sshd_cut(&sshd);
		while (jhcfg_target_state(target) == JHCFG_TARGET_READY)
			assert_int_equal(jhcfg_target_dispatch(target, 10000),
					 0);
		assert_int_equal(jhcfg_reading_start(reading, 0), -ENOTCONN);
		assert_int_equal(jhcfg_target_reconnect(target), 0);
		assert_int_equal(jhcfg_target_wait(target), 0);
	}
	jhcfg_reading_free(reading);
	jhcfg_target_close(target);
}

/* Who looks finds out what else there is to look at. */
static void test_reading_of_changed_paths_reads_these(void **state)
{
	const char *paths[] = { "/proc/version", NULL, NULL };
	const struct jhcfg_tree_request request = { .paths = paths,
						    .depth = 1,
						    .max = 65536 };
	struct asked asked = { .answer = "yes" };
	struct jhcfg_target *target = open_target(&asked, NULL);
	struct jhcfg_reading *reading;
	char hostile[160];
	int error;

	(void)state;
	snprintf(hostile, sizeof(hostile), "%s/it's \\a $(file)", sshd.folder);
	assert_int_equal(jhcfg_file_write(hostile, "text", 4), 0);
	assert_int_equal(jhcfg_reading_new(target, &request, count_trees,
					   &error, &reading),
			 0);
	for (size_t count = 1; count <= 2; count++) {
		error = 1;
		assert_int_equal(jhcfg_reading_start(reading, 120000), 0);
		while (error == 1)
			assert_int_equal(jhcfg_target_dispatch(target, -1), 0);
		assert_int_equal(error, 0);
		assert_int_equal(jhcfg_tree_count(jhcfg_reading_tree(reading)),
				 count);
		paths[1] = hostile;
		jhcfg_reading_changed(reading);
	}
	assert_string_equal(
		jhcfg_tree_find(jhcfg_reading_tree(reading), hostile)->text,
		"text");
	jhcfg_reading_free(reading);
	jhcfg_target_close(target);
}

static size_t count_descriptors(void)
{
	DIR *folder = opendir("/proc/self/fd");
	size_t count = 0;

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

static void test_many_targets_leave_no_descriptor(void **state)
{
	struct asked asked = { .answer = "yes" };
	struct jhcfg_target *targets[8];
	size_t before;

	(void)state;
	jhcfg_target_close(open_target(&asked, NULL));
	before = count_descriptors();
	for (int n = 0; n < 8; n++) {
		targets[n] = open_target(&asked, NULL);
		assert_int_equal(jhcfg_target_state(targets[n]),
				 JHCFG_TARGET_READY);
	}
	for (int n = 0; n < 8; n++)
		run_true(targets[n]);
	for (int n = 0; n < 8; n++)
		jhcfg_target_close(targets[n]);
	assert_int_equal(count_descriptors(), before);
}

static void test_config_file_names_the_host(void **state)
{
	struct asked asked = { .answer = "yes" };
	char config[128];
	struct jhcfg_target_options options = {
		.handler = { .ask = on_ask, .user = &asked },
		.known_hosts = sshd.known_hosts,
		.ssh_config = config,
		.timeout_ms = 120000,
	};
	struct jhcfg_target *target;
	FILE *file;

	(void)state;
	snprintf(config, sizeof(config), "%s/config", sshd.folder);
	file = fopen(config, "w");
	assert_non_null(file);
	fprintf(file,
		"Host bench-board\n HostName 127.0.0.1\n Port %d\n"
		" IdentityFile %s\n",
		sshd.port, sshd.identity);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(
		jhcfg_target_open("ssh://bench-board", &options, NULL, &target),
		0);
	if (jhcfg_target_wait(target))
		fail_msg("%s", jhcfg_target_reason(target));
	run_true(target);
	jhcfg_target_close(target);
}

static void test_missing_module_is_told(void **state)
{
	const struct jhcfg_target_options options = { .modules = "/nowhere" };
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_target *target;

	(void)state;
	assert_int_equal(
		jhcfg_target_open("ssh://board", &options, diags, &target),
		-ENOENT);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
	assert_int_equal(jhcfg_target_open("board.cell", NULL, diags, &target),
			 -EINVAL);
	assert_int_equal(jhcfg_target_open("ssh://-oX@a", NULL, diags, &target),
			 -EINVAL);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 3);
	jhcfg_diags_free(diags);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(test_unknown_host_trusted_is_known_then),
		CASE(test_unknown_host_not_trusted_is_left),
		CASE(test_changed_key_is_refused_with_the_remedy),
		CASE(test_foreign_key_is_not_let_in),
		CASE(test_nobody_listens_is_told),
		CASE(test_cut_connection_ends_jobs_and_comes_back),
		CASE(test_cut_connection_that_is_idle_is_noticed),
		CASE(test_connection_cut_at_a_question_is_noticed),
		CASE(test_reading_goes_on_over_a_new_connection),
		CASE(test_reading_of_changed_paths_reads_these),
		CASE(test_many_targets_leave_no_descriptor),
		CASE(test_config_file_names_the_host),
		cmocka_unit_test(test_missing_module_is_told),
	};

	if (!sshd_is_installed(SSHD_OPENSSH)) {
		print_message("no OpenSSH server here\n");
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
