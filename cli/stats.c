// SPDX-License-Identifier: GPL-2.0-or-later
#include "stats.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_WIDTH 14
/* From here on there is room for times beside the counters. */
#define WIDE_COLUMNS 80

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

static const struct stats_counter *find_counter(
	const struct stats_sample *sample, const char *name, const char *suffix)
{
	size_t length = strlen(name);

	for (size_t n = 0; n < sample->count; n++) {
		const struct stats_counter *counter = &sample->counters[n];

		if (!strncmp(counter->name, name, length) &&
		    !strcmp(counter->name + length, suffix))
			return counter;
	}
	return NULL;
}

static void add_cost(const struct stats_sample *now, struct stats_row *row)
{
	const struct stats_counter *ticks =
		find_counter(now, row->name, "_ticks");
	const struct stats_counter *worst =
		find_counter(now, row->name, "_max_ticks");

	if (!ticks || !worst)
		return;
	row->has_cost = true;
	row->ticks = ticks->value;
	row->worst = worst->value;
}

size_t stats_compute(const struct stats_sample *before,
		     const struct stats_sample *now, struct stats_row *rows)
{
	size_t count = 0;

	for (size_t n = 0; n < now->count; n++) {
		const struct stats_counter *counter = &now->counters[n];

		if (has_suffix(counter->name, "_ticks"))
			continue;
		rows[count] = (struct stats_row){
			.name = counter->name,
			.sum = counter->value,
			.per_second = rate(before, now, counter),
		};
		add_cost(now, &rows[count++]);
	}
	if (count)
		qsort(rows, count, sizeof(*rows), by_rate);
	return count;
}

static int name_width(size_t columns, size_t num_numbers)
{
	size_t numbers = num_numbers * (NUMBER_WIDTH + 1);

	if (columns <= numbers + 10)
		return 10;
	return columns - numbers > 40 ? 40 : (int)(columns - numbers);
}

static bool shows_cost(const struct stats_row *rows, size_t count,
		       size_t columns)
{
	for (size_t n = 0; n < count; n++)
		if (rows[n].has_cost)
			return columns >= WIDE_COLUMNS;
	return false;
}

static void format_heading(int cpu, int width, bool cost, char *text,
			   size_t size)
{
	char heading[32];
	int length;

	if (cpu < 0)
		snprintf(heading, sizeof(heading), "COUNTER (All CPUs)");
	else
		snprintf(heading, sizeof(heading), "COUNTER (CPU %d)", cpu);
	length = snprintf(text, size, "%-*.*s %*s %*s", width, width, heading,
			  NUMBER_WIDTH, "SUM", NUMBER_WIDTH, "PER SEC");
	if (cost && length > 0 && (size_t)length < size)
		snprintf(text + length, size - (size_t)length, " %*s %*s",
			 NUMBER_WIDTH, "TICKS", NUMBER_WIDTH, "WORST");
}

static void format_row(const struct stats_row *row, int width, bool cost,
		       char *text, size_t size)
{
	int length = snprintf(text, size, "%-*.*s %*" PRIu64 " %*" PRIu64,
			      width, width, row->name, NUMBER_WIDTH, row->sum,
			      NUMBER_WIDTH, row->per_second);

	if (cost && row->has_cost && length > 0 && (size_t)length < size)
		snprintf(text + length, size - (size_t)length,
			 " %*" PRIu64 " %*" PRIu64, NUMBER_WIDTH, row->ticks,
			 NUMBER_WIDTH, row->worst);
}

bool stats_format_line(const struct stats_row *rows, size_t count, int cpu,
		       size_t line, size_t columns, char *text, size_t size)
{
	bool cost = shows_cost(rows, count, columns);
	int width = name_width(columns, cost ? 4 : 2);

	if (line > count)
		return false;
	if (line == 0)
		format_heading(cpu, width, cost, text, size);
	else
		format_row(&rows[line - 1], width, cost, text, size);
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
