// SPDX-License-Identifier: GPL-2.0-or-later
/* cell stats: prints one sample; on a terminal, see stats_screen.c. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "device.h"
#include "json_out.h"
#include "output.h"
#include "stats_read.h"
#include "stats_screen.h"
#include "sysfs.h"

#define PRINT_COLUMNS 80

static int print_table(const struct sysfs_cell *cell)
{
	struct stats_sample sample;
	struct stats_row *rows;
	size_t count;
	char text[PRINT_COLUMNS + 1];
	int err;

	err = stats_read(cell->id, -1, &sample);
	if (err)
		return err;
	rows = calloc(sample.count + 1, sizeof(*rows));
	if (rows) {
		count = stats_compute(NULL, &sample, rows);
		fputs("Statistics for ", stdout);
		output_clean(stdout, cell->name, strlen(cell->name), "");
		fputs(" cell\n", stdout);
		for (size_t n = 0;
		     stats_format_line(rows, count, -1, n, PRINT_COLUMNS, text,
				       sizeof(text));
		     n++) {
			output_clean(stdout, text, strlen(text), "");
			fputc('\n', stdout);
		}
	}
	free(rows);
	stats_clear(&sample);
	return rows ? 0 : -ENOMEM;
}

static int counters_object(const char *id, int cpu, struct json_object **object)
{
	struct stats_sample sample;
	int err;

	err = stats_read(id, cpu, &sample);
	if (err)
		return err;
	*object = json_object_new_object();
	for (size_t n = 0; *object && n < sample.count; n++)
		json_object_object_add(
			*object, sample.counters[n].name,
			json_object_new_uint64(sample.counters[n].value));
	stats_clear(&sample);
	return *object ? 0 : -ENOMEM;
}

static int cpus_object(const char *id, struct json_object *object)
{
	size_t count;
	int *cpus, err;

	err = stats_read_cpus(id, &cpus, &count);
	if (err)
		return err;
	for (size_t n = 0; n < count && !err; n++) {
		struct json_object *counters;
		char key[16];

		err = counters_object(id, cpus[n], &counters);
		snprintf(key, sizeof(key), "%d", cpus[n]);
		if (!err)
			json_object_object_add(object, key, counters);
	}
	free(cpus);
	return err;
}

static int print_json(const struct sysfs_cell *cell)
{
	struct json_object *object = json_object_new_object();
	struct json_object *cpus = json_object_new_object();
	struct json_object *counters = NULL;
	int err;

	err = counters_object(cell->id, -1, &counters);
	if (!err)
		err = cpus_object(cell->id, cpus);
	json_object_object_add(object, "id",
			       json_object_new_int(atoi(cell->id)));
	json_object_object_add(object, "name",
			       json_object_new_string(cell->name));
	json_object_object_add(object, "counters", counters);
	json_object_object_add(object, "cpus", cpus);
	if (!err)
		return json_out_print(stdout, object);
	json_object_put(object);
	return err;
}

static int show(const struct cmd_line *line, const struct sysfs_cell *cell)
{
	if (cmd_option(line, "json"))
		return print_json(cell);
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return stats_screen_run(cell);
	return print_table(cell);
}

static int run(const struct cmd_line *line)
{
	struct jailhouse_cell_id id;
	struct sysfs_cell *cell = NULL;
	int err;

	device_make_cell_id(line->argv[0], cmd_option(line, "name") != NULL,
			    &id);
	err = sysfs_find_cell(id.id, id.name, &cell);
	if (!err)
		err = show(line, cell);
	sysfs_free_cell(cell);
	if (!err)
		return CMD_OK;
	output_errno("reading stats", err);
	if (err == -ENOENT)
		output_hint("no such cell: see jailhouse cell list");
	return CMD_FAILED;
}

static const struct cmd_option options[] = {
	{ 0, "name", NULL, "NAME is a name, also if it looks like a number",
	  COMPLETE_NOTHING },
	{ 0, "json", NULL, "print one sample as JSON", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_cell_stats = {
	.words = { "cell", "stats" },
	.operands = "{ID|NAME}",
	.summary = "show how often and why a cell's CPUs enter the hypervisor",
	.description =
		"On a terminal: a screen that is refreshed, sorted by rate; q "
		"leaves it, c shows the next CPU, a all CPUs. Otherwise: one "
		"sample. TICKS is the time that all exits of a kind have taken "
		"together, WORST that of the longest, in ticks of the timer; "
		"they take 80 columns.",
	.options = options,
	.min_operands = 1,
	.max_operands = 1,
	.usage_exit = CMD_FAILED,
	.complete = COMPLETE_CELL,
	.place = PLACE_READS,
	.run = run,
};
