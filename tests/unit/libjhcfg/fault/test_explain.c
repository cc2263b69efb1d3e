// SPDX-License-Identifier: GPL-2.0-or-later
/* Faults become explanations. */
#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/fault.h>
#include <jhcfg/jhcfg.h>

#include "fault_lines.h"

static const char *folder; /* the board qemu-arm64 */

struct configs {
	struct jhcfg_source sources[3]; /* system, inmate-demo, board */
	const struct jhcfg_config *configs[2];
	struct jhcfg_fault_context context;
};

static void read_configs(struct configs *configs)
{
	static const char *const names[] = { "system.json",
					     "cells/inmate-demo.json",
					     "board.json" };

	*configs = (struct configs){ 0 };
	for (size_t n = 0; n < 3; n++) {
		char path[512];

		snprintf(path, sizeof(path), "%s/%s", folder, names[n]);
		assert_int_equal(jhcfg_source_read(path, NULL, NULL,
						   &configs->sources[n]),
				 0);
	}
	configs->configs[0] = configs->sources[0].config;
	configs->configs[1] = configs->sources[1].config;
	assert_non_null(configs->sources[2].board);
	configs->context = (struct jhcfg_fault_context){
		.configs = configs->configs,
		.num_configs = 2,
		.board = configs->sources[2].board,
	};
}

static void free_configs(struct configs *configs)
{
	for (size_t n = 0; n < 3; n++)
		jhcfg_source_clear(&configs->sources[n]);
}

/* What a fault of inmate-demo means. */
static struct jhcfg_fault_meaning *explain(const struct configs *configs,
					   const char *line)
{
	struct jhcfg_fault_reader *reader = new_reader();
	struct jhcfg_fault_meaning *meaning;
	const struct jhcfg_fault *fault;

	feed(reader, line);
	feed(reader, "Parking CPU 3 (Cell: \"inmate-demo\")");
	fault = jhcfg_fault_reader_take(reader);
	assert_non_null(fault);
	assert_int_equal(
		jhcfg_fault_explain(fault, &configs->context, &meaning), 0);
	jhcfg_fault_reader_free(reader);
	return meaning;
}

static void test_meaning_names_device_owner_and_rule(void **state)
{
	static const struct {
		const char *line;
		const char *why, *owner, *rule, *device;
	} rows[] = {
		{ "Unhandled data write at 0x9010000(4)", "of cell \"",
		  "qemu-arm64", "M19", "rtc" },
		{ "Unhandled data read at 0x40000000(8)", "of cell \"",
		  "qemu-arm64", "", "" },
		{ "Unhandled data read at 0x7fc00000(8)", "hypervisor's memory",
		  "", "H04", "" },
		{ "Unhandled data write at 0x8000004(2)", "distributor", "",
		  "M11", "" },
		{ "FATAL: instruction abort at 0x9000000",
		  "may not be executed", "inmate-demo", "M10", "" },
		{ "FATAL: instruction abort at 0xff000000", "no other cell has",
		  "", "", "" },
		{ "FATAL: forbidden access (exception class 0x17)",
		  "guests may not", "", "", "" },
	};
	struct configs configs;

	(void)state;
	read_configs(&configs);
	for (size_t n = 0; n < sizeof(rows) / sizeof(*rows); n++) {
		struct jhcfg_fault_meaning *meaning =
			explain(&configs, rows[n].line);
		char *text = jhcfg_fault_meaning_text(meaning);

		if (!strstr(meaning->why, rows[n].why))
			fail_msg("%s: %s", rows[n].line, meaning->why);
		assert_string_equal(meaning->owner, rows[n].owner);
		assert_string_equal(meaning->rule, rows[n].rule);
		if (*meaning->rule)
			assert_non_null(jhcfg_rule_find(meaning->rule));
		assert_true(*rows[n].device
				    ? !!strstr(meaning->device, rows[n].device)
				    : true);
		assert_true(*meaning->advice);
		assert_non_null(text);
		assert_non_null(strstr(text, "CPU 3"));
		free(text);
		jhcfg_fault_meaning_free(meaning);
	}
	free_configs(&configs);
}

static void test_dma_is_explained_by_the_memory_there(void **state)
{
	static const struct {
		const char *line;
		const char *why, *owner, *rule, *advice;
	} rows[] = {
		{ "cell \"inmate-demo\": stream 0x18: write to 0x40000000: no "
		  "translation",
		  "of cell \"qemu-arm64\" has it", "qemu-arm64", "",
		  "buffers inside" },
		{ "cell \"inmate-demo\": stream 0x18: read from 0x7fc00000: no "
		  "translation",
		  "hypervisor's memory", "", "H04", "buffers inside" },
		{ "cell \"inmate-demo\": stream 0x18: read from 0xff000000: no "
		  "translation",
		  "no other cell has", "", "", "buffers inside" },
		{ "cell \"inmate-demo\": stream 0x18: write to 0x0: no "
		  "translation",
		  "permits it", "inmate-demo", "", "JAILHOUSE_MEM_DMA" },
		{ "cell \"other\": stream 0x18: write to 0x0: no translation",
		  "without the configurations", "", "", "--config" },
		{ "no cell: PCI device 00:03.0 (stream 0x18): access refused",
		  "belongs to no cell", "", "U01", "stream id 0x18" },
		{ "cell \"inmate-demo\": stream 0x18: bad substream",
		  "bad substream", "", "", "driver" },
	};
	struct configs configs;

	(void)state;
	read_configs(&configs);
	for (size_t n = 0; n < sizeof(rows) / sizeof(*rows); n++) {
		struct jhcfg_fault_reader *reader = new_reader();
		struct jhcfg_fault_meaning *meaning;
		char line[160];

		snprintf(line, sizeof(line), "IOMMU unit 0: %s", rows[n].line);
		feed(reader, line);
		assert_int_equal(
			jhcfg_fault_explain(jhcfg_fault_reader_take(reader),
					    &configs.context, &meaning),
			0);
		if (!strstr(meaning->why, rows[n].why) ||
		    !strstr(meaning->advice, rows[n].advice))
			fail_msg("%s: %s; %s", line, meaning->why,
				 meaning->advice);
		assert_string_equal(meaning->owner, rows[n].owner);
		assert_string_equal(meaning->rule, rows[n].rule);
		if (*meaning->rule)
			assert_non_null(jhcfg_rule_find(meaning->rule));
		jhcfg_fault_meaning_free(meaning);
		jhcfg_fault_reader_free(reader);
	}
	free_configs(&configs);
}

static void test_dma_is_told_in_words(void **state)
{
	struct jhcfg_fault_reader *reader = new_reader();
	struct jhcfg_fault_meaning *meaning;

	(void)state;
	feed(reader, "IOMMU unit 0: cell \"x\": PCI device 00:03.0 (stream "
		     "0x18): write to 0x70000000: no translation (32 times)");
	assert_int_equal(jhcfg_fault_explain(jhcfg_fault_reader_take(reader),
					     NULL, &meaning),
			 0);
	assert_string_equal(meaning->what,
			    "cell \"x\", PCI function 00:03.0: DMA write at "
			    "0x70000000, 32 times");
	jhcfg_fault_meaning_free(meaning);
	jhcfg_fault_reader_free(reader);
}

static void test_subpage_width_is_advised(void **state)
{
	const struct jhcfg_memory registers = {
		.phys_start = 0x9010000,
		.virt_start = 0x9010000,
		.size = 0x100,
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			 JAILHOUSE_MEM_IO | JAILHOUSE_MEM_IO_32,
	};
	struct jhcfg_fault_meaning *meaning;
	struct configs configs;

	(void)state;
	read_configs(&configs);
	assert_int_equal(jhcfg_config_insert_memory(configs.sources[1].config,
						    0, &registers),
			 0);
	meaning = explain(&configs,
			  "FATAL: Invalid MMIO write, address: 9010008, "
			  "size: 2");
	assert_string_equal(meaning->rule, "M07");
	assert_non_null(strstr(meaning->advice, "JAILHOUSE_MEM_IO_16"));
	jhcfg_fault_meaning_free(meaning);
	free_configs(&configs);
}

static void test_without_configurations_the_cause_is_told(void **state)
{
	struct jhcfg_fault_reader *reader = new_reader();
	const struct jhcfg_fault *fault = feed_text(reader, DATA_ABORT);
	struct jhcfg_fault_meaning *meaning;

	(void)state;
	assert_int_equal(jhcfg_fault_explain(fault, NULL, &meaning), 0);
	assert_string_equal(meaning->what, "cell \"inmate-demo\", CPU 3: write "
					   "of 4 bytes at 0x09010000");
	assert_non_null(strstr(meaning->why, "qemu-arm64"));
	assert_string_equal(meaning->syndrome,
			    "data abort: translation fault, level 2");
	jhcfg_fault_meaning_free(meaning);
	jhcfg_fault_reader_free(reader);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dma_is_explained_by_the_memory_there),
		cmocka_unit_test(test_dma_is_told_in_words),
		cmocka_unit_test(test_meaning_names_device_owner_and_rule),
		cmocka_unit_test(test_subpage_width_is_advised),
		cmocka_unit_test(test_without_configurations_the_cause_is_told),
	};

	assert_int_equal(argc, 2);
	folder = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
