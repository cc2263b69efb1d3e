// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Logging in with keys. libssh tries those of an agent and those in files by
 * itself, but wants a passphrase at once, where ours comes some time later: it
 * passes over the files that need one. They have their turn afterwards, one at
 * a time, and only if the host takes their public half: nobody is asked for a
 * key that opens nothing. A passphrase never leaves this machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "target/ssh_login.h"

/* --- which are locked ----------------------------------------------------- */

static bool is_noted(const struct ssh_keys *keys, const char *path)
{
	for (size_t n = 0; n < keys->count; n++) {
		if (!strcmp(keys->paths[n], path))
			return true;
	}
	return false;
}

/* Called from within ssh_userauth_publickey_auto(): that goes on to the next
 * key, for there is no passphrase yet. */
static int note_locked(const char *prompt, char *buffer, size_t size, int echo,
		       int verify, void *user)
{
	struct ssh_target *ssh = user;
	struct ssh_keys *keys = &ssh->keys;
	char *path = NULL, *copy;

	(void)prompt;
	(void)buffer;
	(void)size;
	(void)echo;
	(void)verify;
	if (keys->count < SSH_LOCKED_KEYS &&
	    !ssh_userauth_publickey_auto_get_current_identity(ssh->session,
							      &path) &&
	    !is_noted(keys, path)) {
		copy = strdup(path);
		if (copy)
			keys->paths[keys->count++] = copy;
	}
	ssh_string_free_char(path);
	return -1;
}

enum ssh_outcome ssh_keys_try(struct ssh_target *ssh)
{
	if (!ssh_login_offers(ssh, SSH_AUTH_METHOD_PUBLICKEY))
		return STEP_NEXT;
	ssh->keys.callbacks = (struct ssh_callbacks_struct){
		.userdata = ssh,
		.auth_function = note_locked,
	};
	ssh_callbacks_init(&ssh->keys.callbacks);
	if (ssh_set_callbacks(ssh->session, &ssh->keys.callbacks))
		return STEP_NEXT;
	return ssh_login_judge(
		ssh, ssh_userauth_publickey_auto(ssh->session, NULL, NULL));
}

/* --- opening one ---------------------------------------------------------- */

static void forget_key(struct ssh_keys *keys)
{
	ssh_key_free(keys->public_half);
	ssh_key_free(keys->opened); /* wipes it */
	keys->public_half = keys->opened = NULL;
	keys->is_wanted = false;
	keys->attempts = 0;
}

/* Beside the key or, with those of OpenSSH, within it, not encrypted. NULL: it
 * can be read from neither. */
static ssh_key read_public_half(const char *path)
{
	ssh_key key = NULL;
	char *beside;

	if (asprintf(&beside, "%s.pub", path) < 0)
		return NULL;
	if (ssh_pki_import_pubkey_file(beside, &key) &&
	    ssh_pki_import_pubkey_file(path, &key))
		key = NULL;
	free(beside);
	return key;
}

/* Would the host let it in? STEP_LET_IN: yes, or that cannot be known. */
static enum ssh_outcome offer(struct ssh_target *ssh, const char *path)
{
	struct ssh_keys *keys = &ssh->keys;

	if (!keys->public_half)
		keys->public_half = read_public_half(path);
	if (!keys->public_half)
		return STEP_LET_IN;
	return ssh_login_judge(ssh,
			       ssh_userauth_try_publickey(ssh->session, NULL,
							  keys->public_half));
}

static enum ssh_outcome ask_passphrase(struct ssh_target *ssh, const char *path)
{
	char prompt[512];

	snprintf(prompt, sizeof(prompt), "%sassphrase for key %s: ",
		 ssh->keys.attempts ? "That was wrong. P" : "P", path);
	return ssh_login_ask(ssh, JHCFG_ASK_PASSWORD, prompt);
}

/* Who refuses to answer does not want to be asked on for a password either. */
static enum ssh_outcome refuse_to_go_on(struct ssh_target *ssh,
					const char *path)
{
	char *what;

	if (asprintf(&what, "key %s needs its passphrase, which was not given",
		     path) < 0)
		what = NULL;
	ssh_target_lost(ssh, what ? what : "a key needs its passphrase",
			"it is not asked for once it is in an agent "
			"(ssh-add)");
	free(what);
	return STEP_LOST;
}

/* STEP_LET_IN: ssh->keys.opened is it. */
static enum ssh_outcome open_key(struct ssh_target *ssh, const char *path)
{
	struct ssh_keys *keys = &ssh->keys;
	int rc;

	if (!ssh->answered)
		return ask_passphrase(ssh, path);
	if (!ssh->given)
		return refuse_to_go_on(ssh, path);
	if (!*ssh->given) /* as with ssh: not this key */
		return STEP_NEXT;
	rc = ssh_pki_import_privkey_file(path, ssh->given, NULL, NULL,
					 &keys->opened);
	ssh_login_forget_answer(ssh);
	if (rc == SSH_OK)
		return STEP_LET_IN;
	keys->opened = NULL;
	if (++keys->attempts < SSH_LOGIN_ATTEMPTS)
		return ask_passphrase(ssh, path);
	return STEP_NEXT;
}

/* STEP_NEXT: not with this key. */
static enum ssh_outcome unlock(struct ssh_target *ssh, const char *path)
{
	struct ssh_keys *keys = &ssh->keys;
	enum ssh_outcome outcome;

	if (!keys->is_wanted) {
		outcome = offer(ssh, path);
		if (outcome != STEP_LET_IN)
			return outcome;
		keys->is_wanted = true;
	}
	if (!keys->opened) {
		outcome = open_key(ssh, path);
		if (outcome == STEP_NEXT && !keys->still_locked)
			keys->still_locked = path;
		if (outcome != STEP_LET_IN)
			return outcome;
	}
	return ssh_login_judge(
		ssh, ssh_userauth_publickey(ssh->session, NULL, keys->opened));
}

enum ssh_outcome ssh_keys_unlock(struct ssh_target *ssh)
{
	struct ssh_keys *keys = &ssh->keys;

	for (; keys->next < keys->count; keys->next++) {
		enum ssh_outcome outcome;

		if (!ssh_login_offers(ssh, SSH_AUTH_METHOD_PUBLICKEY))
			return STEP_NEXT;
		outcome = unlock(ssh, keys->paths[keys->next]);
		if (outcome != STEP_NEXT)
			return outcome;
		ssh_login_forget_answer(ssh);
		forget_key(keys);
	}
	return STEP_NEXT;
}

const char *ssh_keys_still_locked(const struct ssh_target *ssh)
{
	return ssh->keys.still_locked;
}

void ssh_keys_forget(struct ssh_target *ssh)
{
	struct ssh_keys *keys = &ssh->keys;

	forget_key(keys);
	for (size_t n = 0; n < keys->count; n++)
		free(keys->paths[n]);
	keys->count = keys->next = 0;
	keys->still_locked = NULL;
}
