// SPDX-License-Identifier: GPL-2.0-or-later
/* What a host asks who logs in, and what one that means ill may ask. */
#include "cmocka_all.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <jhcfg/target.h>

#include "asking_server.h"

#define MOST 4

/* Questions but that for trust, which is always given. */
struct asked {
	const char *answers[MOST]; /* behind the last one there is none */
	int questions;
	enum jhcfg_question kinds[MOST];
	char prompts[MOST][1024];
};

static void on_ask(struct jhcfg_target *target, void *user,
		   enum jhcfg_question question, const char *prompt)
{
	struct asked *asked = user;
	int number = asked->questions;

	if (question == JHCFG_ASK_TRUST) {
		jhcfg_target_answer(target, "yes");
		return;
	}
	asked->questions++;
	if (number >= MOST) {
		jhcfg_target_answer(target, NULL);
		return;
	}
	asked->kinds[number] = question;
	snprintf(asked->prompts[number], sizeof(asked->prompts[number]), "%s",
		 prompt);
	jhcfg_target_answer(target, asked->answers[number]);
}

/* Opens it and waits; what came of that is its state. */
static struct jhcfg_target *open_target(const char *name, const char *folder,
					struct asked *asked)
{
	char known[128];
	const struct jhcfg_target_options options = {
		.handler = { .ask = on_ask, .user = asked },
		.known_hosts = known,
		.ssh_config = "/dev/null",
	};
	struct jhcfg_target *target;

	snprintf(known, sizeof(known), "%s/known_hosts", folder);
	assert_int_equal(jhcfg_target_open(name, &options, NULL, &target), 0);
	jhcfg_target_wait(target);
	return target;
}

/* A login at such a server; the state afterwards, and its reason. */
static enum jhcfg_target_state log_in(struct asking_server *server,
				      struct asked *asked, char reason[1024])
{
	struct jhcfg_target *target;
	enum jhcfg_target_state state;

	asking_server_start(server);
	target = open_target(server->name, server->folder, asked);
	state = jhcfg_target_state(target);
	snprintf(reason, 1024, "%s", jhcfg_target_reason(target));
	jhcfg_target_close(target);
	asking_server_stop(server);
	return state;
}

static void assert_let_in(struct asking_server *server, struct asked *asked)
{
	char reason[1024];

	if (log_in(server, asked, reason) != JHCFG_TARGET_READY)
		fail_msg("%s", reason);
}

static void assert_not_let_in(struct asking_server *server, struct asked *asked,
			      const char *why)
{
	char reason[1024];

	assert_int_equal(log_in(server, asked, reason), JHCFG_TARGET_LOST);
	if (!strstr(reason, why))
		fail_msg("%s", reason);
}

/* --- what hosts ask ------------------------------------------------------- */

static const struct asking_round two_questions = {
	.instruction = "Both, please.",
	.questions = { { "Name of the cat: ", true, "Minka" },
		       { "PIN: ", false, "" } },
};
static const struct asking_round code = {
	.questions = { { "Code: ", false, "123 456" } },
};

static void test_questions_are_asked_one_by_one(void **state)
{
	struct asking_server server = { .rounds = { two_questions, code },
					.num_rounds = 2 };
	struct asked asked = { .answers = { "Minka", "", "123 456" } };

	(void)state;
	assert_let_in(&server, &asked);
	assert_int_equal(asked.questions, 3);
	assert_int_equal(asked.kinds[0], JHCFG_ASK_TEXT);
	assert_int_equal(asked.kinds[1], JHCFG_ASK_PASSWORD);
	assert_int_equal(asked.kinds[2], JHCFG_ASK_PASSWORD);
	assert_string_equal(asked.prompts[0],
			    "(127.0.0.1) Both, please. Name of the cat: ");
	assert_string_equal(asked.prompts[1], "(127.0.0.1) PIN: ");
	assert_string_equal(asked.prompts[2], "(127.0.0.1) Code: ");
}

static void test_wrong_answer_is_asked_for_again(void **state)
{
	struct asking_server server = { .rounds = { code }, .num_rounds = 1 };
	struct asked asked = { .answers = { "654321", "123 456" } };

	(void)state;
	assert_let_in(&server, &asked);
	assert_int_equal(asked.questions, 2);
}

static void test_wrong_answers_end_the_login(void **state)
{
	struct asking_server server = { .rounds = { code }, .num_rounds = 1 };
	struct asked asked = { .answers = { "1", "2", "3", "123 456" } };

	(void)state;
	assert_not_let_in(&server, &asked, "does not let us in");
	assert_int_equal(asked.questions, 3);
}

static void test_round_without_questions_is_passed(void **state)
{
	struct asking_server server = { .rounds = { code, { 0 } },
					.num_rounds = 2 };
	struct asked asked = { .answers = { "123 456" } };

	(void)state;
	assert_let_in(&server, &asked);
	assert_int_equal(asked.questions, 1);
}

/* Who has no answer to that has none to the next question either. */
static void test_question_left_open_ends_the_login(void **state)
{
	struct asking_server server = { .rounds = { code },
					.num_rounds = 1,
					.password = "secret" };
	struct asked asked = { .answers = { NULL, "secret" } };

	(void)state;
	assert_not_let_in(&server, &asked, "does not let us in");
	assert_int_equal(asked.questions, 1);
}

static void test_password_is_asked_for(void **state)
{
	struct asking_server server = { .password = "se\"cret" };
	struct asked asked = { .answers = { "secret", "se\"cret" } };

	(void)state;
	assert_let_in(&server, &asked);
	assert_int_equal(asked.questions, 2);
	assert_int_equal(asked.kinds[1], JHCFG_ASK_PASSWORD);
	assert_string_equal(asked.prompts[1], "Password for 127.0.0.1: ");
}

/* --- what such as mean ill may ask ---------------------------------------- */

static void test_question_does_not_act_on_the_terminal(void **state)
{
	struct asking_server server = {
		.rounds = { { .instruction = "\x1b[2J\r",
			      .questions = { { "a\nb\xc2\x9b"
					       "31m\x7f: ",
					       false, "x" } } } },
		.num_rounds = 1,
	};
	struct asked asked = { .answers = { "x" } };

	(void)state;
	assert_let_in(&server, &asked);
	assert_string_equal(asked.prompts[0], "(127.0.0.1)  [2J  a b  31m : ");
}

/* A person would have to refuse for ever; with no question in them, nobody is
 * there to. */
static void test_rounds_without_end_are_ended(void **state)
{
	struct asking_server server = { .rounds = { { 0 } },
					.num_rounds = 1,
					.endless = true };
	struct asked asked = { 0 };

	(void)state;
	assert_not_let_in(&server, &asked, "after the other");
	assert_int_equal(asked.questions, 0);
}

/* It is told so at once, and nothing of it is kept. */
static void test_channel_of_the_host_is_refused(void **state)
{
	struct asking_server server = { .password = "x",
					.opens_channel = true };
	struct asked asked = { .answers = { "x" } };
	struct jhcfg_target *target;

	(void)state;
	asking_server_start(&server);
	target = open_target(server.name, server.folder, &asked);
	while (jhcfg_target_state(target) == JHCFG_TARGET_READY)
		assert_int_equal(jhcfg_target_dispatch(target, -1), 0);
	/* by the host, which had let us in */
	assert_non_null(strstr(jhcfg_target_reason(target),
			       "the connection was closed"));
	jhcfg_target_close(target);
	asking_server_stop(&server);
}

/* Says what it likes as its version, which is told. */
static void test_reason_does_not_act_on_the_terminal(void **state)
{
	static const char hello[] = "SSH-9.9-welcome\x1b]0;owned\x07\xc2\x9b"
				    "31m, it is me\r\n";
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t size = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	const struct jhcfg_target_options options = { .ssh_config =
							      "/dev/null" };
	struct jhcfg_target *target;
	const char *reason;
	char name[64];
	int connection;

	(void)state;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(listener, (struct sockaddr *)&address, size), 0);
	assert_int_equal(listen(listener, 1), 0);
	assert_int_equal(
		getsockname(listener, (struct sockaddr *)&address, &size), 0);
	snprintf(name, sizeof(name), "ssh://127.0.0.1:%d",
		 ntohs(address.sin_port));
	assert_int_equal(jhcfg_target_open(name, &options, NULL, &target), 0);
	/* begins to connect; the kernel takes the connection */
	assert_int_equal(jhcfg_target_dispatch(target, -1), 0);
	connection = accept(listener, NULL, NULL);
	assert_true(connection >= 0);
	assert_int_equal(write(connection, hello, sizeof(hello) - 1),
			 sizeof(hello) - 1);
	jhcfg_target_wait(target);
	reason = jhcfg_target_reason(target);
	if (!strstr(reason, "it is me") || strpbrk(reason, "\x1b\x07\r\n") ||
	    strstr(reason, "\xc2\x9b"))
		fail_msg("%s", reason);
	jhcfg_target_close(target);
	close(connection);
	close(listener);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_questions_are_asked_one_by_one),
		cmocka_unit_test(test_wrong_answer_is_asked_for_again),
		cmocka_unit_test(test_wrong_answers_end_the_login),
		cmocka_unit_test(test_round_without_questions_is_passed),
		cmocka_unit_test(test_question_left_open_ends_the_login),
		cmocka_unit_test(test_password_is_asked_for),
		cmocka_unit_test(test_question_does_not_act_on_the_terminal),
		cmocka_unit_test(test_rounds_without_end_are_ended),
		cmocka_unit_test(test_channel_of_the_host_is_refused),
		cmocka_unit_test(test_reason_does_not_act_on_the_terminal),
	};

	unsetenv("SSH_AUTH_SOCK");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
