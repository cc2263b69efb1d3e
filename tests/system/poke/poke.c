// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "poke.h"

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	int args;
	const char *usage;
} commands[] = {
	{ "hostile", poke_hostile, 2, "SYSTEM.cell CELL.cell" },
	{ "stuck-load", poke_stuck_load, 2, "ID TARGET" },
	{ "read", poke_read, 1, "COUNT (nonblocking reads of one open file)" },
	{ "start", poke_start, 2, "ID TIMES" },
	{ "hammer", poke_hammer, 4, "SEED ROUNDS SYSTEM.cell CELL.cell" },
};

#define NUM_COMMANDS (sizeof(commands) / sizeof(commands[0]))

void give_up(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "poke: ");
	vfprintf(stderr, format, args);
	fprintf(stderr, ": %s\n", strerror(errno));
	va_end(args);
	exit(2);
}

void *read_whole(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat info;
	void *data;

	if (fd < 0 || fstat(fd, &info) != 0)
		give_up("%s", path);
	*size = (size_t)info.st_size;
	data = malloc(*size);
	if (!data || read(fd, data, *size) != info.st_size)
		give_up("%s", path);
	close(fd);
	return data;
}

char *end_of_page(void)
{
	char *pages = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED || munmap(pages + PAGE, PAGE) != 0)
		give_up("mmap");
	return pages + PAGE;
}

int main(int argc, char **argv)
{
	for (size_t n = 0; argc > 1 && n < NUM_COMMANDS; n++)
		if (strcmp(argv[1], commands[n].name) == 0 &&
		    argc - 2 == commands[n].args)
			return commands[n].run(argc - 2, argv + 2);
	for (size_t n = 0; n < NUM_COMMANDS; n++)
		fprintf(stderr, "usage: poke %s %s\n", commands[n].name,
			commands[n].usage);
	return 2;
}
