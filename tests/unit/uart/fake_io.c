// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fake_io.h"
#include "io.h"

static struct fake_uart *relaxing;

static u32 fake_read(const volatile void *base, size_t offset,
		     unsigned int bits)
{
	struct fake_uart *fake = (struct fake_uart *)(uintptr_t)base;

	if (fake->may_read_others && offset != fake->status)
		return fake->other;
	assert_int_equal(offset, fake->status);
	assert_int_equal(bits, fake->status_bits);
	relaxing = fake;
	fake->reads++;
	if (fake->busy_reads == 0)
		return fake->idle;
	fake->busy_reads--;
	return fake->busy;
}

static void fake_write(volatile void *base, size_t offset, u32 value,
		       unsigned int bits)
{
	struct fake_uart *fake = (struct fake_uart *)(uintptr_t)base;

	assert_true(fake->num_writes < FAKE_MAX_WRITES);
	fake->writes[fake->num_writes].offset = offset;
	fake->writes[fake->num_writes].bits = bits;
	fake->writes[fake->num_writes++].value = value;
}

#define FAKE_IO(width)                                                         \
	u##width uart_io_read##width(const volatile void *base, size_t offset) \
	{                                                                      \
		return (u##width)fake_read(base, offset, width);               \
	}                                                                      \
	void uart_io_write##width(volatile void *base, size_t offset,          \
				  u##width value)                              \
	{                                                                      \
		fake_write(base, offset, value, width);                        \
	}

/* clang-format off */
FAKE_IO(8)
FAKE_IO(16)
FAKE_IO(32)
/* clang-format on */

void uart_io_relax(void)
{
	if (relaxing)
		relaxing->relaxes++;
}
