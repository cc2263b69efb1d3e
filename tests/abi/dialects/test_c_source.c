// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test_c_source COMPILER HEADERS UAPI: each sample as C source, compiled as
 * the established tools do it, is the sample again. Neither our reader of
 * objects nor the copies of the headers in the library take part, but for the
 * case that says so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <jhcfg/c_form.h>
#include <jhcfg/edit.h>
#include <jhcfg/file.h>

#include "samples.h"

#define MAX_FILE (1 << 20)

static const char *compiler, *headers, *uapi;
static char folder[] = "/tmp/test-c-source-XXXXXX";

static const struct jhcfg_dialect *dialect_of(const struct sample *sample)
{
	const struct jhcfg_dialect *dialect =
		jhcfg_dialect_find(sample->dialect);

	assert_non_null(dialect);
	return dialect;
}

static struct jhcfg_config *decode(const struct sample *sample)
{
	const struct jhcfg_decode_options options = {
		.dialect = dialect_of(sample),
		.architecture = JHCFG_TELL_ARCHITECTURE,
	};
	struct jhcfg_config *config;

	printf("# %s, %s, %s\n", sample->dialect,
	       sample->is_system ? "system" : "cell",
	       sample->is_x86 ? "x86" : "arm64");
	assert_int_equal(jhcfg_codec_decode_as(sample->data, sample->size,
					       &options, NULL, &config, NULL),
			 0);
	return config;
}

/* The sample as a C file in the temporary folder. */
static void write_source(const struct sample *sample, const char *path)
{
	const struct jhcfg_encode_options options = {
		.dialect = dialect_of(sample),
	};
	struct jhcfg_config *config = decode(sample);
	struct jhcfg_diags *diags = jhcfg_diags_new();
	char *text;

	assert_int_equal(jhcfg_c_form_write(config, &options, diags, &text), 0);
	assert_null(jhcfg_diags_get(diags, 0));
	assert_int_equal(jhcfg_file_write(path, text, strlen(text)), 0);
	free(text);
	jhcfg_config_free(config);
	jhcfg_diags_free(diags);
}

static void run(const char *command)
{
	if (system(command))
		fail_msg("failed: %s", command);
}

/* As the build of the established project makes a .cell file. */
static void build(const char *dialect, const char *source, const char *binary)
{
	char command[2048], object[256];

	snprintf(object, sizeof(object), "%s/config.o", folder);
	/* rev14 is at UAPI itself, the others before it */
	snprintf(command, sizeof(command),
		 "%s -c -Wall -Wextra -Werror -D__LINUX_COMPILER_TYPES_H "
		 "-I%s/%s -I%s/shared -I%s -o %s %s",
		 compiler, headers, dialect, headers, uapi, object, source);
	run(command);
	snprintf(command, sizeof(command),
		 "objcopy -O binary --remove-section=.note.gnu.property %s %s",
		 object, binary);
	run(command);
	assert_int_equal(remove(object), 0);
}

static void assert_file(const char *path, const struct sample *sample)
{
	const uint8_t *was = sample->data, *is;
	void *data;
	size_t size;

	assert_int_equal(jhcfg_file_read(path, MAX_FILE, &data, &size), 0);
	assert_int_equal(size, sample->size);
	is = data;
	for (size_t n = 0; n < size; n++) {
		if (is[n] != was[n])
			fail_msg("byte 0x%zx was %02x, is %02x", n, was[n],
				 is[n]);
	}
	free(data);
}

static void test_c_source_of_each_sample_compiles_to_it(void **state)
{
	char source[256], binary[256];

	(void)state;
	snprintf(source, sizeof(source), "%s/config.c", folder);
	snprintf(binary, sizeof(binary), "%s/config.cell", folder);
	for (size_t n = 0; samples[n]; n++) {
		write_source(samples[n], source);
		build(samples[n]->dialect, source, binary);
		assert_file(binary, samples[n]);
		assert_int_equal(remove(binary), 0);
		assert_int_equal(remove(source), 0);
	}
}

static void test_c_source_of_each_sample_is_read_again(void **state)
{
	char source[256];

	(void)state;
	snprintf(source, sizeof(source), "%s/config.c", folder);
	for (size_t n = 0; samples[n]; n++) {
		const struct jhcfg_c_options options = {
			.dialect = dialect_of(samples[n]),
			.architecture = JHCFG_TELL_ARCHITECTURE,
			.compiler = compiler,
		};
		struct jhcfg_config *config = decode(samples[n]), *again;
		struct jhcfg_diags *diags = jhcfg_diags_new();

		write_source(samples[n], source);
		assert_int_equal(jhcfg_c_form_read(source, &options, diags,
						   &again, NULL),
				 0);
		assert_true(jhcfg_config_equal(config, again));
		assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 0);
		assert_int_equal(jhcfg_diags_count(diags, JHCFG_WARNING), 0);
		jhcfg_config_free(again);
		jhcfg_config_free(config);
		jhcfg_diags_free(diags);
		assert_int_equal(remove(source), 0);
	}
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

/* Files that a failed case left are worth a look. */
static int remove_folder(void **state)
{
	(void)state;
	if (remove(folder))
		printf("# %s is kept\n", folder);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_c_source_of_each_sample_compiles_to_it),
		cmocka_unit_test(test_c_source_of_each_sample_is_read_again),
	};

	if (argc != 4)
		return 2;
	compiler = argv[1];
	headers = argv[2];
	uapi = argv[3];
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
