// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as what was on a console. Every fault that is read from it can be
 * explained, and its strings end. */
#include <stdlib.h>
#include <string.h>

#include <jhcfg/jhcfg.h>

#include "fuzz.h"

static void check_fault(const struct jhcfg_fault *fault)
{
	struct jhcfg_fault_meaning *meaning;
	char *text;

	if (!fault)
		return;
	/* at least the line it began with, and no more than is kept */
	if (!strchr(fault->lines, '\n') || strlen(fault->lines) > 8192 ||
	    strlen(fault->cell) >= JHCFG_NAME_SIZE)
		abort();
	if (jhcfg_fault_explain(fault, NULL, &meaning))
		abort();
	text = jhcfg_fault_meaning_text(meaning);
	if (!text || !*meaning->what)
		abort();
	free(text);
	jhcfg_fault_meaning_free(meaning);
}

int fuzz_target(const uint8_t *data, size_t size)
{
	struct jhcfg_fault_reader *reader = jhcfg_fault_reader_new();

	if (!reader)
		abort();
	while (size) {
		const uint8_t *end = memchr(data, '\n', size);
		size_t length = end ? (size_t)(end - data) : size;

		jhcfg_fault_reader_line(reader, (const char *)data, length);
		check_fault(jhcfg_fault_reader_take(reader));
		data += length + !!end;
		size -= length + !!end;
	}
	check_fault(jhcfg_fault_reader_end(reader));
	jhcfg_fault_reader_free(reader);
	return 0;
}
