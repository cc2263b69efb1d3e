// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines of a console become faults. */
#include "cmocka_all.h"

#include <stdio.h>
#include <string.h>

#include <jhcfg/fault.h>

#include "fault_lines.h"

static const char data_abort[] = DATA_ABORT;

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

/* Without a syndrome; older hypervisors said "0 bytes" then. */
static void test_unknown_size_is_not_a_size(void **state)
{
	static const char *const sizes[] = { "0 bytes", "unknown size" };
	char text[1024];

	(void)state;
	for (size_t n = 0; n < sizeof(sizes) / sizeof(*sizes); n++) {
		struct jhcfg_fault_reader *reader = new_reader();
		const struct jhcfg_fault *fault;

		snprintf(text, sizeof(text),
			 "Unhandled data write at 0x1008(0)\n" REGISTERS
			 "Cell \"c\": write of %s at 0x1008: nothing that any "
			 "cell has\n"
			 "Parking CPU 1 (Cell: \"c\")\n",
			 sizes[n]);
		fault = feed_text(reader, text);
		assert_non_null(fault);
		assert_int_equal(fault->address, 0x1008);
		assert_int_equal(fault->access, JHCFG_ACCESS_WRITE);
		assert_false(fault->has & JHCFG_FAULT_SIZE);
		assert_string_equal(fault->cause, "nothing that any cell has");
		jhcfg_fault_reader_free(reader);
	}
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

/* --- devices -------------------------------------------------------------- */

static void test_dma_line_is_a_fault_of_its_own(void **state)
{
	static const char line[] =
		"IOMMU unit 0: cell \"x\": PCI device 01:03.5 (stream 0x11d): "
		"write to 0x70000000: no translation (32 times)";
	struct jhcfg_fault_reader *reader = new_reader();
	const struct jhcfg_fault *fault;

	(void)state;
	assert_int_equal(feed(reader, line), JHCFG_LINE_WHOLE);
	fault = jhcfg_fault_reader_take(reader);
	assert_non_null(fault);
	assert_int_equal(fault->kind, JHCFG_FAULT_DMA);
	assert_int_equal(fault->access, JHCFG_ACCESS_WRITE);
	assert_int_equal(fault->has,
			 JHCFG_FAULT_ADDRESS | JHCFG_FAULT_FUNCTION);
	assert_int_equal(fault->address, 0x70000000);
	assert_int_equal(fault->bdf, 0x011d);
	assert_int_equal(fault->stream, 0x11d);
	assert_int_equal(fault->unit, 0);
	assert_int_equal(fault->times, 32);
	assert_string_equal(fault->cell, "x");
	assert_string_equal(fault->cause, "no translation");
	assert_int_equal(strncmp(fault->lines, line, strlen(line)), 0);
	assert_null(jhcfg_fault_reader_take(reader));
	jhcfg_fault_reader_free(reader);
}

static void test_dma_line_in_a_dump_leaves_the_dump_whole(void **state)
{
	struct jhcfg_fault_reader *reader = new_reader();
	const struct jhcfg_fault *fault;

	(void)state;
	feed(reader, "Unhandled data write at 0x9010000(4)");
	feed(reader, "IOMMU unit 1: no cell: stream 0x7: access refused");
	fault = jhcfg_fault_reader_take(reader);
	assert_non_null(fault);
	assert_int_equal(fault->stream, 7);
	assert_int_equal(fault->has, 0);
	assert_string_equal(fault->cause, "access refused");
	feed(reader, "Parking CPU 3 (Cell: \"c\")");
	fault = jhcfg_fault_reader_take(reader);
	assert_non_null(fault);
	assert_int_equal(fault->address, 0x9010000);
	assert_string_equal(fault->cell, "c");
	jhcfg_fault_reader_free(reader);
}

/* Of what is left out or damaged as much is told as there is. */
static void test_dma_lines_are_taken_apart(void **state)
{
	static const struct {
		const char *text; /* behind the cell */
		enum jhcfg_access access;
		unsigned int has;
		uint64_t times;
		const char *cause;
	} rows[] = {
		{ "stream 0x18: read from 0x10: not permitted",
		  JHCFG_ACCESS_READ, JHCFG_FAULT_ADDRESS, 1, "not permitted" },
		{ "stream 0x18: write to 0x10: event 0x42 (2 times)",
		  JHCFG_ACCESS_WRITE, JHCFG_FAULT_ADDRESS, 2, "event 0x42" },
		{ "stream 0x18: bad substream", JHCFG_ACCESS_NONE, 0, 1,
		  "bad substream" },
		{ "PCI device 00:03.0 (stream 0x18): bad (times)",
		  JHCFG_ACCESS_NONE, JHCFG_FAULT_FUNCTION, 1, "bad (times)" },
		{ "write to nowhere", JHCFG_ACCESS_NONE, 0, 1,
		  "write to nowhere" },
		{ "(3 times)", JHCFG_ACCESS_NONE, 0, 1, "(3 times)" },
		{ "", JHCFG_ACCESS_NONE, 0, 1, "" },
	};
	struct jhcfg_fault_reader *reader = new_reader();

	(void)state;
	for (size_t n = 0; n < sizeof(rows) / sizeof(*rows); n++) {
		const struct jhcfg_fault *fault;
		char line[160];

		snprintf(line, sizeof(line), "IOMMU unit 0: cell \"a\": %s",
			 rows[n].text);
		assert_int_equal(feed(reader, line), JHCFG_LINE_WHOLE);
		fault = jhcfg_fault_reader_take(reader);
		assert_non_null(fault);
		assert_int_equal(fault->access, rows[n].access);
		assert_int_equal(fault->has, rows[n].has);
		assert_int_equal(fault->times, rows[n].times);
		assert_string_equal(fault->cause, rows[n].cause);
	}
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dump_complete_is_one_fault),
		cmocka_unit_test(test_lines_of_each_kind_are_told),
		cmocka_unit_test(test_name_with_quotes_is_kept_whole),
		cmocka_unit_test(test_register_and_trap_of_it_are_one_fault),
		cmocka_unit_test(test_unknown_size_is_not_a_size),
		cmocka_unit_test(test_pci_register_stays_what_is_told),
		cmocka_unit_test(test_second_dump_gives_the_first_as_it_is),
		cmocka_unit_test(test_number_too_long_is_no_fault),
		cmocka_unit_test(test_dma_line_is_a_fault_of_its_own),
		cmocka_unit_test(test_dma_line_in_a_dump_leaves_the_dump_whole),
		cmocka_unit_test(test_dma_lines_are_taken_apart),
		cmocka_unit_test(test_damaged_dump_does_no_harm),
		cmocka_unit_test(test_endless_dump_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
