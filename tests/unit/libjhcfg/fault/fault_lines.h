/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines that tests feed to a reader. */
#ifndef TESTS_FAULT_LINES_H
#define TESTS_FAULT_LINES_H

#include "cmocka_all.h"

#include <string.h>

#include <jhcfg/fault.h>

static inline struct jhcfg_fault_reader *new_reader(void)
{
	struct jhcfg_fault_reader *reader = jhcfg_fault_reader_new();

	assert_non_null(reader);
	return reader;
}

static inline enum jhcfg_line feed(struct jhcfg_fault_reader *reader,
				   const char *line)
{
	return jhcfg_fault_reader_line(reader, line, strlen(line));
}

/* Feeds all lines of a text; the fault that the last one completed. */
static inline const struct jhcfg_fault *feed_text(
	struct jhcfg_fault_reader *reader, const char *text)
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

/* A whole one */
#define DATA_ABORT                                                             \
	"Unhandled data write at 0x9010000(4)\n" REGISTERS                     \
	"Cell \"inmate-demo\": write of 4 bytes at 0x9010000: region 3 "       \
	"[0x9010000-0x9010fff] of cell \"qemu-arm64\"\n"                       \
	"Parking CPU 3 (Cell: \"inmate-demo\")\n"

#endif
