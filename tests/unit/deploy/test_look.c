// SPDX-License-Identifier: GPL-2.0-or-later
/* What a look at a target is taken for, however garbled it is. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "cmocka_all.h"
#include "deploy/state.h"

#define MARK "0123456789abcdef0123456789abcdef"

static char *text;
static size_t size;
static FILE *out;

static int set_up(void **state)
{
	(void)state;
	out = open_memstream(&text, &size);
	return out ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	free(text);
	return 0;
}

static void fact(const char *key, const void *data, size_t length)
{
	fprintf(out, "\n" MARK " %s\n", key);
	fwrite(data, 1, length, out);
}

static void line(const char *key, const char *value)
{
	fact(key, value, strlen(value));
	fputc('\n', out);
}

static int parse(struct deploy_state **found)
{
	fputs("\n" MARK "\n", out);
	fclose(out);
	*found = NULL;
	return deploy_look_parse(text, size, MARK, found);
}

static void *encoded(bool system, size_t *length)
{
	struct jhcfg_config *config =
		jhcfg_config_create(system, JAILHOUSE_ARM64);
	void *data;

	assert_int_equal(jhcfg_config_set_name(config, "root"), 0);
	assert_int_equal(jhcfg_config_add_cpu(config, 0), 0);
	assert_int_equal(
		jhcfg_codec_encode_as(config, NULL, NULL, &data, length), 0);
	jhcfg_config_free(config);
	return data;
}

/* The first one counts; the others are neither taken nor kept. */
static void test_look_with_facts_that_come_twice(void **state)
{
	struct deploy_state *found;
	size_t length;
	void *data = encoded(true, &length);

	(void)state;
	for (int n = 0; n < 3; n++) {
		fact("config", data, length);
		line("enabled", "1");
		line("name 3", n ? "other" : "rtos");
		fact("config 3", data, length);
	}
	free(data);
	assert_int_equal(parse(&found), 0);
	assert_true(found->enabled);
	assert_int_equal(found->root.size, length);
	assert_non_null(found->root.model);
	assert_int_equal(found->num_cells, 1);
	deploy_state_free(found);
}

static void test_look_that_is_cut_off_makes_no_sense(void **state)
{
	struct deploy_state *found = NULL;
	size_t length;
	void *data = encoded(true, &length);

	(void)state;
	line("enabled", "1");
	fact("config", data, length);
	line("name 3", "rtos");
	free(data);
	fputs("\n" MARK "\n", out);
	fclose(out);
	for (size_t n = 0; n < size; n++)
		assert_int_equal(deploy_look_parse(text, n, MARK, &found),
				 -EIO);
	assert_null(found);
}

static void test_look_with_nonsense_is_survived(void **state)
{
	struct deploy_state *found;

	(void)state;
	line("name -1", "minus");
	line("name 99999999999999999999", "large");
	line("name", "none");
	line("inode 4", "../../etc/passwd");
	line("loaded 4", "boot x");
	line("enable.end", "yes");
	line("space", "/dev/x 1 2 99999999999999999999999 1% /");
	line("files", "\n\n/\n");
	assert_int_equal(parse(&found), 0);
	assert_false(found->enabled);
	assert_int_equal(found->num_cells, 1);
	assert_string_equal(found->cells[0].inode, "");
	assert_false(found->cells[0].images_known);
	deploy_state_free(found);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_look_with_facts_that_come_twice),
		CASE(test_look_that_is_cut_off_makes_no_sense),
		CASE(test_look_with_nonsense_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
