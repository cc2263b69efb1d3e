// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One machine as a folder, as an archive and as a recording: they say the same,
 * and what its driver was given is in each.
 */
#include "cmocka_all.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/file.h>
#include <jhcfg/jhcfg.h>
#include <jhcfg/recording.h>
#include <jhcfg/running.h>
#include <jhcfg/status.h>

#include "sample.h"

static char folder[] = "/tmp/jhw-archive-XXXXXX";

__attribute__((format(printf, 1, 2))) static void sh(const char *format, ...)
{
	char command[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	assert_int_equal(system(command), 0);
}

static void write_binary(const char *path, bool is_system)
{
	size_t size;
	void *data = sample_binary(is_system, JAILHOUSE_ARM64, &size);
	char full[256];

	snprintf(full, sizeof(full), "%s/machine/%s", folder, path);
	assert_int_equal(jhcfg_file_write(full, data, size), 0);
	free(data);
}

static int start(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(folder));
	sh("cd %s && mkdir -p machine/proc "
	   "machine/sys/devices/jailhouse/cells/0"
	   " machine/sys/devices/jailhouse/cells/7 && cd machine &&"
	   " echo mem=768M >proc/cmdline && echo proc/cmdline >proc/empty &&"
	   " ln -s cmdline proc/link && ln -s /etc/passwd proc/out &&"
	   " cd sys/devices/jailhouse && echo 1 >enabled &&"
	   " for c in 0 7; do cd cells/$c; echo cell-$c >name;"
	   " echo running >state; echo 1 >cpus_assigned_list;"
	   " echo >cpus_failed_list; cd ../..; done",
	   folder);
	write_binary("sys/devices/jailhouse/config", true);
	write_binary("sys/devices/jailhouse/cells/7/config", false);
	sh("cd %s && tar -cf m.tar -C machine . && "
	   "tar -czf m.tar.gz -C machine proc sys",
	   folder);
	sh("%s --target recorded:%s/machine target record -n 2 -d 0.01 "
	   "%s/m.jhrec",
	   getenv("JAILHOUSE"), folder, folder);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	sh("rm -r %s", folder);
	return 0;
}

static const char *const forms[] = { "machine", "m.tar", "m.tar.gz",
				     "m.jhrec" };
#define NUM_FORMS (sizeof(forms) / sizeof(*forms))

static struct jhcfg_target *open_form(const char *form)
{
	struct jhcfg_target *target;
	char name[128];

	snprintf(name, sizeof(name), "recorded:%s/%s", folder, form);
	assert_int_equal(jhcfg_target_open(name, NULL, NULL, &target), 0);
	assert_int_equal(jhcfg_target_kind(target), JHCFG_TARGET_RECORDED);
	return target;
}

static void test_status_is_the_same_in_each_form(void **state)
{
	(void)state;
	for (size_t n = 0; n < NUM_FORMS; n++) {
		struct jhcfg_target *target = open_form(forms[n]);
		const struct jhcfg_status *status;

		assert_int_equal(jhcfg_status_read(target, &status), 0);
		assert_true(status->enabled);
		assert_int_equal(status->num_cells, 2);
		assert_string_equal(status->cells[1].name, "cell-7");
		jhcfg_status_free(status);
		jhcfg_target_close(target);
	}
}

static void test_configurations_are_in_each_form(void **state)
{
	struct jhcfg_config *system = sample_config(true, JAILHOUSE_ARM64);
	struct jhcfg_config *cell = sample_config(false, JAILHOUSE_ARM64);

	(void)state;
	for (size_t n = 0; n < NUM_FORMS; n++) {
		struct jhcfg_target *target = open_form(forms[n]);
		struct jhcfg_running *running;

		assert_int_equal(jhcfg_running_read(target, NULL, &running), 0);
		assert_int_equal(running->count, 2);
		assert_string_equal(
			jhcfg_cell_name(jhcfg_config_cell(running->configs[0])),
			jhcfg_cell_name(jhcfg_config_cell(system)));
		assert_int_equal(
			jhcfg_cell_num_memory(
				jhcfg_config_cell(running->configs[1])),
			jhcfg_cell_num_memory(jhcfg_config_cell(cell)));
		jhcfg_running_free(running);
		jhcfg_target_close(target);
	}
	jhcfg_config_free(system);
	jhcfg_config_free(cell);
}

static void test_files_of_archive_are_read_and_listed(void **state)
{
	struct jhcfg_target *target = open_form("m.tar.gz");
	struct jhcfg_stat stat;
	char **names;
	void *data;
	size_t size;

	(void)state;
	assert_int_equal(jhcfg_target_read(target, "//proc/./cmdline", 100,
					   &data, &size),
			 0);
	assert_string_equal(data, "mem=768M\n");
	free(data);
	assert_int_equal(
		jhcfg_target_read(target, "/proc/link", 100, &data, &size), 0);
	free(data);
	assert_int_equal(
		jhcfg_target_read(target, "/proc/cmdline", 3, &data, &size),
		-EFBIG);
	assert_int_equal(jhcfg_target_read(target, "/proc", 3, &data, &size),
			 -EISDIR);
	/* no way out, neither by a name nor by a link */
	assert_int_equal(jhcfg_target_read(target, "/proc/../etc/passwd", 9999,
					   &data, &size),
			 -ENOENT);
	assert_int_not_equal(
		jhcfg_target_read(target, "/proc/out", 99999, &data, &size), 0);
	assert_int_equal(jhcfg_target_stat(target, "/proc/cmdline", &stat), 0);
	assert_int_equal(stat.kind, JHCFG_FILE_REGULAR);
	assert_int_equal(stat.size, 9);
	assert_int_equal(jhcfg_target_stat(target, "/sys/devices", &stat), 0);
	assert_int_equal(stat.kind, JHCFG_FILE_DIRECTORY);
	assert_int_equal(jhcfg_target_stat(target, "/sys/none", &stat),
			 -ENOENT);
	assert_int_equal(jhcfg_target_list(target,
					   "/sys/devices/jailhouse/cells",
					   &names),
			 0);
	assert_string_equal(names[0], "0");
	assert_string_equal(names[1], "7");
	assert_null(names[2]);
	jhcfg_names_free(names);
	assert_int_equal(jhcfg_target_list(target, "/proc/cmdline", &names),
			 -ENOTDIR);
	assert_int_equal(jhcfg_target_list(target, "/none", &names), -ENOENT);
	assert_int_equal(jhcfg_target_write(target, "/proc/x", "", 0, 0600, 0),
			 -EROFS);
	jhcfg_target_close(target);
}

static void test_damaged_archive_is_told(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_target *target;
	char name[128];

	(void)state;
	sh("cd %s && head -c 300 m.tar.gz >cut.tar.gz", folder);
	snprintf(name, sizeof(name), "recorded:%s/cut.tar.gz", folder);
	assert_int_not_equal(jhcfg_target_open(name, NULL, diags, &target), 0);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
	jhcfg_diags_free(diags);
}

/* A cell that goes and its configuration go together. */
static void test_configuration_goes_with_its_cell(void **state)
{
	struct jhcfg_recorder *recorder;
	struct jhcfg_recording *recording;
	struct jhcfg_tree *tree;
	struct jhcfg_target *target = open_form("machine");
	const struct jhcfg_tree_request request = {
		.paths = (const char *const[]){ "/proc", NULL },
		.depth = 1,
		.max = 65536,
	};
	char path[128];

	(void)state;
	snprintf(path, sizeof(path), "%s/kept.jhrec", folder);
	assert_int_equal(jhcfg_recorder_open(path, "x", 0, &recorder), 0);
	assert_int_equal(jhcfg_target_read_tree(target, &request, &tree), 0);
	assert_int_equal(jhcfg_recorder_keep(recorder, "/c", "a\0b", 3), 0);
	assert_int_equal(jhcfg_recorder_add(recorder, 0, tree), 0);
	assert_int_equal(jhcfg_recorder_keep(recorder, "/c", NULL, 0), 0);
	assert_int_equal(jhcfg_recorder_add(recorder, 5, tree), 0);
	assert_int_equal(jhcfg_recorder_close(recorder), 0);
	jhcfg_tree_free(tree);
	assert_int_equal(jhcfg_recording_read(path, 65536, NULL, &recording),
			 0);
	assert_int_equal(jhcfg_recording_file(recording, 0, "/c")->size, 3);
	assert_memory_equal(jhcfg_recording_file(recording, 0, "/c")->text,
			    "a\0b", 3);
	assert_null(jhcfg_recording_file(recording, 1, "/c"));
	jhcfg_recording_free(recording);
	jhcfg_target_close(target);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_status_is_the_same_in_each_form),
		cmocka_unit_test(test_configurations_are_in_each_form),
		cmocka_unit_test(test_files_of_archive_are_read_and_listed),
		cmocka_unit_test(test_damaged_archive_is_told),
		cmocka_unit_test(test_configuration_goes_with_its_cell),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
