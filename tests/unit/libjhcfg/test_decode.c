// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/codec.h>

#include "model/private.h"
#include "util/bytes.h"

#include "cmocka_all.h"
#include "sample.h"

#define CELL_HEAD 132

struct subject {
	uint8_t *data;
	size_t size;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config;
};

static int setup_cell(void **state)
{
	struct subject *subject = calloc(1, sizeof(*subject));

	subject->data = sample_binary(false, 2, &subject->size);
	subject->diags = jhcfg_diags_new();
	*state = subject;
	return 0;
}

static int setup_system(void **state)
{
	struct subject *subject = calloc(1, sizeof(*subject));

	subject->data = sample_binary(true, 2, &subject->size);
	subject->diags = jhcfg_diags_new();
	*state = subject;
	return 0;
}

static int teardown(void **state)
{
	struct subject *subject = *state;

	jhcfg_config_free(subject->config);
	jhcfg_diags_free(subject->diags);
	free(subject->data);
	free(subject);
	return 0;
}

static int decode(struct subject *subject)
{
	return jhcfg_codec_decode(subject->data, subject->size, subject->diags,
				  &subject->config);
}

static void assert_refused(struct subject *subject, const char *rule)
{
	assert_int_equal(decode(subject), -EINVAL);
	assert_null(subject->config);
	assert_int_equal(sample_finding(subject->diags, rule)->severity,
			 JHCFG_ERROR);
}

/* Number @value as the 32-bit field at @off. */
static void put32(struct subject *subject, size_t off, uint32_t value)
{
	jhcfg_put_le(subject->data + off, 4, value);
}

static void assert_same_again(struct subject *subject)
{
	void *again;
	size_t size;

	assert_int_equal(decode(subject), 0);
	assert_null(jhcfg_diags_get(subject->diags, 0));
	assert_int_equal(jhcfg_codec_encode(subject->config, subject->diags,
					    &again, &size),
			 0);
	assert_int_equal(size, subject->size);
	assert_memory_equal(again, subject->data, size);
	free(again);
}

static void test_decode_cell_round_trip_is_identical(void **state)
{
	assert_same_again(*state);
}

static void test_decode_system_round_trip_is_identical(void **state)
{
	assert_same_again(*state);
}

/* Every shorter file is refused, says where it ends, and reads no byte
 * behind its end (the sanitizer watches). */
static void truncation_sweep(struct subject *subject)
{
	for (size_t size = 0; size < subject->size; size++) {
		uint8_t *copy = malloc(size ? size : 1);
		struct jhcfg_diags *diags = jhcfg_diags_new();
		struct jhcfg_config *config = NULL;

		memcpy(copy, subject->data, size);
		assert_int_equal(jhcfg_codec_decode(size ? copy : NULL, size,
						    diags, &config),
				 -EINVAL);
		assert_null(config);
		assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
		if (size >= 8)
			sample_finding(diags, "F03");
		jhcfg_diags_free(diags);
		free(copy);
	}
}

static void test_decode_cell_truncated_anywhere_refused(void **state)
{
	truncation_sweep(*state);
}

static void test_decode_system_truncated_anywhere_refused(void **state)
{
	truncation_sweep(*state);
}

static void test_decode_short_file_names_the_array(void **state)
{
	struct subject *subject = *state;

	/* within the second memory region, behind descriptor and CPU set */
	subject->size = CELL_HEAD + 16 + 32 + 5;
	assert_refused(subject, "F03");
	assert_string_equal(sample_finding(subject->diags, "F03")->text,
			    "this looks like revision 14, but the file ends "
			    "within its 2 memory regions");
}

static void test_decode_huge_counts_refused(void **state)
{
	struct subject *subject = *state;

	for (size_t off = 52; off <= 76; off += 4) {
		uint32_t old = (uint32_t)jhcfg_get_le(subject->data + off, 4);

		put32(subject, off, UINT32_MAX);
		assert_refused(subject, "F03");
		put32(subject, off, old);
	}
	/* all at once: the sum must not wrap */
	for (size_t off = 52; off <= 76; off += 4)
		put32(subject, off, UINT32_MAX);
	assert_refused(subject, "F03");
}

static void test_decode_bad_cpu_set_size_refused(void **state)
{
	struct subject *subject = *state;

	put32(subject, 48, 0);
	assert_refused(subject, "F07");
	put32(subject, 48, 4097);
	assert_refused(subject, "F07");
	put32(subject, 48, UINT32_MAX);
	assert_refused(subject, "F07");
}

static void test_decode_unknown_architecture_refused(void **state)
{
	struct subject *subject = *state;

	subject->data[5] = 3;
	assert_refused(subject, "F02");
}

static void test_decode_unknown_revision_refused_with_advice(void **state)
{
	struct subject *subject = *state;

	subject->data[6] = 13; /* with the signature of 14 */
	assert_refused(subject, "F01");
	assert_non_null(strstr(sample_finding(subject->diags, "F01")->hint,
			       "known are 9"));
}

static void test_decode_trailing_bytes_accepted_with_warning(void **state)
{
	struct subject *subject = *state;
	const struct jhcfg_diag *diag;

	subject->data = realloc(subject->data, subject->size + 3);
	memset(subject->data + subject->size, 0xff, 3);
	subject->size += 3;
	assert_int_equal(decode(subject), 0);
	diag = sample_finding(subject->diags, "F03");
	assert_int_equal(diag->severity, JHCFG_WARNING);
	assert_string_equal(diag->text, "3 bytes follow the configuration");
}

static void test_decode_reserved_bytes_reported_as_lost(void **state)
{
	struct subject *subject = *state;

	subject->data[314] = 1; /* padding of the arm platform */
	assert_int_equal(decode(subject), 0);
	assert_string_equal(sample_finding(subject->diags, "F09")->place,
			    "0x13a");
}

static void test_decode_name_without_end_is_cut(void **state)
{
	struct subject *subject = *state;

	memset(subject->data + 8, 'x', 32);
	assert_int_equal(decode(subject), 0);
	assert_int_equal(
		strlen(jhcfg_cell_name(jhcfg_config_cell(subject->config))),
		31);
	assert_string_equal(sample_finding(subject->diags, "F09")->place,
			    "0x27");
}

static void test_decode_bytes_behind_the_name_are_dropped(void **state)
{
	struct subject *subject = *state;
	void *again;
	size_t size;

	subject->data[30] = 'x'; /* the name ends at 14 */
	assert_int_equal(decode(subject), 0);
	assert_string_equal(sample_finding(subject->diags, "F09")->place,
			    "0x1e");
	assert_int_equal(
		jhcfg_codec_encode(subject->config, NULL, &again, &size), 0);
	assert_int_equal(((uint8_t *)again)[30], 0);
	free(again);
}

static void test_decoded_cell_shows_its_values(void **state)
{
	struct subject *subject = *state;
	const struct jhcfg_cell *cell;

	assert_int_equal(decode(subject), 0);
	assert_null(jhcfg_config_system(subject->config));
	assert_int_equal(jhcfg_config_architecture(subject->config), 2);
	cell = jhcfg_config_cell(subject->config);
	assert_string_equal(jhcfg_cell_name(cell), "sample");
	assert_int_equal(jhcfg_cell_num_cpus(cell), 4);
	assert_true(jhcfg_cell_has_cpu(cell, 70));
	assert_false(jhcfg_cell_has_cpu(cell, 0));
	assert_false(jhcfg_cell_has_cpu(cell, 100000));
	assert_int_equal(jhcfg_cell_num_memory(cell), 2);
	assert_non_null(jhcfg_cell_memory(cell, 1));
	assert_null(jhcfg_cell_memory(cell, 2));
}

static void test_encode_nameless_cell_refused(void **state)
{
	struct jhcfg_config *config = sample_config(false, 2);
	struct jhcfg_diags *diags = jhcfg_diags_new();
	void *data;
	size_t size;

	(void)state;
	config->cell.name[0] = '\0';
	assert_int_equal(jhcfg_codec_encode(config, diags, &data, &size),
			 -EINVAL);
	sample_finding(diags, "F05");
	jhcfg_diags_free(diags);
	jhcfg_config_free(config);
}

static void test_encode_cell_without_cpus_refused(void **state)
{
	struct jhcfg_config *config = jhcfg_config_new(false, 2);
	struct jhcfg_diags *diags = jhcfg_diags_new();
	void *data;
	size_t size;

	(void)state;
	strcpy(config->cell.name, "x");
	assert_int_equal(jhcfg_codec_encode(config, diags, &data, &size),
			 -EINVAL);
	sample_finding(diags, "F07");
	jhcfg_diags_free(diags);
	jhcfg_config_free(config);
}

/* 16 pages are what the hypervisor maps of a cell's configuration. */
static void test_encode_cell_of_64_kib_is_the_largest(void **state)
{
	struct jhcfg_config *config = jhcfg_config_new(false, 2);
	struct jhcfg_list *list = &config->cell.lists[JHCFG_LIST_MEMORY];
	struct jhcfg_diags *diags = jhcfg_diags_new();
	void *data;
	size_t size;

	(void)state;
	strcpy(config->cell.name, "x");
	assert_int_equal(jhcfg_cpu_set_add(&config->cell.cpus, 0, 0), 0);
	while (CELL_HEAD + 8 + 32 * (list->count + 1) <= 65536)
		assert_non_null(jhcfg_list_append(list));
	assert_int_equal(jhcfg_codec_encode(config, diags, &data, &size), 0);
	free(data);
	assert_non_null(jhcfg_list_append(list));
	assert_int_equal(jhcfg_codec_encode(config, diags, &data, &size),
			 -EINVAL);
	sample_finding(diags, "F06");
	jhcfg_diags_free(diags);
	jhcfg_config_free(config);
}

#define CELL_CASE(name)                                                        \
	cmocka_unit_test_setup_teardown(name, setup_cell, teardown)
#define SYSTEM_CASE(name)                                                      \
	cmocka_unit_test_setup_teardown(name, setup_system, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CELL_CASE(test_decode_cell_round_trip_is_identical),
		SYSTEM_CASE(test_decode_system_round_trip_is_identical),
		CELL_CASE(test_decode_cell_truncated_anywhere_refused),
		SYSTEM_CASE(test_decode_system_truncated_anywhere_refused),
		CELL_CASE(test_decode_short_file_names_the_array),
		CELL_CASE(test_decode_huge_counts_refused),
		CELL_CASE(test_decode_bad_cpu_set_size_refused),
		CELL_CASE(test_decode_unknown_architecture_refused),
		SYSTEM_CASE(test_decode_unknown_revision_refused_with_advice),
		CELL_CASE(test_decode_trailing_bytes_accepted_with_warning),
		SYSTEM_CASE(test_decode_reserved_bytes_reported_as_lost),
		CELL_CASE(test_decode_name_without_end_is_cut),
		CELL_CASE(test_decode_bytes_behind_the_name_are_dropped),
		CELL_CASE(test_decoded_cell_shows_its_values),
		cmocka_unit_test(test_encode_nameless_cell_refused),
		cmocka_unit_test(test_encode_cell_without_cpus_refused),
		cmocka_unit_test(test_encode_cell_of_64_kib_is_the_largest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
