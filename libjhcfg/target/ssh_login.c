// SPDX-License-Identifier: LGPL-2.1-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libssh/server.h>

#include "target/ssh_board.h"
#include "target/ssh_login.h"
#include "util/plain.h"
#include "util/quote.h"

struct ssh_step {
	enum ssh_outcome (*take)(struct ssh_target *ssh);
};

/* --- settings ------------------------------------------------------------- */

static int keep(char **to, const char *from)
{
	if (!from)
		return 0;
	*to = strdup(from);
	return *to ? 0 : -ENOMEM;
}

int ssh_target_keep_settings(struct ssh_target *ssh,
			     const struct target_place *place,
			     const struct jhcfg_target_options *options)
{
	struct ssh_settings *settings = &ssh->settings;

	settings->port = place->port;
	if (keep(&settings->host, place->host) ||
	    keep(&settings->user, place->user) ||
	    /* what the user has for other hosts is nothing to a board */
	    keep(&settings->config,
		 place->board ? "/dev/null" : options->ssh_config) ||
	    keep(&settings->known_hosts, options->known_hosts) ||
	    keep(&settings->identity, options->identity))
		return -ENOMEM;
	return 0;
}

void ssh_target_drop_settings(struct ssh_target *ssh)
{
	struct ssh_settings *settings = &ssh->settings;

	free(settings->host);
	free(settings->user);
	free(settings->config);
	free(settings->known_hosts);
	free(settings->identity);
	ssh_target_forget_secrets(ssh);
}

/* What the user said on the way to us counts more than the user's file. */
static int apply_settings(struct ssh_target *ssh)
{
	const struct ssh_settings *settings = &ssh->settings;
	ssh_session session = ssh->session;
	int on = 1;
	long timeout = 15;

	if (ssh_options_set(session, SSH_OPTIONS_HOST, settings->host))
		return -1;
	if (ssh_options_parse_config(session, settings->config))
		return -1;
	if (settings->user &&
	    ssh_options_set(session, SSH_OPTIONS_USER, settings->user))
		return -1;
	if (settings->port &&
	    ssh_options_set(session, SSH_OPTIONS_PORT, &settings->port))
		return -1;
	if (settings->known_hosts &&
	    ssh_options_set(session, SSH_OPTIONS_KNOWNHOSTS,
			    settings->known_hosts))
		return -1;
	if (settings->identity &&
	    ssh_options_set(session, SSH_OPTIONS_ADD_IDENTITY,
			    settings->identity))
		return -1;
	/* Small packets each wait for the answer to the last one otherwise. */
	if (ssh_options_set(session, SSH_OPTIONS_NODELAY, &on) ||
	    ssh_options_set(session, SSH_OPTIONS_TIMEOUT, &timeout))
		return -1;
	return 0;
}

/* Whatever the host wants of us, a channel or a forwarded port: it is refused.
 * libssh would keep it for us to answer, without end. */
static int refuse_message(ssh_session session, ssh_message message, void *user)
{
	(void)session;
	(void)message;
	(void)user;
	return 1;
}

int ssh_target_new_session(struct ssh_target *ssh)
{
	ssh->session = ssh_new();
	if (!ssh->session)
		return -ENOMEM;
	ssh_set_blocking(ssh->session, 0);
	ssh_set_message_callback(ssh->session, refuse_message, NULL);
	ssh_set_counters(ssh->session, &ssh->unused, &ssh->packets);
	return 0;
}

/* --- questions ------------------------------------------------------------ */

enum ssh_outcome ssh_login_ask(struct ssh_target *ssh,
			       enum jhcfg_question question, const char *prompt)
{
	char clean[1024];
	int length = snprintf(clean, sizeof(clean), "%s", prompt);

	if (length > 0)
		jhcfg_make_plain(clean, strlen(clean), "", ' ');
	ssh->asking = true;
	ssh->answered = false;
	ssh->services->ask(ssh->target, question, clean);
	return STEP_ASKED;
}

void ssh_login_forget_answer(struct ssh_target *ssh)
{
	if (ssh->given)
		explicit_bzero(ssh->given, strlen(ssh->given));
	free(ssh->given);
	ssh->given = NULL;
	ssh->answered = false;
}

void ssh_target_forget_secrets(struct ssh_target *ssh)
{
	ssh_login_forget_answer(ssh);
	ssh_keys_forget(ssh);
}

void ssh_target_answer(void *self, const char *answer)
{
	struct ssh_target *ssh = self;

	ssh_login_forget_answer(ssh);
	ssh->given = answer ? strdup(answer) : NULL;
	ssh->answered = true;
	ssh->asking = false;
	ssh_target_wake(ssh);
}

/* --- the steps ------------------------------------------------------------ */

static enum ssh_outcome step_board(struct ssh_target *ssh)
{
	static const enum ssh_outcome outcomes[] = {
		[SSH_BOARD_AGAIN] = STEP_AGAIN,
		[SSH_BOARD_KNOWN] = STEP_NEXT,
		[SSH_BOARD_LOST] = STEP_LOST,
	};

	return ssh->board ? outcomes[ssh_board_find(ssh->board)] : STEP_NEXT;
}

static enum ssh_outcome step_configure(struct ssh_target *ssh)
{
	if (!apply_settings(ssh))
		return STEP_NEXT;
	ssh_target_lost(ssh, "the SSH configuration cannot be used", NULL);
	return STEP_LOST;
}

static enum ssh_outcome step_connect(struct ssh_target *ssh)
{
	int rc = ssh_connect(ssh->session);

	if (rc == SSH_ERROR) {
		ssh_target_lost(ssh, "no connection",
				"is it on, and is the address "
				"right?");
		return STEP_LOST;
	}
	ssh_target_socket_is(ssh, ssh_get_fd(ssh->session));
	return rc == SSH_AGAIN ? STEP_AGAIN : STEP_NEXT;
}

/* "SHA256:…", freed by ssh_string_free_char(); NULL: no memory. */
static char *fingerprint(struct ssh_target *ssh)
{
	unsigned char *hash = NULL;
	size_t size;
	ssh_key key;
	char *text = NULL;

	if (ssh_get_server_publickey(ssh->session, &key))
		return NULL;
	if (!ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash,
				    &size)) {
		text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash,
						size);
		ssh_clean_pubkey_hash(&hash);
	}
	ssh_key_free(key);
	return text;
}

static enum ssh_outcome ask_trust(struct ssh_target *ssh)
{
	char prompt[512], *print = fingerprint(ssh);

	if (!print) {
		ssh_target_lost(ssh, "the host has sent no key", NULL);
		return STEP_LOST;
	}
	snprintf(prompt, sizeof(prompt),
		 "%s is not known yet; its key is %s. Trust it?",
		 ssh->settings.host, print);
	ssh_string_free_char(print);
	return ssh_login_ask(ssh, JHCFG_ASK_TRUST, prompt);
}

/* What takes the old key away: hosts are known by another name where their port
 * is not the usual one, and ~/.ssh/config may keep them in another file. NULL
 * without memory. */
static char *remedy(struct ssh_target *ssh)
{
	char *known = NULL, *path = NULL;
	char *host = NULL, *hint = NULL, name[300];
	unsigned int port = 22;

	if (ssh_options_get(ssh->session, SSH_OPTIONS_KNOWNHOSTS, &known) ||
	    ssh_options_get(ssh->session, SSH_OPTIONS_HOST, &host) ||
	    ssh_options_get_port(ssh->session, &port))
		goto out;
	path = jhcfg_quote_command((const char *const[]){ known, NULL });
	if (!path)
		goto out;
	if (port == 22)
		snprintf(name, sizeof(name), "%s", host);
	else
		snprintf(name, sizeof(name), "'[%s]:%u'", host, port);
	if (asprintf(&hint,
		     "if it was installed anew: ssh-keygen -f %s -R %s; if "
		     "not, somebody may be in between",
		     path, name) < 0)
		hint = NULL;
out:
	ssh_string_free_char(known);
	ssh_string_free_char(host);
	free(path);
	return hint;
}

static enum ssh_outcome refuse_key(struct ssh_target *ssh)
{
	char *hint = remedy(ssh);

	ssh_target_lost(ssh, "its host key has changed", hint);
	free(hint);
	return STEP_LOST;
}

static enum ssh_outcome step_host_key(struct ssh_target *ssh)
{
	if (ssh->answered) {
		bool trusted = ssh->given && !strcmp(ssh->given, "yes");

		ssh_login_forget_answer(ssh);
		if (!trusted) {
			ssh_target_lost(
				ssh, "the host is not trusted",
				"compare its key with what the target shows: "
				"ssh-keygen -lf /etc/ssh/ssh_host_*.pub");
			return STEP_LOST;
		}
		if (ssh_session_update_known_hosts(ssh->session)) {
			ssh_target_lost(ssh, "the key cannot be kept", NULL);
			return STEP_LOST;
		}
		return STEP_NEXT;
	}
	switch (ssh_session_is_known_server(ssh->session)) {
	case SSH_KNOWN_HOSTS_OK:
		return STEP_NEXT;
	case SSH_KNOWN_HOSTS_CHANGED:
	case SSH_KNOWN_HOSTS_OTHER:
		return refuse_key(ssh);
	case SSH_KNOWN_HOSTS_NOT_FOUND:
	case SSH_KNOWN_HOSTS_UNKNOWN:
		return ask_trust(ssh);
	default:
		ssh_target_lost(ssh, "the known hosts cannot be read", NULL);
		return STEP_LOST;
	}
}

/* A refusal leads to the next way in. */
enum ssh_outcome ssh_login_judge(struct ssh_target *ssh, int rc)
{
	switch (rc) {
	case SSH_AUTH_SUCCESS:
		return STEP_LET_IN;
	case SSH_AUTH_AGAIN:
		return STEP_AGAIN;
	case SSH_AUTH_ERROR:
		ssh_target_lost(ssh, "it ended the login", NULL);
		return STEP_LOST;
	default:
		return STEP_NEXT;
	}
}

static enum ssh_outcome step_none(struct ssh_target *ssh)
{
	return ssh_login_judge(ssh, ssh_userauth_none(ssh->session, NULL));
}

bool ssh_login_offers(struct ssh_target *ssh, int method)
{
	return ssh_userauth_list(ssh->session, NULL) & method;
}

static enum ssh_outcome step_give_up(struct ssh_target *ssh)
{
	const char *locked = ssh_keys_still_locked(ssh);
	char *what = NULL;

	if (locked &&
	    asprintf(&what,
		     "it does not let us in, and no passphrase has opened "
		     "key %s",
		     locked) < 0)
		what = NULL;
	ssh_target_lost(ssh, what ? what : "it does not let us in",
			"load the key into an agent (ssh-add), name it in "
			"~/.ssh/config, or check the user's name");
	free(what);
	return STEP_LOST;
}

static const struct ssh_step steps[] = {
	{ step_board },	     { step_configure },      { step_connect },
	{ step_host_key },   { step_none },	      { ssh_keys_try },
	{ ssh_keys_unlock }, { ssh_password_answer }, { ssh_password_give },
	{ step_give_up },
};

void ssh_target_begin_steps(struct ssh_target *ssh)
{
	ssh_target_forget_secrets(ssh);
	ssh->attempts = ssh->rounds = 0;
	ssh->fresh_prompts = ssh->declined = false;
	ssh->asking = false;
	ssh->step = steps;
}

void ssh_target_take_steps(struct ssh_target *ssh)
{
	while (ssh->step && !ssh->asking) {
		switch (ssh->step->take(ssh)) {
		case STEP_NEXT:
			ssh_login_forget_answer(ssh);
			ssh->step++;
			break;
		case STEP_LET_IN:
			ssh_login_forget_answer(ssh);
			ssh_target_connected(ssh);
			return;
		case STEP_AGAIN:
		case STEP_ASKED:
		case STEP_LOST:
			return;
		}
	}
}
