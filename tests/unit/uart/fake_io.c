// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fake_io.h"
#include "io.h"

static struct fake_uart *relaxing;

u32 uart_io_read32(const volatile void *base, size_t offset)
{
	struct fake_uart *fake = (struct fake_uart *)(uintptr_t)base;

	assert_int_equal(offset, 0x18); /* the only one that drivers read */
	relaxing = fake;
	fake->reads++;
	if (fake->busy_reads == 0)
		return fake->idle;
	fake->busy_reads--;
	return fake->busy;
}

void uart_io_write32(volatile void *base, size_t offset, u32 value)
{
	struct fake_uart *fake = (struct fake_uart *)(uintptr_t)base;

	assert_true(fake->num_writes < FAKE_MAX_WRITES);
	fake->writes[fake->num_writes].offset = offset;
	fake->writes[fake->num_writes++].value = value;
}

void uart_io_relax(void)
{
	if (relaxing)
		relaxing->relaxes++;
}
