// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Logging in with words: keyboard-interactive, where the host asks what it
 * wants (RFC 4256), and a password. Both may be of use to a host that is not
 * what it should be: its questions are bounded, and are said to be its.
 */
#include <stdio.h>
#include <string.h>

#include "target/ssh_login.h"

/* Sets of questions. One of them may be empty: nobody is asked, then, and
 * nobody can refuse. */
#define MAX_ROUNDS 16

/* With its name before it, it is no question of ours: for the passphrase of a
 * key, or the password of another host. */
static enum ssh_outcome ask_for_host(struct ssh_target *ssh, const char *text,
				     bool shown)
{
	const char *more =
		ssh->prompt ? NULL
			    : ssh_userauth_kbdint_getinstruction(ssh->session);
	char prompt[1024];

	if (!more)
		more = "";
	snprintf(prompt, sizeof(prompt), "(%s) %.500s%s%s", ssh->settings.host,
		 more, *more ? " " : "", text ? text : "");
	return ssh_login_ask(ssh, shown ? JHCFG_ASK_TEXT : JHCFG_ASK_PASSWORD,
			     prompt);
}

/* The host's own questions, one a time. */
static enum ssh_outcome next_prompt(struct ssh_target *ssh)
{
	int count = ssh_userauth_kbdint_getnprompts(ssh->session);
	const char *text;
	char echo = 0;

	if (ssh->answered) {
		ssh->declined = !ssh->given;
		if (!ssh->given ||
		    ssh_userauth_kbdint_setanswer(ssh->session,
						  (unsigned int)ssh->prompt,
						  ssh->given) < 0)
			return STEP_NEXT;
		ssh_login_forget_answer(ssh);
		ssh->prompt++;
	}
	if (ssh->prompt >= count) {
		ssh->fresh_prompts = false;
		return STEP_AGAIN;
	}
	text = ssh_userauth_kbdint_getprompt(ssh->session,
					     (unsigned int)ssh->prompt, &echo);
	return ask_for_host(ssh, text, echo);
}

static enum ssh_outcome refuse_more(struct ssh_target *ssh)
{
	ssh_target_lost(ssh, "it asks one question after the other", NULL);
	return STEP_LOST;
}

enum ssh_outcome ssh_password_answer(struct ssh_target *ssh)
{
	enum ssh_outcome outcome;

	if (!ssh_login_offers(ssh, SSH_AUTH_METHOD_INTERACTIVE))
		return STEP_NEXT;
	for (;;) {
		int rc;

		if (ssh->fresh_prompts) {
			outcome = next_prompt(ssh);
			if (outcome != STEP_AGAIN)
				return outcome;
		}
		rc = ssh_userauth_kbdint(ssh->session, NULL, NULL);
		if (rc == SSH_AUTH_INFO) {
			if (++ssh->rounds > MAX_ROUNDS)
				return refuse_more(ssh);
			ssh->prompt = 0;
			ssh->fresh_prompts = true;
			continue;
		}
		if (rc == SSH_AUTH_DENIED &&
		    ++ssh->attempts < SSH_LOGIN_ATTEMPTS)
			continue;
		return ssh_login_judge(ssh, rc);
	}
}

enum ssh_outcome ssh_password_give(struct ssh_target *ssh)
{
	char prompt[300];
	int rc;

	if (ssh->declined || !ssh_login_offers(ssh, SSH_AUTH_METHOD_PASSWORD))
		return STEP_NEXT;
	snprintf(prompt, sizeof(prompt),
		 "Password for %s: ", ssh->settings.host);
	if (!ssh->answered)
		return ssh_login_ask(ssh, JHCFG_ASK_PASSWORD, prompt);
	if (!ssh->given)
		return STEP_NEXT;
	rc = ssh_userauth_password(ssh->session, NULL, ssh->given);
	if (rc == SSH_AUTH_AGAIN)
		return STEP_AGAIN;
	ssh_login_forget_answer(ssh);
	if (rc == SSH_AUTH_DENIED && ++ssh->attempts < SSH_LOGIN_ATTEMPTS)
		return ssh_login_ask(ssh, JHCFG_ASK_PASSWORD, prompt);
	return ssh_login_judge(ssh, rc);
}
