// SPDX-License-Identifier: GPL-2.0-or-later
/* Reading the project form: one document that is right, and what goes wrong
 * with a part of it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/jhcfg.h>

#include "cmocka_all.h"
#include "sample.h"

#define CELL_HEAD                                                              \
	"\"$schema\": \"jailhouse-workbench/cell-1\","                         \
	"\"name\": \"x\", \"architecture\": \"arm64\""

struct outcome {
	int err;
	struct jhcfg_config *config;
	struct jhcfg_diags *diags;
};

static struct outcome *outcome_of(void **state)
{
	return *state;
}

static int setup(void **state)
{
	struct outcome *outcome = calloc(1, sizeof(*outcome));

	outcome->diags = jhcfg_diags_new();
	*state = outcome;
	return 0;
}

static int teardown(void **state)
{
	struct outcome *outcome = *state;

	jhcfg_config_free(outcome->config);
	jhcfg_diags_free(outcome->diags);
	free(outcome);
	return 0;
}

/* Reads from a buffer of exactly that size, so that the sanitizer sees reads
 * behind it. */
static void read_bytes(struct outcome *outcome, const char *text, size_t size)
{
	char *copy = malloc(size ? size : 1);

	memcpy(copy, text, size);
	jhcfg_config_free(outcome->config);
	outcome->config = NULL;
	jhcfg_diags_free(outcome->diags);
	outcome->diags = jhcfg_diags_new();
	outcome->err = jhcfg_project_read(copy, size, outcome->diags,
					  &outcome->config);
	free(copy);
}

/* A cell with CPU 1 and whatever @rest adds. */
static void read_cell(struct outcome *outcome, const char *rest)
{
	char text[2048];

	snprintf(text, sizeof(text), "{" CELL_HEAD ", \"cpus\": [1]%s}", rest);
	read_bytes(outcome, text, strlen(text));
}

static const struct jhcfg_cell *read_good_cell(struct outcome *outcome,
					       const char *rest)
{
	read_cell(outcome, rest);
	assert_int_equal(outcome->err, 0);
	return jhcfg_config_cell(outcome->config);
}

static void assert_refused(struct outcome *outcome, const char *rule,
			   const char *place)
{
	assert_int_equal(outcome->err, -EINVAL);
	assert_null(outcome->config);
	assert_string_equal(sample_finding(outcome->diags, rule)->place, place);
}

static void test_read_minimal_cell(void **state)
{
	const struct jhcfg_cell *cell = read_good_cell(outcome_of(state), "");

	assert_string_equal(jhcfg_cell_name(cell), "x");
	assert_int_equal(jhcfg_cell_num_cpus(cell), 1);
	assert_true(jhcfg_cell_has_cpu(cell, 1));
	assert_int_equal(jhcfg_cell_flags(cell), 0);
	assert_null(jhcfg_diags_get(outcome_of(state)->diags, 0));
}

static void test_read_memory_virt_defaults_to_phys(void **state)
{
	const struct jhcfg_cell *cell = read_good_cell(
		outcome_of(state),
		", \"memory\": [{\"phys\": \"0x1000\", \"size\": \"4K\"},"
		"{\"phys\": 4096, \"virt\": 0, \"size\": 8192}]");

	assert_int_equal(jhcfg_cell_memory(cell, 0)->virt_start, 0x1000);
	assert_int_equal(jhcfg_cell_memory(cell, 0)->size, 4096);
	assert_int_equal(jhcfg_cell_memory(cell, 1)->phys_start, 4096);
	assert_int_equal(jhcfg_cell_memory(cell, 1)->virt_start, 0);
}

static void test_read_flags_by_name_and_number(void **state)
{
	const struct jhcfg_cell *cell = read_good_cell(
		outcome_of(state),
		", \"memory\": [{\"flags\": [\"READ\", \"IO_64\", "
		"\"0x100000000\", 2]}]");

	assert_int_equal(jhcfg_cell_memory(cell, 0)->flags,
			 JAILHOUSE_MEM_READ | JAILHOUSE_MEM_IO_64 |
				 0x100000000 | JAILHOUSE_MEM_WRITE);
}

static void test_read_cpus_as_numbers_and_ranges(void **state)
{
	struct outcome *outcome = outcome_of(state);
	static const char text[] = "{" CELL_HEAD ", \"cpus\": [0, \"2-3\","
				   "\"64\"]}";
	const struct jhcfg_cell *cell;

	read_bytes(outcome, text, strlen(text));
	assert_int_equal(outcome->err, 0);
	cell = jhcfg_config_cell(outcome->config);
	assert_int_equal(jhcfg_cell_num_cpus(cell), 4);
	assert_false(jhcfg_cell_has_cpu(cell, 1));
	assert_true(jhcfg_cell_has_cpu(cell, 3));
	assert_true(jhcfg_cell_has_cpu(cell, 64));
}

static void test_read_interrupts_count_from_pin_base(void **state)
{
	const struct jhcfg_cell *cell = read_good_cell(
		outcome_of(state),
		", \"irqchips\": [{\"address\": \"0x8000000\", \"pin_base\": "
		"32, \"interrupts\": [33, \"158-159\"]}]");
	const struct jhcfg_irqchip *chip = jhcfg_cell_irqchip(cell, 0);

	assert_int_equal(chip->pin_bitmap[0], 2);
	assert_int_equal(chip->pin_bitmap[1], 0);
	assert_int_equal(chip->pin_bitmap[3], 0xc0000000);
}

static void test_read_interrupt_outside_of_its_chip_refused(void **state)
{
	read_cell(outcome_of(state),
		  ", \"irqchips\": [{\"address\": 1, \"pin_base\": 32, "
		  "\"interrupts\": [31]}]");
	assert_refused(outcome_of(state), "J02", "/irqchips/0/interrupts/0");
	read_cell(outcome_of(state),
		  ", \"irqchips\": [{\"address\": 1, \"pin_base\": 32, "
		  "\"interrupts\": [\"150-160\"]}]");
	assert_refused(outcome_of(state), "J02", "/irqchips/0/interrupts/0");
}

static void test_read_pci_address(void **state)
{
	const struct jhcfg_cell *cell = read_good_cell(
		outcome_of(state),
		", \"pci_devices\": [{\"type\": \"DEVICE\", \"bdf\": "
		"\"12:1f.7\", \"bar_mask\": [\"0xfffff000\", 0, 1]}]");
	const struct jhcfg_pci_device *device = jhcfg_cell_pci_device(cell, 0);

	assert_int_equal(device->type, JAILHOUSE_PCI_TYPE_DEVICE);
	assert_int_equal(device->bdf, 0x12ff);
	assert_int_equal(device->bar_mask[0], 0xfffff000);
	assert_int_equal(device->bar_mask[2], 1);
}

static void test_read_bad_pci_address_refused(void **state)
{
	static const char *const texts[] = { "1",	 "00:20.0", "00:1f.8",
					     "00:1f.0x", "zz:00.0", "" };
	char rest[128];

	for (size_t n = 0; n < sizeof(texts) / sizeof(texts[0]); n++) {
		snprintf(rest, sizeof(rest),
			 ", \"pci_devices\": [{\"type\": \"DEVICE\", \"bdf\": "
			 "\"%s\"}]",
			 texts[n]);
		read_cell(outcome_of(state), rest);
		assert_refused(outcome_of(state), "J02", "/pci_devices/0/bdf");
	}
}

static void test_read_unknown_key_kept_with_warning(void **state)
{
	struct outcome *outcome = outcome_of(state);
	const struct jhcfg_diag *diag;

	read_good_cell(outcome, ", \"memory\": [{\"flag\": [\"READ\"]}]");
	diag = sample_finding(outcome->diags, "J03");
	assert_int_equal(diag->severity, JHCFG_WARNING);
	assert_string_equal(diag->place, "/memory/0/flag");
	assert_non_null(strstr(diag->hint, "flags"));
}

static void test_read_notes_without_warning(void **state)
{
	read_good_cell(outcome_of(state),
		       ", \"comment\": \"c\", \"memory\": [{\"name\": \"n\", "
		       "\"source\": \"s\"}]");
	assert_null(jhcfg_diags_get(outcome_of(state)->diags, 0));
}

static void test_read_missing_key_named(void **state)
{
	struct outcome *outcome = outcome_of(state);
	static const char text[] = "{\"$schema\": "
				   "\"jailhouse-workbench/cell-1\"}";

	read_bytes(outcome, text, strlen(text));
	assert_refused(outcome, "J04", "");
	/* all of them at once */
	assert_int_equal(jhcfg_diags_count(outcome->diags, JHCFG_ERROR), 3);
}

static void test_read_number_too_large_for_its_field_refused(void **state)
{
	read_cell(outcome_of(state), ", \"vpci_irq_base\": \"0x100000000\"");
	assert_refused(outcome_of(state), "J02", "/vpci_irq_base");
	read_cell(outcome_of(state), ", \"vpci_irq_base\": 4294967296");
	assert_refused(outcome_of(state), "J02", "/vpci_irq_base");
	read_cell(outcome_of(state), ", \"vpci_irq_base\": 4294967295");
	assert_int_equal(outcome_of(state)->err, 0);
}

static void test_read_value_of_wrong_type_refused(void **state)
{
	static const struct {
		const char *rest;
		const char *place;
	} cases[] = {
		{ ", \"reset_address\": -1", "/reset_address" },
		{ ", \"reset_address\": 1.5", "/reset_address" },
		{ ", \"reset_address\": true", "/reset_address" },
		{ ", \"reset_address\": \"here\"", "/reset_address" },
		{ ", \"reset_address\": null", "/reset_address" },
		{ ", \"reset_address\": []", "/reset_address" },
		{ ", \"memory\": {}", "/memory" },
		{ ", \"memory\": [1]", "/memory/0" },
		{ ", \"memory\": [{\"flags\": \"READ\"}]", "/memory/0/flags" },
		{ ", \"memory\": [{\"flags\": [\"REED\"]}]",
		  "/memory/0/flags/0" },
		{ ", \"memory\": [{\"flags\": [[]]}]", "/memory/0/flags/0" },
		{ ", \"console\": 1", "/console" },
		{ ", \"console\": {\"type\": \"PL012\"}", "/console/type" },
		{ ", \"flags\": [4294967296]", "/flags/0" },
	};

	for (size_t n = 0; n < sizeof(cases) / sizeof(cases[0]); n++) {
		read_cell(outcome_of(state), cases[n].rest);
		assert_refused(outcome_of(state), "J02", cases[n].place);
	}
}

static void test_read_bad_cpus_refused(void **state)
{
	static const char *const values[] = { "-1",	     "\"1-\"",
					      "\"2-1\"",     "32768",
					      "\"a\"",	     "null",
					      "\"0-32768\"", "1.5" };
	char text[256];

	for (size_t n = 0; n < sizeof(values) / sizeof(values[0]); n++) {
		snprintf(text, sizeof(text), "{" CELL_HEAD ", \"cpus\": [%s]}",
			 values[n]);
		read_bytes(outcome_of(state), text, strlen(text));
		assert_refused(outcome_of(state), "J02", "/cpus/0");
	}
}

static void test_read_bad_names_refused(void **state)
{
	static const char *const names[] = {
		"\"\"",		 "\"12345678901234567890123456789012\"",
		"\"a\\u0000b\"", "\"a\\nb\"",
		"\"\\u00e4\"",
	};
	char text[256];

	for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
		snprintf(text, sizeof(text),
			 "{\"$schema\": \"jailhouse-workbench/cell-1\", "
			 "\"architecture\": \"arm64\", \"cpus\": [1], "
			 "\"name\": %s}",
			 names[n]);
		read_bytes(outcome_of(state), text, strlen(text));
		assert_refused(outcome_of(state), "F05", "/name");
	}
}

static void test_read_syntax_error_has_line_and_column(void **state)
{
	static const char text[] = "{\n  \"name\": ,\n}";

	read_bytes(outcome_of(state), text, strlen(text));
	assert_refused(outcome_of(state), "J01", "line 2 column 11");
}

static void test_read_behind_a_byte_order_mark(void **state)
{
	static const char good[] = "\xef\xbb\xbf{" CELL_HEAD ", \"cpus\": [1]}";
	static const char bad[] = "\xef\xbb\xbf{ \"name\": ,\n}";

	read_bytes(outcome_of(state), good, strlen(good));
	assert_int_equal(outcome_of(state)->err, 0);
	read_bytes(outcome_of(state), bad, strlen(bad));
	assert_refused(outcome_of(state), "J01", "line 1 column 11");
}

static void test_read_utf16_refused_by_name(void **state)
{
	static const char *const texts[] = { "\xff\xfe{", "\xfe\xff{" };

	for (size_t n = 0; n < 2; n++) {
		read_bytes(outcome_of(state), texts[n], strlen(texts[n]));
		assert_refused(outcome_of(state), "J01", "line 1 column 1");
		assert_non_null(strstr(
			sample_finding(outcome_of(state)->diags, "J01")->text,
			"UTF-16"));
	}
}

static void test_read_what_is_no_document_refused(void **state)
{
	static const char *const texts[] = {
		"",	"  ",		"{",	    "[",
		"\"",	"{}}",		"{} x",	    "nul",
		"\xff", "\xef\xbb\xbf", "\xef\xbb",
	};

	for (size_t n = 0; n < sizeof(texts) / sizeof(texts[0]); n++) {
		read_bytes(outcome_of(state), texts[n], strlen(texts[n]));
		assert_int_equal(outcome_of(state)->err, -EINVAL);
		sample_finding(outcome_of(state)->diags, "J01");
	}
}

static void test_read_document_without_schema_refused(void **state)
{
	static const char *const texts[] = {
		"{}",
		"[]",
		"1 ",
		"null ",
		"{\"$schema\": 1}",
		"{\"$schema\": \"jailhouse-workbench/cell-99\"}",
	};

	for (size_t n = 0; n < sizeof(texts) / sizeof(texts[0]); n++) {
		read_bytes(outcome_of(state), texts[n], strlen(texts[n]));
		assert_refused(outcome_of(state), "J05", "");
	}
}

static void test_read_deep_nesting_refused(void **state)
{
	char text[4096];

	memset(text, '[', sizeof(text));
	read_bytes(outcome_of(state), text, sizeof(text));
	assert_int_equal(outcome_of(state)->err, -EINVAL);
}

static void test_read_long_keys_refused(void **state)
{
	char rest[1024];

	snprintf(rest, sizeof(rest), ", \"%0600d\": 1", 1);
	read_cell(outcome_of(state), rest);
	assert_int_equal(outcome_of(state)->err, -EINVAL);
}

/* Every prefix of a good document is refused and reads nothing behind it. */
static void test_read_truncated_anywhere_refused(void **state)
{
	static const char text[] =
		"{" CELL_HEAD ", \"cpus\": [1, \"2-3\"], \"memory\": "
		"[{\"phys\": \"0x1000\", \"size\": \"4K\", \"flags\": "
		"[\"READ\"]}], \"console\": {\"type\": \"PL011\"}}";

	for (size_t size = 0; size < strlen(text); size++) {
		read_bytes(outcome_of(state), text, size);
		assert_int_equal(outcome_of(state)->err, -EINVAL);
	}
	read_bytes(outcome_of(state), text, strlen(text));
	assert_int_equal(outcome_of(state)->err, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_read_minimal_cell),
		CASE(test_read_memory_virt_defaults_to_phys),
		CASE(test_read_flags_by_name_and_number),
		CASE(test_read_cpus_as_numbers_and_ranges),
		CASE(test_read_interrupts_count_from_pin_base),
		CASE(test_read_interrupt_outside_of_its_chip_refused),
		CASE(test_read_pci_address),
		CASE(test_read_bad_pci_address_refused),
		CASE(test_read_unknown_key_kept_with_warning),
		CASE(test_read_notes_without_warning),
		CASE(test_read_missing_key_named),
		CASE(test_read_number_too_large_for_its_field_refused),
		CASE(test_read_value_of_wrong_type_refused),
		CASE(test_read_bad_cpus_refused),
		CASE(test_read_bad_names_refused),
		CASE(test_read_syntax_error_has_line_and_column),
		CASE(test_read_behind_a_byte_order_mark),
		CASE(test_read_utf16_refused_by_name),
		CASE(test_read_what_is_no_document_refused),
		CASE(test_read_document_without_schema_refused),
		CASE(test_read_deep_nesting_refused),
		CASE(test_read_long_keys_refused),
		CASE(test_read_truncated_anywhere_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
