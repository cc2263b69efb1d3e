// SPDX-License-Identifier: LGPL-2.1-or-later
/* CPUs and their caches, from /proc/cpuinfo and /sys/devices/system/cpu. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/linux/linux.h"
#include "import/linux/text.h"

#define CPUS	    "sys/devices/system/cpu"
#define UNKNOWN_ID  0xffff
#define MAX_INDICES 16 /* caches of one CPU */

/* "cpu12" */
static bool parse_cpu(const char *name, unsigned int *id)
{
	uint64_t number;

	if (!text_expect(&name, "cpu") || !text_decimal(&name, &number) ||
	    *name || number >= CPUINFO_MAX_CPUS)
		return false;
	*id = (unsigned int)number;
	return true;
}

static unsigned int topology(struct linux_import *import, unsigned int id,
			     const char *what, unsigned int fallback)
{
	uint64_t value;

	/* -1, maybe of 16 bits: the kernel does not know */
	if (machine_number(import->machine, &value, CPUS "/cpu%u/topology/%s",
			   id, what) &&
	    value < UNKNOWN_ID)
		return (unsigned int)value;
	return fallback;
}

/* CPUs that are offline are not in /proc/cpuinfo. Linux numbers them in the
 * order of the MADT, but begins with the one that it booted on. */
static uint64_t apic_id(const struct linux_import *import, unsigned int id,
			const struct cpuinfo_cpu *info)
{
	size_t enabled = 0;

	if (info && info->apic_id != UINT32_MAX)
		return info->apic_id;
	for (size_t n = 0; n < import->acpi.num_cpus; n++)
		if (import->acpi.cpus[n].enabled && enabled++ == id)
			return import->acpi.cpus[n].apic_id;
	return id;
}

static bool is_online(struct linux_import *import, unsigned int id)
{
	uint64_t online;

	/* without the file it cannot be taken offline */
	return !machine_number(import->machine, &online, CPUS "/cpu%u/online",
			       id) ||
	       online;
}

static void tell_offline(struct linux_import *import, unsigned int id)
{
	char name[16];

	snprintf(name, sizeof(name), "CPU %u", id);
	jhcfg_diags_add(import->diags, JHCFG_WARNING, "L10", name,
			import->machine->name,
			"all CPUs of the root cell have to be online when the "
			"hypervisor is enabled",
			"it is offline");
}

static void fill_cpu(struct linux_import *import, unsigned int id,
		     struct jhcfg_hw_cpu *cpu)
{
	const struct cpuinfo_cpu *info = cpuinfo_find(&import->cpuinfo, id);
	unsigned int package = info ? info->package : 0;
	unsigned int core = info ? info->core : id;

	cpu->id = id;
	cpu->phys_id = apic_id(import, id, info);
	cpu->package = topology(import, id, "physical_package_id", package);
	cpu->cluster = topology(import, id, "cluster_id",
				topology(import, id, "die_id", 0));
	cpu->core = topology(import, id, "core_id", core);
	cpu->compatible = import->cpuinfo.model;
}

static bool same_core(const struct jhcfg_hw_cpu *a,
		      const struct jhcfg_hw_cpu *b)
{
	return a->package == b->package && a->cluster == b->cluster &&
	       a->core == b->core;
}

/* Threads are counted within their core, in the order of their numbers. Few
 * are far from their siblings, but some are: all before have to be looked at.
 * Linux numbers at most 8192 CPUs. */
static void add_cpu(struct linux_import *import, unsigned int id)
{
	const struct cpuinfo_cpu *info = cpuinfo_find(&import->cpuinfo, id);
	char source[LINUX_MAX_SOURCE];
	struct jhcfg_hw_cpu cpu = { 0 };
	const struct jhcfg_hw_cpu *other;

	fill_cpu(import, id, &cpu);
	for (size_t n = 0; (other = jhcfg_board_cpu(import->board, n)); n++)
		cpu.thread += same_core(other, &cpu);
	if (info)
		linux_source(import, "proc/cpuinfo", info->line, source);
	else
		snprintf(source, sizeof(source), "%s/" CPUS "/cpu%u",
			 import->machine->name, id);
	cpu.source = source;
	if (!is_online(import, id))
		tell_offline(import, id);
	jhcfg_board_add_cpu(import->board, &cpu);
}

int linux_add_cpus(struct linux_import *import)
{
	struct machine_names names;
	unsigned int id;
	size_t found = 0;
	int err = machine_list(import->machine, CPUS, &names);

	if (err)
		return err;
	for (size_t n = 0; n < names.count; n++)
		if (parse_cpu(names.items[n], &id)) {
			add_cpu(import, id);
			found++;
		}
	machine_names_clear(&names);
	/* a recording without /sys */
	for (size_t n = 0;
	     !found && n < import->cpuinfo.num_cpus && n < MACHINE_MAX_LIST;
	     n++)
		add_cpu(import, import->cpuinfo.cpus[n].id);
	return 0;
}

/* --- caches -------------------------------------------------------------- */

/* "32K" */
static uint64_t cache_size(const char *text)
{
	uint64_t value;

	if (!text_decimal(&text, &value) || value > UINT32_MAX)
		return 0;
	return *text == 'K' ? value << 10 : *text == 'M' ? value << 20 : value;
}

static unsigned int cache_number(struct linux_import *import, unsigned int cpu,
				 const char *index, const char *what)
{
	uint64_t value;

	if (machine_number(import->machine, &value, CPUS "/cpu%u/cache/%s/%s",
			   cpu, index, what) &&
	    value <= UINT32_MAX)
		return (unsigned int)value;
	return 0;
}

/* The CPUs of the list, which the caller frees. */
static unsigned int *cache_cpus(const char *list, size_t *count)
{
	unsigned int *cpus = calloc(MACHINE_MAX_LIST, sizeof(*cpus));
	uint64_t cpu = 0;

	*count = 0;
	while (cpus && *count < MACHINE_MAX_LIST &&
	       (cpu = text_list_next(list, cpu)) < CPUINFO_MAX_CPUS)
		cpus[(*count)++] = (unsigned int)cpu++;
	return cpus;
}

static int add_cache(struct linux_import *import, unsigned int cpu,
		     const char *index)
{
	char list[LINUX_MAX_LINE], text[32], source[LINUX_MAX_SOURCE];
	struct jhcfg_hw_cache cache = {
		.level = cache_number(import, cpu, index, "level"),
		.line_size =
			cache_number(import, cpu, index, "coherency_line_size"),
		.sets = cache_number(import, cpu, index, "number_of_sets"),
		.ways = cache_number(import, cpu, index,
				     "ways_of_associativity"),
		.source = source,
	};
	unsigned int *cpus;

	machine_line(import->machine, list, sizeof(list),
		     CPUS "/cpu%u/cache/%s/shared_cpu_list", cpu, index);
	/* each is told by all who share it; the first one counts */
	if (!cache.level || text_list_next(list, 0) != cpu)
		return 0;
	machine_line(import->machine, text, sizeof(text),
		     CPUS "/cpu%u/cache/%s/type", cpu, index);
	cache.type = *text == 'D' ? 'd' : *text == 'I' ? 'i' : 'u';
	machine_line(import->machine, text, sizeof(text),
		     CPUS "/cpu%u/cache/%s/size", cpu, index);
	cache.size = cache_size(text);
	snprintf(source, sizeof(source), "%s/" CPUS "/cpu%u/cache/%s",
		 import->machine->name, cpu, index);
	cpus = cache_cpus(list, &cache.num_cpus);
	if (!cpus)
		return -ENOMEM;
	cache.cpus = cpus;
	jhcfg_board_add_cache(import->board, &cache);
	free(cpus);
	return 0;
}

static int add_caches_of(struct linux_import *import, unsigned int cpu)
{
	char path[MACHINE_MAX_PATH];
	struct machine_names names;
	int err;

	snprintf(path, sizeof(path), CPUS "/cpu%u/cache", cpu);
	err = machine_list(import->machine, path, &names);
	for (size_t n = 0; !err && n < names.count && n < MAX_INDICES; n++)
		if (!strncmp(names.items[n], "index", 5))
			err = add_cache(import, cpu, names.items[n]);
	machine_names_clear(&names);
	return err;
}

int linux_add_caches(struct linux_import *import)
{
	size_t count = jhcfg_board_num_cpus(import->board);
	int err = 0;

	for (size_t n = 0; !err && n < count; n++)
		err = add_caches_of(import,
				    jhcfg_board_cpu(import->board, n)->id);
	return err;
}
