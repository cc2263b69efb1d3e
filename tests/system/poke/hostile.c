// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Arguments that point nowhere, lie about sizes or mean nothing. Each must
 * get the error of the interface's description, while disabled or enabled,
 * with a cell of id 1 if enabled. One line for each; status 1 if one is wrong.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "poke.h"

#define KERNEL_ADDRESS ((void *)0xffff800000000000)

static int device;
static int failures;
static struct jailhouse_system *system_config;
static size_t system_size;
static struct jailhouse_cell_desc *cell_config;
static size_t cell_size;

static void expect(const char *what, int expected, int result)
{
	int seen = result < 0 ? errno : 0;
	int good = seen == expected;

	printf("%s: %s: expected %s, seen %s\n", good ? "PASS" : "FAIL", what,
	       strerrorname_np(expected), strerrorname_np(seen));
	failures += !good;
}

/* All bytes up to an inaccessible page */
static void *at_page_end(const void *data, size_t size)
{
	return memcpy(end_of_page() - size, data, size);
}

static void poke_enable(void)
{
	struct jailhouse_system *broken =
		at_page_end(system_config, sizeof(*system_config));

	expect("enable, NULL", EFAULT, ioctl(device, JAILHOUSE_ENABLE, NULL));
	expect("enable, kernel address", EFAULT,
	       ioctl(device, JAILHOUSE_ENABLE, KERNEL_ADDRESS));
	expect("enable, only the head can be read", EFAULT,
	       ioctl(device, JAILHOUSE_ENABLE, broken));
	expect("enable, not even the head", EFAULT,
	       ioctl(device, JAILHOUSE_ENABLE,
		     at_page_end(system_config, sizeof(*system_config) - 1)));
	broken->root_cell.num_memory_regions = UINT32_MAX;
	expect("enable, 4 G regions", EINVAL,
	       ioctl(device, JAILHOUSE_ENABLE, broken));
	broken->root_cell.num_memory_regions = 0x08000000;
	expect("enable, regions of 2^32 bytes", EINVAL,
	       ioctl(device, JAILHOUSE_ENABLE, broken));
	broken->architecture = JAILHOUSE_ARM;
	expect("enable, other architecture", EINVAL,
	       ioctl(device, JAILHOUSE_ENABLE, broken));
}

static int create(const void *config, size_t size)
{
	struct jailhouse_cell_create request = {
		.config_address = (uintptr_t)config,
		.config_size = (__u32)size,
	};

	return ioctl(device, JAILHOUSE_CELL_CREATE, &request);
}

static void poke_create(void)
{
	struct jailhouse_cell_desc *copy = malloc(cell_size);

	if (!copy)
		give_up("malloc");
	memcpy(copy, cell_config, cell_size);
	expect("create, NULL", EFAULT,
	       ioctl(device, JAILHOUSE_CELL_CREATE, NULL));
	expect("create, config at NULL", EFAULT, create(NULL, cell_size));
	expect("create, config cut by the page", EFAULT,
	       create(at_page_end(copy, 200), 201));
	expect("create, 0 bytes", EINVAL, create(copy, 0));
	expect("create, 131 bytes", EINVAL, create(copy, 131));
	expect("create, last byte missing", EINVAL,
	       create(copy, cell_size - 1));
	expect("create, 4 G - 1 bytes", E2BIG, create(copy, UINT32_MAX));
	expect("create, 64 K + 1 bytes", E2BIG, create(copy, 65537));
	copy->num_pci_devices = UINT32_MAX;
	expect("create, 4 G PCI devices", EINVAL, create(copy, cell_size));
	copy->num_pci_devices = cell_config->num_pci_devices;
	copy->cpu_set_size = 0;
	expect("create, no CPU set", EINVAL, create(copy, 132));
	copy->cpu_set_size = cell_config->cpu_set_size;
	copy->architecture = JAILHOUSE_X86;
	expect("create, other architecture", EINVAL, create(copy, cell_size));
	copy->architecture = cell_config->architecture;
	copy->revision++;
	expect("create, other revision", EINVAL, create(copy, cell_size));
	expect("create, a system configuration", EINVAL,
	       create(system_config, system_size));
	free(copy);
}

/* Errors of a command about a cell that is not there, or is the root */
static void poke_id(const char *name, unsigned long command, int enabled)
{
	static const struct {
		const char *what;
		int id;
		int error;
	} rows[] = {
		{ "id 4711", 4711, ENOENT },
		{ "id -2", -2, ENOENT },
		{ "the largest id", INT32_MAX, ENOENT },
		{ "the root", 0, EINVAL },
	};
	struct jailhouse_cell_load request = { 0 };
	char what[64];

	snprintf(what, sizeof(what), "%s, NULL", name);
	expect(what, EFAULT, ioctl(device, command, NULL));
	for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
		request.cell_id.id = rows[n].id;
		snprintf(what, sizeof(what), "%s, %s", name, rows[n].what);
		expect(what, enabled ? rows[n].error : EINVAL,
		       ioctl(device, command, &request));
	}
	/* a name without an end */
	request.cell_id.id = JAILHOUSE_CELL_ID_UNUSED;
	memset(request.cell_id.name, 'x', sizeof(request.cell_id.name));
	snprintf(what, sizeof(what), "%s, name without NUL", name);
	expect(what, enabled ? ENOENT : EINVAL,
	       ioctl(device, command, &request));
}

/* Image by image, into cell 1 */
static void poke_load(void)
{
	static const char byte[1];
	struct {
		struct jailhouse_cell_load head;
		struct jailhouse_preload_image image;
	} * request;

	request = (void *)(end_of_page() - sizeof(*request));
	request->head.cell_id.id = 1;
	request->head.num_preload_images = 1;
	request->image.source_address = (uintptr_t)byte;

	request->image.size = 1;
	request->image.target_address = 0;
	expect("load, one byte", 0,
	       ioctl(device, JAILHOUSE_CELL_LOAD, request));
	request->image.target_address = 0x90000000;
	expect("load, no region there", EINVAL,
	       ioctl(device, JAILHOUSE_CELL_LOAD, request));
	request->image.target_address = 0x80000000;
	expect("load, communication region", EINVAL,
	       ioctl(device, JAILHOUSE_CELL_LOAD, request));
	request->image.target_address = 0x9000000;
	expect("load, UART", EINVAL,
	       ioctl(device, JAILHOUSE_CELL_LOAD, request));
	request->image.target_address = 0;
	request->image.size = UINT64_MAX;
	expect("load, 2^64 - 1 bytes", EINVAL,
	       ioctl(device, JAILHOUSE_CELL_LOAD, request));
	request->image.target_address = UINT64_MAX;
	request->image.size = 2;
	expect("load, around the end", EINVAL,
	       ioctl(device, JAILHOUSE_CELL_LOAD, request));
	request->image.target_address = 0;
	request->image.size = PAGE;
	request->image.source_address = 0;
	expect("load, source NULL", EFAULT,
	       ioctl(device, JAILHOUSE_CELL_LOAD, request));
	request->image.source_address = (uintptr_t)KERNEL_ADDRESS;
	expect("load, source in the kernel", EFAULT,
	       ioctl(device, JAILHOUSE_CELL_LOAD, request));
	request->image.source_address = (uintptr_t)end_of_page() - 100;
	expect("load, source cut by the page", EFAULT,
	       ioctl(device, JAILHOUSE_CELL_LOAD, request));
	request->image.size = 0;
	expect("load, 0 bytes from nowhere", 0,
	       ioctl(device, JAILHOUSE_CELL_LOAD, request));
	request->head.num_preload_images = UINT32_MAX;
	expect("load, 4 G images, one readable", EFAULT,
	       ioctl(device, JAILHOUSE_CELL_LOAD, request));
}

static void poke_file(void)
{
	char byte = 0;

	expect("no such command", EINVAL, ioctl(device, _IO(0, 6), NULL));
	expect("another type", EINVAL, ioctl(device, _IO('J', 1), NULL));
	expect("write", EINVAL, (int)write(device, &byte, 1));
	expect("seek", 0, lseek(device, 1000, SEEK_SET) < 0 ? -1 : 0);
	expect("read 0 bytes", 0, (int)read(device, NULL, 0));
}

int poke_hostile(int argc, char **argv)
{
	char enabled = '0';
	int fd;

	(void)argc;
	system_config = read_whole(argv[0], &system_size);
	cell_config = read_whole(argv[1], &cell_size);
	device = open(DEVICE, O_RDWR | O_CLOEXEC);
	if (device < 0)
		give_up(DEVICE);
	fd = open("/sys/devices/jailhouse/enabled", O_RDONLY | O_CLOEXEC);
	if (fd < 0 || read(fd, &enabled, 1) != 1)
		give_up("enabled");
	close(fd);

	poke_file();
	poke_enable();
	poke_create();
	poke_id("load", JAILHOUSE_CELL_LOAD, enabled == '1');
	poke_id("start", JAILHOUSE_CELL_START, enabled == '1');
	poke_id("destroy", JAILHOUSE_CELL_DESTROY, enabled == '1');
	if (enabled == '1')
		poke_load();
	printf("%d failed\n", failures);
	return failures ? 1 : 0;
}
