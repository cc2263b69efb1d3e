// SPDX-License-Identifier: GPL-2.0-or-later
#include "asking_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libssh/libssh.h>
#include <libssh/server.h>

#include "cmocka_all.h"

/* --- its answers to a client ---------------------------------------------- */

static unsigned int count_questions(const struct asking_round *round)
{
	unsigned int count = 0;

	while (count < ASKING_QUESTIONS && round->questions[count].text)
		count++;
	return count;
}

static void ask(ssh_message message, const struct asking_round *round)
{
	const char *texts[ASKING_QUESTIONS];
	char shown[ASKING_QUESTIONS];
	unsigned int count = count_questions(round);

	for (unsigned int n = 0; n < count; n++) {
		texts[n] = round->questions[n].text;
		shown[n] = round->questions[n].shown;
	}
	ssh_message_auth_interactive_request(
		message, "", round->instruction ? round->instruction : "",
		count, texts, shown);
}

static bool is_answered(ssh_session session, const struct asking_round *round)
{
	unsigned int count = count_questions(round);

	if (ssh_userauth_kbdint_getnanswers(session) != (int)count)
		return false;
	for (unsigned int n = 0; n < count; n++) {
		const char *answer = ssh_userauth_kbdint_getanswer(session, n);

		if (!answer || strcmp(answer, round->questions[n].answer))
			return false;
	}
	return true;
}

static void refuse(const struct asking_server *server, ssh_message message)
{
	int methods = server->num_rounds ? SSH_AUTH_METHOD_INTERACTIVE : 0;

	if (server->password)
		methods |= SSH_AUTH_METHOD_PASSWORD;
	ssh_message_auth_set_methods(message, methods);
	ssh_message_reply_default(message);
}

/* @at: the round that is answered now. true: that lets it in. */
static bool take_words(const struct asking_server *server, ssh_session session,
		       ssh_message message, unsigned int *at)
{
	if (!ssh_message_auth_kbdint_is_response(message))
		*at = 0;
	else if (is_answered(session, &server->rounds[*at]))
		++*at;
	else {
		refuse(server, message);
		return false;
	}
	if (server->endless)
		*at %= server->num_rounds;
	if (*at == server->num_rounds)
		return !ssh_message_auth_reply_success(message, 0);
	ask(message, &server->rounds[*at]);
	return false;
}

static bool is_password(const struct asking_server *server, ssh_message message)
{
	const char *given;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
	given = ssh_message_auth_password(message);
#pragma GCC diagnostic pop
	return server->password && given && !strcmp(given, server->password);
}

/* true: that lets it in. */
static bool answer(const struct asking_server *server, ssh_session session,
		   ssh_message message, unsigned int *at)
{
	int type = ssh_message_type(message);
	int method = ssh_message_subtype(message);

	if (type == SSH_REQUEST_SERVICE)
		ssh_message_service_reply_success(message);
	else if (type != SSH_REQUEST_AUTH)
		ssh_message_reply_default(message);
	else if (method == SSH_AUTH_METHOD_INTERACTIVE && server->num_rounds)
		return take_words(server, session, message, at);
	else if (method == SSH_AUTH_METHOD_PASSWORD &&
		 is_password(server, message))
		return !ssh_message_auth_reply_success(message, 0);
	else
		refuse(server, message);
	return false;
}

static bool is_refused(ssh_session session)
{
	ssh_channel channel = ssh_channel_new(session);
	int rc = ssh_channel_open_reverse_forward(channel, "127.0.0.1", 22,
						  "127.0.0.1", 40000);

	ssh_channel_free(channel);
	return rc == SSH_ERROR;
}

static void serve(const struct asking_server *server, ssh_bind bind,
		  int connection)
{
	ssh_session session = ssh_new();
	unsigned int at = 0;
	ssh_message message;

	if (session && !ssh_bind_accept_fd(bind, session, connection) &&
	    !ssh_handle_key_exchange(session)) {
		while ((message = ssh_message_get(session))) {
			bool is_in = answer(server, session, message, &at);

			ssh_message_free(message);
			if (is_in && server->opens_channel &&
			    is_refused(session))
				break;
		}
	}
	ssh_disconnect(session);
	ssh_free(session);
}

/* --- its process ---------------------------------------------------------- */

static void serve_for_ever(const struct asking_server *server, int listener)
{
	ssh_bind bind = ssh_bind_new();
	ssh_key key;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!bind || ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key) ||
	    ssh_bind_options_set(bind, SSH_BIND_OPTIONS_IMPORT_KEY, key))
		_exit(1);
	for (;;) {
		int connection = accept(listener, NULL, NULL);

		if (connection >= 0)
			serve(server, bind, connection);
	}
}

static int listen_somewhere(struct asking_server *server)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t size = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(listener >= 0);
	assert_int_equal(bind(listener, (struct sockaddr *)&address, size), 0);
	assert_int_equal(listen(listener, 8), 0);
	assert_int_equal(
		getsockname(listener, (struct sockaddr *)&address, &size), 0);
	snprintf(server->name, sizeof(server->name), "ssh://127.0.0.1:%d",
		 ntohs(address.sin_port));
	return listener;
}

void asking_server_start(struct asking_server *server)
{
	int listener = listen_somewhere(server);

	strcpy(server->folder, "/tmp/jhw-asking-XXXXXX");
	assert_non_null(mkdtemp(server->folder));
	server->process = fork();
	assert_true(server->process >= 0);
	if (!server->process)
		serve_for_ever(server, listener);
	close(listener);
}

void asking_server_stop(struct asking_server *server)
{
	char command[128];

	kill(server->process, SIGKILL);
	waitpid(server->process, NULL, 0);
	snprintf(command, sizeof(command), "rm -rf %s", server->folder);
	assert_int_equal(system(command), 0);
}
