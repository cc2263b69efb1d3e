// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * beside SYSTEM.cell CELL.cell IMAGE ROUNDS DEED...: on the board, with the
 * driver loaded and the hypervisor off. In each round, for each deed: enables,
 * starts the cell with "do=DEED", does the same work as ever beside it,
 *destroys the cell, and disables again, so that nothing is left of it in the
 *counters. Prints "DEED ROUND COUNTER VALUE", as follows:
 *
 *	timer_hz	ticks in a second
 *	state		the cell's when the work was done
 *	work_exits	of the root's CPUs during the work
 *	destroy_us	how long the request took
 *	interrupts	from the link "demo", where the root was ready for one
 *	vmexits_...	counters of the root's CPUs, from enable to the end;
 *			_max_ticks: the largest among the CPUs
 */
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <jailhouse/driver.h>

#define SYSFS	   "/sys/devices/jailhouse/cells"
#define ROOT_STATS SYSFS "/0/statistics"
#define CELL_STATE SYSFS "/1/state"
#define NUM_CPUS   3 /* of the root, beside the cell's */

#define ASKS  30 /* each is a hypercall for each CPU */
#define MOVES 6	 /* each is an interrupt from CPU to CPU, or several */

#define REG_INT_CTRL 2 /* dwords from the start */

struct blob {
	char data[1 << 18];
	size_t size;
};

static struct blob system_config, cell_config, image;
static const struct jailhouse_cell_id cell_id = { .id = 1 };
static int device;

static void read_blob(const char *path, struct blob *blob)
{
	FILE *file = fopen(path, "rb");

	if (!file)
		err(1, "%s", path);
	blob->size = fread(blob->data, 1, sizeof(blob->data), file);
	if (!blob->size || blob->size == sizeof(blob->data))
		errx(1, "%s: empty or too large", path);
	fclose(file);
}

static uint64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static void request(const char *what, unsigned long number, const void *arg)
{
	if (ioctl(device, number, arg) < 0)
		err(1, "%s", what);
}

/* --- the cell
 * -------------------------------------------------------------------------- */

static void load(const char *deed)
{
	static struct {
		struct jailhouse_cell_load head;
		struct jailhouse_preload_image images[2];
	} load;
	char text[32];

	snprintf(text, sizeof(text), "do=%s", deed);
	load.head.cell_id = cell_id;
	load.head.num_preload_images = 2;
	load.images[0] = (struct jailhouse_preload_image){
		.source_address = (uintptr_t)image.data,
		.size = image.size,
	};
	load.images[1] = (struct jailhouse_preload_image){
		.source_address = (uintptr_t)text,
		.size = strlen(text) + 1,
		.target_address = 0x1000,
	};
	request("load", JAILHOUSE_CELL_LOAD, &load);
}

static void start(const char *deed)
{
	struct jailhouse_cell_create create = {
		.config_address = (uintptr_t)cell_config.data,
		.config_size = (uint32_t)cell_config.size,
	};

	request("create", JAILHOUSE_CELL_CREATE, &create);
	load(deed);
	request("start", JAILHOUSE_CELL_START, &cell_id);
}

/* --- counters
 * -------------------------------------------------------------------------- */

static uint64_t read_counter(unsigned int cpu, const char *name)
{
	char path[128], text[32] = "";
	int fd;

	snprintf(path, sizeof(path), ROOT_STATS "/cpu%u/%s", cpu, name);
	fd = open(path, O_RDONLY);
	if (fd < 0 || read(fd, text, sizeof(text) - 1) < 0)
		err(1, "%s", path);
	close(fd);
	return strtoull(text, NULL, 10);
}

static uint64_t root_counter(const char *name)
{
	size_t length = strlen(name);
	int longest = length > 10 && !strcmp(name + length - 10, "_max_ticks");
	uint64_t result = 0;

	for (unsigned int cpu = 0; cpu < NUM_CPUS; cpu++) {
		uint64_t value = read_counter(cpu, name);

		if (!longest)
			result += value;
		else if (value > result)
			result = value;
	}
	return result;
}

static void print_frequency(const char *deed, unsigned int round)
{
	unsigned long long hz;

	__asm__("mrs %0, cntfrq_el0" : "=r"(hz));
	printf("%s %u timer_hz %llu\n", deed, round, hz);
}

static void print_counters(const char *deed, unsigned int round)
{
	DIR *dir = opendir(ROOT_STATS "/cpu0");
	const struct dirent *entry;

	if (!dir)
		err(1, ROOT_STATS);
	while ((entry = readdir(dir)))
		if (!strncmp(entry->d_name, "vmexits_", 8))
			printf("%s %u %s %llu\n", deed, round, entry->d_name,
			       (unsigned long long)root_counter(entry->d_name));
	closedir(dir);
}

static void read_state(char *text, size_t size)
{
	int fd = open(CELL_STATE, O_RDONLY);
	ssize_t length = fd < 0 ? -1 : read(fd, text, size - 1);

	if (length < 0)
		err(1, CELL_STATE);
	text[length] = '\0';
	close(fd);
}

/* One that is to crash does so some time; the test sees if it does not. */
static void print_state(const char *deed, unsigned int round)
{
	uint64_t end = now_us() + 2000000;
	char text[32];

	do
		read_state(text, sizeof(text));
	while (!strcmp(deed, "crash") && !strcmp(text, "running\n") &&
	       now_us() < end);
	printf("%s %u state %s", deed, round, text);
}

/* --- the root's part
 * ---------------------------------------------------------------------------
 */

static void move_to(unsigned int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set) < 0)
		err(1, "CPU %u", cpu);
}

static void work(void)
{
	for (unsigned int n = 0; n < MOVES; n++)
		move_to(n % NUM_CPUS);
	for (unsigned int n = 0; n < ASKS; n++)
		root_counter("vmexits_total");
	move_to(0);
}

/* The root's end of the link is ready for one interrupt. */
static int listen_once(volatile uint32_t **regs)
{
	int fd = open("/dev/uio0", O_RDWR | O_NONBLOCK);

	if (fd < 0)
		err(1, "/dev/uio0");
	*regs = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (*regs == MAP_FAILED)
		err(1, "registers of the link");
	(*regs)[REG_INT_CTRL] = 1;
	return fd;
}

static unsigned int listened(int fd, volatile uint32_t *regs)
{
	uint32_t count = 0; /* of a device that is a new one each time */

	if (read(fd, &count, sizeof(count)) < 0 && errno != EAGAIN)
		err(1, "/dev/uio0");
	munmap((void *)(uintptr_t)regs, 4096);
	close(fd);
	return count;
}

static void beside(const char *deed, unsigned int round)
{
	volatile uint32_t *regs;
	uint64_t before, began;
	int uio;

	request("enable", JAILHOUSE_ENABLE, system_config.data);
	uio = listen_once(&regs);
	start(deed);
	before = root_counter("vmexits_total");
	work();
	printf("%s %u work_exits %llu\n", deed, round,
	       (unsigned long long)(root_counter("vmexits_total") - before));
	print_state(deed, round);
	began = now_us();
	request("destroy", JAILHOUSE_CELL_DESTROY, &cell_id);
	printf("%s %u destroy_us %llu\n", deed, round,
	       (unsigned long long)(now_us() - began));
	printf("%s %u interrupts %u\n", deed, round, listened(uio, regs));
	print_frequency(deed, round);
	print_counters(deed, round);
	request("disable", JAILHOUSE_DISABLE, NULL);
}

int main(int argc, char **argv)
{
	unsigned int round;

	if (argc < 6)
		errx(2, "usage: beside SYSTEM CELL IMAGE ROUND DEED...");
	round = (unsigned int)strtoul(argv[4], NULL, 10);
	read_blob(argv[1], &system_config);
	read_blob(argv[2], &cell_config);
	read_blob(argv[3], &image);
	device = open("/dev/jailhouse", O_RDWR);
	if (device < 0)
		err(1, "/dev/jailhouse");
	for (int n = 5; n < argc; n++)
		beside(argv[n], round);
	return 0;
}
