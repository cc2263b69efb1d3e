// SPDX-License-Identifier: GPL-2.0-or-later
#include "uio.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PROGRAM "ivshmem-demo"

/* What may be written; the driver refuses the rest. */
static const int protections[UIO_NUM_MAPS] = {
	[UIO_REGISTERS] = PROT_READ | PROT_WRITE,
	[UIO_STATE_TABLE] = PROT_READ,
	[UIO_RW] = PROT_READ | PROT_WRITE,
	[UIO_OUTPUTS] = PROT_READ,
	[UIO_OWN_OUTPUT] = PROT_READ | PROT_WRITE,
};

static int read_number(const char *device, int map, const char *what,
		       uint64_t *value)
{
	char path[128];
	FILE *file;
	int found;

	snprintf(path, sizeof(path), "/sys/class/uio/%s/maps/map%d/%s", device,
		 map, what);
	file = fopen(path, "re");
	if (!file)
		return -1;
	found = fscanf(file, "%" SCNx64, value);
	fclose(file);
	return found == 1 ? 0 : -1;
}

static int map_one(struct uio *uio, const char *device, int n)
{
	uint64_t size;
	void *memory;

	/* The kernel does not list maps that are empty, nor those behind. */
	if (read_number(device, n, "addr", &uio->map[n].address) ||
	    read_number(device, n, "size", &size))
		return n == UIO_RW ? 0 : -1;
	memory = mmap(NULL, size, protections[n], MAP_SHARED, uio->fd,
		      n * sysconf(_SC_PAGESIZE));
	if (memory == MAP_FAILED)
		return -1;
	uio->map[n].words = memory;
	uio->map[n].size = size;
	return 0;
}

int uio_open(struct uio *uio, const char *path)
{
	const char *device = strrchr(path, '/');

	device = device ? device + 1 : path;
	memset(uio, 0, sizeof(*uio));
	uio->fd = open(path, O_RDWR | O_CLOEXEC);
	if (uio->fd < 0) {
		fprintf(stderr, PROGRAM ": %s: %s\n", path, strerror(errno));
		return -1;
	}
	for (int n = 0; n < UIO_NUM_MAPS; n++) {
		if (!map_one(uio, device, n))
			continue;
		fprintf(stderr, PROGRAM ": %s: map %d cannot be had: %s\n",
			path, n, strerror(errno));
		uio_close(uio);
		return -1;
	}
	uio->id = uio_read(uio, REG_ID);
	uio->peers = uio_read(uio, REG_MAX_PEERS);
	return 0;
}

void uio_close(struct uio *uio)
{
	for (int n = 0; n < UIO_NUM_MAPS; n++)
		if (uio->map[n].words)
			munmap((void *)(uintptr_t)uio->map[n].words,
			       uio->map[n].size);
	close(uio->fd);
}

int uio_wait(const struct uio *uio, uint32_t *count)
{
	return read(uio->fd, count, sizeof(*count)) == sizeof(*count) ? 0 : -1;
}
