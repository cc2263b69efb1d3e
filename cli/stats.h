/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counters of a cell: rates and the lines of a screen. Nothing here does
 * input or output. */
#ifndef CLI_STATS_H
#define CLI_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STATS_NAME_SIZE 48

struct stats_counter {
	char name[STATS_NAME_SIZE];
	uint64_t value;
};

/* The counters of a cell, or of one of its CPUs, at one time. */
struct stats_sample {
	uint64_t time_us;
	struct stats_counter *counters;
	size_t count;
};

struct stats_row {
	const char *name; /* of the newer sample */
	uint64_t sum;
	uint64_t per_second;
	/* of the timer: all of these exits together, and the longest; where
	 * the driver tells no times, no row has them */
	bool has_cost;
	uint64_t ticks;
	uint64_t worst;
};

/*
 * Computes a row for each exit counter of @now, sorted by rate, then by name;
 * time counters ("..._ticks") become its cost. @before is the same set earlier,
 * or NULL: rates are 0. A counter that is lower than before was reset, and
 * counts from 0. @rows has room for now->count entries; returns how many.
 */
size_t stats_compute(const struct stats_sample *before,
		     const struct stats_sample *now, struct stats_row *rows);

/*
 * Formats line @line (0 is the header) for a screen of @columns: name, sum and
 * rate, and from 80 columns on what the exits cost, if it is known. @cpu is the
 * CPU or -1 for all. Returns false behind the last row.
 */
bool stats_format_line(const struct stats_row *rows, size_t count, int cpu,
		       size_t line, size_t columns, char *text, size_t size);

/* The entry behind @current in the sorted array of @count CPUs; from all CPUs
 * (-1) or an unknown one to the first. -1 if there is none. */
int stats_next_cpu(const int *cpus, size_t count, int current);

#endif
