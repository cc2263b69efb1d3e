/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the steps of a login share; for ssh_login.c, ssh_keys.c and
 * ssh_password.c. */
#ifndef JHCFG_TARGET_SSH_LOGIN_H
#define JHCFG_TARGET_SSH_LOGIN_H

#include "target/ssh.h"

/* Refused passwords of a login, refused passphrases of a key. */
#define SSH_LOGIN_ATTEMPTS 3

enum ssh_outcome {
	STEP_NEXT,  /* this one is done */
	STEP_AGAIN, /* when the socket has moved */
	STEP_ASKED, /* when there is an answer */
	STEP_LET_IN,
	STEP_LOST, /* ssh_target_lost() was called */
};

/* The step is taken again when ssh->given is the answer. Control characters of
 * @prompt are shown as spaces. */
enum ssh_outcome ssh_login_ask(struct ssh_target *ssh,
			       enum jhcfg_question question,
			       const char *prompt);
/* Wipes ssh->given. */
void ssh_login_forget_answer(struct ssh_target *ssh);
/* SSH_AUTH_METHOD_...: does the host take that? */
bool ssh_login_offers(struct ssh_target *ssh, int method);
/* What an attempt means for the steps: SSH_AUTH_... */
enum ssh_outcome ssh_login_judge(struct ssh_target *ssh, int rc);

/* ssh_keys.c: keys in files and in an agent */
enum ssh_outcome ssh_keys_try(struct ssh_target *ssh);
/* Asks for the passphrases of those that the step above has passed over. */
enum ssh_outcome ssh_keys_unlock(struct ssh_target *ssh);
/* A key file that no passphrase has opened; NULL: there is none. */
const char *ssh_keys_still_locked(const struct ssh_target *ssh);
void ssh_keys_forget(struct ssh_target *ssh);

/* ssh_password.c: answers to what the host asks, and a password */
enum ssh_outcome ssh_password_answer(struct ssh_target *ssh);
enum ssh_outcome ssh_password_give(struct ssh_target *ssh);

#endif
