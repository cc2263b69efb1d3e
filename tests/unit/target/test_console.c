// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `jailhouse target console` over a real connection, of a line that the test
 * writes to: the other end of a terminal.
 */
#include "cmocka_all.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/follow.h>
#include <jhcfg/target.h>

#include "forwarder.h"
#include "sshd.h"

static struct sshd sshd;
static struct forwarder forwarder;

/* The program, while it runs. */
struct run {
	struct jhcfg_target *local;
	struct jhcfg_job *job;
	char output[16384];
	size_t size;
	bool over;
	struct jhcfg_job_end end;
};

static int start(void **state)
{
	const struct forwarder_link link = { 0 };
	struct forwarder_link to_server = link;
	FILE *file;

	(void)state;
	sshd_start(&sshd, SSHD_OPENSSH);
	to_server.to = sshd.port;
	forwarder_start(&forwarder, &to_server);
	/* the host is known under the port of the forwarder */
	file = fopen(sshd.config, "w");
	assert_non_null(file);
	fprintf(file,
		"Host fixture\n HostName 127.0.0.1\n Port %d\n"
		" IdentityFile %s\n UserKnownHostsFile %s/known\n",
		forwarder.port, sshd.identity, sshd.folder);
	assert_int_equal(fclose(file), 0);
	setenv("JAILHOUSE_SSH_CONFIG", sshd.config, 1);

	char command[256];

	snprintf(command, sizeof(command), "sed -i 's/:%d/:%d/' %s/known",
		 sshd.port, forwarder.port, sshd.folder);
	assert_int_equal(system(command), 0);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	forwarder_stop(&forwarder);
	sshd_stop(&sshd);
	return 0;
}

/* A line; what is written to the result comes out of the terminal @path. */
static int open_line(char *path, size_t size)
{
	int line = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	struct termios settings;

	assert_true(line >= 0);
	assert_int_equal(grantpt(line), 0);
	assert_int_equal(unlockpt(line), 0);
	assert_int_equal(ptsname_r(line, path, size), 0);
	assert_int_equal(tcgetattr(line, &settings), 0);
	cfmakeraw(&settings);
	assert_int_equal(tcsetattr(line, TCSANOW, &settings), 0);
	return line;
}

static void on_output(struct jhcfg_job *job, void *user,
		      enum jhcfg_stream stream, const void *data, size_t size)
{
	struct run *run = user;

	(void)job;
	(void)stream;
	if (size > sizeof(run->output) - 1 - run->size)
		size = sizeof(run->output) - 1 - run->size;
	memcpy(run->output + run->size, data, size);
	run->size += size;
	run->output[run->size] = 0;
}

static void on_done(struct jhcfg_job *job, void *user,
		    const struct jhcfg_job_end *end)
{
	struct run *run = user;

	(void)job;
	run->over = true;
	run->end = *end;
}

static void begin(struct run *run, const char *const *words)
{
	const struct jhcfg_job_handler handler = {
		.output = on_output,
		.done = on_done,
		.user = run,
	};
	const char *argv[24] = { getenv("JAILHOUSE"), "--target",
				 "ssh://fixture", "target", "console" };
	size_t count = 5;

	*run = (struct run){ .size = 0 };
	assert_non_null(argv[0]);
	while (*words)
		argv[count++] = *words++;
	assert_int_equal(jhcfg_target_open("local", NULL, NULL, &run->local),
			 0);
	assert_int_equal(
		jhcfg_target_run(run->local, argv, 240000, &handler, &run->job),
		0);
}
#define BEGIN(run, ...) begin(run, (const char *const[]){ __VA_ARGS__, NULL })

static void wait_for(struct run *run, const char *words)
{
	while (!strstr(run->output, words)) {
		if (run->over)
			fail_msg("\"%s\" is not in: %s", words, run->output);
		assert_int_equal(jhcfg_target_dispatch(run->local, -1), 0);
	}
}

static void finish(struct run *run, int status)
{
	while (!run->over)
		assert_int_equal(jhcfg_target_dispatch(run->local, -1), 0);
	if (run->end.error || run->end.status != status)
		fail_msg("%s, %d: %s", strerror(-run->end.error),
			 run->end.status, run->output);
	jhcfg_target_close(run->local);
}

static void say(int line, const char *text)
{
	assert_int_equal(write(line, text, strlen(text)), strlen(text));
}

static const char dump[] =
	"Unhandled data write at 0x9010000(4)\n"
	"Cell state before exception:\n"
	"Cell \"rtos\": write of 4 bytes at 0x9010000: nothing\n"
	"Parking CPU 3 (Cell: \"rtos\")\n";

static void test_line_is_followed_stamped_and_logged(void **state)
{
	char path[64], log[128];
	int line = open_line(path, sizeof(path));
	struct run run;
	size_t size;
	void *text;

	(void)state;
	snprintf(log, sizeof(log), "%s/the log", sshd.folder);
	BEGIN(&run, "--tty", path, "-t", "--log", log, "--until", "the end");
	/* a prompt shows without a newline */
	say(line, "login: ");
	wait_for(&run, "] login: ");
	say(line, "me\n");
	say(line, dump);
	wait_for(&run, ">>>   why:");
	say(line, "this is the end\n and no more\n");
	finish(&run, 0);
	assert_non_null(strstr(run.output, ">>> cell \"rtos\", CPU 3: write"));
	assert_null(strstr(run.output, "no more"));
	assert_int_equal(jhcfg_file_read(log, 65536, &text, &size), 0);
	assert_string_equal(text, run.output);
	free(text);
	close(line);
}

static void test_cut_connection_is_told_and_made_again(void **state)
{
	const struct forwarder_link healed = { .to = sshd.port };
	char path[64];
	int line = open_line(path, sizeof(path));
	struct run run;

	(void)state;
	BEGIN(&run, "--tty", path, "--until", "the end");
	say(line, "before\n");
	wait_for(&run, "before\n");
	forwarder_cut(&forwarder);
	wait_for(&run, "connection lost");
	forwarder_resume(&forwarder, &healed);
	wait_for(&run, "--- connected again ---");
	say(line, "behind\nthe end\n");
	finish(&run, 0);
	assert_non_null(strstr(run.output, "behind\n"));
	close(line);
}

static void test_what_is_typed_goes_out(void **state)
{
	static const char typed[] = "root\n";
	struct run run = { .size = 0 };
	const struct jhcfg_job_handler handler = {
		.output = on_output,
		.done = on_done,
		.user = &run,
	};
	struct jhcfg_follow follow;
	char path[64], got[64] = "";
	int line = open_line(path, sizeof(path));
	size_t size = 0;

	(void)state;
	assert_int_equal(fcntl(line, F_SETFL, O_NONBLOCK), 0);
	assert_int_equal(jhcfg_target_open("local", NULL, NULL, &run.local), 0);
	jhcfg_follow_tty(&follow, path, "115200");
	assert_int_equal(jhcfg_target_run(run.local, follow.argv, 240000,
					  &handler, &run.job),
			 0);
	assert_int_equal(jhcfg_job_write(run.job, typed, strlen(typed)),
			 strlen(typed));
	while (size < strlen(typed)) {
		ssize_t part = read(line, got + size, sizeof(got) - 1 - size);

		size += part > 0 ? (size_t)part : 0;
		assert_false(run.over);
		assert_int_equal(jhcfg_target_dispatch(run.local, 20), 0);
	}
	assert_string_equal(got, typed);
	say(line, "Password: ");
	wait_for(&run, "Password: ");
	jhcfg_job_end_input(run.job);
	finish(&run, 0);
	close(line);
}

static void test_what_does_not_come_ends_in_time(void **state)
{
	char path[64];
	int line = open_line(path, sizeof(path));
	struct run run;

	(void)state;
	BEGIN(&run, "--tty", path, "--until", "never", "--seconds", "1");
	finish(&run, 1);
	assert_non_null(strstr(run.output, "\"never\" did not come"));
	close(line);
}

static void test_what_cannot_be_followed_is_told(void **state)
{
	struct run run;

	(void)state;
	BEGIN(&run, "--tty", "/no/such 'line'");
	finish(&run, 1);
	assert_non_null(strstr(run.output, "cannot be opened"));
	BEGIN(&run, "--tty", "/dev/null");
	finish(&run, 1);
	assert_non_null(strstr(run.output, "no terminal line"));
	BEGIN(&run, "no such cell");
	finish(&run, 1);
	assert_non_null(strstr(run.output, "no cell \"no such cell\""));
	BEGIN(&run, "--uart", "0");
	finish(&run, 1);
	assert_non_null(strstr(run.output, "emu://"));
	BEGIN(&run, "cell", "--tty", "/dev/null");
	finish(&run, 1);
	assert_non_null(strstr(run.output, "one console"));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(test_line_is_followed_stamped_and_logged),
		CASE(test_cut_connection_is_told_and_made_again),
		CASE(test_what_is_typed_goes_out),
		CASE(test_what_does_not_come_ends_in_time),
		CASE(test_what_cannot_be_followed_is_told),
	};

	if (!sshd_is_installed(SSHD_OPENSSH)) {
		print_message("no OpenSSH server here\n");
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
