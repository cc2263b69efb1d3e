// SPDX-License-Identifier: GPL-2.0-or-later
/* Keys that need a passphrase, with a real server. */
#include "cmocka_all.h"

#include <pty.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jhcfg/target.h>

#include "sshd.h"

#define PASSPHRASE "open, \"sesame\" $x"
#define MOST	   4

static struct sshd sshd;
static char key[128]; /* the file that the cases are about */

/* Given one after the other; behind the last one there is none. */
struct asked {
	const char *answers[MOST];
	int questions;
	enum jhcfg_question question; /* the last one */
	char prompt[512];
};

static void on_ask(struct jhcfg_target *target, void *user,
		   enum jhcfg_question question, const char *prompt)
{
	struct asked *asked = user;
	int number = asked->questions++;

	asked->question = question;
	snprintf(asked->prompt, sizeof(asked->prompt), "%s", prompt);
	jhcfg_target_answer(target,
			    number < MOST ? asked->answers[number] : NULL);
}

/* Opens it and waits; what came of that is its state. */
static struct jhcfg_target *open_target(struct asked *asked, const char *config)
{
	char known[128];
	const struct jhcfg_target_options options = {
		.handler = { .ask = on_ask, .user = asked },
		.known_hosts = known,
		.identity = key,
		.ssh_config = config,
	};
	struct jhcfg_target *target;

	snprintf(known, sizeof(known), "%s/known", sshd.folder);
	assert_int_equal(jhcfg_target_open(sshd.name, &options, NULL, &target),
			 0);
	jhcfg_target_wait(target);
	return target;
}

static void assert_let_in(struct jhcfg_target *target)
{
	const char *const argv[] = { "true", NULL };
	struct jhcfg_result result;

	if (jhcfg_target_state(target) != JHCFG_TARGET_READY)
		fail_msg("%s", jhcfg_target_reason(target));
	assert_int_equal(
		jhcfg_target_exec(target, argv, NULL, 0, 10, 0, &result), 0);
	assert_int_equal(result.status, 0);
	jhcfg_result_clear(&result);
	jhcfg_target_close(target);
}

static void assert_not_let_in(struct jhcfg_target *target, const char *why)
{
	const char *reason = jhcfg_target_reason(target);

	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_LOST);
	if (!strstr(reason, why) || !strstr(reason, key))
		fail_msg("%s", reason);
	assert_null(strstr(reason, "sesame"));
	jhcfg_target_close(target);
}

__attribute__((format(printf, 1, 2))) static void in_folder(const char *format,
							    ...)
{
	char command[512];
	int length =
		snprintf(command, sizeof(command), "cd %s && ", sshd.folder);
	va_list args;

	va_start(args, format);
	vsnprintf(command + length, sizeof(command) - (size_t)length, format,
		  args);
	va_end(args);
	assert_int_equal(system(command), 0);
}

/* @how: more options of ssh-keygen */
static void make_key(const char *how)
{
	in_folder("ssh-keygen -q -a 1 %s -N '%s' -f locked", how, PASSPHRASE);
}

static int start(void **state)
{
	(void)state;
	sshd_start(&sshd, SSHD_OPENSSH);
	snprintf(key, sizeof(key), "%s/locked", sshd.folder);
	make_key("-t ed25519");
	in_folder("cat locked.pub >>authorized_keys");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	sshd_stop(&sshd);
	return 0;
}

static void test_right_passphrase_is_let_in(void **state)
{
	struct asked asked = { .answers = { PASSPHRASE } };

	(void)state;
	assert_let_in(open_target(&asked, "/dev/null"));
	assert_int_equal(asked.questions, 1);
	assert_int_equal(asked.question, JHCFG_ASK_PASSWORD);
	assert_non_null(strstr(asked.prompt, key));
}

static void test_wrong_passphrase_is_asked_for_again(void **state)
{
	struct asked asked = { .answers = { "close", "shut", PASSPHRASE } };

	(void)state;
	assert_let_in(open_target(&asked, "/dev/null"));
	assert_int_equal(asked.questions, 3);
	assert_non_null(strstr(asked.prompt, "wrong"));
}

static void test_wrong_passphrases_end_naming_the_key(void **state)
{
	struct asked asked = { .answers = { "close", "open sesame", "shut",
					    PASSPHRASE } };

	(void)state;
	assert_not_let_in(open_target(&asked, "/dev/null"), "no passphrase");
	assert_int_equal(asked.questions, 3);
}

static void test_empty_passphrase_ends_naming_the_key(void **state)
{
	struct asked asked = { .answers = { "", PASSPHRASE } };

	(void)state;
	assert_not_let_in(open_target(&asked, "/dev/null"), "no passphrase");
	assert_int_equal(asked.questions, 1);
}

static void test_no_answer_ends_naming_the_key(void **state)
{
	struct asked asked = { .answers = { NULL, PASSPHRASE } };

	(void)state;
	assert_not_let_in(open_target(&asked, "/dev/null"), "not given");
	assert_int_equal(asked.questions, 1);
}

/* The connection is lost and comes back: nothing was kept. */
static void test_new_connection_asks_again(void **state)
{
	struct asked asked = { .answers = { PASSPHRASE, NULL, PASSPHRASE } };
	struct jhcfg_target *target = open_target(&asked, "/dev/null");

	(void)state;
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_READY);
	for (int questions = 2; questions <= 3; questions++) {
		sshd_cut(&sshd);
		while (jhcfg_target_state(target) == JHCFG_TARGET_READY)
			assert_int_equal(jhcfg_target_dispatch(target, 10000),
					 0);
		assert_int_equal(jhcfg_target_reconnect(target), 0);
		jhcfg_target_wait(target);
		assert_int_equal(asked.questions, questions);
	}
	assert_let_in(target);
}

static void test_key_alone_in_its_file_is_asked_about(void **state)
{
	struct asked asked = { .answers = { PASSPHRASE } };

	(void)state;
	in_folder("rm locked.pub");
	assert_let_in(open_target(&asked, "/dev/null"));
	assert_int_equal(asked.questions, 1);
}

/* Its public half cannot be read without the passphrase. */
static void test_pem_key_is_asked_about(void **state)
{
	struct asked asked = { .answers = { "close", PASSPHRASE } };

	(void)state;
	in_folder("rm locked locked.pub");
	make_key("-t ecdsa -m PEM");
	in_folder("cat locked.pub >>authorized_keys && rm locked.pub");
	assert_let_in(open_target(&asked, "/dev/null"));
	assert_int_equal(asked.questions, 2);
}

static void test_key_the_host_does_not_want_is_not_asked_about(void **state)
{
	struct asked asked = { .answers = { PASSPHRASE } };
	struct jhcfg_target *target;

	(void)state;
	in_folder("cp user.pub authorized_keys");
	for (int round = 0; round < 2; round++) {
		target = open_target(&asked, "/dev/null");
		assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_LOST);
		assert_int_equal(asked.questions, 0);
		jhcfg_target_close(target);
		in_folder("rm -f locked.pub");
	}
}

static void test_key_without_passphrase_comes_first(void **state)
{
	struct asked asked = { .answers = { NULL } };
	char config[128];

	(void)state;
	snprintf(config, sizeof(config), "%s/both", sshd.folder);
	in_folder("printf 'IdentityFile %%s\\nIdentityFile %%s\\n' %s %s >both",
		  key, sshd.identity);
	assert_let_in(open_target(&asked, config));
	assert_int_equal(asked.questions, 0);
}

/* --- the program, on a terminal ------------------------------------------ */

/* A client with this file knows the host and has the key. */
static void write_client_config(char *path, size_t size)
{
	snprintf(path, size, "%s/client", sshd.folder);
	in_folder("printf 'Host fixture\\n HostName 127.0.0.1\\n Port %d\\n"
		  " IdentityFile %s\\n UserKnownHostsFile %s/known\\n' >client",
		  sshd.port, key, sshd.folder);
}

static void run_on_terminal(const char *config)
{
	setenv("JAILHOUSE_SSH_CONFIG", config, 1);
	unsetenv("JAILHOUSE_BATCH");
	execl(getenv("JAILHOUSE"), "jailhouse", "--target", "ssh://fixture",
	      "cell", "start", "inmate", (char *)NULL);
	_exit(127);
}

/* Types the answer when the question has been shown; what is shown up to the
 * end of the program goes to @shown. Its status. */
static int talk(int terminal, pid_t program, char *shown, size_t size)
{
	static const char answer[] = PASSPHRASE "\n";
	bool answered = false;
	size_t length = 0;
	ssize_t count;
	int status;

	shown[0] = 0;
	while (length < size - 1 && (count = read(terminal, shown + length,
						  size - 1 - length)) > 0) {
		length += (size_t)count;
		shown[length] = 0;
		if (!answered && strstr(shown, "locked: ")) {
			answered = true;
			assert_int_equal(
				write(terminal, answer, sizeof(answer) - 1),
				sizeof(answer) - 1);
		}
	}
	assert_int_equal(waitpid(program, &status, 0), program);
	return status;
}

static void test_terminal_is_asked_without_echo(void **state)
{
	char config[128], shown[4096];
	int terminal, status;
	pid_t program;

	(void)state;
	write_client_config(config, sizeof(config));
	in_folder("printf '#!/bin/sh\\necho let in\\n' >bin/jailhouse && "
		  "chmod +x bin/jailhouse");
	program = forkpty(&terminal, NULL, NULL, NULL);
	assert_true(program >= 0);
	if (!program)
		run_on_terminal(config);
	status = talk(terminal, program, shown, sizeof(shown));
	close(terminal);
	if (status || !strstr(shown, "Passphrase for key") ||
	    !strstr(shown, "let in") || strstr(shown, "sesame"))
		fail_msg("status %d, shown: %s", status, shown);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(test_right_passphrase_is_let_in),
		CASE(test_wrong_passphrase_is_asked_for_again),
		CASE(test_wrong_passphrases_end_naming_the_key),
		CASE(test_empty_passphrase_ends_naming_the_key),
		CASE(test_no_answer_ends_naming_the_key),
		CASE(test_new_connection_asks_again),
		CASE(test_key_alone_in_its_file_is_asked_about),
		CASE(test_pem_key_is_asked_about),
		CASE(test_key_the_host_does_not_want_is_not_asked_about),
		CASE(test_key_without_passphrase_comes_first),
		CASE(test_terminal_is_asked_without_echo),
	};

	if (!sshd_is_installed(SSHD_OPENSSH)) {
		print_message("no OpenSSH server here\n");
		return 77;
	}
	/* what the user has in there opens nothing here, and counts as tries */
	unsetenv("SSH_AUTH_SOCK");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
