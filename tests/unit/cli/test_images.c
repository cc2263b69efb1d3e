// SPDX-License-Identifier: GPL-2.0-or-later
#include "images.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "tree.h"

static struct image_spec specs[8];
static int count;
static const char *bad;

static enum images_result parse(const char *const *args)
{
	char *argv[8];
	int argc = 0;

	for (; args[argc]; argc++)
		argv[argc] = (char *)(uintptr_t)args[argc];
	return images_parse(argc, argv, specs, &count, &bad);
}

#define PARSE(...) parse((const char *const[]){ __VA_ARGS__, NULL })

static void test_parse_image_alone_goes_to_zero(void **state)
{
	(void)state;
	assert_int_equal(PARSE("demo.bin"), IMAGES_OK);
	assert_int_equal(count, 1);
	assert_string_equal(specs[0].source, "demo.bin");
	assert_false(specs[0].is_string);
	assert_int_equal(specs[0].address, 0);
}

static void test_parse_addresses_belong_to_the_word_before(void **state)
{
	(void)state;
	assert_int_equal(
		PARSE("a", "b", "-a", "0x1000", "-s", "c", "--address", "4096"),
		IMAGES_OK);
	assert_int_equal(count, 3);
	assert_int_equal(specs[0].address, 0);
	assert_int_equal(specs[1].address, 0x1000);
	assert_true(specs[2].is_string);
	assert_string_equal(specs[2].source, "c");
	assert_int_equal(specs[2].address, 4096);
}

static void test_parse_string_may_look_like_an_option(void **state)
{
	(void)state;
	assert_int_equal(PARSE("--string", "-a", "-a", "1"), IMAGES_OK);
	assert_int_equal(count, 1);
	assert_string_equal(specs[0].source, "-a");
	assert_int_equal(specs[0].address, 1);
}

static void test_parse_incomplete_is_wrong_usage(void **state)
{
	(void)state;
	assert_int_equal(images_parse(0, NULL, specs, &count, &bad),
			 IMAGES_USAGE);
	assert_int_equal(PARSE("-s"), IMAGES_USAGE);
	assert_int_equal(PARSE("a", "-a"), IMAGES_USAGE);
}

static void test_parse_bad_address_named(void **state)
{
	(void)state;
	assert_int_equal(PARSE("a", "-a", "here"), IMAGES_BAD_ADDRESS);
	assert_string_equal(bad, "here");
	assert_int_equal(PARSE("a", "-a", "-1"), IMAGES_BAD_ADDRESS);
	assert_int_equal(PARSE("a", "-a", "0x10000000000000000"),
			 IMAGES_BAD_ADDRESS);
	assert_int_equal(PARSE("a", "-a", ""), IMAGES_BAD_ADDRESS);
	assert_int_equal(PARSE("a", "-a", "0xffffffffffffffff"), IMAGES_OK);
}

static struct jailhouse_cell_load *prepare(int expected, int num_specs)
{
	struct jailhouse_cell_id id = { .id = 5 };
	struct jailhouse_cell_load *load = NULL;

	assert_int_equal(images_prepare(specs, num_specs, &id, &load),
			 expected);
	return load;
}

static void assert_image(const struct jailhouse_preload_image *image,
			 const char *bytes, size_t size, uint64_t address)
{
	assert_int_equal(image->size, size);
	assert_int_equal(image->target_address, address);
	assert_int_equal(image->padding, 0);
	assert_memory_equal((void *)(uintptr_t)image->source_address, bytes,
			    size);
}

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

static void test_prepare_files_and_strings_in_order(void **state)
{
	struct jailhouse_cell_load *load;

	(void)state;
	tree_write("/demo.bin", "binary");
	PARSE("demo.bin", "-s", "text", "-a", "0x1000");
	load = prepare(0, count);
	assert_int_equal(load->cell_id.id, 5);
	assert_int_equal(load->num_preload_images, 2);
	assert_int_equal(load->padding, 0);
	assert_image(&load->image[0], "binary", 6, 0);
	/* with its NUL */
	assert_image(&load->image[1], "text", 5, 0x1000);
	munmap((void *)(uintptr_t)load->image[0].source_address, 6);
	free(load);
}

static void test_prepare_empty_file_loads_nothing(void **state)
{
	struct jailhouse_cell_load *load;

	(void)state;
	tree_write("/empty", "");
	PARSE("empty");
	load = prepare(0, count);
	assert_int_equal(load->image[0].size, 0);
	free(load);
}

static void test_prepare_what_is_no_file_refused(void **state)
{
	(void)state;
	PARSE("none");
	prepare(-ENOENT, count);
	assert_int_equal(mkdir("dir", 0700), 0);
	PARSE("dir");
	prepare(-EISDIR, count);
}

static void test_prepare_reads_from_a_pipe(void **state)
{
	struct jailhouse_cell_load *load;
	int fds[2];
	char path[32];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], "piped", 5), 5);
	close(fds[1]);
	snprintf(path, sizeof(path), "/dev/fd/%d", fds[0]);
	PARSE(path);
	load = prepare(0, count);
	assert_image(&load->image[0], "piped", 5, 0);
	free((void *)(uintptr_t)load->image[0].source_address);
	free(load);
	close(fds[0]);
}

#define TREE_CASE(name)                                                        \
	cmocka_unit_test_setup_teardown(name, enter_tree, leave_tree)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse_image_alone_goes_to_zero),
		cmocka_unit_test(
			test_parse_addresses_belong_to_the_word_before),
		cmocka_unit_test(test_parse_string_may_look_like_an_option),
		cmocka_unit_test(test_parse_incomplete_is_wrong_usage),
		cmocka_unit_test(test_parse_bad_address_named),
		TREE_CASE(test_prepare_files_and_strings_in_order),
		TREE_CASE(test_prepare_empty_file_loads_nothing),
		TREE_CASE(test_prepare_what_is_no_file_refused),
		TREE_CASE(test_prepare_reads_from_a_pipe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
