// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Four threads that issue commands and read files at random, and at the same
 * time. What each of them gets depends on the others; that the machine lives
 * and can be put in order afterwards is for the caller to check. Prints how
 * often each command succeeded.
 */
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "poke.h"

#define THREADS 4
#define CLASS	"/sys/devices/jailhouse"

static void *system_config;
static struct jailhouse_cell_create cell;
static long rounds;

static int run_enable(int device)
{
	return ioctl(device, JAILHOUSE_ENABLE, system_config);
}

static int run_disable(int device)
{
	return ioctl(device, JAILHOUSE_DISABLE);
}

static int run_create(int device)
{
	return ioctl(device, JAILHOUSE_CELL_CREATE, &cell);
}

static int run_load(int device)
{
	static const char image[PAGE];
	struct {
		struct jailhouse_cell_load head;
		struct jailhouse_preload_image image;
	} request = {
		.head.cell_id.id = 1,
		.head.num_preload_images = 1,
		.image.source_address = (uintptr_t)image,
		.image.size = sizeof(image),
	};

	return ioctl(device, JAILHOUSE_CELL_LOAD, &request);
}

static int run_destroy(int device)
{
	struct jailhouse_cell_id id = { .id = 1 };

	return ioctl(device, JAILHOUSE_CELL_DESTROY, &id);
}

static int read_file(const char *path)
{
	char text[8192];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t count = -1;

	if (fd >= 0) {
		count = read(fd, text, sizeof(text));
		close(fd);
	}
	return count < 0 ? -1 : 0;
}

static int run_read(int device)
{
	static const char *const files[] = {
		"console",
		"config",
		"mem_pool_used",
		"core",
		"cells/1/state",
		"cells/1/config",
		"cells/0/statistics/vmexits_total",
		"cells/1/statistics/cpu3/vmexits_total",
		"cells/0/statistics/cpu3/vmexits_total",
	};
	char path[128];
	int good = 0;

	(void)device;
	for (size_t n = 0; n < sizeof(files) / sizeof(files[0]); n++) {
		snprintf(path, sizeof(path), CLASS "/%s", files[n]);
		good |= read_file(path) == 0;
	}
	return good ? 0 : -1;
}

static struct {
	const char *name;
	int (*run)(int device);
	unsigned int weight;
	unsigned int successes;
} commands[] = {
	{ "enable", run_enable, 3, 0 },	  { "disable", run_disable, 1, 0 },
	{ "create", run_create, 3, 0 },	  { "load", run_load, 3, 0 },
	{ "destroy", run_destroy, 1, 0 }, { "read", run_read, 5, 0 },
};

static void one_round(int device, unsigned int number)
{
	size_t n = 0;

	number %= 16; /* the sum of the weights */
	while (number >= commands[n].weight)
		number -= commands[n++].weight;
	if (commands[n].run(device) == 0)
		__atomic_fetch_add(&commands[n].successes, 1, __ATOMIC_RELAXED);
}

static void *hammer(void *arg)
{
	unsigned int seed = (unsigned int)(uintptr_t)arg;
	int device = open(DEVICE, O_RDWR | O_CLOEXEC);

	if (device < 0)
		give_up(DEVICE);
	for (long n = 0; n < rounds; n++)
		one_round(device, (unsigned int)rand_r(&seed) >> 8);
	close(device);
	return NULL;
}

int poke_hammer(int argc, char **argv)
{
	unsigned long seed = strtoul(argv[0], NULL, 0);
	pthread_t threads[THREADS];
	size_t size;

	(void)argc;
	rounds = strtol(argv[1], NULL, 0);
	system_config = read_whole(argv[2], &size);
	cell.config_address = (uintptr_t)read_whole(argv[3], &size);
	cell.config_size = (__u32)size;
	for (uintptr_t n = 0; n < THREADS; n++)
		if (pthread_create(&threads[n], NULL, hammer,
				   (void *)(seed + n)))
			give_up("pthread_create");
	for (size_t n = 0; n < THREADS; n++)
		pthread_join(threads[n], NULL);
	for (size_t n = 0; n < sizeof(commands) / sizeof(commands[0]); n++)
		printf("%s %u\n", commands[n].name, commands[n].successes);
	return 0;
}
