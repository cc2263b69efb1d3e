// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as an ACPI table of a PC that has PCI functions behind bridges.
 * Length and checksum of every second input are made right, so that what is
 * behind them is reached.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "machine_check.h"

#define HEADER_SIZE 36
#define LENGTH_AT   4
#define REVISION_AT 8
#define SUM_AT	    9

static const char cpuinfo[] = "processor\t: 0\nvendor_id\t: GenuineIntel\n"
			      "apicid\t\t: 0\n";
static const char iomem[] = "00001000-0009ffff : System RAM\n"
			    "00100000-3fffffff : System RAM\n";

/* The checksum by which the table is whole. */
static void mend(uint8_t *table, size_t size)
{
	uint8_t sum = 0;

	for (size_t n = 0; n < 4; n++)
		table[LENGTH_AT + n] = (uint8_t)(size >> 8 * n);
	table[SUM_AT] = 0;
	for (size_t n = 0; n < size; n++)
		sum = (uint8_t)(sum + table[n]);
	table[SUM_AT] = (uint8_t)-sum;
}

static void add_text(struct machine *machine, const char *path,
		     const char *text)
{
	if (machine_add_file(machine, path, text, strlen(text)))
		abort();
}

/* A bridge to bus 1 at 00:01.0, one from there to bus 2, a function there. */
static void add_pci(struct machine *machine)
{
	static const struct {
		const char *path;
		uint8_t type, secondary, subordinate;
	} functions[] = {
		{ "sys/bus/pci/devices/0000:00:01.0/config", 1, 1, 2 },
		{ "sys/bus/pci/devices/0000:01:00.0/config", 1, 2, 2 },
		{ "sys/bus/pci/devices/0000:02:00.0/config", 0, 0, 0 },
	};

	for (size_t n = 0; n < sizeof(functions) / sizeof(functions[0]); n++) {
		uint8_t config[256] = {
			[0x0e] = functions[n].type,
			[0x19] = functions[n].secondary,
			[0x1a] = functions[n].subordinate,
		};

		if (machine_add_file(machine, functions[n].path, config,
				     sizeof(config)))
			abort();
	}
}

static void add_table(struct machine *machine, const uint8_t *data, size_t size)
{
	char path[] = "sys/firmware/acpi/tables/XXXX";
	uint8_t *copy = malloc(size ? size : 1);

	if (!copy)
		abort();
	memcpy(copy, data, size);
	memcpy(path + sizeof(path) - 5, "APIC", 4);
	if (size >= HEADER_SIZE) {
		/* others than these are not looked for */
		static const char *const names[] = { "APIC", "MCFG", "DMAR",
						     "IVRS", "FACP" };

		for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
			if (!memcmp(copy, names[n], 4))
				memcpy(path + sizeof(path) - 5, names[n], 4);
		if (copy[REVISION_AT] & 1)
			mend(copy, size);
	}
	machine_add_file(machine, path, copy, size);
	free(copy);
}

int fuzz_target(const uint8_t *data, size_t size)
{
	struct machine *machine;

	if (machine_new_memory("fuzz", &machine))
		return 0;
	add_text(machine, "proc/cpuinfo", cpuinfo);
	add_text(machine, "proc/iomem", iomem);
	add_pci(machine);
	add_table(machine, data, size);
	machine_check(machine);
	machine_close(machine);
	return 0;
}
