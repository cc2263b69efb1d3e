// SPDX-License-Identifier: GPL-2.0-or-later
/* A machine's files, in a folder, in memory and in archives. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tree.h>
#include <unistd.h>

#include <jhcfg/diag.h>

#include "import/linux/machine.h"

static void expect_text(struct machine *machine, const char *path,
			const char *text)
{
	char *data = NULL;
	size_t size = 0;

	assert_int_equal(machine_read(machine, path, &data, &size), 0);
	assert_int_equal(size, strlen(text));
	assert_string_equal(data, text);
	free(data);
}

static void expect_missing(struct machine *machine, const char *path)
{
	char *data;
	size_t size;

	assert_int_equal(machine_read(machine, path, &data, &size), -ENOENT);
	assert_false(machine_exists(machine, path));
}

static void expect_names(struct machine *machine, const char *path,
			 const char *expected)
{
	struct machine_names names;
	char text[256] = "";

	assert_int_equal(machine_list(machine, path, &names), 0);
	for (size_t n = 0; n < names.count; n++) {
		strcat(text, " ");
		strcat(text, names.items[n]);
	}
	assert_string_equal(text, expected);
	machine_names_clear(&names);
}

static struct machine *folder(const char *path)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct machine *machine = NULL;

	assert_int_equal(machine_open(path, diags, &machine), 0);
	jhcfg_diags_free(diags);
	return machine;
}

/* --- folders ---------------------------------------------------------------
 */

static void test_machine_folder_is_read(void **state)
{
	const char *root = tree_make();
	struct machine *machine;
	uint64_t number = 0;
	char text[16];

	(void)state;
	tree_write("/proc/cpuinfo", "processor : 0\n");
	tree_write("/sys/cpu10/id", "10\nmore\n");
	tree_write("/sys/cpu2/id", "0x2\n");
	tree_write("/sys/none", "");
	machine = folder(root);
	expect_text(machine, "proc/cpuinfo", "processor : 0\n");
	expect_missing(machine, "proc/iomem");
	expect_names(machine, "sys", " cpu2 cpu10 none");
	expect_names(machine, "sys/no-such-folder", "");
	assert_true(machine_number(machine, &number, "sys/cpu%d/id", 2));
	assert_int_equal(number, 2);
	assert_true(
		machine_line(machine, text, sizeof(text), "sys/cpu%d/id", 10));
	assert_string_equal(text, "10");
	assert_false(machine_number(machine, &number, "sys/none"));
	assert_false(machine_line(machine, text, sizeof(text), "sys/void"));
	machine_close(machine);
	tree_remove();
}

static void link_to(const char *target, const char *root, const char *path)
{
	char full[512];

	snprintf(full, sizeof(full), "%s/%s", root, path);
	assert_int_equal(symlink(target, full), 0);
}

/* Links are followed below the root only: "/etc/passwd" is "etc/passwd" there.
 */
static void test_machine_folder_links_do_not_lead_out(void **state)
{
	const char *root = tree_make();
	struct machine *machine;
	char name[32];

	(void)state;
	tree_write("/sys/devices/a/config", "a");
	tree_write("/sys/bus/x", "");
	tree_write("/etc/passwd", "mine");
	link_to("../devices/a", root, "sys/bus/a");
	link_to("../../../../../../../../etc/passwd", root, "sys/up");
	link_to("/etc/passwd", root, "sys/absolute");
	link_to("loop", root, "sys/loop");
	link_to("../../bus/drivers/nvme", root, "sys/devices/a/driver");
	machine = folder(root);
	expect_text(machine, "sys/bus/a/config", "a");
	expect_text(machine, "sys/up", "mine");
	expect_text(machine, "sys/absolute", "mine");
	assert_false(machine_exists(machine, "sys/loop"));
	assert_true(machine_link(machine, name, sizeof(name),
				 "sys/bus/%s/driver", "a"));
	assert_string_equal(name, "nvme");
	assert_false(machine_link(machine, name, sizeof(name), "sys/bus/x"));
	machine_close(machine);
	tree_remove();
}

static void test_machine_folder_with_a_pipe_does_not_wait(void **state)
{
	const char *root = tree_make();
	struct machine *machine;
	char path[512], *data;
	size_t size;

	(void)state;
	tree_write("/proc/x", "");
	snprintf(path, sizeof(path), "%s/proc/iomem", root);
	assert_int_equal(mkfifo(path, 0600), 0);
	machine = folder(root);
	assert_int_equal(machine_read(machine, "proc/iomem", &data, &size),
			 -EINVAL);
	assert_int_equal(machine_read(machine, "proc", &data, &size), -EINVAL);
	machine_close(machine);
	tree_remove();
}

static void test_machine_folder_with_a_huge_file_refuses_it(void **state)
{
	const char *root = tree_make();
	struct machine *machine;
	char path[512], *data;
	size_t size;

	(void)state;
	tree_write("/proc/iomem", "x");
	snprintf(path, sizeof(path), "%s/proc/iomem", root);
	assert_int_equal(truncate(path, MACHINE_MAX_FILE), 0);
	machine = folder(root);
	assert_int_equal(machine_read(machine, "proc/iomem", &data, &size), 0);
	assert_int_equal(size, MACHINE_MAX_FILE);
	free(data);
	assert_int_equal(truncate(path, MACHINE_MAX_FILE + 1), 0);
	assert_int_equal(machine_read(machine, "proc/iomem", &data, &size),
			 -EFBIG);
	machine_close(machine);
	tree_remove();
}

static void test_machine_of_nothing_is_said(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct machine *machine;

	(void)state;
	assert_int_equal(machine_open("/no/such/folder", diags, &machine),
			 -ENOENT);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
	machine_close(NULL);
	jhcfg_diags_free(diags);
}

/* The machine that the test runs on. */
static void test_machine_that_runs_is_read(void **state)
{
	struct machine *machine = folder("/");
	char text[64];

	(void)state;
	assert_string_equal(machine->name, "");
	assert_true(machine_exists(machine, "proc/cpuinfo"));
	assert_true(
		machine_line(machine, text, sizeof(text), "proc/self/comm"));
	machine_close(machine);
}

/* --- memory ----------------------------------------------------------------
 */

static void test_machine_memory_links_are_resolved(void **state)
{
	struct machine *machine;
	char name[32];

	(void)state;
	assert_int_equal(machine_new_memory("m", &machine), 0);
	assert_int_equal(
		machine_add_file(machine, "./sys//devices/a/config", "a", 1),
		0);
	assert_int_equal(machine_add_link(machine, "sys/bus/a", "../devices/a"),
			 0);
	assert_int_equal(machine_add_link(machine, "sys/devices/a/driver",
					  "/sys/bus/drivers/nvme"),
			 0);
	assert_int_equal(machine_add_link(machine, "sys/abs", "/sys/bus"), 0);
	assert_int_equal(machine_add_link(machine, "sys/out", "../../etc"), 0);
	assert_int_equal(machine_add_link(machine, "sys/loop", "loop"), 0);
	assert_int_equal(machine_add_file(machine, "sys/bus-x", "x", 1), 0);
	expect_text(machine, "sys/bus/a/config", "a");
	expect_text(machine, "sys/abs/a/config", "a");
	expect_text(machine, "/sys/./devices/b/../a/config", "a");
	expect_missing(machine, "sys/out/passwd");
	expect_missing(machine, "sys/loop");
	expect_missing(machine, "../sys/bus-x");
	expect_names(machine, "sys", " abs bus bus-x devices loop out");
	expect_names(machine, "sys/abs/a", " config driver");
	assert_true(
		machine_link(machine, name, sizeof(name), "sys/bus/a/driver"));
	assert_string_equal(name, "nvme");
	assert_false(machine_link(machine, name, sizeof(name), "sys/bus-x"));
	machine_close(machine);
}

static void test_machine_memory_refuses_bad_names(void **state)
{
	char name[MACHINE_MAX_PATH + 1];
	struct machine *machine;

	(void)state;
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(machine_new_memory("m", &machine), 0);
	assert_int_equal(machine_add_file(machine, "a/../../b", "", 0),
			 -EINVAL);
	assert_int_equal(machine_add_file(machine, "..", "", 0), -EINVAL);
	assert_int_equal(machine_add_file(machine, "", "", 0), -EINVAL);
	assert_int_equal(machine_add_file(machine, "./", "", 0), -EINVAL);
	assert_int_equal(machine_add_file(machine, name, "", 0), -EINVAL);
	assert_int_equal(machine_add_link(machine, "a", ""), -EINVAL);
	assert_int_equal(machine_add_link(machine, "a", name), -EINVAL);
	expect_names(machine, "", "");
	machine_close(machine);
}

static void test_machine_memory_has_limits(void **state)
{
	char *big = calloc(1, MACHINE_MAX_FILE + 1);
	struct machine *machine;
	char path[32];
	int err = 0;

	(void)state;
	assert_non_null(big);
	assert_int_equal(machine_new_memory("m", &machine), 0);
	assert_int_equal(
		machine_add_file(machine, "a", big, MACHINE_MAX_FILE + 1),
		-EFBIG);
	for (int n = 0; !err && n < 100; n++) {
		snprintf(path, sizeof(path), "file%d", n);
		err = machine_add_file(machine, path, big, MACHINE_MAX_FILE);
	}
	assert_int_equal(err, -EFBIG);
	free(big);
	machine_close(machine);
}

/* As tar does: what comes later counts. */
static void test_machine_memory_later_files_replace(void **state)
{
	struct machine *machine;

	(void)state;
	assert_int_equal(machine_new_memory("m", &machine), 0);
	assert_int_equal(machine_add_file(machine, "a", "one", 3), 0);
	assert_int_equal(machine_add_file(machine, "b", "b", 1), 0);
	assert_int_equal(machine_add_file(machine, "a", "two", 3), 0);
	expect_text(machine, "a", "two");
	expect_names(machine, "", " a b");
	machine_close(machine);
}

/* --- archives --------------------------------------------------------------
 */

static struct machine *archive(const char *name, struct jhcfg_diags *diags)
{
	struct machine *machine = NULL;
	char path[512];

	snprintf(path, sizeof(path), CORPUS "/archive/%s", name);
	assert_int_equal(machine_open(path, diags, &machine), 0);
	return machine;
}

static void test_machine_archive_is_read(void **state)
{
	static const char *const names[] = { "small.tar", "in-a-folder.tar" };

	(void)state;
	for (size_t n = 0; n < 2; n++) {
		struct jhcfg_diags *diags = jhcfg_diags_new();
		struct machine *machine = archive(names[n], diags);

		assert_string_equal(machine->name, names[n]);
		expect_text(machine, "proc/cpuinfo",
			    "processor : 0\nvendor_id : x\n");
		expect_names(machine, "", " proc");
		assert_int_equal(jhcfg_diags_count(diags, JHCFG_WARNING), 0);
		machine_close(machine);
		jhcfg_diags_free(diags);
	}
}

static void test_machine_archive_names_do_not_lead_out(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct machine *machine = archive("leads-out.tar", diags);
	const struct jhcfg_diag *diag = jhcfg_diags_get(diags, 0);

	(void)state;
	expect_missing(machine, "etc/passwd");
	expect_missing(machine, "proc/iomem");
	expect_missing(machine, "proc/fifo");
	expect_missing(machine, "sys/x");
	assert_non_null(diag);
	assert_string_equal(diag->rule, "L03");
	machine_close(machine);
	jhcfg_diags_free(diags);
}

static void test_machine_archive_that_is_long_unpacked_is_refused(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct machine *machine;

	(void)state;
	assert_int_equal(
		machine_open(CORPUS "/archive/zeros.tar.gz", diags, &machine),
		-EFBIG);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
	jhcfg_diags_free(diags);
}

static void test_machine_archive_damaged_is_refused(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct machine *machine;

	(void)state;
	assert_int_equal(
		machine_open(CORPUS "/archive/cut.tar", diags, &machine),
		-EINVAL);
	assert_int_equal(
		machine_read_archive("no archive", 10, "x", diags, &machine),
		-EINVAL);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 2);
	jhcfg_diags_free(diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_machine_folder_is_read),
		cmocka_unit_test(test_machine_folder_links_do_not_lead_out),
		cmocka_unit_test(test_machine_folder_with_a_pipe_does_not_wait),
		cmocka_unit_test(
			test_machine_folder_with_a_huge_file_refuses_it),
		cmocka_unit_test(test_machine_of_nothing_is_said),
		cmocka_unit_test(test_machine_that_runs_is_read),
		cmocka_unit_test(test_machine_memory_links_are_resolved),
		cmocka_unit_test(test_machine_memory_refuses_bad_names),
		cmocka_unit_test(test_machine_memory_has_limits),
		cmocka_unit_test(test_machine_memory_later_files_replace),
		cmocka_unit_test(test_machine_archive_is_read),
		cmocka_unit_test(test_machine_archive_names_do_not_lead_out),
		cmocka_unit_test(
			test_machine_archive_that_is_long_unpacked_is_refused),
		cmocka_unit_test(test_machine_archive_damaged_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
