// SPDX-License-Identifier: GPL-2.0-or-later
/* A screen that the hypervisor writes over. */
#include "cmocka_all.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <fcntl.h>

#include "screen/repair.h"
#include "screen/serial.h"

#define LINE 11520 /* bytes a second of 115200 baud */

static struct tui_repair repair;
static struct tui_model model;

static int set_up(void **state)
{
	(void)state;
	tui_repair_init(&repair, LINE);
	model = (struct tui_model){ .attach = TUI_ENABLED };
	model.console_bytes.total = 100;
	tui_repair_look(&repair, &model);
	return 0;
}

static void test_repair_nothing_said_nothing_drawn(void **state)
{
	(void)state;
	tui_repair_look(&repair, &model);
	assert_false(tui_repair_due(&repair, 5000, 1));
	assert_int_equal(tui_repair_wait_ms(&repair, 5000), -1);
}

static void test_repair_after_a_byte_is_once(void **state)
{
	(void)state;
	model.console_bytes.total++;
	tui_repair_look(&repair, &model);
	assert_int_equal(tui_repair_wait_ms(&repair, 5000), 0);
	assert_true(tui_repair_due(&repair, 5000, 3000));
	assert_false(tui_repair_due(&repair, 5000, 3000));
	tui_repair_look(&repair, &model);
	assert_false(tui_repair_due(&repair, 60000, 3000));
}

static void test_repair_when_the_hypervisor_comes_and_goes(void **state)
{
	(void)state;
	model.attach = TUI_DISABLED;
	tui_repair_look(&repair, &model);
	assert_true(tui_repair_due(&repair, 0, 0));
	model.attach = TUI_ENABLED;
	tui_repair_look(&repair, &model);
	assert_true(tui_repair_due(&repair, 1, 0));
}

/* A hypervisor that never stops: the line has time for what changes. */
static void test_repair_takes_a_quarter_of_the_line(void **state)
{
	const size_t bytes = 200 * 60 * 3 / 2;
	uint64_t drawn = 0, ms;

	(void)state;
	for (ms = 0; ms < 600000; ms += 100) {
		model.console_bytes.total += 100;
		tui_repair_look(&repair, &model);
		if (tui_repair_due(&repair, ms, bytes))
			drawn += bytes;
		assert_true(tui_repair_wait_ms(&repair, ms) <
			    (int)(bytes * 4 * 1000 / LINE) + 1);
	}
	assert_true(drawn <= LINE / 4 * (ms / 1000) + bytes);
	assert_true(drawn > LINE / 5 * (ms / 1000));
}

/* Of the end, nothing is left out: it is drawn when there is time. */
static void test_repair_of_the_last_byte_is_not_forgotten(void **state)
{
	int wait;

	(void)state;
	for (int n = 0; n < 2; n++) {
		model.console_bytes.total++;
		tui_repair_look(&repair, &model);
		assert_int_equal(tui_repair_due(&repair, 0, LINE), !n);
	}
	wait = tui_repair_wait_ms(&repair, 0);
	assert_int_equal(wait, 4000);
	assert_false(tui_repair_due(&repair, 3999, LINE));
	assert_true(tui_repair_due(&repair, 4000, LINE));
}

static void test_repair_elsewhere_than_on_serial_lines_is_none(void **state)
{
	int pty = posix_openpt(O_RDWR | O_NOCTTY);

	(void)state;
	assert_true(pty >= 0);
	assert_int_equal(tui_serial_bytes_s(pty), 0);
	close(pty);
	tui_repair_init(&repair, 0);
	tui_repair_look(&repair, &model);
	model.console_bytes.total++;
	tui_repair_look(&repair, &model);
	assert_false(tui_repair_due(&repair, 100000, 1));
	assert_int_equal(tui_repair_wait_ms(&repair, 0), -1);
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_repair_nothing_said_nothing_drawn),
		TEST(test_repair_after_a_byte_is_once),
		TEST(test_repair_when_the_hypervisor_comes_and_goes),
		TEST(test_repair_takes_a_quarter_of_the_line),
		TEST(test_repair_of_the_last_byte_is_not_forgotten),
		TEST(test_repair_elsewhere_than_on_serial_lines_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
