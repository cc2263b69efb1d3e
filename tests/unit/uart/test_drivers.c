// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Each driver against registers that the test scripts: when it sends, what it
 * writes where and how wide, and how it sets the line up. One row each.
 */
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

#define MAX_SEQUENCE 12
#define DIVIDER	     0x12345 /* wider than any divider register */

struct row {
	const char *label;
	const char *name;
	u16 type;
	u16 flags;
	size_t status;
	unsigned int status_bits;
	u32 full,
		room; /* the status when it can take no character, resp. one */
	u32 sending, idle; /* the same for what was sent last */
	bool reads_others;
	u32 other;
	struct fake_write put[3]; /* of 'A', 0x41 */
	struct fake_write init[MAX_SEQUENCE];
};

/* clang-format off */
static const struct row rows[] = {
	{
		"PL011", "PL011", JAILHOUSE_CON_TYPE_PL011, 0, 0x18, 32,
		.full = 1 << 5, .room = 1 << 4, .sending = 1 << 3, .idle = 0,
		.put = { { 0x00, 0x41, 32 } },
		.init = {
			{ 0x30, 0, 32 }, { 0x38, 0, 32 }, { 0x44, 0x7ff, 32 },
			{ 0x24, 0x2345, 32 }, { 0x28, 0, 32 },
			{ 0x2c, 0x70, 32 }, { 0x30, 0x301, 32 },
		},
	}, {
		"Cadence", "XUARTPS", JAILHOUSE_CON_TYPE_XUARTPS, 0, 0x2c, 32,
		.full = 1 << 4, .room = 1 << 11, .sending = 1 << 3 | 1 << 11,
		.idle = 1 << 3,
		.put = { { 0x30, 0x41, 32 } },
		.init = {
			{ 0x00, 0x28, 32 }, { 0x0c, 0x3fff, 32 },
			{ 0x04, 0x20, 32 }, { 0x18, 0x2345, 32 },
			{ 0x34, 15, 32 }, { 0x00, 0x17, 32 },
		},
	}, {
		"8250, 8 bits", "8250", JAILHOUSE_CON_TYPE_8250, 0, 5, 8,
		.full = 0, .room = 0x20, .sending = 0x20, .idle = 0x60,
		.put = { { 0, 0x41, 8 } },
		.init = {
			{ 1, 0, 8 }, { 3, 0x80, 8 }, { 0, 0x45, 8 },
			{ 1, 0x23, 8 }, { 3, 3, 8 }, { 2, 7, 8 }, { 4, 3, 8 },
		},
	}, {
		"8250, 32 bits", "8250", JAILHOUSE_CON_TYPE_8250,
		JAILHOUSE_CON_REGDIST_4, 0x14, 32,
		.full = 0x40, .room = 0x20, .sending = 0x20, .idle = 0x40,
		.put = { { 0, 0x41, 32 } },
		.init = {
			{ 0x04, 0, 32 }, { 0x0c, 0x80, 32 }, { 0x00, 0x45, 32 },
			{ 0x04, 0x23, 32 }, { 0x0c, 3, 32 }, { 0x08, 7, 32 },
			{ 0x10, 3, 32 },
		},
	}, {
		"8250 of OMAP", "8250", JAILHOUSE_CON_TYPE_8250,
		JAILHOUSE_CON_REGDIST_4 | JAILHOUSE_CON_MDR_QUIRK, 0x14, 32,
		.full = 0, .room = 0x20, .sending = 0, .idle = 0x40,
		.put = { { 0, 0x41, 32 } },
		.init = {
			{ 0x20, 7, 32 }, { 0x04, 0, 32 }, { 0x0c, 0x80, 32 },
			{ 0x00, 0x45, 32 }, { 0x04, 0x23, 32 }, { 0x0c, 3, 32 },
			{ 0x08, 7, 32 }, { 0x10, 3, 32 }, { 0x20, 0, 32 },
		},
	}, {
		"i.MX", "IMX", JAILHOUSE_CON_TYPE_IMX, 0, 0xb4, 32,
		.full = 1 << 4, .room = 1 << 5, .sending = 0, .idle = 1 << 6,
		.put = { { 0x40, 0x41, 32 } },
		.init = {
			{ 0x80, 0, 32 }, { 0x84, 0x4027, 32 }, { 0x80, 1, 32 },
			{ 0xa4, 15, 32 }, { 0xa8, 0x2345, 32 },
		},
	}, {
		"LPUART", "IMX-LPUART", JAILHOUSE_CON_TYPE_IMX_LPUART, 0, 0x14, 32,
		.full = 1 << 22, .room = 1 << 23, .sending = 1 << 23,
		.idle = 1 << 22,
		.put = { { 0x1c, 0x41, 32 } },
		.init = {
			{ 0x18, 0, 32 }, { 0x10, 0x0f000345, 32 },
			{ 0x18, 0xc0000, 32 },
		},
	}, {
		"MVEBU", "MVEBU", JAILHOUSE_CON_TYPE_MVEBU, 0, 0x0c, 32,
		.full = 1 << 11, .room = 1 << 6, .sending = 0, .idle = 1 << 6,
		.reads_others = true, .other = 0xabcd1234,
		.put = { { 0x04, 0x41, 32 } },
		.init = {
			{ 0x10, 0xabcd1345, 32 }, { 0x08, 0xc000, 32 },
			{ 0x08, 0, 32 },
		},
	}, {
		"SCIF", "SCIF", JAILHOUSE_CON_TYPE_SCIF, 0, 0x10, 16,
		.full = 0x91, .room = 0xf1, .sending = 0x20, .idle = 0x60,
		.put = { { 0x0c, 0x41, 8 }, { 0x10, 0x91, 16 } },
		.init = {
			{ 0x08, 0, 16 }, { 0x18, 6, 16 }, { 0x00, 0, 16 },
			{ 0x04, 0x45, 8 }, { 0x18, 0, 16 }, { 0x08, 0x30, 16 },
		},
	}, {
		"SCIFA", "SCIFA", JAILHOUSE_CON_TYPE_SCIFA, 0, 0x14, 16,
		.full = 0, .room = 0x20, .sending = 0x20, .idle = 0x60,
		.put = { { 0x20, 0x41, 8 }, { 0x14, 0, 16 } },
		.init = {
			{ 0x08, 0, 16 }, { 0x18, 6, 16 }, { 0x00, 0, 16 },
			{ 0x04, 0x45, 8 }, { 0x18, 0, 16 }, { 0x08, 0x30, 16 },
		},
	}, {
		"HSCIF", "HSCIF", JAILHOUSE_CON_TYPE_HSCIF, 0, 0x10, 16,
		.full = 0x91, .room = 0xf1, .sending = 0x20, .idle = 0x60,
		.put = { { 0x0c, 0x41, 8 }, { 0x10, 0x91, 16 } },
		.init = {
			{ 0x08, 0, 16 }, { 0x18, 6, 16 }, { 0x00, 0, 16 },
			{ 0x04, 0x45, 8 }, { 0x18, 0, 16 }, { 0x08, 0x30, 16 },
		},
	},
};
/* clang-format on */

static struct fake_uart fake_of(const struct row *row)
{
	return (struct fake_uart){
		.status = row->status,
		.status_bits = row->status_bits,
		.may_read_others = row->reads_others,
		.other = row->other,
	};
}

static struct uart uart_of(const struct row *row, struct fake_uart *fake)
{
	const struct uart_ops *ops = uart_find(row->type);

	assert_non_null(ops);
	assert_ptr_equal(uart_find_name(row->name, strlen(row->name)), ops);
	return (struct uart){ .ops = ops, .base = fake, .flags = row->flags };
}

static void assert_writes(const struct row *row, const struct fake_uart *fake,
			  const struct fake_write *expected, size_t max)
{
	size_t n;

	for (n = 0; n < max && expected[n].bits; n++) {
		const struct fake_write *seen = &fake->writes[n];

		if (n < fake->num_writes &&
		    seen->offset == expected[n].offset &&
		    seen->value == expected[n].value &&
		    seen->bits == expected[n].bits)
			continue;
		fail_msg("%s: write %zu: 0x%zx <- 0x%x (%u bits), of %u",
			 row->label, n, seen->offset, seen->value, seen->bits,
			 fake->num_writes);
	}
	if (fake->num_writes != n)
		fail_msg("%s: %u writes, expected %zu", row->label,
			 fake->num_writes, n);
}

static void test_driver_put_waits_for_room_and_sends(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		const struct row *row = &rows[n];
		struct fake_uart fake = fake_of(row);
		struct uart uart = uart_of(row, &fake);

		fake.busy_reads = 7;
		fake.busy = row->full;
		fake.idle = row->room;
		assert_true(uart_put(&uart, 'A'));
		assert_int_equal(fake.relaxes, 7);
		assert_writes(row, &fake, row->put, ARRAY_SIZE(row->put));
	}
}

static void test_driver_put_full_for_ever_gives_up(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		struct fake_uart fake = fake_of(&rows[n]);
		struct uart uart = uart_of(&rows[n], &fake);

		fake.busy_reads = UINT_MAX;
		fake.busy = rows[n].full;
		assert_false(uart_put(&uart, 'A'));
		assert_int_equal(fake.num_writes, 0);
	}
}

static void test_driver_put_sends_eight_bits(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		struct fake_uart fake = fake_of(&rows[n]);
		struct uart uart = uart_of(&rows[n], &fake);

		fake.idle = rows[n].room;
		assert_true(uart_put(&uart, (char)0xe9));
		assert_int_equal(fake.writes[0].value, 0xe9);
	}
}

static void test_driver_init_without_divider_touches_nothing(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		struct fake_uart fake = fake_of(&rows[n]);
		struct uart uart = uart_of(&rows[n], &fake);

		fake.may_read_others = false;
		uart.ops->init(&uart);
		assert_int_equal(fake.reads, 0);
		assert_int_equal(fake.num_writes, 0);
	}
}

static void test_driver_init_drains_and_programs_the_line(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		const struct row *row = &rows[n];
		struct fake_uart fake = fake_of(row);
		struct uart uart = uart_of(row, &fake);

		fake.busy_reads = 3;
		fake.busy = row->sending;
		fake.idle = row->idle;
		uart.divider = DIVIDER;
		uart.ops->init(&uart);
		assert_int_equal(fake.reads, 4);
		assert_writes(row, &fake, row->init, ARRAY_SIZE(row->init));
	}
}

static void test_driver_init_of_one_that_never_drains_goes_on(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		const struct row *row = &rows[n];
		struct fake_uart fake = fake_of(row);
		struct uart uart = uart_of(row, &fake);

		fake.busy_reads = UINT_MAX;
		fake.busy = row->sending;
		uart.divider = DIVIDER;
		uart.ops->init(&uart);
		assert_true(fake.reads < 10000000);
		assert_writes(row, &fake, row->init, ARRAY_SIZE(row->init));
	}
}

/* Every type but those that are no UARTs has a driver, and a row here. */
static void test_driver_of_each_type_is_tested(void **state)
{
	(void)state;
	for (u32 type = JAILHOUSE_CON_TYPE_8250;
	     type <= JAILHOUSE_CON_TYPE_SCIF; type++) {
		size_t n = 0;

		while (n < ARRAY_SIZE(rows) && rows[n].type != type)
			n++;
		assert_true(n < ARRAY_SIZE(rows));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_driver_put_waits_for_room_and_sends),
		cmocka_unit_test(test_driver_put_full_for_ever_gives_up),
		cmocka_unit_test(test_driver_put_sends_eight_bits),
		cmocka_unit_test(
			test_driver_init_without_divider_touches_nothing),
		cmocka_unit_test(test_driver_init_drains_and_programs_the_line),
		cmocka_unit_test(
			test_driver_init_of_one_that_never_drains_goes_on),
		cmocka_unit_test(test_driver_of_each_type_is_tested),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
