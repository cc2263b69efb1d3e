// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What goes wrong with a server: each has a message of its own, which says what
 * to do, and nothing is left there.
 */
#include "cmocka_all.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/target.h>

#include "forwarder.h"
#include "sshd.h"

#define OURS "/run/jailhouse-workbench" /* where files go, of root */
#define SIZE ((size_t)1 << 20)

static struct sshd sshd;
static char image[96];

static int start(void **state)
{
	char tool[96];
	char *data = calloc(1, SIZE);

	(void)state;
	sshd_start(&sshd, SSHD_OPENSSH);
	setenv("JAILHOUSE_SSH_CONFIG", sshd.config, 1);
	snprintf(image, sizeof(image), "%s/image", sshd.folder);
	assert_non_null(data);
	assert_int_equal(jhcfg_file_write(image, data, SIZE), 0);
	free(data);
	snprintf(tool, sizeof(tool), "%s/bin/jailhouse", sshd.folder);
	assert_int_equal(jhcfg_file_write(tool, "#!/bin/sh\necho ran\n", 19),
			 0);
	assert_int_equal(chmod(tool, 0755), 0);
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
	setenv("JAILHOUSE_BATCH", "1", 1);
	assert_int_equal(jhcfg_target_open("local", NULL, NULL, &local), 0);
	assert_int_equal(jhcfg_target_exec(local, argv, NULL, 0, 1 << 20,
					   240000, &result),
			 0);
	jhcfg_target_close(local);
	return result;
}

/* `cell create IMAGE` there fails with these words. */
static void assert_refused(const char *words)
{
	struct jhcfg_result result =
		run("ssh://fixture",
		    (const char *const[]){ "cell", "create", image, NULL });

	if (result.status != 1 || !strstr(result.errors, words) ||
	    *result.output)
		fail_msg("%d: %s%s", result.status, result.output,
			 result.errors);
	jhcfg_result_clear(&result);
}

/* `cell create IMAGE` there does what the tool of the fixture does. */
static void assert_ran(void)
{
	struct jhcfg_result result =
		run("ssh://fixture",
		    (const char *const[]){ "cell", "create", image, NULL });

	if (result.status)
		fail_msg("%s", result.errors);
	assert_string_equal(result.output, "ran\n");
	jhcfg_result_clear(&result);
}

static struct jhcfg_target *open_fixture(void)
{
	const struct jhcfg_target_options options = {
		.ssh_config = sshd.config,
		.timeout_ms = 120000,
	};
	struct jhcfg_target *target;

	assert_int_equal(
		jhcfg_target_open("ssh://fixture", &options, NULL, &target), 0);
	if (jhcfg_target_wait(target))
		fail_msg("%s", jhcfg_target_reason(target));
	return target;
}

/* --- the way in ----------------------------------------------------------- */

static void test_other_host_key_is_refused(void **state)
{
	(void)state;
	sshd_change_key(&sshd);
	assert_refused("its host key has changed");
}

static void test_unknown_host_without_anybody_to_ask(void **state)
{
	char known[128];

	(void)state;
	snprintf(known, sizeof(known), "%s/known", sshd.folder);
	assert_int_equal(jhcfg_file_write(known, "", 0), 0);
	assert_refused("the host is not trusted");
}

static void test_refused_key_is_told(void **state)
{
	char keys[128];

	(void)state;
	snprintf(keys, sizeof(keys), "%s/authorized_keys", sshd.folder);
	assert_int_equal(jhcfg_file_write(keys, "", 0), 0);
	assert_refused("it does not let us in");
}

static void test_silent_server_times_out(void **state)
{
	const struct jhcfg_target_options options = { .ssh_config = "/dev/null",
						      .timeout_ms = 1000 };
	/* what it says comes when nobody waits any more */
	const struct forwarder_link link = { .to = sshd.port,
					     .delay_ms = 100000 };
	struct forwarder forwarder;
	struct jhcfg_target *target;
	char name[64];

	(void)state;
	forwarder_start(&forwarder, &link);
	snprintf(name, sizeof(name), "ssh://127.0.0.1:%d", forwarder.port);
	assert_int_equal(jhcfg_target_open(name, &options, NULL, &target), 0);
	assert_int_equal(jhcfg_target_wait(target), -ECONNREFUSED);
	assert_non_null(
		strstr(jhcfg_target_reason(target), "no answer within 1 s"));
	jhcfg_target_close(target);
	forwarder_stop(&forwarder);
}

/* --- no SFTP, no room, nothing to write to ---------------------------------
 */

/* The fixture has no such subsystem. */
static void test_files_arrive_without_sftp(void **state)
{
	char command[256];

	(void)state;
	snprintf(command, sizeof(command),
		 "sftp -q -b /dev/null -F %s fixture >/dev/null 2>&1",
		 sshd.config);
	assert_int_not_equal(system(command), 0);
	assert_ran();
}

/* Writes what is large enough for openssl, which here is @script. */
static int write_with_openssl(const char *script)
{
	const size_t size = 5 << 20;
	struct jhcfg_target *target;
	char *data = calloc(1, size), path[96];
	void *back;
	size_t got;
	int err;

	assert_non_null(data);
	data[size - 1] = 'x';
	snprintf(path, sizeof(path), "%s/bin/openssl", sshd.folder);
	assert_int_equal(jhcfg_file_write(path, script, strlen(script)), 0);
	assert_int_equal(chmod(path, 0755), 0);
	target = open_fixture();
	snprintf(path, sizeof(path), "%s/large", sshd.folder);
	err = jhcfg_target_write(target, path, data, size, 0600, 0);
	if (!err) {
		assert_int_equal(
			jhcfg_target_read(target, path, size, &back, &got), 0);
		assert_int_equal(got, size);
		assert_memory_equal(back, data, size);
		free(back);
	} else {
		assert_int_not_equal(access(path, F_OK), 0);
	}
	jhcfg_target_close(target);
	free(data);
	return err;
}

static void test_openssl_that_does_not_work_is_done_without(void **state)
{
	(void)state;
	assert_int_equal(write_with_openssl("#!/bin/sh\nexit 1\n"), 0);
	assert_int_equal(write_with_openssl("#!/bin/sh\nhead -c 9; exit 1\n"),
			 0);
}

static void test_large_file_that_is_damaged_is_not_used(void **state)
{
	(void)state;
	assert_int_equal(
		write_with_openssl("#!/bin/sh\ncat >/dev/null; echo other\n"),
		-EIO);
}

static void mount_small(const struct sshd *server)
{
	(void)server;
	mkdir(OURS, 0700);
	if (mount("none", OURS, "tmpfs", 0, "size=256k,mode=700"))
		_exit(127);
}

static void mount_read_only(const struct sshd *server)
{
	mount_small(server);
	if (mount("none", OURS, NULL, MS_REMOUNT | MS_RDONLY, NULL))
		_exit(127);
}

static void mount_run(const struct sshd *server)
{
	(void)server;
	/* the server itself needs a folder there */
	if (mount("none", "/run", "tmpfs", 0, NULL) || mkdir("/run/sshd", 0755))
		_exit(127);
}

static void mount_run_read_only(const struct sshd *server)
{
	mount_run(server);
	if (mount("none", "/run", NULL, MS_REMOUNT | MS_RDONLY, NULL))
		_exit(127);
}

static void need_root(void)
{
	if (geteuid()) {
		print_message("skipped: file systems are mounted by root\n");
		skip();
	}
}

static void test_full_disk_is_told_and_left_as_it_was(void **state)
{
	struct jhcfg_target *target;
	char *data = calloc(1, SIZE), **names;
	void *back;
	size_t size;

	(void)state;
	need_root();
	sshd_prepare(&sshd, mount_small);
	assert_refused("No space left");
	assert_refused("make room in " OURS);

	target = open_fixture();
	assert_int_equal(
		jhcfg_target_write(target, OURS "/file", "old", 3, 0600, 0), 0);
	assert_int_equal(
		jhcfg_target_write(target, OURS "/file", data, SIZE, 0600, 0),
		-ENOSPC);
	assert_int_equal(
		jhcfg_target_read(target, OURS "/file", 10, &back, &size), 0);
	assert_string_equal(back, "old");
	free(back);
	assert_int_equal(jhcfg_target_list(target, OURS, &names), 0);
	assert_string_equal(names[0], "file");
	assert_null(names[1]);
	jhcfg_names_free(names);
	jhcfg_target_close(target);
	free(data);
}

static void test_read_only_folder_is_told(void **state)
{
	struct jhcfg_target *target;

	(void)state;
	need_root();
	sshd_prepare(&sshd, mount_read_only);
	assert_refused("Read-only");
	assert_refused("has to be writable");
	target = open_fixture();
	assert_int_equal(
		jhcfg_target_write(target, OURS "/file", "x", 1, 0600, 0),
		-EROFS);
	jhcfg_target_close(target);

	sshd_prepare(&sshd, mount_run_read_only);
	assert_refused("no folder for our files can be made");
	assert_refused("Read-only");
}

/* Somebody else looks at the same time. */
static void test_folder_that_another_makes_meanwhile_is_used(void **state)
{
	static const char script[] = "#!/bin/sh\n/bin/mkdir \"$@\"\n"
				     "exec /bin/mkdir \"$@\"\n";
	char path[96];

	(void)state;
	need_root();
	snprintf(path, sizeof(path), "%s/bin/mkdir", sshd.folder);
	assert_int_equal(jhcfg_file_write(path, script, strlen(script)), 0);
	assert_int_equal(chmod(path, 0755), 0);
	sshd_prepare(&sshd, mount_run);
	assert_ran();
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(test_other_host_key_is_refused),
		CASE(test_unknown_host_without_anybody_to_ask),
		CASE(test_refused_key_is_told),
		CASE(test_silent_server_times_out),
		CASE(test_files_arrive_without_sftp),
		CASE(test_openssl_that_does_not_work_is_done_without),
		CASE(test_large_file_that_is_damaged_is_not_used),
		CASE(test_full_disk_is_told_and_left_as_it_was),
		CASE(test_read_only_folder_is_told),
		CASE(test_folder_that_another_makes_meanwhile_is_used),
	};

	if (!sshd_is_installed(SSHD_OPENSSH)) {
		print_message("no OpenSSH server here\n");
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
