// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Emulated boards, without an emulator: a script in its place starts what is
 * SSH to a port, or fails as it does.
 */
#include "cmocka_all.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/target.h>

#include "sshd.h"

static struct sshd sshd;
static char emulator[96];

static int start(void **state)
{
	(void)state;
	sshd_start(&sshd, SSHD_OPENSSH);
	snprintf(emulator, sizeof(emulator), "%s/emu.sh", sshd.folder);
	setenv("JAILHOUSE_EMU", emulator, 1);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	sshd_stop(&sshd);
	return 0;
}

__attribute__((format(printf, 1, 2))) static void write_emulator(
	const char *format, ...)
{
	char script[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(script, sizeof(script), format, args);
	va_end(args);
	assert_int_equal(jhcfg_file_write(emulator, script, strlen(script)), 0);
	assert_int_equal(chmod(emulator, 0755), 0);
}

static struct jhcfg_target *open_board(unsigned int timeout_ms)
{
	const struct jhcfg_target_options options = { .timeout_ms =
							      timeout_ms };
	struct jhcfg_target *target;

	assert_int_equal(
		jhcfg_target_open("emu://some-board", &options, NULL, &target),
		0);
	jhcfg_target_wait(target);
	return target;
}

static void assert_lost(const char *words)
{
	struct jhcfg_target *target = open_board(0);

	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_LOST);
	if (!strstr(jhcfg_target_reason(target), words))
		fail_msg("%s", jhcfg_target_reason(target));
	jhcfg_target_close(target);
}

static void test_board_is_found_and_then_ssh(void **state)
{
	const char *const argv[] = { "echo", "there", NULL };
	struct jhcfg_target *target;
	struct jhcfg_result result;

	(void)state;
	/* the fixture has the host key under its own address */
	write_emulator("#!/bin/sh\n[ \"$*\" = 'where some-board' ] || exit 1\n"
		       "echo 'building a lot' >&2\n"
		       "printf 'port %d\\nidentity %s\\n"
		       "known_hosts %s/known\\nmore is ignored\\n'\n",
		       sshd.port, sshd.identity, sshd.folder);
	target = open_board(0);
	/* the fixture lets in who runs the tests only */
	if (geteuid()) {
		jhcfg_target_close(target);
		print_message("skipped: boards are logged in to as root\n");
		skip();
	}
	if (jhcfg_target_state(target) != JHCFG_TARGET_READY)
		fail_msg("%s", jhcfg_target_reason(target));
	assert_int_equal(jhcfg_target_kind(target), JHCFG_TARGET_EMULATED);
	assert_int_equal(
		jhcfg_target_exec(target, argv, NULL, 0, 100, 0, &result), 0);
	assert_string_equal(result.output, "there\n");
	jhcfg_result_clear(&result);

	/* it is looked for anew when it was lost */
	sshd_cut(&sshd);
	while (jhcfg_target_state(target) == JHCFG_TARGET_READY)
		assert_int_equal(jhcfg_target_dispatch(target, 20000), 0);
	assert_int_equal(jhcfg_target_reconnect(target), 0);
	assert_int_equal(jhcfg_target_wait(target), 0);
	jhcfg_target_close(target);
}

static void test_failure_is_told_in_its_words(void **state)
{
	(void)state;
	write_emulator("#!/bin/sh\nyes much | head -n 9999 >&2\n"
		       "echo 'emu: no board \"some-board\"' >&2\nexit 1\n");
	assert_lost("no board \"some-board\"");
	write_emulator("#!/bin/sh\necho port 0\n");
	assert_lost("does not say where it is");
	assert_int_equal(unlink(emulator), 0);
	assert_lost("JAILHOUSE_EMU");
}

static void test_board_that_never_comes_times_out(void **state)
{
	struct jhcfg_target *target;

	(void)state;
	write_emulator("#!/bin/sh\nexec sleep 1000\n");
	target = open_board(300);
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_LOST);
	/* and again: what was begun is ended first */
	assert_int_equal(jhcfg_target_reconnect(target), 0);
	jhcfg_target_wait(target);
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_LOST);
	jhcfg_target_close(target);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(test_board_is_found_and_then_ssh),
		CASE(test_failure_is_told_in_its_words),
		CASE(test_board_that_never_comes_times_out),
	};

	if (!sshd_is_installed(SSHD_OPENSSH)) {
		print_message("no OpenSSH server here\n");
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
