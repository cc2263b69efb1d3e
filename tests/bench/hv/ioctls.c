/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ioctls SYSTEM.cell CELL.cell IMAGE RUNS: takes the cell through its life and
 * times each ioctl of the driver: "whole NAME NANOSECONDS", the least of all
 * runs. With the module jh_bench loaded, what of it was spent in the
 * hypervisor as well: "part NAME NANOSECONDS".
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <jailhouse/driver.h>

#define SPANS "/sys/kernel/debug/jh_bench/spans"

/* For tests/bench/profile */
#define MARK_BEGIN() __asm__ volatile("hint #0x7e" ::: "memory")
#define MARK_END()   __asm__ volatile("hint #0x7f" ::: "memory")

struct blob {
	void *data;
	size_t size;
};

static void die(const char *what)
{
	fprintf(stderr, "ioctls: %s: %s\n", what, strerror(errno));
	exit(1);
}

static struct blob read_blob(const char *path)
{
	struct blob blob = { malloc(1 << 20), 0 };
	FILE *file = fopen(path, "rb");

	if (!file || !blob.data)
		die(path);
	blob.size = fread(blob.data, 1, 1 << 20, file);
	fclose(file);
	return blob;
}

/* --- the steps
 * ---------------------------------------------------------------------------
 */

static struct blob system_config, cell_config, image;
static const struct jailhouse_cell_id cell_id = { .id = 1 };

static int enable(int fd)
{
	return ioctl(fd, JAILHOUSE_ENABLE, system_config.data);
}

static int create(int fd)
{
	struct jailhouse_cell_create request = {
		.config_address = (uintptr_t)cell_config.data,
		.config_size = (uint32_t)cell_config.size,
	};

	return ioctl(fd, JAILHOUSE_CELL_CREATE, &request);
}

static int load(int fd)
{
	struct {
		struct jailhouse_cell_load load;
		struct jailhouse_preload_image image;
	} request = {
		.load = { .cell_id = cell_id, .num_preload_images = 1 },
		.image = { .source_address = (uintptr_t)image.data,
			   .size = image.size },
	};

	return ioctl(fd, JAILHOUSE_CELL_LOAD, &request);
}

static int start(int fd)
{
	return ioctl(fd, JAILHOUSE_CELL_START, &cell_id);
}

static int destroy(int fd)
{
	return ioctl(fd, JAILHOUSE_CELL_DESTROY, &cell_id);
}

static int disable(int fd)
{
	return ioctl(fd, JAILHOUSE_DISABLE);
}

static struct step {
	const char *name;
	int (*run)(int fd);
	uint64_t whole, part;
} steps[] = {
	{ "enable", enable, UINT64_MAX, UINT64_MAX },
	{ "create", create, UINT64_MAX, UINT64_MAX },
	{ "load", load, UINT64_MAX, UINT64_MAX },
	{ "start", start, UINT64_MAX, UINT64_MAX },
	{ "destroy", destroy, UINT64_MAX, UINT64_MAX },
	{ "disable", disable, UINT64_MAX, UINT64_MAX },
};

#define STEPS (sizeof(steps) / sizeof(steps[0]))

/* --- measuring
 * ---------------------------------------------------------------------------
 */

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static void least(uint64_t *value, uint64_t candidate)
{
	if (candidate < *value)
		*value = candidate;
}

static void reset_spans(void)
{
	int fd = open(SPANS, O_WRONLY);

	if (fd >= 0 && write(fd, "0", 1) != 1)
		die(SPANS);
	if (fd >= 0)
		close(fd);
}

/* The span of the step, less that of a probed function with nothing in it. */
static void take_spans(struct step *step)
{
	FILE *file = fopen(SPANS, "r");
	unsigned long long ns, span = 0, probe = 0;
	unsigned int calls;
	char name[32];

	if (!file)
		return;
	while (fscanf(file, "%31s %u %llu", name, &calls, &ns) == 3)
		if (!strcmp(name, step->name))
			span = ns;
		else if (!strcmp(name, "probe"))
			probe = ns;
	fclose(file);
	if (span > probe)
		least(&step->part, span - probe);
}

static void run_step(int fd, struct step *step)
{
	uint64_t began;
	int err;

	reset_spans();
	MARK_BEGIN();
	began = now_ns();
	err = step->run(fd);
	began = now_ns() - began;
	MARK_END();
	if (err)
		die(step->name);
	least(&step->whole, began);
	take_spans(step);
}

static void print_steps(void)
{
	size_t n;

	for (n = 0; n < STEPS; n++) {
		printf("whole %s %llu\n", steps[n].name,
		       (unsigned long long)steps[n].whole);
		if (steps[n].part != UINT64_MAX)
			printf("part %s %llu\n", steps[n].name,
			       (unsigned long long)steps[n].part);
	}
}

int main(int argc, char **argv)
{
	int fd = open("/dev/jailhouse", O_RDWR);
	cpu_set_t first; /* a CPU that the cell does not take */
	long runs;
	size_t n;

	if (argc != 5) {
		fprintf(stderr, "usage: %s SYSTEM.cell CELL.cell IMAGE RUNS\n",
			argv[0]);
		return 2;
	}
	if (fd < 0)
		die("/dev/jailhouse");
	CPU_ZERO(&first);
	CPU_SET(0, &first);
	if (sched_setaffinity(0, sizeof(first), &first))
		die("CPU 0");
	system_config = read_blob(argv[1]);
	cell_config = read_blob(argv[2]);
	image = read_blob(argv[3]);
	for (runs = atol(argv[4]); runs > 0; runs--)
		for (n = 0; n < STEPS; n++)
			run_step(fd, &steps[n]);
	print_steps();
	return 0;
}
