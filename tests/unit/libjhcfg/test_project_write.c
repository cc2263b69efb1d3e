// SPDX-License-Identifier: GPL-2.0-or-later
/* Writing the project form, and reading it back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/jhcfg.h>

#include "cmocka_all.h"
#include "sample.h"

static struct jhcfg_config *read_text(const char *text)
{
	struct jhcfg_config *config = NULL;

	assert_int_equal(jhcfg_project_read(text, strlen(text), NULL, &config),
			 0);
	return config;
}

static char *write_text(const struct jhcfg_config *config)
{
	char *text;

	assert_int_equal(jhcfg_project_write(config, &text), 0);
	return text;
}

/* Binary of what JSON makes of a configuration, against the binary of it. */
static void check_round_trip(bool is_system, uint8_t architecture)
{
	struct jhcfg_config *config = sample_config(is_system, architecture);
	char *text = write_text(config);
	struct jhcfg_config *again = read_text(text);
	char *text_again = write_text(again);
	size_t size, size_again;
	void *expected = sample_binary(is_system, architecture, &size);
	void *data;

	assert_int_equal(jhcfg_codec_encode(again, NULL, &data, &size_again),
			 0);
	assert_int_equal(size_again, size);
	assert_memory_equal(data, expected, size);
	assert_string_equal(text_again, text);
	free(data);
	free(expected);
	free(text_again);
	free(text);
	jhcfg_config_free(again);
	jhcfg_config_free(config);
}

static void test_write_cell_reads_back_as_the_same(void **state)
{
	(void)state;
	for (uint8_t architecture = 0; architecture <= 2; architecture++)
		check_round_trip(false, architecture);
}

static void test_write_system_reads_back_as_the_same(void **state)
{
	(void)state;
	for (uint8_t architecture = 0; architecture <= 2; architecture++)
		check_round_trip(true, architecture);
}

#define SYSTEM                                                                 \
	"{\"$schema\": \"jailhouse-workbench/system-1\", "                     \
	"\"architecture\": \"arm64\", \"future\": {\"a\": [1, null]}, "        \
	"\"hypervisor_memory\": {\"phys\": 4096, \"size\": \"1M\", "           \
	"\"x/y~z\": true}, \"platform\": {\"iommu_units\": [{\"type\": "       \
	"\"SMMUV3\", \"base\": 1, \"size\": 1, \"later\": 2}]}, "              \
	"\"root_cell\": {\"name\": \"r\", \"cpus\": [0], \"owner\": \"me\", "  \
	"\"memory\": [{\"name\": \"ram\", \"phys\": 0, \"size\": 1, "          \
	"\"colour\": 3}]}}"

static void assert_has(const char *text, const char *part)
{
	assert_true(strstr(text, part) != NULL);
}

static void test_write_keeps_unknown_keys_of_every_object(void **state)
{
	struct jhcfg_config *config = read_text(SYSTEM);
	char *text = write_text(config);
	struct jhcfg_config *again;
	char *text_again;

	(void)state;
	assert_has(text, "\"future\":");
	assert_has(text, "\"a\":");
	assert_has(text, "\"x/y~z\":");
	assert_has(text, "\"later\":");
	assert_has(text, "\"owner\":");
	assert_has(text, "\"colour\":");
	assert_has(text, "\"name\": \"ram\"");
	again = read_text(text);
	text_again = write_text(again);
	assert_string_equal(text_again, text);
	free(text_again);
	free(text);
	jhcfg_config_free(again);
	jhcfg_config_free(config);
}

static void test_write_names_before_numbers(void **state)
{
	struct jhcfg_config *config = read_text(
		"{\"$schema\": \"jailhouse-workbench/cell-1\", \"name\": \"c\","
		"\"architecture\": \"arm64\", \"cpus\": [\"0-2\"], \"memory\": "
		"[{\"phys\": 1879048192, \"size\": 65536, \"flags\": [3], "
		"\"name\": \"ram\"}]}");
	char *text = write_text(config);

	(void)state;
	assert_has(text, "\"name\": \"ram\",\n\t\t\t\"phys\": \"0x70000000\","
			 "\n\t\t\t\"size\": \"64K\"");
	assert_has(text, "\"flags\": [\"READ\", \"WRITE\"]");
	assert_has(text, "\"0-2\"");
	free(text);
	jhcfg_config_free(config);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_write_cell_reads_back_as_the_same),
		cmocka_unit_test(test_write_system_reads_back_as_the_same),
		cmocka_unit_test(test_write_keeps_unknown_keys_of_every_object),
		cmocka_unit_test(test_write_names_before_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
