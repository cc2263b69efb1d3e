// SPDX-License-Identifier: GPL-2.0-or-later
/* What is new on the console, and what it tells. */
#include "cmocka_all.h"

#include <stdio.h>
#include <string.h>

#include "moments.h"

static struct moments moments;
static struct tui_console console;

static int begin(void **state)
{
	(void)state;
	moments_begin(&moments);
	memset(&console, 0, sizeof(console));
	return 0;
}

static int end(void **state)
{
	(void)state;
	console_clear(&console);
	moments_end(&moments);
	return 0;
}

static const struct part_row {
	const char *before, *now, *new;
	bool lost;
} parts[] = {
	{ "", "one\n", "one\n", false },
	{ "one\n", "one\n", "", false },
	{ "one\n", "one\ntwo\n", "two\n", false },
	/* the first line fell out */
	{ "one\ntwo\n", "two\nthree\n", "three\n", false },
	{ "the line number 1\nthe line number 2\n",
	  "the line number 2\nthe line number 3\n", "the line number 3\n",
	  false },
	/* the least that can be new */
	{ "a\na\na\n", "a\na\na\n", "", false },
	{ "a\na\n", "a\na\na\n", "a\n", false },
	{ "what was there before all this\n", "something else altogether\n",
	  "something else altogether\n", true },
	{ "abc", "c", "", false },
};

static void test_console_new_part_is_behind_what_was_there(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof(parts) / sizeof(*parts); n++) {
		const struct part_row *row = &parts[n];
		bool lost = !row->lost;
		size_t at = console_new_part(row->before, strlen(row->before),
					     row->now, strlen(row->now), &lost);

		assert_string_equal(row->now + at, row->new);
		assert_int_equal(lost, row->lost);
	}
}

static void show(const char *text)
{
	console_take(moments.store, &console, text, strlen(text));
}

static const char *line_at(uint64_t serial)
{
	const struct tui_line *line =
		tui_model_line(&moments.store->model, serial);

	return line ? line->text : NULL;
}

static void test_console_line_comes_when_it_is_complete(void **state)
{
	const struct tui_model *model = &moments.store->model;

	(void)state;
	show("one\ntw");
	assert_int_equal(model->num_lines, 1);
	show("one\ntwo\r\n\nfour\n");
	assert_int_equal(model->num_lines, 4);
	assert_string_equal(line_at(2), "two");
	assert_string_equal(line_at(3), "");
	assert_string_equal(line_at(4), "four");
	assert_null(line_at(5));
}

static void test_console_lost_lines_are_told(void **state)
{
	(void)state;
	show("what was there before all this\n");
	show("something else altogether\n");
	assert_string_equal(line_at(2), "(lines were lost)");
	assert_string_equal(line_at(3), "something else altogether");
}

static void test_console_bytes_are_those_that_came(void **state)
{
	const struct tui_model *model = &moments.store->model;

	(void)state;
	show("one\n");
	assert_int_equal(model->console_bytes.total, 0);
	show("one\ntwo!\n");
	assert_int_equal(model->console_bytes.total, 5);
}

static void test_console_escapes_are_no_harm(void **state)
{
	(void)state;
	show("\x1b[2Jclear\n");
	assert_string_equal(line_at(1), "?[2Jclear");
}

static void test_console_tells_the_version(void **state)
{
	(void)state;
	show("\nInitializing Jailhouse hypervisor v0.1 on CPU 2\nmore\n");
	assert_string_equal(moments.store->model.version, "v0.1");
}

static void test_console_endless_line_is_bounded(void **state)
{
	static char text[20001];

	(void)state;
	memset(text, 'x', 20000);
	show(text);
	text[19999] = '\n';
	show(text);
	assert_true(strlen(line_at(moments.store->model.num_lines)) < TUI_TEXT);
}

/* As the hypervisor writes it. */
static const char fault[] =
	"Unhandled data write at 0x9010000(4)\n"
	"Cell state before exception:\n"
	" pc: 0000000000001234   lr: 0000000000000abc spsr: 600003c5     EL1\n"
	" sp: 000000000000fff0  elr: 0000000000000000  esr: 24 1 1800046\n"
	"Cell \"rt\": write of 4 bytes at 0x9010000: region 3 "
	"[0x9010000-0x9010fff] of cell \"qemu-arm64\"\n"
	"Parking CPU 3 (Cell: \"rt\")\n";

static void test_console_fault_is_decoded_and_told_once(void **state)
{
	const struct tui_model *model = &moments.store->model;
	char text[2048] = "Started cell \"rt\"\n";
	uint64_t events;

	(void)state;
	show(text);
	strcat(text, fault);
	show(text);
	assert_false(tui_model_line(model, 1)->fault);
	assert_true(tui_model_line(model, 2)->fault);
	assert_true(*tui_model_line(model, 2)->meaning);
	assert_true(moments_told(&moments, 0, "CPU 3"));
	assert_true(moments_told(&moments, 0, "0x9010000"));
	events = model->num_events;
	show(text);
	assert_int_equal(model->num_events, events);
}

/* A device does it while a CPU's dump comes: each line has its own meaning. */
static void test_console_dma_is_decoded_beside_a_dump(void **state)
{
	const struct tui_model *model = &moments.store->model;

	(void)state;
	show("Started cell \"rt\"\n");
	show("Started cell \"rt\"\n"
	     "Unhandled data write at 0x9010000(4)\n"
	     "IOMMU unit 0: no cell: stream 0x18: access refused\n"
	     "Parking CPU 3 (Cell: \"rt\")\n");
	assert_true(tui_model_line(model, 2)->fault);
	assert_true(tui_model_line(model, 3)->fault);
	assert_string_equal(tui_model_line(model, 3)->meaning,
			    "the device's stream id belongs to no cell "
			    "\xc2\xb7 U01");
	assert_non_null(strstr(tui_model_line(model, 2)->meaning, "region"));
	assert_true(moments_told(&moments, 0, "stream 0x18"));
	assert_true(moments_told(&moments, 0, "CPU 3"));
}

static void test_console_fault_of_before_us_is_no_event(void **state)
{
	(void)state;
	show(fault);
	assert_true(tui_model_line(&moments.store->model, 1)->fault);
	assert_int_equal(moments.store->model.num_events, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(test_console_new_part_is_behind_what_was_there),
		TEST(test_console_line_comes_when_it_is_complete),
		TEST(test_console_lost_lines_are_told),
		TEST(test_console_bytes_are_those_that_came),
		TEST(test_console_escapes_are_no_harm),
		TEST(test_console_tells_the_version),
		TEST(test_console_endless_line_is_bounded),
		TEST(test_console_fault_is_decoded_and_told_once),
		TEST(test_console_dma_is_decoded_beside_a_dump),
		TEST(test_console_fault_of_before_us_is_no_event),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
