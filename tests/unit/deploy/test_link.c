// SPDX-License-Identifier: GPL-2.0-or-later
/* A deploy whose connection is lost on the way: over a real SSH server, which
 * has no SFTP. */
#include "rig.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sshd.h"

struct link {
	struct rig rig; /* first */
	struct sshd sshd;
	bool cut_upload, restart, restart_always;
	int cuts;
};

/* For scripts that cut the connection. */
static void note_listener(const struct link *link)
{
	rig_sh(&link->rig, "echo %d >listener", (int)link->sshd.listener);
}

static void on_step(struct jhcfg_deploy *deploy, void *user, size_t index)
{
	const struct jhcfg_deploy_step *step = jhcfg_deploy_step(deploy, index);
	struct link *link = user;

	if (!link->cut_upload || step->kind != JHCFG_DEPLOY_UPLOAD ||
	    step->sent < (1U << 20) || step->sent == step->size)
		return;
	link->cut_upload = false;
	link->cuts++;
	sshd_cut(&link->sshd);
}

/* Whoever cut the connection has ended the server. */
static void on_changed(struct jhcfg_deploy *deploy, void *user)
{
	struct link *link = user;

	if (!*jhcfg_deploy_note(deploy) || !link->restart)
		return;
	link->restart = link->restart_always && link->cuts < 100;
	link->cuts++;
	sshd_cut(&link->sshd);
	note_listener(link);
}

static int setup(void **state)
{
	struct link *link = calloc(1, sizeof(*link));
	/* one case waits for it: nobody answers there */
	struct jhcfg_target_options options = { .timeout_ms = 30000 };

	if (!sshd_is_installed(SSHD_OPENSSH)) {
		print_message("skipped: no OpenSSH server; ./jhw setup\n");
		skip();
	}
	sshd_start(&link->sshd, SSHD_OPENSSH);
	rig_make(&link->rig, link->sshd.folder);
	link->rig.handler = (struct jhcfg_deploy_handler){
		.changed = on_changed,
		.step = on_step,
		.user = link,
	};
	options.ssh_config = link->sshd.config;
	assert_int_equal(jhcfg_target_open("ssh://fixture", &options, NULL,
					   &link->rig.target),
			 0);
	assert_int_equal(jhcfg_target_wait(link->rig.target), 0);
	*state = link;
	return 0;
}

static int teardown(void **state)
{
	struct link *link = *state;

	rig_end(&link->rig);
	sshd_stop(&link->sshd);
	free(link);
	return 0;
}

/* At each call of "jailhouse @verb", the server and all that it serves die. */
static void cut_at(struct link *link, const char *verb)
{
	rig_sh(&link->rig,
	       "cat >hook <<'END'\n#!/bin/sh\n"
	       "[ \"$1 $2 $3\" != 'jailhouse %s' ] || [ -e cut ] || "
	       "{ : >'%s/cut'; kill -9 -%d; }\n"
	       "END\nsed -i 's,-e cut,-e %s/cut,' hook; chmod +x hook",
	       verb, link->rig.folder, (int)link->sshd.listener,
	       link->rig.folder);
}

static void test_cut_while_uploading_uploads_again(void **state)
{
	struct link *link = *state;
	size_t size = (size_t)4 << 20;
	char *big = calloc(1, size);

	link->rig.images[0].bytes = big;
	link->rig.images[0].size = size;
	link->cut_upload = true;
	rig_expect(&link->rig, JHCFG_DEPLOY_DONE);
	assert_int_equal(link->cuts, 1);
	rig_expect_read(&link->rig, "ls site/deploy | grep -c part", "0\n");
	rig_expect_read(&link->rig,
			"cd site/deploy; for f in *.bin; do "
			"[ \"$(/usr/bin/sha256sum <$f | cut -c-64)\" = "
			"\"${f%%-*}\" ] || echo $f; done",
			"");
	free(big);
}

static void test_cut_while_enabling_goes_on(void **state)
{
	struct link *link = *state;

	cut_at(link, "enable '\"$3\"'");
	link->restart = true;
	rig_expect(&link->rig, JHCFG_DEPLOY_DONE);
	assert_int_equal(link->cuts, 1);
	/* it went on there without us, once */
	rig_expect_read(&link->rig, "grep -c 'jailhouse enable' calls", "1\n");
}

static void test_cut_while_starting_goes_on(void **state)
{
	struct link *link = *state;

	cut_at(link, "cell start");
	link->restart = true;
	rig_expect(&link->rig, JHCFG_DEPLOY_DONE);
	assert_int_equal(link->cuts, 1);
	rig_expect_read(&link->rig, "cat sys/cells/1/state", "running\n");
}

/* Each call of @program there, which looks use, cuts the connection. */
static void cut_at_program(const struct link *link, const char *program)
{
	note_listener(link);
	rig_sh(&link->rig,
	       "printf '#!/bin/sh\nkill -9 -$(cat %s/listener)\n' >bin/%s; "
	       "chmod +x bin/%s",
	       link->rig.folder, program, program);
}

/* Who cuts the connection from here on ends the server for good. */
static void keep_no_port(struct link *link)
{
	close(link->sshd.socket);
	link->sshd.socket = -1;
}

/* It answers, and is lost, and answers: that is not waited for without end. */
static void test_target_lost_at_each_look_is_given_up(void **state)
{
	struct link *link = *state;

	cut_at_program(link, "df");
	link->restart = link->restart_always = true;
	rig_expect(&link->rig, JHCFG_DEPLOY_FAILED);
	rig_expect_told(&link->rig, "the target was lost again and again");
	assert_true(link->restart);
}

static void test_target_lost_at_the_first_look_is_told(void **state)
{
	struct link *link = *state;
	const struct jhcfg_diags *diags;
	const struct jhcfg_diag *diag;

	keep_no_port(link);
	cut_at_program(link, "id");
	link->rig.options.reconnect_s = 1;
	rig_expect(&link->rig, JHCFG_DEPLOY_FAILED);
	rig_expect_told(&link->rig, "does not come back");
	diags = jhcfg_deploy_diags(link->rig.deploy);
	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		assert_null(strstr(diag->text, "enable.log"));
}

static void test_target_lost_for_good_is_told(void **state)
{
	struct link *link = *state;
	const struct jhcfg_diag *diag;
	bool told = false;

	keep_no_port(link);
	cut_at(link, "enable '\"$3\"'");
	link->rig.options.reconnect_s = 1;
	rig_expect(&link->rig, JHCFG_DEPLOY_FAILED);
	for (size_t n = 0;
	     (diag = jhcfg_diags_get(jhcfg_deploy_diags(link->rig.deploy), n));
	     n++)
		told |= strstr(diag->text, "does not come back") &&
			strstr(diag->text, "enable.log");
	assert_true(told);
	rig_expect_over(&link->rig);
}

static void test_watchdog_takes_back_what_nobody_confirms(void **state)
{
	struct link *link = *state;
	struct pollfd end = { .events = POLLIN };
	char path[128];

	cut_at(link, "enable '\"$3\"'");
	/* the fake tells when it is disabled */
	rig_sh(&link->rig,
	       "mkfifo gone; cat >>hook <<'END'\n"
	       "[ \"$2\" != disable ] || echo >\"$(dirname $0)/gone\"\n"
	       "END");
	snprintf(path, sizeof(path), "%s/gone", link->rig.folder);
	end.fd = open(path, O_RDWR | O_CLOEXEC);
	assert_true(end.fd >= 0);
	link->rig.options.reconnect_s = 1;
	link->rig.options.rollback_after_s = 1;
	rig_expect(&link->rig, JHCFG_DEPLOY_FAILED);
	assert_int_equal(poll(&end, 1, 240000), 1);
	close(end.fd);
	/* and who comes back is told so */
	sshd_cut(&link->sshd);
	rig_expect_read(&link->rig, "ls site/deploy/rolled-back",
			"site/deploy/rolled-back\n");
}

static void test_watchdog_is_content_with_a_confirmation(void **state)
{
	struct link *link = *state;

	link->rig.options.rollback_after_s = 600;
	rig_expect(&link->rig, JHCFG_DEPLOY_DONE);
	assert_non_null(strstr(rig_steps(&link->rig), "confirm, clean up"));
	rig_expect_read(&link->rig,
			"ls site/deploy | grep -c -e armed -e alive", "0\n");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_cut_while_uploading_uploads_again),
		CASE(test_cut_while_enabling_goes_on),
		CASE(test_cut_while_starting_goes_on),
		CASE(test_target_lost_at_each_look_is_given_up),
		CASE(test_target_lost_at_the_first_look_is_told),
		CASE(test_target_lost_for_good_is_told),
		CASE(test_watchdog_takes_back_what_nobody_confirms),
		CASE(test_watchdog_is_content_with_a_confirmation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
