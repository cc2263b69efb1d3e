// SPDX-License-Identifier: LGPL-2.1-or-later
/* Lines become faults: which of them belong together. */
#include <jhcfg/fault.h>

#include <stdlib.h>
#include <string.h>

#include "fault/lines.h"

/* A dump is not longer: beyond, somebody pretends. */
#define MAX_LINE 512

struct jhcfg_fault_reader {
	struct fault_slot dumps[2]; /* one is read, the other was */
	unsigned int current;
	struct fault_slot whole;	/* of a single line */
	const struct fault_slot *ready; /* to be taken; NULL: none */
	char lines[3][FAULT_MAX_LINES]; /* of these slots */
};

static void clear_slot(struct fault_slot *slot)
{
	slot->fault = (struct jhcfg_fault){
		.cell = slot->cell,
		.cause = slot->cause,
		.lines = slot->lines,
	};
	slot->used = false;
	slot->size = 0;
	*slot->cell = *slot->cause = 0;
	if (*slot->lines)
		*slot->lines = 0;
}

struct jhcfg_fault_reader *jhcfg_fault_reader_new(void)
{
	struct jhcfg_fault_reader *reader = calloc(1, sizeof(*reader));

	if (!reader)
		return NULL;
	reader->dumps[0].lines = reader->lines[0];
	reader->dumps[1].lines = reader->lines[1];
	reader->whole.lines = reader->lines[2];
	clear_slot(&reader->dumps[0]);
	clear_slot(&reader->dumps[1]);
	clear_slot(&reader->whole);
	return reader;
}

void jhcfg_fault_reader_free(struct jhcfg_fault_reader *reader)
{
	free(reader);
}

/* A NUL would end the text for whoever reads it. */
static void keep_line(struct fault_slot *slot, const char *line, size_t length)
{
	if (length + 2 > FAULT_MAX_LINES - slot->size)
		return;
	for (size_t n = 0; n < length; n++)
		slot->lines[slot->size++] = line[n] ? line[n] : ' ';
	slot->lines[slot->size++] = '\n';
	slot->lines[slot->size] = 0;
}

/* What was begun can be taken; the other slot is for the next one. */
static void finish(struct jhcfg_fault_reader *reader)
{
	if (!reader->dumps[reader->current].used)
		return;
	reader->ready = &reader->dumps[reader->current];
	reader->current = !reader->current;
	clear_slot(&reader->dumps[reader->current]);
}

/*
 * A handler that refuses an access says why, and the trap that it was part of
 * follows: that is one fault. Two dumps of different CPUs may come one into
 * the other; then the first is given as far as it went.
 */
static bool continues(const struct fault_slot *slot,
		      const struct fault_row *row)
{
	return slot->used && row->kind == JHCFG_FAULT_MEMORY &&
	       !(slot->fault.has & JHCFG_FAULT_PC) &&
	       (slot->fault.kind == JHCFG_FAULT_REGISTERS ||
		slot->fault.kind == JHCFG_FAULT_PCI);
}

static void begin(struct jhcfg_fault_reader *reader,
		  const struct fault_row *row)
{
	struct fault_slot *slot = &reader->dumps[reader->current];

	if (continues(slot, row)) {
		/* the register's address was the physical one */
		if (slot->fault.kind == JHCFG_FAULT_REGISTERS)
			slot->fault.has &= ~(unsigned int)JHCFG_FAULT_ADDRESS;
		return;
	}
	finish(reader);
	reader->dumps[reader->current].used = true;
	reader->dumps[reader->current].fault.kind = row->kind;
}

/* "[  12.345678] ", "[12:00:01.123] ": of whoever recorded it. */
static void skip_stamp(const char **line, size_t *length)
{
	size_t n = 1;

	if (!*length || **line != '[')
		return;
	while (n < *length && n < 32 && (*line)[n] &&
	       strchr("0123456789.:-T +Z", (*line)[n]))
		n++;
	if (n + 1 >= *length || (*line)[n] != ']' || (*line)[n + 1] != ' ')
		return;
	*line += n + 2;
	*length -= n + 2;
}

static void take_whole(struct jhcfg_fault_reader *reader,
		       const struct fault_row *row, const struct match *match,
		       const char *line, size_t length)
{
	clear_slot(&reader->whole);
	reader->whole.fault.kind = row->kind;
	row->apply(&reader->whole, match);
	keep_line(&reader->whole, line, length);
	reader->ready = &reader->whole;
}

/* A line of a dump, or about one. */
static const struct fault_row *take_line(struct jhcfg_fault_reader *reader,
					 const char *line, size_t length)
{
	struct fault_slot *slot = &reader->dumps[reader->current];
	const struct fault_row *row;
	struct match match;

	row = fault_row_find(FAULT_BEGINS, line, length, &match);
	if (row) {
		begin(reader, row);
		slot = &reader->dumps[reader->current];
	} else if (slot->used) {
		row = fault_row_find(FAULT_DETAIL, line, length, &match);
	}
	if (!row)
		row = fault_row_find(FAULT_ENDS, line, length, &match);
	if (row && slot->used) {
		row->apply(slot, &match);
		keep_line(slot, line, length);
	}
	if (row && row->line == JHCFG_LINE_STOPPED)
		finish(reader);
	return row;
}

enum jhcfg_line jhcfg_fault_reader_line(struct jhcfg_fault_reader *reader,
					const char *line, size_t length)
{
	const struct fault_row *row;
	struct match match;

	reader->ready = NULL;
	if (length && line[length - 1] == '\r')
		length--;
	skip_stamp(&line, &length);
	if (length > MAX_LINE)
		return JHCFG_LINE_TEXT;
	row = fault_row_find(FAULT_WHOLE, line, length, &match);
	if (row) {
		take_whole(reader, row, &match, line, length);
		return row->line;
	}
	row = take_line(reader, line, length);
	if (!row)
		row = fault_row_find(FAULT_EVENT, line, length, &match);
	return row ? row->line : JHCFG_LINE_TEXT;
}

const struct jhcfg_fault *jhcfg_fault_reader_take(
	struct jhcfg_fault_reader *reader)
{
	const struct fault_slot *ready = reader->ready;

	reader->ready = NULL;
	return ready ? &ready->fault : NULL;
}

const struct jhcfg_fault *jhcfg_fault_reader_end(
	struct jhcfg_fault_reader *reader)
{
	finish(reader);
	return jhcfg_fault_reader_take(reader);
}
