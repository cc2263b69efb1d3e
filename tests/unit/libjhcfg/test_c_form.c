// SPDX-License-Identifier: GPL-2.0-or-later
/* test_c_form FOLDER: C configurations, compiled by the machine's compiler. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/c_form.h>
#include <jhcfg/file.h>

#include "cmocka_all.h"
#include "sample.h"

static const char *folder;

struct subject {
	struct jhcfg_c_options options;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config;
	const struct jhcfg_dialect *dialect;
	char path[512];
};

static int setup(void **state)
{
	struct subject *subject = calloc(1, sizeof(*subject));

	subject->options.architecture = JHCFG_TELL_ARCHITECTURE;
	subject->diags = jhcfg_diags_new();
	*state = subject;
	return 0;
}

static int teardown(void **state)
{
	struct subject *subject = *state;

	jhcfg_config_free(subject->config);
	jhcfg_diags_free(subject->diags);
	free(subject);
	return 0;
}

static int read_source(struct subject *subject, const char *name)
{
	snprintf(subject->path, sizeof(subject->path), "%s/%s", folder, name);
	return jhcfg_c_form_read(subject->path, &subject->options,
				 subject->diags, &subject->config,
				 &subject->dialect);
}

static void use_compiler(struct subject *subject, const char *name)
{
	static char path[512];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	subject->options.compiler = path;
}

static void test_c_form_of_v0_10_keeps_flags_and_ports(void **state)
{
	struct subject *subject = *state;
	const struct jhcfg_cell *cell;

	assert_int_equal(read_source(subject, "v0.10-cell.c"), 0);
	assert_string_equal(jhcfg_dialect_name(subject->dialect), "rev10");
	assert_int_equal(jhcfg_config_architecture(subject->config),
			 JAILHOUSE_X86);
	cell = jhcfg_config_cell(subject->config);
	assert_string_equal(jhcfg_cell_name(cell), "old-demo");
	assert_true(jhcfg_cell_memory(cell, 0)->flags &
		    JAILHOUSE_MEM_IO_UNALIGNED);
	assert_int_equal(jhcfg_cell_num_pio(cell), 1);
	assert_int_equal(jhcfg_cell_pio(cell, 0)->base, 0x2f8);
	assert_int_equal(jhcfg_cell_pio(cell, 0)->length, 8);
	assert_int_equal(jhcfg_diags_count(subject->diags, JHCFG_WARNING), 0);
}

static void test_c_form_without_architecture_is_judged(void **state)
{
	struct subject *subject = *state;

	assert_int_equal(read_source(subject, "v0.12-system.c"), 0);
	assert_int_equal(jhcfg_config_architecture(subject->config),
			 JAILHOUSE_ARM64);
	assert_int_equal(sample_finding(subject->diags, "F13")->severity,
			 JHCFG_INFO);
}

static void test_c_form_architecture_may_be_given(void **state)
{
	struct subject *subject = *state;

	subject->options.architecture = JAILHOUSE_ARM;
	assert_int_equal(read_source(subject, "v0.12-system.c"), 0);
	assert_int_equal(jhcfg_config_architecture(subject->config),
			 JAILHOUSE_ARM);
	assert_null(jhcfg_diags_get(subject->diags, 0));
}

static void test_c_form_of_x86_says_so_itself(void **state)
{
	struct subject *subject = *state;

	assert_int_equal(read_source(subject, "../../golden/system-x86.c"), 0);
	assert_string_equal(jhcfg_dialect_name(subject->dialect), "rev14");
	assert_int_equal(jhcfg_config_architecture(subject->config),
			 JAILHOUSE_X86);
	assert_null(jhcfg_diags_get(subject->diags, 0));
}

static void test_c_form_may_include_another(void **state)
{
	struct subject *subject = *state;

	assert_int_equal(read_source(subject, "includes-sibling.c"), 0);
	assert_string_equal(jhcfg_cell_name(jhcfg_config_cell(subject->config)),
			    "old-demo");
}

static void test_c_form_errors_have_line_and_column(void **state)
{
	struct subject *subject = *state;
	const struct jhcfg_diag *diag;

	assert_int_equal(read_source(subject, "broken.c"), -EINVAL);
	diag = sample_finding(subject->diags, "K02");
	assert_int_equal(strncmp(diag->place, "9:", 2), 0);
	assert_non_null(strstr(diag->text, "nobody"));
}

static void test_c_form_without_config_is_refused(void **state)
{
	struct subject *subject = *state;

	assert_int_equal(read_source(subject, "no-config.c"), -EINVAL);
	assert_non_null(strstr(sample_finding(subject->diags, "K04")->text,
			       "no such object"));
}

static void test_c_form_with_addresses_is_refused(void **state)
{
	struct subject *subject = *state;

	assert_int_equal(read_source(subject, "with-address.c"), -EINVAL);
	assert_non_null(strstr(sample_finding(subject->diags, "K04")->text,
			       "addresses"));
}

static void test_c_form_of_a_missing_file_is_named(void **state)
{
	struct subject *subject = *state;

	assert_int_equal(read_source(subject, "none.c"), -ENOENT);
	sample_finding(subject->diags, "K04");
}

static void test_c_form_without_compiler_says_so(void **state)
{
	struct subject *subject = *state;

	subject->options.compiler = "no-such-compiler";
	assert_int_equal(read_source(subject, "v0.10-cell.c"), -ENOENT);
	assert_non_null(strstr(sample_finding(subject->diags, "K01")->hint,
			       "install gcc"));
}

static void test_c_form_compiler_that_hangs_is_stopped(void **state)
{
	struct subject *subject = *state;

	use_compiler(subject, "endless-compiler.sh");
	subject->options.timeout_ms = 100;
	assert_int_equal(read_source(subject, "v0.10-cell.c"), -ETIMEDOUT);
	sample_finding(subject->diags, "K03");
}

static void test_c_form_compiler_that_floods_is_stopped(void **state)
{
	struct subject *subject = *state;

	use_compiler(subject, "talkative-compiler.sh");
	assert_int_equal(read_source(subject, "v0.10-cell.c"), -EFBIG);
	sample_finding(subject->diags, "K03");
}

static void test_c_form_compiler_that_fails_silently_is_named(void **state)
{
	struct subject *subject = *state;

	use_compiler(subject, "silent-compiler.sh");
	assert_int_equal(read_source(subject, "v0.10-cell.c"), -EINVAL);
	assert_int_equal(sample_finding(subject->diags, "K02")->severity,
			 JHCFG_ERROR);
}

static void test_c_form_words_of_a_compiler_are_no_error(void **state)
{
	struct subject *subject = *state;

	use_compiler(subject, "chatty-compiler.sh");
	assert_int_equal(read_source(subject, "v0.12-system.c"), 0);
	assert_int_equal(sample_finding(subject->diags, "K02")->severity,
			 JHCFG_WARNING);
	assert_int_equal(jhcfg_diags_count(subject->diags, JHCFG_ERROR), 0);
}

/* The machine's own compiler, once more, for an object file. */
static void *make_object(size_t *size)
{
	static const char object[] = "test_c_form.o";
	char command[1024];
	void *data;

	snprintf(command, sizeof(command),
		 "cc -c -I%s/../../../hypervisor/include/uapi -o %s "
		 "%s/v0.12-system.c",
		 folder, object, folder);
	assert_int_equal(system(command), 0);
	assert_int_equal(jhcfg_file_read(object, 1 << 20, &data, size), 0);
	assert_int_equal(remove(object), 0);
	return data;
}

static void test_c_form_object_is_read_or_refused_at_any_size(void **state)
{
	struct subject *subject = *state;
	size_t size;
	uint8_t *data = make_object(&size);

	assert_int_equal(jhcfg_c_form_read_object(data, size, NULL,
						  subject->diags,
						  &subject->config, NULL),
			 0);
	for (size_t n = 0; n < size; n++) {
		struct jhcfg_config *config = NULL;
		uint8_t *cut = malloc(n ? n : 1);

		memcpy(cut, data, n);
		assert_int_equal(jhcfg_c_form_read_object(cut, n, NULL, NULL,
							  &config, NULL),
				 -EINVAL);
		free(cut);
	}
	free(data);
}

static void test_c_form_big_endian_object_is_refused(void **state)
{
	struct subject *subject = *state;
	size_t size;
	uint8_t *data = make_object(&size);

	data[5] = 2; /* EI_DATA */
	assert_int_equal(jhcfg_c_form_read_object(data, size, NULL,
						  subject->diags,
						  &subject->config, NULL),
			 -EINVAL);
	assert_non_null(strstr(sample_finding(subject->diags, "K04")->text,
			       "big-endian"));
	free(data);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(test_c_form_of_v0_10_keeps_flags_and_ports),
		CASE(test_c_form_without_architecture_is_judged),
		CASE(test_c_form_architecture_may_be_given),
		CASE(test_c_form_of_x86_says_so_itself),
		CASE(test_c_form_may_include_another),
		CASE(test_c_form_errors_have_line_and_column),
		CASE(test_c_form_without_config_is_refused),
		CASE(test_c_form_with_addresses_is_refused),
		CASE(test_c_form_of_a_missing_file_is_named),
		CASE(test_c_form_without_compiler_says_so),
		CASE(test_c_form_compiler_that_hangs_is_stopped),
		CASE(test_c_form_compiler_that_floods_is_stopped),
		CASE(test_c_form_compiler_that_fails_silently_is_named),
		CASE(test_c_form_words_of_a_compiler_are_no_error),
		CASE(test_c_form_object_is_read_or_refused_at_any_size),
		CASE(test_c_form_big_endian_object_is_refused),
	};

	if (argc != 2)
		return 2;
	folder = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
