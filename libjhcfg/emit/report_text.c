// SPDX-License-Identifier: LGPL-2.1-or-later
/* What goes into the cells of a report's tables. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "emit/report.h"
#include "model/names.h"
#include "util/number.h"

/* "1M, 2M", and "1M, 2M, ..." once it is full. */
void report_append(char *text, const char *more)
{
	static const char full[] = ", ...";
	size_t length = strlen(text), size = strlen(more);

	/* there is always room to say that it is full */
	if (length + size + strlen(", ") + sizeof(full) > REPORT_TEXT_SIZE) {
		if (length >= 3 && !strcmp(text + length - 3, "..."))
			return;
		if (length > REPORT_TEXT_SIZE - sizeof(full))
			length = REPORT_TEXT_SIZE - sizeof(full);
		strcpy(text + length, full);
		return;
	}
	snprintf(text + length, REPORT_TEXT_SIZE - length, "%s%s",
		 length ? ", " : "", more);
}

void report_append_flags(char *text, const struct jhcfg_name *names,
			 uint64_t flags)
{
	char rest[24];

	for (; names->name; names++) {
		if (flags & names->value)
			report_append(text, names->name);
		flags &= ~names->value;
	}
	if (flags) {
		snprintf(rest, sizeof(rest), "0x%" PRIx64, flags);
		report_append(text, rest);
	}
}

void report_set_range(struct report_row *row, unsigned int column,
		      uint64_t start, uint64_t size)
{
	REPORT_SET(row, column, "0x%08" PRIx64 "-0x%08" PRIx64, start,
		   start + (size - 1));
}

void report_set_size(struct report_row *row, unsigned int column, uint64_t size)
{
	char text[JHCFG_NUMBER_SIZE];

	jhcfg_format_size(size, text);
	REPORT_SET(row, column, "%s", text);
}

const struct jhcfg_cell *report_cell(const struct report *report, size_t n)
{
	return jhcfg_config_cell(report->cells[n]);
}

void report_set_bdf(struct report_row *row, unsigned int column, uint16_t bdf)
{
	REPORT_SET(row, column, "%02x:%02x.%x", bdf >> 8 & 0xffu,
		   bdf >> 3 & 0x1fu, bdf & 7u);
}
