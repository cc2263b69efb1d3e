// SPDX-License-Identifier: GPL-2.0-or-later
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <jailhouse/cell-config.h>

#include "fake_io.h"
#include "uart.h"

#define TXFF	(1U << 5)
#define FOREVER UINT_MAX

static struct uart pl011(struct fake_uart *fake)
{
	fake->status = 0x18;
	fake->status_bits = 32;
	return (struct uart){
		.ops = uart_find(JAILHOUSE_CON_TYPE_PL011),
		.base = fake,
	};
}

static void test_uart_find_known_type_gives_its_driver(void **state)
{
	(void)state;
	assert_non_null(uart_find(JAILHOUSE_CON_TYPE_PL011));
	assert_string_equal(uart_find(JAILHOUSE_CON_TYPE_PL011)->name, "PL011");
}

static void test_uart_find_unknown_type_gives_null(void **state)
{
	(void)state;
	assert_null(uart_find(JAILHOUSE_CON_TYPE_NONE));
	assert_null(uart_find(0xffff));
	/* no truncation to the 16 bits of a type */
	assert_null(uart_find(0x10000 | JAILHOUSE_CON_TYPE_PL011));
}

static void test_uart_find_name_wants_the_whole_name(void **state)
{
	const struct uart_ops *pl011_ops = uart_find(JAILHOUSE_CON_TYPE_PL011);

	(void)state;
	assert_ptr_equal(uart_find_name("PL011", 5), pl011_ops);
	assert_ptr_equal(uart_find_name("PL011 x=1", 5), pl011_ops);
	assert_null(uart_find_name("PL011 x=1", 6));
	assert_null(uart_find_name("PL01", 4));
	assert_null(uart_find_name("pl011", 5));
	assert_null(uart_find_name("", 0));
}

static void test_uart_put_ready_sends_the_byte(void **state)
{
	struct fake_uart fake = { .busy = TXFF };
	struct uart uart = pl011(&fake);

	(void)state;
	assert_true(uart_put(&uart, (char)0xe9));
	assert_int_equal(fake.num_writes, 1);
	assert_int_equal(fake.writes[0].offset, 0);
	assert_int_equal(fake.writes[0].value, 0xe9);
}

static void test_uart_put_full_waits_until_there_is_room(void **state)
{
	struct fake_uart fake = { .busy_reads = 1000, .busy = TXFF };
	struct uart uart = pl011(&fake);

	(void)state;
	assert_true(uart_put(&uart, 'x'));
	assert_int_equal(fake.reads, 1001);
	assert_int_equal(fake.relaxes, 1000);
	assert_int_equal(fake.num_writes, 1);
}

static void test_uart_put_full_for_ever_waits_once(void **state)
{
	struct fake_uart fake = { .busy_reads = FOREVER, .busy = TXFF };
	struct uart uart = pl011(&fake);
	unsigned int first;

	(void)state;
	assert_false(uart_put(&uart, 'a'));
	first = fake.reads;
	assert_true(first > 1000 && first < 10000000);
	assert_false(uart_put(&uart, 'b'));
	assert_int_equal(fake.reads, first + 1);
	assert_int_equal(fake.num_writes, 0);

	/* It drains again: the full wait is back as well. */
	fake.busy_reads = 0;
	assert_true(uart_put(&uart, 'c'));
	fake.busy_reads = 1000;
	assert_true(uart_put(&uart, 'd'));
	assert_int_equal(fake.num_writes, 2);
}

static void test_uart_write_puts_returns_before_line_feeds(void **state)
{
	static const char expected[] = "a\r\n\r\nb";
	struct fake_uart fake = { .busy = TXFF };
	struct uart uart = pl011(&fake);
	size_t n;

	(void)state;
	uart_write(&uart, "a\n\nb", 4);
	assert_int_equal(fake.num_writes, strlen(expected));
	for (n = 0; n < strlen(expected); n++)
		assert_int_equal(fake.writes[n].value, expected[n]);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_uart_find_known_type_gives_its_driver),
		cmocka_unit_test(test_uart_find_unknown_type_gives_null),
		cmocka_unit_test(test_uart_find_name_wants_the_whole_name),
		cmocka_unit_test(test_uart_put_ready_sends_the_byte),
		cmocka_unit_test(test_uart_put_full_waits_until_there_is_room),
		cmocka_unit_test(test_uart_put_full_for_ever_waits_once),
		cmocka_unit_test(
			test_uart_write_puts_returns_before_line_feeds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
