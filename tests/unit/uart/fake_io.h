/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Registers of a UART that a test scripts and watches. */
#ifndef TESTS_UNIT_UART_FAKE_IO_H
#define TESTS_UNIT_UART_FAKE_IO_H

#include <stdbool.h>
#include <stddef.h>
#include <jailhouse/types.h>

#define FAKE_MAX_WRITES 64

struct fake_write {
	size_t offset;
	u32 value;
	unsigned int bits;
};

struct fake_uart {
	/* the status register reads `busy` this many times, then `idle`; any
	 * other one, if the driver may read it, `other` */
	size_t status;
	unsigned int status_bits;
	unsigned int busy_reads;
	u32 busy, idle;
	bool may_read_others;
	u32 other;

	unsigned int reads, relaxes;
	unsigned int num_writes;
	struct fake_write writes[FAKE_MAX_WRITES];
};

#endif
