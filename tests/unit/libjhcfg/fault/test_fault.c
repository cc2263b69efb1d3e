// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines of a console become faults, and faults become explanations. */
#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/fault.h>
#include <jhcfg/jhcfg.h>

static const char *folder; /* the board qemu-arm64 */

static struct jhcfg_fault_reader *new_reader(void)
{
	struct jhcfg_fault_reader *reader = jhcfg_fault_reader_new();

	assert_non_null(reader);
	return reader;
}

static enum jhcfg_line feed(struct jhcfg_fault_reader *reader, const char *line)
{
	return jhcfg_fault_reader_line(reader, line, strlen(line));
}

/* Feeds all lines of a text; the fault that the last one completed. */
static const struct jhcfg_fault *feed_text(struct jhcfg_fault_reader *reader,
					   const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		jhcfg_fault_reader_line(reader, text, length);
		text += length + (text[length] == '\n');
	}
	return jhcfg_fault_reader_take(reader);
}

#define REGISTERS                                                              \
	"Cell state before exception:\n"                                       \
	" pc: 0000000000001234   lr: 0000000000000abc spsr: 600003c5     "     \
	"EL1\n"                                                                \
	" sp: 000000000000fff0  elr: 0000000000000000  esr: 24 1 1800046\n"    \
	" x0 : 0000000000000001  x1 : 0000000000000002  x2 : "                 \
	"0000000000000003\n"                                                   \
	" x27: 000000000000001b  x28: 000000000000001c  x29: "                 \
	"000000000000001d\n"

static const char data_abort[] =
	"Unhandled data write at 0x9010000(4)\n" REGISTERS
	"Cell \"inmate-demo\": write of 4 bytes at 0x9010000: region 3 "
	"[0x9010000-0x9010fff] of cell \"qemu-arm64\"\n"
	"Parking CPU 3 (Cell: \"inmate-demo\")\n";

/* --- reading -------------------------------------------------------------- */

static void test_dump_complete_is_one_fault(void **state)
{
	struct jhcfg_fault_reader *reader = new_reader();
	const struct jhcfg_fault *fault = feed_text(reader, data_abort);

	(void)state;
	assert_non_null(fault);
	assert_int_equal(fault->kind, JHCFG_FAULT_MEMORY);
	assert_int_equal(fault->access, JHCFG_ACCESS_WRITE);
	assert_int_equal(fault->address, 0x9010000);
	assert_int_equal(fault->size, 4);
	assert_int_equal(fault->cpu, 3);
	assert_string_equal(fault->cell, "inmate-demo");
	assert_int_equal(fault->pc, 0x1234);
	assert_int_equal(fault->lr, 0xabc);
	assert_int_equal(fault->el, 1);
	assert_int_equal(fault->esr, 0x93800046);
	assert_int_equal(fault->x[2], 3);
	assert_int_equal(fault->x[29], 0x1d);
	assert_int_equal(fault->x_known, 0x78000007);
	assert_string_equal(fault->cause, "region 3 [0x9010000-0x9010fff] of "
					  "cell \"qemu-arm64\"");
	assert_string_equal(fault->lines, data_abort);
	assert_null(jhcfg_fault_reader_take(reader));
	jhcfg_fault_reader_free(reader);
}

static void test_lines_of_each_kind_are_told(void **state)
{
	static const struct {
		const char *line;
		enum jhcfg_line kind;
	} rows[] = {
		{ "", JHCFG_LINE_TEXT },
		{ "Hello 2 from cell!", JHCFG_LINE_TEXT },
		{ "Parking CPU x (Cell: \"a\")", JHCFG_LINE_TEXT },
		{ "Activating hypervisor", JHCFG_LINE_EVENT },
		{ "Started cell \"a\"", JHCFG_LINE_EVENT },
		/* outside of a dump these are anybody's */
		{ " x0 : 0  x1 : 1  x2 : 2", JHCFG_LINE_TEXT },
		{ "Cell state before exception:", JHCFG_LINE_TEXT },
		{ "Unhandled data read at 0x0(1)\r", JHCFG_LINE_FAULT },
		{ "Cell state before exception:", JHCFG_LINE_DUMP },
		{ " x0 : 0  x1 : 1  x2 : 2", JHCFG_LINE_DUMP },
		{ "[   12.345678] Parking CPU 1 (Cell: \"a\"b\")",
		  JHCFG_LINE_STOPPED },
		{ "FATAL: something new", JHCFG_LINE_FAULT },
	};
	struct jhcfg_fault_reader *reader = new_reader();

	(void)state;
	for (size_t n = 0; n < sizeof(rows) / sizeof(*rows); n++)
		assert_int_equal(feed(reader, rows[n].line), rows[n].kind);
	jhcfg_fault_reader_free(reader);
}

static void test_name_with_quotes_is_kept_whole(void **state)
{
	struct jhcfg_fault_reader *reader = new_reader();
	const struct jhcfg_fault *fault =
		feed_text(reader, "FATAL: instruction abort at 0x10\n"
				  "Parking CPU 1 (Cell: \"a\"b\")\n");

	(void)state;
	assert_non_null(fault);
	assert_string_equal(fault->cell, "a\"b");
	assert_int_equal(fault->access, JHCFG_ACCESS_EXECUTE);
	jhcfg_fault_reader_free(reader);
}

static void test_register_and_trap_of_it_are_one_fault(void **state)
{
	struct jhcfg_fault_reader *reader = new_reader();
	const struct jhcfg_fault *fault = feed_text(
		reader, "FATAL: Invalid MMIO write, address: 9010008, size: 2\n"
			"Unhandled data write at 0x1008(2)\n" REGISTERS
			"Cell \"c\": write of 2 bytes at 0x1008: its region 1 "
			"[0x1000-0x10ff] does not permit it\n"
			"Parking CPU 1 (Cell: \"c\")\n");

	(void)state;
	assert_non_null(fault);
	assert_int_equal(fault->kind, JHCFG_FAULT_REGISTERS);
	assert_int_equal(fault->address, 0x1008);
	assert_int_equal(fault->size, 2);
	jhcfg_fault_reader_free(reader);
}

static void test_pci_register_stays_what_is_told(void **state)
{
	struct jhcfg_fault_reader *reader = new_reader();
	const struct jhcfg_fault *fault = feed_text(
		reader,
		"FATAL: Invalid PCI config write, device 01:02.3, reg: 0x10, "
		"size: 4\n"
		"Unhandled data write at 0x8e12010(4)\n" REGISTERS
		"Parking CPU 1 (Cell: \"c\")\n");

	(void)state;
	assert_non_null(fault);
	assert_int_equal(fault->kind, JHCFG_FAULT_PCI);
	assert_int_equal(fault->bdf, 0x0113);
	assert_int_equal(fault->address, 0x10);
	jhcfg_fault_reader_free(reader);
}

static void test_second_dump_gives_the_first_as_it_is(void **state)
{
	struct jhcfg_fault_reader *reader = new_reader();
	const struct jhcfg_fault *fault;

	(void)state;
	feed(reader, "Unhandled data read at 0x1000(4)");
	feed(reader, "Unhandled data read at 0x2000(4)");
	fault = jhcfg_fault_reader_take(reader);
	assert_non_null(fault);
	assert_int_equal(fault->address, 0x1000);
	fault = jhcfg_fault_reader_end(reader);
	assert_non_null(fault);
	assert_int_equal(fault->address, 0x2000);
	assert_null(jhcfg_fault_reader_end(reader));
	jhcfg_fault_reader_free(reader);
}

static void test_number_too_long_is_no_fault(void **state)
{
	struct jhcfg_fault_reader *reader = new_reader();

	(void)state;
	assert_int_equal(feed(reader, "Unhandled data read at "
				      "0x10000000000000000(4)"),
			 JHCFG_LINE_TEXT);
	jhcfg_fault_reader_free(reader);
}

/* Every beginning of a dump, and every dump with one byte changed. */
static void test_damaged_dump_does_no_harm(void **state)
{
	size_t size = strlen(data_abort);
	char text[sizeof(data_abort)];

	(void)state;
	for (size_t n = 0; n <= size; n++) {
		struct jhcfg_fault_reader *reader = new_reader();

		memcpy(text, data_abort, n);
		text[n] = 0;
		feed_text(reader, text);
		jhcfg_fault_reader_end(reader);
		jhcfg_fault_reader_free(reader);
	}
	for (size_t n = 0; n < size; n++) {
		struct jhcfg_fault_reader *reader = new_reader();
		const struct jhcfg_fault *fault;
		struct jhcfg_fault_meaning *meaning;

		memcpy(text, data_abort, size + 1);
		text[n] = (char)(n * 37 | 1);
		fault = feed_text(reader, text);
		if (!fault)
			fault = jhcfg_fault_reader_end(reader);
		if (fault) {
			assert_int_equal(
				jhcfg_fault_explain(fault, NULL, &meaning), 0);
			jhcfg_fault_meaning_free(meaning);
		}
		jhcfg_fault_reader_free(reader);
	}
}

static void test_endless_dump_is_bounded(void **state)
{
	struct jhcfg_fault_reader *reader = new_reader();
	const struct jhcfg_fault *fault;

	(void)state;
	feed(reader, "FATAL: unhandled trap (exception class 0x07)");
	for (int n = 0; n < 100000; n++)
		feed(reader, " x0 : 1  x1 : 2  x2 : 3");
	fault = jhcfg_fault_reader_end(reader);
	assert_non_null(fault);
	assert_true(strlen(fault->lines) < 10000);
	jhcfg_fault_reader_free(reader);
}

/* --- explaining ----------------------------------------------------------- */

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
	const struct jhcfg_fault *fault = feed_text(reader, data_abort);
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

/* --- symbols -------------------------------------------------------------- */

static void read_self(void **data, size_t *size)
{
	assert_int_equal(
		jhcfg_file_read("/proc/self/exe", 256 << 20, data, size), 0);
}

/* The address in the file of one of our functions: that of any other one
 * differs by as much as in memory. */
static void test_symbol_of_our_own_is_found(void **state)
{
	struct jhcfg_symbols *symbols;
	uint64_t offset, base = 0;
	const char *name = NULL;
	size_t size;
	void *data;

	(void)state;
	read_self(&data, &size);
	assert_int_equal(jhcfg_symbols_read(data, size, NULL, &symbols), 0);
	free(data);
	/* a position-independent program was moved by whole pages */
	for (uint64_t try = (uint64_t)(uintptr_t)read_self % 4096;
	     try < 64 << 20; try += 4096) {
		name = jhcfg_symbols_find(symbols, try, &offset);
		if (name && !strcmp(name, "read_self")) {
			base = try;
			break;
		}
	}
	assert_true(base);
	assert_int_equal(offset, 0);
	name = jhcfg_symbols_find(symbols, base + 2, &offset);
	assert_string_equal(name, "read_self");
	assert_int_equal(offset, 2);
	assert_null(jhcfg_symbols_find(symbols, UINT64_MAX, &offset));
	jhcfg_symbols_free(symbols);
}

static void test_symbols_of_damaged_file_do_no_harm(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_symbols *symbols;
	size_t size;
	uint8_t *data, *copy;

	(void)state;
	read_self((void **)&data, &size);
	assert_int_equal(jhcfg_symbols_read("no", 2, diags, &symbols), -22);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
	jhcfg_diags_free(diags);
	for (size_t n = 0; n < 64; n++) {
		/* in a buffer that ends there, so that a checker sees beyond */
		copy = malloc(n + 1);
		assert_non_null(copy);
		memcpy(copy, data, n);
		assert_int_equal(jhcfg_symbols_read(copy, n, NULL, &symbols),
				 -22);
		free(copy);
	}
	for (size_t n = 4; n < 64; n++) {
		uint8_t before = data[n];

		data[n] = (uint8_t)~before;
		if (!jhcfg_symbols_read(data, size, NULL, &symbols))
			jhcfg_symbols_free(symbols);
		data[n] = before;
	}
	free(data);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dump_complete_is_one_fault),
		cmocka_unit_test(test_lines_of_each_kind_are_told),
		cmocka_unit_test(test_name_with_quotes_is_kept_whole),
		cmocka_unit_test(test_register_and_trap_of_it_are_one_fault),
		cmocka_unit_test(test_pci_register_stays_what_is_told),
		cmocka_unit_test(test_second_dump_gives_the_first_as_it_is),
		cmocka_unit_test(test_number_too_long_is_no_fault),
		cmocka_unit_test(test_damaged_dump_does_no_harm),
		cmocka_unit_test(test_endless_dump_is_bounded),
		cmocka_unit_test(test_meaning_names_device_owner_and_rule),
		cmocka_unit_test(test_subpage_width_is_advised),
		cmocka_unit_test(test_without_configurations_the_cause_is_told),
		cmocka_unit_test(test_symbol_of_our_own_is_found),
		cmocka_unit_test(test_symbols_of_damaged_file_do_no_harm),
	};

	assert_int_equal(argc, 2);
	folder = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
