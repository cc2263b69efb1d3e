// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Names of cells, files and hosts that a shell, a parser of options or ssh
 * could take for something else: they arrive byte by byte, or are refused.
 */
#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/target.h>

#include "sshd.h"

static struct sshd sshd;
static char trap_file[96]; /* is made if anything below is carried out */

static int start(void **state)
{
	static const char tool[] =
		"#!/bin/sh\nfor w; do case $w in */jailhouse-workbench*/*) "
		"cat -- \"$w\";; *) printf '%s' \"$w\";; esac; "
		"printf '\\0'; done\n";
	char path[96];

	(void)state;
	sshd_start(&sshd, SSHD_OPENSSH);
	setenv("JAILHOUSE_SSH_CONFIG", sshd.config, 1);
	setenv("JAILHOUSE_BATCH", "1", 1);
	snprintf(path, sizeof(path), "%s/bin/jailhouse", sshd.folder);
	assert_int_equal(jhcfg_file_write(path, tool, strlen(tool)), 0);
	assert_int_equal(chmod(path, 0755), 0);
	snprintf(trap_file, sizeof(trap_file), "%s/trap", sshd.folder);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	sshd_stop(&sshd);
	return 0;
}

static struct jhcfg_result run(const char *target, const char *const *words)
{
	const char *argv[16] = { getenv("JAILHOUSE"), "--target", target };
	struct jhcfg_target *local;
	struct jhcfg_result result;
	size_t count = 3;

	assert_non_null(argv[0]);
	while (*words)
		argv[count++] = *words++;
	assert_int_equal(jhcfg_target_open("local", NULL, NULL, &local), 0);
	assert_int_equal(jhcfg_target_exec(local, argv, NULL, 0, 1 << 20,
					   240000, &result),
			 0);
	jhcfg_target_close(local);
	return result;
}
#define RUN(target, ...) run(target, (const char *const[]){ __VA_ARGS__, NULL })

/* %s: the file that must not come to be */
static const char *const names[] = {
	"two words",	"it's",	     "\"quoted\"", "$(touch %s)",
	"`touch %s`",	";touch %s", "a\nb\n",	   "-leading",
	"--name=x",	"--",	     "|touch %s",  "&& touch %s",
	"\\",		"*",	     "~root",	   "${IFS}touch${IFS}%s",
	"\xc3\xa4\xff", "a\tb",	     "%%s%%n",	   "!!",
};
#define NUM_NAMES (sizeof(names) / sizeof(*names))

static void make_name(size_t n, char *name, size_t size)
{
	/* a path in a name of a file would be one of folders */
	const char *slash = strrchr(trap_file, '/');

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(name, size, names[n], slash + 1);
#pragma GCC diagnostic pop
}

static void assert_word(const struct jhcfg_result *result, size_t index,
			const char *wanted)
{
	const char *at = result->output, *end = at + result->output_size;

	for (; index && at < end; index--)
		at += strlen(at) + 1;
	if (at >= end || strcmp(at, wanted))
		fail_msg("\"%s\" is not \"%s\": %s", at < end ? at : "", wanted,
			 result->errors);
}

static void test_names_of_cells_arrive_byte_by_byte(void **state)
{
	(void)state;
	for (size_t n = 0; n < NUM_NAMES; n++) {
		struct jhcfg_result result;
		char name[128];

		make_name(n, name, sizeof(name));
		result = RUN("ssh://fixture", "cell", "start", "--name", name);
		assert_int_equal(result.status, 0);
		assert_word(&result, 2, "--name");
		assert_word(&result, 3, name);
		jhcfg_result_clear(&result);
	}
	assert_int_not_equal(access(trap_file, F_OK), 0);
}

static void test_files_of_any_name_arrive(void **state)
{
	(void)state;
	for (size_t n = 0; n < NUM_NAMES; n++) {
		char name[128], path[256], text[16];
		struct jhcfg_result result;

		make_name(n, name, sizeof(name));
		snprintf(path, sizeof(path), "%s/%s", sshd.folder, name);
		snprintf(text, sizeof(text), "contents %zu", n);
		assert_int_equal(jhcfg_file_write(path, text, strlen(text)), 0);
		result = RUN("ssh://fixture", "cell", "load", "1", path);
		if (result.status)
			fail_msg("%s: %s", name, result.errors);
		assert_word(&result, 3, text);
		jhcfg_result_clear(&result);
	}
	assert_int_not_equal(access(trap_file, F_OK), 0);
}

static void test_hosts_that_are_none_are_refused(void **state)
{
	static const char *const targets[] = {
		"ssh://-oProxyCommand=touch trap",
		"ssh://a@-oProxyCommand=touch trap",
		"ssh://-l@fixture",
		"ssh://$(touch trap)",
		"ssh://fixture;touch trap",
		"ssh://the fixture",
		"ssh://fixture\ntouch trap",
		"ssh://fixture:22 -oX",
		"ssh://",
		"emu://$(touch trap)",
		"emu://../../x",
		"emu://-x",
		"fixture",
		"-oProxyCommand=touch trap",
		"ssh",
	};

	(void)state;
	assert_int_equal(chdir(sshd.folder), 0);
	for (size_t n = 0; n < sizeof(targets) / sizeof(*targets); n++) {
		struct jhcfg_result result = RUN(targets[n], "target", "probe");

		assert_int_equal(result.status, 1);
		assert_non_null(strstr(result.errors, "target"));
		assert_string_equal(result.output, "");
		jhcfg_result_clear(&result);
	}
	assert_int_equal(chdir("/"), 0);
	assert_int_not_equal(access(trap_file, F_OK), 0);
}

/* What a target says is text for the terminal, and no more than that. */
static void test_console_of_odd_cell_is_looked_for_by_name(void **state)
{
	(void)state;
	for (size_t n = 0; n < NUM_NAMES; n++) {
		struct jhcfg_result result;
		char name[128];

		make_name(n, name, sizeof(name));
		result = RUN("ssh://fixture", "target", "console", "--", name);
		assert_int_equal(result.status, 1);
		assert_non_null(strstr(result.errors, "there is no cell"));
		assert_non_null(strstr(result.errors, name));
		jhcfg_result_clear(&result);
	}
	assert_int_not_equal(access(trap_file, F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_of_cells_arrive_byte_by_byte),
		cmocka_unit_test(test_files_of_any_name_arrive),
		cmocka_unit_test(test_hosts_that_are_none_are_refused),
		cmocka_unit_test(
			test_console_of_odd_cell_is_looked_for_by_name),
	};

	if (!sshd_is_installed(SSHD_OPENSSH)) {
		print_message("no OpenSSH server here\n");
		return 77;
	}
	return cmocka_run_group_tests(tests, start, stop);
}
