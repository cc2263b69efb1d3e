// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `jailhouse --target` over a real connection: what arrives there, and what
 * comes back. A script in the place of the program there tells its arguments.
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
static char tool[96]; /* `jailhouse` on the target */
static char before[96];

static void write_tool(const char *script)
{
	assert_int_equal(jhcfg_file_write(tool, script, strlen(script)), 0);
	assert_int_equal(chmod(tool, 0755), 0);
}

static int start(void **state)
{
	(void)state;
	sshd_start(&sshd, SSHD_OPENSSH);
	snprintf(tool, sizeof(tool), "%s/bin/jailhouse", sshd.folder);
	snprintf(before, sizeof(before), "%s/none", sshd.folder);
	setenv("JAILHOUSE_SSH_CONFIG", sshd.config, 1);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	sshd_stop(&sshd);
	return 0;
}

static struct jhcfg_result run_program(const char *const *argv)
{
	struct jhcfg_target *local;
	struct jhcfg_result result;

	assert_non_null(argv[0]);
	assert_int_equal(jhcfg_target_open("local", NULL, NULL, &local), 0);
	assert_int_equal(jhcfg_target_exec(local, argv, NULL, 0, 1 << 20,
					   240000, &result),
			 0);
	jhcfg_target_close(local);
	return result;
}

/* Runs the program with these words behind "--target ssh://fixture". */
static struct jhcfg_result run(const char *const *words)
{
	const char *argv[24] = { getenv("JAILHOUSE"), "--target",
				 "ssh://fixture" };
	size_t count = 3;

	while (*words && count < 23)
		argv[count++] = *words++;
	return run_program(argv);
}
#define RUN(...) run((const char *const[]){ __VA_ARGS__, NULL })

static void test_command_there_gets_words_and_answers(void **state)
{
	struct jhcfg_result result;

	(void)state;
	write_tool("#!/bin/sh\nprintf '<%s>' \"$@\"; echo sorry >&2; exit 9\n");
	result = RUN("cell", "start", "--name", "it's $(id) \n\"x\"");
	assert_int_equal(result.status, 9);
	assert_string_equal(result.output,
			    "<cell><start><--name><it's $(id) \n\"x\">");
	assert_string_equal(result.errors, "sorry\n");
	jhcfg_result_clear(&result);
}

static void test_files_are_taken_along(void **state)
{
	char image[96], name[64];
	struct jhcfg_result result;

	(void)state;
	snprintf(image, sizeof(image), "%s/an image.bin", sshd.folder);
	assert_int_equal(jhcfg_file_write(image, "\0\1\2", 3), 0);
	/* prints what it got, and the bytes of the image */
	write_tool("#!/bin/sh\nprintf '<%s>' \"$1\" \"$2\" \"$3\" \"${4##*-}\""
		   " \"$5\" \"$6\" \"$7\" \"$8\"\nod -An -tx1 \"$4\"\n");
	snprintf(name, sizeof(name), "%s", "-odd name");
	result = RUN("cell", "load", name, image, "-a", "0x1000", "-s", "a b");
	assert_int_equal(result.status, 0);
	assert_string_equal(result.output,
			    "<cell><load><-odd name><an_image.bin><-a><0x1000>"
			    "<-s><a b> 00 01 02\n");
	jhcfg_result_clear(&result);
}

static void test_missing_file_is_told_here(void **state)
{
	struct jhcfg_result result;

	(void)state;
	write_tool("#!/bin/sh\necho must not run\n");
	result = RUN("cell", "create", before);
	assert_int_equal(result.status, 1);
	assert_string_equal(result.output, "");
	assert_non_null(strstr(result.errors, "No such file"));
	jhcfg_result_clear(&result);
}

static void test_target_without_the_program_is_told(void **state)
{
	struct jhcfg_result result;

	(void)state;
	result = RUN("disable");
	assert_int_equal(result.status, 1);
	assert_non_null(strstr(result.errors, "there is no jailhouse"));
	jhcfg_result_clear(&result);
}

static void test_list_reads_without_the_program(void **state)
{
	struct jhcfg_result result;

	(void)state;
	result = RUN("cell", "list", "--json");
	assert_int_equal(result.status, 0);
	assert_non_null(strchr(result.output, '['));
	jhcfg_result_clear(&result);
}

static void test_command_about_files_takes_no_target(void **state)
{
	struct jhcfg_result result;

	(void)state;
	result = RUN("config", "convert", before);
	assert_int_equal(result.status, 2);
	assert_non_null(strstr(result.errors, "--target"));
	jhcfg_result_clear(&result);
}

/* The machine there is this one: what is collected there makes the same root
 * configuration. Only root sees addresses. */
static void test_machine_is_collected_without_the_program(void **state)
{
	char archive[96], here[96], there[96];
	struct jhcfg_result result;
	void *a, *b;
	size_t a_size, b_size;

	(void)state;
	snprintf(archive, sizeof(archive), "%s/m.tar", sshd.folder);
	snprintf(here, sizeof(here), "%s/here.cell", sshd.folder);
	snprintf(there, sizeof(there), "%s/there.cell", sshd.folder);
	result = RUN("config", "collect", archive);
	if (result.status) {
		assert_non_null(strstr(result.errors, "run this as root"));
		jhcfg_result_clear(&result);
		return;
	}
	jhcfg_result_clear(&result);
	assert_int_equal(jhcfg_file_read(archive, 64 << 20, &a, &a_size), 0);
	assert_true(a_size > 10240);
	assert_memory_equal((char *)a + 257, "ustar", 5);
	free(a);

	result = RUN("config", "create", there);
	if (result.status) {
		/* no machine that can be partitioned; that is told */
		assert_non_null(strstr(result.errors, "error: "));
		jhcfg_result_clear(&result);
		return;
	}
	jhcfg_result_clear(&result);
	result = RUN("config", "check", "--json", there);
	/* what it finds is of this machine; that it looked there is not */
	assert_in_range(result.status, 0, 1);
	assert_non_null(strstr(result.output, "\"findings\""));
	assert_null(strstr(result.output, "there is no target"));
	jhcfg_result_clear(&result);
	result = RUN("config", "check", "--live", there);
	assert_int_equal(result.status, 2);
	jhcfg_result_clear(&result);
	result = run_program((const char *const[]){ getenv("JAILHOUSE"),
						    "config", "import", archive,
						    "-o", here, NULL });
	assert_int_equal(result.status, 0);
	jhcfg_result_clear(&result);
	assert_int_equal(jhcfg_file_read(here, 1 << 20, &a, &a_size), 0);
	assert_int_equal(jhcfg_file_read(there, 1 << 20, &b, &b_size), 0);
	assert_int_equal(a_size, b_size);
	assert_memory_equal(a, b, a_size);
	free(a);
	free(b);
}

static void test_machine_of_a_folder_takes_no_target(void **state)
{
	struct jhcfg_result result;

	(void)state;
	result = RUN("config", "collect", "-r", "/", before);
	assert_int_equal(result.status, 2);
	jhcfg_result_clear(&result);
	result = RUN("config", "create", "-r", "/", before);
	assert_int_equal(result.status, 2);
	assert_non_null(strstr(result.errors, "--target"));
	jhcfg_result_clear(&result);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(test_command_there_gets_words_and_answers),
		CASE(test_files_are_taken_along),
		CASE(test_missing_file_is_told_here),
		CASE(test_target_without_the_program_is_told),
		CASE(test_list_reads_without_the_program),
		CASE(test_command_about_files_takes_no_target),
		CASE(test_machine_is_collected_without_the_program),
		CASE(test_machine_of_a_folder_takes_no_target),
	};

	if (!sshd_is_installed(SSHD_OPENSSH)) {
		print_message("no OpenSSH server here\n");
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
