// SPDX-License-Identifier: GPL-2.0-or-later
#include "stats.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_WIDTH 14

static bool has_suffix(const char *name, const char *suffix)
{
	size_t length = strlen(name), tail = strlen(suffix);

	return length >= tail && !strcmp(name + length - tail, suffix);
}

static uint64_t value_before(const struct stats_sample *before,
			     const struct stats_counter *counter)
{
	for (size_t n = 0; n < before->count; n++) {
		const struct stats_counter *old = &before->counters[n];

		if (!strcmp(old->name, counter->name))
			return old->value > counter->value ? 0 : old->value;
	}
	return 0;
}

static uint64_t rate(const struct stats_sample *before,
		     const struct stats_sample *now,
		     const struct stats_counter *counter)
{
	uint64_t elapsed_us, delta;

	if (!before || now->time_us <= before->time_us)
		return 0;
	elapsed_us = now->time_us - before->time_us;
	delta = counter->value - value_before(before, counter);
	/* 128 bits: a counter may have run for years */
	return (uint64_t)((unsigned __int128)delta * 1000000 / elapsed_us);
}

static int by_rate(const void *left, const void *right)
{
	const struct stats_row *a = left, *b = right;

	if (a->per_second != b->per_second)
		return a->per_second < b->per_second ? 1 : -1;
	return strcmp(a->name, b->name);
}

size_t stats_compute(const struct stats_sample *before,
		     const struct stats_sample *now, struct stats_row *rows)
{
	size_t count = 0;

	for (size_t n = 0; n < now->count; n++) {
		const struct stats_counter *counter = &now->counters[n];

		if (has_suffix(counter->name, "_ticks"))
			continue;
		rows[count++] = (struct stats_row){
			.name = counter->name,
			.sum = counter->value,
			.per_second = rate(before, now, counter),
		};
	}
	if (count)
		qsort(rows, count, sizeof(*rows), by_rate);
	return count;
}

static int name_width(size_t columns)
{
	size_t numbers = 2 * (NUMBER_WIDTH + 1);

	if (columns <= numbers + 10)
		return 10;
	return columns - numbers > 40 ? 40 : (int)(columns - numbers);
}

bool stats_format_line(const struct stats_row *rows, size_t count, int cpu,
		       size_t line, size_t columns, char *text, size_t size)
{
	int width = name_width(columns);
	char heading[32];

	if (line > count)
		return false;
	if (line == 0) {
		if (cpu < 0)
			snprintf(heading, sizeof(heading),
				 "COUNTER (All CPUs)");
		else
			snprintf(heading, sizeof(heading), "COUNTER (CPU %d)",
				 cpu);
		snprintf(text, size, "%-*.*s %*s %*s", width, width, heading,
			 NUMBER_WIDTH, "SUM", NUMBER_WIDTH, "PER SEC");
	} else {
		const struct stats_row *row = &rows[line - 1];

		snprintf(text, size, "%-*.*s %*" PRIu64 " %*" PRIu64, width,
			 width, row->name, NUMBER_WIDTH, row->sum, NUMBER_WIDTH,
			 row->per_second);
	}
	if (strlen(text) > columns)
		text[columns] = '\0';
	return true;
}

int stats_next_cpu(const int *cpus, size_t count, int current)
{
	for (size_t n = 0; n < count; n++) {
		if (cpus[n] > current)
			return cpus[n];
	}
	return count ? cpus[0] : -1;
}
