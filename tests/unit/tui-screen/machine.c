// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine.h"

#include <stdio.h>
#include <string.h>

#include "fake_sysfs.h"
#include "tree.h"

static const char *folder;

const char *machine_path(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

const char *machine_target(void)
{
	static char target[128];

	snprintf(target, sizeof(target), "recorded:%s", folder);
	return target;
}

void machine_put_bytes(const char *name, const void *data, size_t size)
{
	char path[512];

	snprintf(path, sizeof(path), "/sys/devices/jailhouse/%s", name);
	tree_write_bytes(path, data, size);
}

void machine_put(const char *name, const char *text)
{
	machine_put_bytes(name, text, strlen(text));
}

void machine_delete(const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "/sys/devices/jailhouse/%s", name);
	tree_delete(path);
}

void machine_cell(unsigned int id, const char *name, const char *state,
		  unsigned int cpu, unsigned int exits)
{
	static const char *const reasons[] = { "vmexits_total", "vmexits_mmio",
					       "vmexits_hypercall" };
	char cpus[16];

	for (size_t n = 0; n < 3; n++) {
		unsigned int value = n ? exits / 2 : exits;

		fake_counter((int)id, -1, reasons[n], value);
		fake_counter((int)id, (int)cpu, reasons[n], value);
	}
	snprintf(cpus, sizeof(cpus), "%u", cpu);
	fake_cell((int)id, name, state, cpus,
		  strcmp(state, "failed") ? "" : cpus);
}

void machine_make(void)
{
	folder = tree_make();
	machine_put("enabled", "1\n");
	machine_put("mem_pool_size", "994\n");
	machine_put("mem_pool_used", "71\n");
	machine_put("remap_pool_size", "131072\n");
	machine_put("remap_pool_used", "5\n");
	machine_cell(0, "board", "running", 0, 1000);
}

void machine_remove(void)
{
	tree_remove();
}
