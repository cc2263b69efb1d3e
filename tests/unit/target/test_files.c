// SPDX-License-Identifier: GPL-2.0-or-later
/* Files and trees, the same over every kind of target that runs commands. */
#include "places.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void write_text(struct jhcfg_target *target, const char *path,
		       const char *text)
{
	assert_int_equal(
		jhcfg_target_write(target, path, text, strlen(text), 0600, 0),
		0);
}

static void test_file_written_is_read_back(void **state)
{
	struct jhcfg_target *target = target_of(state);
	static const char data[] = "a\0b\xff\n\n";
	const char *path = path_of(state, "it's a $(file)");
	struct stat st;
	void *back;
	size_t size;

	assert_int_equal(
		jhcfg_target_write(target, path, data, sizeof(data), 0640, 0),
		0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(jhcfg_target_read(target, path, 100, &back, &size), 0);
	assert_int_equal(size, sizeof(data));
	assert_memory_equal(back, data, size);
	free(back);
	assert_int_equal(jhcfg_target_read(target, path, 3, &back, &size),
			 -EFBIG);
}

static void test_file_write_that_fails_leaves_the_old(void **state)
{
	struct jhcfg_target *target = target_of(state);
	char **names;

	write_text(target, path_of(state, "kept"), "old");
	assert_int_not_equal(jhcfg_target_write(target,
						path_of(state, "kept/below"),
						"new", 3, 0600, 0),
			     0);
	assert_int_equal(jhcfg_target_write(target,
					    path_of(state, "none/below"), "new",
					    3, 0600, 0),
			 -ENOENT);
	assert_int_equal(mkdir(path_of(state, "dir"), 0700), 0);
	assert_int_equal(jhcfg_target_write(target, path_of(state, "dir"),
					    "new", 3, 0600, 0),
			 -EISDIR);
	/* and no rest of an attempt */
	assert_int_equal(jhcfg_target_list(target, path_of(state, ""), &names),
			 0);
	for (size_t n = 0; names[n]; n++)
		assert_null(strstr(names[n], ".part"));
	jhcfg_names_free(names);
}

/* Root's upload would put a file in the place of a device of the system. */
static void test_file_write_onto_a_device_or_pipe_is_refused(void **state)
{
	struct jhcfg_target *target = target_of(state);
	struct stat before, after;
	const char *pipe = path_of(state, "pipe");

	assert_int_equal(mkfifo(pipe, 0644), 0);
	assert_int_equal(symlink("/dev/null", path_of(state, "link")), 0);
	assert_int_equal(jhcfg_target_write(target, pipe, "new", 3, 0600, 0),
			 -EEXIST);
	assert_int_equal(stat(pipe, &after), 0);
	assert_true(S_ISFIFO(after.st_mode));
	assert_int_equal(after.st_mode & 07777, 0644);

	assert_int_equal(stat("/dev/null", &before), 0);
	assert_int_equal(jhcfg_target_write(target, path_of(state, "link"),
					    "new", 3, 0600, 0),
			 -EEXIST);
	assert_int_equal(stat("/dev/null", &after), 0);
	assert_int_equal(after.st_mode, before.st_mode);
}

static void test_file_errors_are_told(void **state)
{
	struct jhcfg_target *target = target_of(state);
	struct jhcfg_stat st;
	char **names;
	void *data;
	size_t size;

	assert_int_equal(jhcfg_target_read(target, path_of(state, "nothing"),
					   10, &data, &size),
			 -ENOENT);
	assert_int_equal(
		jhcfg_target_read(target, path_of(state, ""), 10, &data, &size),
		-EISDIR);
	assert_int_equal(
		jhcfg_target_stat(target, path_of(state, "nothing"), &st),
		-ENOENT);
	assert_int_equal(
		jhcfg_target_list(target, path_of(state, "nothing"), &names),
		-ENOENT);
	write_text(target, path_of(state, "file"), "12345");
	assert_int_equal(
		jhcfg_target_list(target, path_of(state, "file"), &names),
		-ENOTDIR);
	assert_int_equal(jhcfg_target_stat(target, path_of(state, "file"), &st),
			 0);
	assert_int_equal(st.kind, JHCFG_FILE_REGULAR);
	assert_int_equal(st.size, 5);
	assert_int_equal(jhcfg_target_stat(target, "/dev/null", &st), 0);
	assert_int_equal(st.kind, JHCFG_FILE_OTHER);
}

static void test_list_odd_names_are_sorted(void **state)
{
	static const char *const names[] = {
		"-n", ".hidden", "..odd", "a\nb", "b c", "it's", "*", NULL,
	};
	static const char *const sorted[] = {
		"*", "-n", "..odd", ".hidden", "a\nb", "b c", "it's",
	};
	struct jhcfg_target *target = target_of(state);
	char **found;

	assert_int_equal(mkdir(path_of(state, "odd"), 0700), 0);
	for (size_t n = 0; names[n]; n++) {
		char name[32];

		snprintf(name, sizeof(name), "odd/%s", names[n]);
		write_text(target, path_of(state, name), "");
	}
	assert_int_equal(
		jhcfg_target_list(target, path_of(state, "odd"), &found), 0);
	for (size_t n = 0; n < 7; n++)
		assert_string_equal(found[n], sorted[n]);
	assert_null(found[7]);
	jhcfg_names_free(found);
}

static void test_tree_is_read_at_once(void **state)
{
	struct jhcfg_target *target = target_of(state);
	struct place *place = *state;
	const char *const roots[] = { place->folder, "/no/such/folder", NULL };
	const char *const skip[] = { "b", "core", NULL };
	struct jhcfg_tree_request request = { roots, NULL, 3, 100000, NULL };
	const struct jhcfg_tree_file *file;
	struct jhcfg_tree *tree;

	assert_int_equal(mkdir(path_of(state, "a"), 0700), 0);
	assert_int_equal(mkdir(path_of(state, "a/b"), 0700), 0);
	write_text(target, path_of(state, "one"), "1\n");
	write_text(target, path_of(state, "a/two words"), "first\nlast");
	write_text(target, path_of(state, "a/empty"), "");
	write_text(target, path_of(state, "a/b/deep"), "\\n %s $x\n\n");
	assert_int_equal(symlink(place->folder, path_of(state, "loop")), 0);

	assert_int_equal(jhcfg_target_read_tree(target, &request, &tree), 0);
	assert_int_equal(jhcfg_tree_count(tree), 4);
	file = jhcfg_tree_find(tree, path_of(state, "one"));
	assert_non_null(file);
	assert_string_equal(file->text, "1\n");
	file = jhcfg_tree_find(tree, path_of(state, "a/two words"));
	assert_string_equal(file->text, "first\nlast");
	file = jhcfg_tree_find(tree, path_of(state, "a/b/deep"));
	assert_string_equal(file->text, "\\n %s $x\n\n");
	file = jhcfg_tree_find(tree, path_of(state, "a/empty"));
	assert_int_equal(file->size, 0);
	assert_null(jhcfg_tree_at(tree, 4));
	jhcfg_tree_free(tree);

	request.skip = skip;
	assert_int_equal(jhcfg_target_read_tree(target, &request, &tree), 0);
	assert_int_equal(jhcfg_tree_count(tree), 3);
	assert_null(jhcfg_tree_find(tree, path_of(state, "a/b/deep")));
	jhcfg_tree_free(tree);

	request.depth = 1;
	assert_int_equal(jhcfg_target_read_tree(target, &request, &tree), 0);
	assert_int_equal(jhcfg_tree_count(tree), 1);
	jhcfg_tree_free(tree);
	request.depth = 3;
	request.max = 10;
	assert_int_equal(jhcfg_target_read_tree(target, &request, &tree),
			 -EFBIG);
}

struct look {
	bool over;
	int error;
};

static void look_done(struct jhcfg_reading *reading, void *user, int error)
{
	struct look *look = user;

	(void)reading;
	look->over = true;
	look->error = error;
}

static int look_again(struct jhcfg_target *target,
		      struct jhcfg_reading *reading, struct look *look)
{
	look->over = false;
	assert_int_equal(jhcfg_reading_start(reading, 120000), 0);
	while (!look->over)
		assert_int_equal(jhcfg_target_dispatch(target, -1), 0);
	assert_false(jhcfg_reading_busy(reading));
	return look->error;
}

static void test_tree_is_read_again_and_again(void **state)
{
	struct jhcfg_target *target = target_of(state);
	struct place *place = *state;
	const char *const roots[] = { place->folder, NULL };
	struct jhcfg_tree_request request = { .paths = roots,
					      .depth = 2,
					      .max = 100000 };
	struct jhcfg_reading *reading;
	struct look look;
	char text[20000];

	assert_int_equal(
		jhcfg_reading_new(target, &request, look_done, &look, &reading),
		0);
	/* longer than what is printed at once, and with no end of a line */
	memset(text, 'x', sizeof(text));
	for (size_t n = 0; n < 10; n++) {
		const struct jhcfg_tree_file *file;

		text[sizeof(text) - 1 - n * 1000] = 0;
		write_text(target, path_of(state, "one"), text);
		assert_int_equal(look_again(target, reading, &look), 0);
		file = jhcfg_tree_find(jhcfg_reading_tree(reading),
				       path_of(state, "one"));
		assert_non_null(file);
		assert_string_equal(file->text, text);
		assert_int_equal(jhcfg_tree_count(jhcfg_reading_tree(reading)),
				 1);
	}
	/* what is too much does not end it; but dropbear now and then ends the
	 * connection when a channel is closed on it (see ssh_job.c) */
	if (!place->ssh || place->kind != SSHD_DROPBEAR) {
		request.max = 100;
		assert_int_equal(look_again(target, reading, &look), -EFBIG);
		request.max = 100000;
		assert_int_equal(look_again(target, reading, &look), 0);
	}
	jhcfg_reading_free(reading);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE_TEST(test_file_written_is_read_back),
		PLACE_TEST(test_file_write_that_fails_leaves_the_old),
		PLACE_TEST(test_file_write_onto_a_device_or_pipe_is_refused),
		PLACE_TEST(test_file_errors_are_told),
		PLACE_TEST(test_list_odd_names_are_sorted),
		PLACE_TEST(test_tree_is_read_at_once),
		PLACE_TEST(test_tree_is_read_again_and_again),
	};

	return over_all_places(tests, sizeof(tests) / sizeof(*tests));
}
