// SPDX-License-Identifier: GPL-2.0-or-later
#include "fake_sysfs.h"

#include <stdio.h>

#include "tree.h"

#define BASE "/sys/devices/jailhouse"

static void write_attr(int id, const char *attr, const char *value)
{
	char path[128], text[128];

	snprintf(path, sizeof(path), BASE "/cells/%d/%s", id, attr);
	snprintf(text, sizeof(text), "%s\n", value);
	tree_write(path, text);
}

void fake_enabled(int enabled)
{
	tree_write(BASE "/enabled", enabled ? "1\n" : "0\n");
}

void fake_cell(int id, const char *name, const char *state, const char *cpus,
	       const char *failed)
{
	write_attr(id, "name", name);
	write_attr(id, "state", state);
	write_attr(id, "cpus_assigned_list", cpus);
	write_attr(id, "cpus_failed_list", failed);
}

void fake_counter(int id, int cpu, const char *counter,
		  unsigned long long value)
{
	char attr[96], text[32];

	if (cpu < 0)
		snprintf(attr, sizeof(attr), "statistics/%s", counter);
	else
		snprintf(attr, sizeof(attr), "statistics/cpu%d/%s", cpu,
			 counter);
	snprintf(text, sizeof(text), "%llu", value);
	write_attr(id, attr, text);
}
