// SPDX-License-Identifier: GPL-2.0-or-later
/* test_golden NAME.json NAME.cell, linked to NAME.c */
#include <stdlib.h>
#include <string.h>

#include <jhcfg/jhcfg.h>

#include "cmocka_all.h"
#include "golden.h"

static const char *json_path;
static const char *cell_path;

static void *read_file(const char *path, size_t *size)
{
	void *data = NULL;

	assert_int_equal(jhcfg_file_read(path, 1 << 20, &data, size), 0);
	return data;
}

static struct jhcfg_config *read_json(void)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_config *config = NULL;
	size_t size;
	char *text = read_file(json_path, &size);

	assert_int_equal(jhcfg_project_read(text, size, diags, &config), 0);
	assert_null(jhcfg_diags_get(diags, 0));
	jhcfg_diags_free(diags);
	free(text);
	return config;
}

static void test_c_form_has_the_golden_bytes(void **state)
{
	size_t size;
	void *cell = read_file(cell_path, &size);

	(void)state;
	assert_int_equal(golden_size, size);
	assert_memory_equal(golden_data, cell, size);
	free(cell);
}

static void test_json_form_compiles_to_the_golden_bytes(void **state)
{
	struct jhcfg_config *config = read_json();
	size_t size, encoded_size;
	void *cell = read_file(cell_path, &size);
	void *encoded;

	(void)state;
	assert_int_equal(
		jhcfg_codec_encode(config, NULL, &encoded, &encoded_size), 0);
	assert_int_equal(encoded_size, size);
	assert_memory_equal(encoded, cell, size);
	free(encoded);
	free(cell);
	jhcfg_config_free(config);
}

/* The golden JSON has neither notes nor schema differences, so that what is
 * written from the bytes is the file itself. */
static void test_golden_bytes_written_as_the_json_form(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_config *config = NULL;
	size_t size, json_size;
	void *cell = read_file(cell_path, &size);
	char *json = read_file(json_path, &json_size);
	char *text;

	(void)state;
	assert_int_equal(jhcfg_codec_decode(cell, size, diags, &config), 0);
	assert_null(jhcfg_diags_get(diags, 0));
	assert_int_equal(jhcfg_project_write(config, &text), 0);
	assert_string_equal(text, json);
	free(text);
	free(json);
	free(cell);
	jhcfg_config_free(config);
	jhcfg_diags_free(diags);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_c_form_has_the_golden_bytes),
		cmocka_unit_test(test_json_form_compiles_to_the_golden_bytes),
		cmocka_unit_test(test_golden_bytes_written_as_the_json_form),
	};

	if (argc != 3)
		return 2;
	json_path = argv[1];
	cell_path = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
