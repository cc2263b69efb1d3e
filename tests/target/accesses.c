// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * accesses CELL [INMATE]: on the board. For each line "LABEL COMMAND-LINE" of
 * stdin, runs access-test (or armv7/access-test, in a cell of 32 bits) in that
 * cell, waits until it ended, and prints
 *
 *	=== LABEL STATE
 *	what the console got since the start of the cell
 *
 * STATE is as in sysfs with blanks as "-". A program and no script, since a
 * process costs more on an emulated board than all of this. The image is
 * loaded once: an inmate can be started again as it is.
 */
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <jailhouse/driver.h>

#define INMATES	     "/usr/share/jailhouse/inmates"
#define SYSFS	     "/sys/devices/jailhouse"
#define CMDLINE	     0x1000
#define CMDLINE_SIZE 256
#define LIMIT_SEC    30
#define POLL_NS	     500000L

struct load {
	struct jailhouse_cell_load head;
	struct jailhouse_preload_image image;
};

/* What a file holds now, cut to fit; a NUL behind it. */
static size_t read_file(const char *path, char *buffer, size_t size)
{
	FILE *file = fopen(path, "r");
	size_t length;

	if (!file)
		err(1, "%s", path);
	length = fread(buffer, 1, size - 1, file);
	if (ferror(file))
		err(1, "%s", path);
	fclose(file);
	buffer[length] = '\0';
	return length;
}

static void find_cell(const char *name, char *state_path, size_t size)
{
	DIR *cells = opendir(SYSFS "/cells");
	char path[512], found[64];
	struct dirent *entry;

	if (!cells)
		err(1, SYSFS "/cells");
	while ((entry = readdir(cells))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), SYSFS "/cells/%s/name",
			 entry->d_name);
		read_file(path, found, sizeof(found));
		found[strcspn(found, "\n")] = '\0';
		if (strcmp(found, name) == 0) {
			snprintf(state_path, size, SYSFS "/cells/%s/state",
				 entry->d_name);
			closedir(cells);
			return;
		}
	}
	errx(1, "cell \"%s\": not there", name);
}

static struct jailhouse_cell_id cell_id(const char *name)
{
	struct jailhouse_cell_id id = { .id = JAILHOUSE_CELL_ID_UNUSED };

	snprintf(id.name, sizeof(id.name), "%s", name);
	return id;
}

static void cell_load(int device, const char *name, const void *data,
		      size_t size, uint64_t target)
{
	struct load load = {
		.head = { .cell_id = cell_id(name), .num_preload_images = 1 },
		.image = {
			.source_address = (uintptr_t)data,
			.size = size,
			.target_address = target,
		},
	};

	if (ioctl(device, JAILHOUSE_CELL_LOAD, &load) < 0)
		err(1, "loading cell \"%s\"", name);
}

static void load_image(int device, const char *name, const char *inmate)
{
	static char image[1 << 18];
	char path[512];
	size_t size;

	snprintf(path, sizeof(path), INMATES "/%s.bin", inmate);
	size = read_file(path, image, sizeof(image));
	if (size == sizeof(image) - 1)
		errx(1, "%s: too large", path);
	cell_load(device, name, image, size, 0);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Until the cell does not run any more, or the time is over */
static void wait_end(const char *state_path, char *state, size_t size)
{
	const struct timespec poll = { .tv_nsec = POLL_NS };
	double deadline = seconds() + LIMIT_SEC;
	char *c;

	for (;;) {
		read_file(state_path, state, size);
		state[strcspn(state, "\n")] = '\0';
		if (strcmp(state, "running") != 0 || seconds() > deadline)
			break;
		nanosleep(&poll, NULL);
	}
	for (c = state; *c; c++)
		if (*c == ' ')
			*c = '-';
}

/* The console behind the last line that says that this cell was started */
static void print_console(const char *name)
{
	static char text[1 << 16];
	char line[64];
	char *from = text, *next;

	read_file(SYSFS "/console", text, sizeof(text));
	snprintf(line, sizeof(line), "Started cell \"%s\"\n", name);
	while ((next = strstr(from, line)))
		from = next + strlen(line);
	fputs(from, stdout);
}

static void run(int device, const char *name, const char *state_path,
		char *line)
{
	char cmdline[CMDLINE_SIZE] = "", state[32];
	struct jailhouse_cell_id id = cell_id(name);
	char *label = strtok(line, " \t\n"), *rest = strtok(NULL, "\n");

	if (!label || !rest || strlen(rest) >= sizeof(cmdline))
		errx(1, "not \"LABEL COMMAND-LINE\", or too long: %s", line);
	strcpy(cmdline, rest);
	cell_load(device, name, cmdline, sizeof(cmdline), CMDLINE);
	if (ioctl(device, JAILHOUSE_CELL_START, &id) < 0)
		err(1, "%s: starting cell \"%s\"", label, name);
	wait_end(state_path, state, sizeof(state));
	printf("=== %s %s\n", label, state);
	print_console(name);
}

int main(int argc, char **argv)
{
	char line[512], state_path[512];
	int device;

	if (argc != 2 && argc != 3)
		errx(2, "usage: accesses CELL [INMATE]");
	device = open("/dev/jailhouse", O_RDWR);
	if (device < 0)
		err(1, "/dev/jailhouse");
	find_cell(argv[1], state_path, sizeof(state_path));
	load_image(device, argv[1], argc == 3 ? argv[2] : "access-test");
	while (fgets(line, sizeof(line), stdin))
		run(device, argv[1], state_path, line);
	return 0;
}
