// SPDX-License-Identifier: GPL-2.0-or-later
#include "linux_machine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/codec.h>

#include "output.h"
#include "paths.h"

#define CPU_PATH "/sys/devices/system/cpu/cpu%u"
#define MAX_CPUS 4096U

static int read_system(struct jhcfg_linux_machine *machine)
{
	struct jhcfg_config *config = NULL;
	size_t size;
	char *data;
	int err = paths_read(&data, &size, PATHS_SYSFS "/config");

	if (!err) {
		err = jhcfg_codec_decode(data, size, NULL, &config);
		free(data);
	}
	if (!err && !jhcfg_config_system(config)) {
		jhcfg_config_free(config);
		err = -EINVAL;
	}
	if (err) {
		output_errno(PATHS_SYSFS "/config", err);
		output_hint("a device tree is generated from the system that "
			    "is enabled; or give one with --dtb");
		return err;
	}
	machine->system = config;
	return 0;
}

/* "reg" of a CPU's node: one or two cells, big-endian */
static bool parse_reg(const unsigned char *reg, size_t size, uint64_t *mpidr)
{
	if (size != 4 && size != 8)
		return false;
	*mpidr = 0;
	while (size--)
		*mpidr = *mpidr << 8 | *reg++;
	return true;
}

static void read_cpu(struct jhcfg_linux_cpu *cpu, unsigned int n)
{
	size_t size;
	char *data;

	cpu->compatible = "";
	if (paths_read(&data, &size, CPU_PATH "/of_node/reg", n))
		return;
	cpu->known = parse_reg((unsigned char *)data, size, &cpu->mpidr);
	free(data);
	/* The first of its strings is the most exact one. */
	if (!paths_read(&data, NULL, CPU_PATH "/of_node/compatible", n))
		cpu->compatible = data;
}

/* By the kernel's own device tree: a PPI is an interrupt of type 1. */
static uint32_t read_pmu(void)
{
	static const char *const nodes[] = { "pmu", "arm-pmu" };
	uint32_t ppi = 0;

	for (size_t n = 0; !ppi && n < sizeof(nodes) / sizeof(nodes[0]); n++) {
		size_t size;
		char *data;

		if (paths_read(&data, &size, "/proc/device-tree/%s/interrupts",
			       nodes[n]))
			continue;
		if (size >= 8 && data[3] == 1)
			ppi = (unsigned char)data[7];
		free(data);
	}
	return ppi;
}

static bool cpu_exists(unsigned int n)
{
	char *text;

	if (paths_read(&text, NULL, CPU_PATH "/uevent", n))
		return false;
	free(text);
	return true;
}

int linux_machine_read(struct jhcfg_linux_machine *machine)
{
	struct jhcfg_linux_cpu *cpus;
	unsigned int count = 0;
	int err;

	memset(machine, 0, sizeof(*machine));
	err = read_system(machine);
	if (err)
		return err;
	while (count < MAX_CPUS && cpu_exists(count))
		count++;
	cpus = calloc(count + 1, sizeof(*cpus));
	if (!cpus) {
		linux_machine_release(machine);
		return -ENOMEM;
	}
	for (unsigned int n = 0; n < count; n++)
		read_cpu(&cpus[n], n);
	machine->cpus = cpus;
	machine->num_cpus = count;
	machine->pmu_ppi = read_pmu();
	return 0;
}

void linux_machine_release(struct jhcfg_linux_machine *machine)
{
	for (size_t n = 0; n < machine->num_cpus; n++)
		if (*machine->cpus[n].compatible)
			free((void *)(uintptr_t)machine->cpus[n].compatible);
	free((void *)(uintptr_t)machine->cpus);
	jhcfg_config_free((struct jhcfg_config *)(uintptr_t)machine->system);
	memset(machine, 0, sizeof(*machine));
}
