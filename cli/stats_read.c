// SPDX-License-Identifier: GPL-2.0-or-later
#include "stats_read.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "paths.h"
#include "target.h"

static uint64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* All that the cell counts; its folder is at the beginning of the paths. */
static int read_statistics(const char *id, char *folder, size_t size,
			   struct jhcfg_tree **tree)
{
	const char *paths[] = { folder, NULL };
	const struct jhcfg_tree_request request = {
		.paths = paths,
		.depth = 2,
		.max = 4 << 20,
	};
	struct jhcfg_target *target = target_get();

	snprintf(folder, size, PATHS_SYSFS "/cells/%s/statistics", id);
	return target ? jhcfg_target_read_tree(target, &request, tree)
		      : -ENOTCONN;
}

/* What follows "@folder/" in the file's folder; NULL: it is elsewhere. */
static const char *below(const struct jhcfg_tree_file *file, const char *folder)
{
	size_t length = strlen(folder);

	if (strncmp(file->folder, folder, length) ||
	    file->folder[length] != '/')
		return NULL;
	return file->folder + length + 1;
}

static bool is_counter(const struct jhcfg_tree_file *file, const char *folder)
{
	const char *rest = below(file, folder);

	return rest && !*rest && *file->name != '.' &&
	       strlen(file->name) < STATS_NAME_SIZE;
}

/* Files come sorted by their paths, so counters do by their names. */
static int take_counters(const struct jhcfg_tree *tree, const char *folder,
			 struct stats_sample *sample)
{
	const struct jhcfg_tree_file *file;

	*sample = (struct stats_sample){ .time_us = now_us() };
	sample->counters =
		calloc(jhcfg_tree_count(tree) + 1, sizeof(*sample->counters));
	if (!sample->counters)
		return -ENOMEM;
	for (size_t n = 0; (file = jhcfg_tree_at(tree, n)); n++) {
		struct stats_counter *counter =
			&sample->counters[sample->count];

		if (!is_counter(file, folder))
			continue;
		snprintf(counter->name, sizeof(counter->name), "%s",
			 file->name);
		counter->value = strtoull(file->text, NULL, 10);
		sample->count++;
	}
	if (sample->count)
		return 0;
	stats_clear(sample);
	return -ENOENT;
}

int stats_read(const char *id, int cpu, struct stats_sample *sample)
{
	struct jhcfg_tree *tree;
	char folder[128];
	int err = read_statistics(id, folder, sizeof(folder), &tree);

	if (err)
		return err;
	if (cpu >= 0) {
		size_t length = strlen(folder);

		snprintf(folder + length, sizeof(folder) - length, "/cpu%d",
			 cpu);
	}
	err = take_counters(tree, folder, sample);
	jhcfg_tree_free(tree);
	return err;
}

void stats_clear(struct stats_sample *sample)
{
	free(sample->counters);
	*sample = (struct stats_sample){ 0 };
}

static int by_number(const void *left, const void *right)
{
	int a = *(const int *)left, b = *(const int *)right;

	return (a > b) - (a < b);
}

/* The number in "cpu3/…"; false: it is something else. */
static bool is_cpu(const char *name, int *cpu)
{
	size_t length;

	if (!name || strncmp(name, "cpu", 3))
		return false;
	length = strspn(name + 3, "0123456789");
	if (!length || length > 5 || name[3 + length] != '/')
		return false;
	*cpu = atoi(name + 3);
	return true;
}

int stats_read_cpus(const char *id, int **cpus, size_t *count)
{
	const struct jhcfg_tree_file *file;
	struct jhcfg_tree *tree;
	char folder[128];
	size_t found = 0;
	int cpu, *result;
	int err = read_statistics(id, folder, sizeof(folder), &tree);

	if (err)
		return err;
	result = calloc(jhcfg_tree_count(tree) + 1, sizeof(*result));
	for (size_t n = 0; result && (file = jhcfg_tree_at(tree, n)); n++) {
		/* a CPU's files come one behind the other */
		if (is_cpu(below(file, folder), &cpu) &&
		    (!found || result[found - 1] != cpu))
			result[found++] = cpu;
	}
	jhcfg_tree_free(tree);
	if (!result)
		return -ENOMEM;
	qsort(result, found, sizeof(*result), by_number);
	*cpus = result;
	*count = found;
	return 0;
}
