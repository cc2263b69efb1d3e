// SPDX-License-Identifier: GPL-2.0-or-later
/* The same tree again and again. */
#include "cmocka_all.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jhcfg/recording.h>
#include <jhcfg/target.h>

#include "count_memory.h"
#include "tree.h"

#define BELOW "/sys/devices/jailhouse"

static const struct jhcfg_tree_request request = {
	.paths = (const char *const[]){ BELOW, "/proc/loadavg", NULL },
	.skip = (const char *const[]){ "core", NULL },
	.skip_suffix = "_ticks",
	.depth = 3,
	.max = 20000,
};

struct look {
	struct jhcfg_target *target;
	struct jhcfg_reading *reading;
	unsigned int ends;
	int error;
};

static void ended(struct jhcfg_reading *reading, void *user, int error)
{
	struct look *look = user;

	assert_ptr_equal(reading, look->reading);
	look->ends++;
	look->error = error;
}

static void look_open(struct look *look, const char *path)
{
	char name[256];

	memset(look, 0, sizeof(*look));
	snprintf(name, sizeof(name), "recorded:%s", path);
	assert_int_equal(jhcfg_target_open(name, NULL, NULL, &look->target), 0);
	assert_int_equal(jhcfg_reading_new(look->target, &request, ended, look,
					   &look->reading),
			 0);
}

static void look_close(struct look *look)
{
	jhcfg_reading_free(look->reading);
	jhcfg_target_close(look->target);
}

static const struct jhcfg_tree *look_again(struct look *look)
{
	unsigned int before = look->ends;

	assert_int_equal(jhcfg_reading_start(look->reading, 1000), 0);
	assert_int_equal(look->ends, before + 1);
	assert_false(jhcfg_reading_busy(look->reading));
	return jhcfg_reading_tree(look->reading);
}

static const char *text_of(const struct jhcfg_tree *tree, const char *path)
{
	const struct jhcfg_tree_file *file = jhcfg_tree_find(tree, path);

	return file ? file->text : NULL;
}

static void fill(int cells, const char *state)
{
	char path[96];

	tree_write(BELOW "/enabled", "1\n");
	tree_write("/proc/loadavg", "0.10 0.20 0.30 1/80 1234\n");
	for (int n = 0; n < cells; n++) {
		snprintf(path, sizeof(path), BELOW "/cells/%d/state", n);
		tree_write(path, state);
	}
}

static void test_reading_again_has_what_is_there_now(void **state)
{
	const struct jhcfg_tree *tree;
	struct look look;

	(void)state;
	fill(3, "running\n");
	look_open(&look, getenv("JAILHOUSE_ROOT"));
	tree = look_again(&look);
	assert_int_equal(jhcfg_tree_count(tree), 5);
	assert_string_equal(text_of(tree, BELOW "/cells/1/state"), "running\n");
	tree_delete(BELOW "/cells/1");
	tree_write(BELOW "/cells/2/state", "failed\n");
	tree = look_again(&look);
	assert_int_equal(jhcfg_tree_count(tree), 4);
	assert_null(text_of(tree, BELOW "/cells/1/state"));
	assert_string_equal(text_of(tree, BELOW "/cells/2/state"), "failed\n");
	look_close(&look);
}

static void test_reading_folder_is_sorted_and_leaves_out_what_is_no_text(
	void **state)
{
	const struct jhcfg_tree *tree;
	struct look look;
	char pipe[256];

	(void)state;
	fill(12, "running\n");
	tree_write(BELOW "/core", "memory");
	tree_write(BELOW "/mmio_ticks", "5\n");
	tree_write_bytes(BELOW "/binary", "a\0b", 3);
	tree_write(BELOW "/a/b/c/deeper", "not seen");
	snprintf(pipe, sizeof(pipe), "%s" BELOW "/pipe",
		 getenv("JAILHOUSE_ROOT"));
	assert_int_equal(mkfifo(pipe, 0600), 0);
	look_open(&look, getenv("JAILHOUSE_ROOT"));
	tree = look_again(&look);
	assert_int_equal(jhcfg_tree_count(tree), 14);
	for (size_t n = 1; n < 14; n++) {
		const struct jhcfg_tree_file *file = jhcfg_tree_at(tree, n);
		char path[256];

		snprintf(path, sizeof(path), "%s%s", file->folder, file->name);
		assert_true(jhcfg_tree_file_compare(jhcfg_tree_at(tree, n - 1),
						    path) < 0);
		assert_ptr_equal(jhcfg_tree_find(tree, path), file);
	}
	look_close(&look);
}

static void test_reading_long_file_is_whole(void **state)
{
	static char text[15001];
	struct look look;

	(void)state;
	memset(text, 'x', 15000);
	tree_write(BELOW "/long", text);
	look_open(&look, getenv("JAILHOUSE_ROOT"));
	assert_string_equal(text_of(look_again(&look), BELOW "/long"), text);
	look_close(&look);
}

static void test_reading_too_much_is_refused_and_goes_on(void **state)
{
	static char text[30001];
	struct look look;

	(void)state;
	memset(text, 'x', 30000);
	fill(1, "running\n");
	tree_write(BELOW "/long", text);
	look_open(&look, getenv("JAILHOUSE_ROOT"));
	look_again(&look);
	assert_int_equal(look.error, -EFBIG);
	tree_delete(BELOW "/long");
	assert_string_equal(text_of(look_again(&look), BELOW "/enabled"),
			    "1\n");
	assert_int_equal(look.error, 0);
	look_close(&look);
}

/* Also of a recording, which is one moment after the other. */
static void test_reading_again_takes_no_memory(void **state)
{
	struct jhcfg_recorder *recorder;
	char path[256];
	struct look look;
	size_t before;

	(void)state;
	fill(20, "running\n");
	look_open(&look, getenv("JAILHOUSE_ROOT"));
	snprintf(path, sizeof(path), "%s/r.jhrec", getenv("JAILHOUSE_ROOT"));
	assert_int_equal(jhcfg_recorder_open(path, "local", 1, &recorder), 0);
	assert_int_equal(jhcfg_recorder_add(recorder, 0, look_again(&look)), 0);
	assert_int_equal(jhcfg_recorder_close(recorder), 0);
	before = count_memory();
	assert_int_equal(jhcfg_tree_count(look_again(&look)), 22);
	assert_int_equal(count_memory(), before);
	look_close(&look);

	look_open(&look, path);
	look_again(&look);
	before = count_memory();
	assert_true(before);
	assert_int_equal(jhcfg_tree_count(look_again(&look)), 22);
	assert_int_equal(count_memory(), before);
	look_close(&look);
}

int main(void)
{
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, tree_setup, tree_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_reading_again_has_what_is_there_now),
		TEST(test_reading_folder_is_sorted_and_leaves_out_what_is_no_text),
		TEST(test_reading_long_file_is_whole),
		TEST(test_reading_too_much_is_refused_and_goes_on),
		TEST(test_reading_again_takes_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
