// SPDX-License-Identifier: GPL-2.0-or-later
#include "stats_read.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "paths.h"

static uint64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static int is_counter(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && strncmp(entry->d_name, "cpu", 3) &&
	       strlen(entry->d_name) < STATS_NAME_SIZE;
}

static int is_cpu(const struct dirent *entry)
{
	const char *name = entry->d_name;

	return !strncmp(name, "cpu", 3) && name[3] && strlen(name) < 9 &&
	       strspn(name + 3, "0123456789") == strlen(name + 3);
}

/* Names in @dir of one kind; the count or -errno. */
static int scan(const char *dir, int (*wanted)(const struct dirent *),
		struct dirent ***entries)
{
	char *path = paths_make("%s", dir);
	int count;

	if (!path)
		return -ENOMEM;
	count = scandir(path, entries, wanted, alphasort);
	if (count < 0)
		count = -errno;
	free(path);
	return count;
}

static void free_entries(struct dirent **entries, int count)
{
	for (int n = 0; n < count; n++)
		free(entries[n]);
	free(entries);
}

static int read_counter(const char *dir, const char *name,
			struct stats_counter *counter)
{
	char *text;
	int err;

	err = paths_read_line(&text, "%s/%s", dir, name);
	if (err)
		return err;
	snprintf(counter->name, sizeof(counter->name), "%.*s",
		 STATS_NAME_SIZE - 1, name);
	counter->value = strtoull(text, NULL, 10);
	free(text);
	return 0;
}

static int read_dir(const char *dir, struct stats_sample *sample)
{
	struct dirent **entries = NULL;
	int count, err = 0;

	count = scan(dir, is_counter, &entries);
	if (count < 0)
		return count;
	*sample = (struct stats_sample){ .time_us = now_us() };
	sample->counters = calloc((size_t)count + 1, sizeof(*sample->counters));
	if (!sample->counters)
		err = -ENOMEM;
	for (int n = 0; n < count && !err; n++)
		err = read_counter(dir, entries[n]->d_name,
				   &sample->counters[sample->count++]);
	free_entries(entries, count);
	if (err)
		stats_clear(sample);
	return err;
}

int stats_read(const char *id, int cpu, struct stats_sample *sample)
{
	char *dir;
	int err;

	if (cpu < 0)
		err = asprintf(&dir, PATHS_SYSFS "/cells/%s/statistics", id);
	else
		err = asprintf(&dir, PATHS_SYSFS "/cells/%s/statistics/cpu%d",
			       id, cpu);
	if (err < 0)
		return -ENOMEM;
	err = read_dir(dir, sample);
	free(dir);
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

int stats_read_cpus(const char *id, int **cpus, size_t *count)
{
	struct dirent **entries = NULL;
	char *dir;
	int found, *result;

	if (asprintf(&dir, PATHS_SYSFS "/cells/%s/statistics", id) < 0)
		return -ENOMEM;
	found = scan(dir, is_cpu, &entries);
	free(dir);
	if (found < 0)
		return found;
	result = calloc((size_t)found + 1, sizeof(*result));
	for (int n = 0; result && n < found; n++)
		result[n] = atoi(entries[n]->d_name + 3);
	free_entries(entries, found);
	if (!result)
		return -ENOMEM;
	qsort(result, (size_t)found, sizeof(*result), by_number);
	*cpus = result;
	*count = (size_t)found;
	return 0;
}
