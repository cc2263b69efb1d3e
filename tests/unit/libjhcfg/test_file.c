// SPDX-License-Identifier: GPL-2.0-or-later
#include <jhcfg/file.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "tree.h"

static int enter_tree(void **state)
{
	(void)state;
	return chdir(tree_make());
}

static int leave_tree(void **state)
{
	(void)state;
	if (chdir("/"))
		return -1;
	tree_remove();
	return 0;
}

static void assert_content(const char *path, const char *expected)
{
	void *data;
	size_t size;

	assert_int_equal(jhcfg_file_read(path, 1000, &data, &size), 0);
	assert_int_equal(size, strlen(expected));
	assert_string_equal(data, expected);
	free(data);
}

static int count_entries(void)
{
	DIR *dir = opendir(".");
	int count = -2; /* . and .. */

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

/* Of the file, before it gets another mode. */
static mode_t first_mode;
int __real_fchmod(int fd, mode_t mode);
int __wrap_fchmod(int fd, mode_t mode);

int __wrap_fchmod(int fd, mode_t mode)
{
	struct stat st;

	if (!fstat(fd, &st))
		first_mode = st.st_mode;
	return __real_fchmod(fd, mode);
}

static void test_read_missing_file_says_so(void **state)
{
	void *data;
	size_t size;

	(void)state;
	assert_int_equal(jhcfg_file_read("none", 10, &data, &size), -ENOENT);
}

static void test_read_empty_file_has_size_zero(void **state)
{
	(void)state;
	tree_write("/empty", "");
	assert_content("empty", "");
}

static void test_read_file_of_exactly_the_limit_is_whole(void **state)
{
	void *data;
	size_t size;

	(void)state;
	tree_write("/file", "0123456789");
	assert_int_equal(jhcfg_file_read("file", 10, &data, &size), 0);
	assert_int_equal(size, 10);
	free(data);
}

static void test_read_file_over_the_limit_refused(void **state)
{
	void *data;
	size_t size;

	(void)state;
	tree_write("/file", "0123456789");
	assert_int_equal(jhcfg_file_read("file", 9, &data, &size), -EFBIG);
	assert_int_equal(jhcfg_file_read("/dev/zero", 100000, &data, &size),
			 -EFBIG);
}

static void test_read_large_file_is_whole(void **state)
{
	size_t size = 1000000, got;
	char *text = malloc(size);
	void *data;

	(void)state;
	assert_non_null(text);
	for (size_t n = 0; n < size; n++)
		text[n] = (char)(n * 7);
	tree_write_bytes("/large", text, size);
	assert_int_equal(jhcfg_file_read("large", size, &data, &got), 0);
	assert_int_equal(got, size);
	assert_memory_equal(data, text, size);
	free(data);
	free(text);
}

static void test_write_new_file_obeys_umask(void **state)
{
	mode_t mask = umask(027);
	struct stat st;

	(void)state;
	assert_int_equal(jhcfg_file_write("new", "text", 4), 0);
	umask(mask);
	assert_content("new", "text");
	assert_int_equal(stat("new", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
}

static void test_write_existing_file_keeps_mode_and_leaves_nothing(void **state)
{
	struct stat st;

	(void)state;
	tree_write("/file", "old");
	assert_int_equal(chmod("file", 0600), 0);
	assert_int_equal(jhcfg_file_write("file", "new", 3), 0);
	assert_content("file", "new");
	assert_int_equal(stat("file", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(count_entries(), 1);
}

/* What others may not read, they may not read meanwhile. */
static void test_write_private_file_is_private_from_the_start(void **state)
{
	(void)state;
	tree_write("/file", "old");
	assert_int_equal(chmod("file", 0600), 0);
	first_mode = 0;
	assert_int_equal(jhcfg_file_write("file", "new", 3), 0);
	assert_int_equal(first_mode & 0777, 0600);
}

static void test_write_through_link_keeps_the_link(void **state)
{
	struct stat st;

	(void)state;
	tree_write("/dir/file", "old");
	assert_int_equal(symlink("dir/file", "link"), 0);
	assert_int_equal(jhcfg_file_write("link", "new", 3), 0);
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_content("dir/file", "new");
}

static void test_write_that_fails_leaves_the_old_file(void **state)
{
	(void)state;
	tree_write("/dir/file", "old");
	assert_int_equal(jhcfg_file_write("dir/none/file", "new", 3), -ENOENT);
	assert_int_equal(jhcfg_file_write("dir", "new", 3), -EISDIR);
	assert_content("dir/file", "old");
	assert_int_equal(count_entries(), 1);
}

static void test_write_to_fifo_goes_in_place(void **state)
{
	char text[8] = "";
	int fd;

	(void)state;
	assert_int_equal(mkfifo("fifo", 0600), 0);
	fd = open("fifo", O_RDWR);
	assert_true(fd >= 0);
	assert_int_equal(jhcfg_file_write("fifo", "text", 4), 0);
	assert_int_equal(read(fd, text, 4), 4);
	assert_string_equal(text, "text");
	close(fd);
}

static void test_write_to_full_device_says_so(void **state)
{
	(void)state;
	assert_int_equal(jhcfg_file_write("/dev/full", "text", 4), -ENOSPC);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, enter_tree, leave_tree)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_read_missing_file_says_so),
		CASE(test_read_empty_file_has_size_zero),
		CASE(test_read_file_of_exactly_the_limit_is_whole),
		CASE(test_read_file_over_the_limit_refused),
		CASE(test_read_large_file_is_whole),
		CASE(test_write_new_file_obeys_umask),
		CASE(test_write_existing_file_keeps_mode_and_leaves_nothing),
		CASE(test_write_private_file_is_private_from_the_start),
		CASE(test_write_through_link_keeps_the_link),
		CASE(test_write_that_fails_leaves_the_old_file),
		CASE(test_write_to_fifo_goes_in_place),
		CASE(test_write_to_full_device_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
