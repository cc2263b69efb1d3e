// SPDX-License-Identifier: LGPL-2.1-or-later
/* Facts about CPUs, and the lines of /proc/iomem and /proc/ioports. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/linux/list.h"
#include "import/linux/live.h"
#include "import/linux/resources.h"
#include "import/linux/text.h"

#define CPUS	   "sys/devices/system/cpu"
#define MAX_STATES 16 /* of one CPU */

/* --- CPUs ---------------------------------------------------------------- */

static void read_online(struct live_reader *reader)
{
	unsigned int cpus[MACHINE_MAX_LIST];
	size_t count = 0;
	char list[4096];
	uint64_t cpu = 0;

	if (!machine_line(reader->machine, list, sizeof(list), CPUS "/online"))
		return;
	while (count < MACHINE_MAX_LIST &&
	       (cpu = text_list_next(list, cpu)) < UINT32_MAX)
		cpus[count++] = (unsigned int)cpu++;
	reader->live.online_cpus =
		jhcfg_arena_copy(&reader->arena, cpus, count, sizeof(*cpus));
	reader->live.num_online_cpus = count;
	live_know(reader, JHCFG_LIVE_ONLINE_CPUS);
}

static bool parse_cpu(const char *name, unsigned int *cpu)
{
	uint64_t number;

	if (!text_expect(&name, "cpu") || !text_decimal(&name, &number) ||
	    *name || number > UINT32_MAX)
		return false;
	*cpu = (unsigned int)number;
	return true;
}

struct idle_states {
	struct jhcfg_live_idle *items;
	size_t count;
};

static int read_states(struct live_reader *reader, unsigned int cpu,
		       struct idle_states *states)
{
	char name[64];
	uint64_t value;

	for (unsigned int n = 0;
	     n < MAX_STATES &&
	     machine_line(reader->machine, name, sizeof(name),
			  CPUS "/cpu%u/cpuidle/state%u/name", cpu, n);
	     n++) {
		struct jhcfg_live_idle state = { .cpu = cpu };
		void *items =
			list_room(states->items, states->count, sizeof(state));

		if (!items)
			return -ENOMEM;
		states->items = items;
		state.name = jhcfg_arena_text(&reader->arena, name);
		if (machine_number(reader->machine, &value,
				   CPUS "/cpu%u/cpuidle/state%u/latency", cpu,
				   n) &&
		    value <= UINT32_MAX)
			state.exit_latency_us = (uint32_t)value;
		if (machine_number(reader->machine, &value,
				   CPUS "/cpu%u/cpuidle/state%u/disable", cpu,
				   n))
			state.disabled = value;
		states->items[states->count++] = state;
	}
	return 0;
}

/* A CPU without a file "online" cannot be taken offline. */
static int read_each(struct live_reader *reader,
		     const struct machine_names *names,
		     struct idle_states *states)
{
	unsigned int fixed[MACHINE_MAX_LIST], cpu;
	size_t num_fixed = 0, found = 0;
	uint64_t online;
	int err = 0;

	for (size_t n = 0; !err && n < names->count; n++) {
		if (!parse_cpu(names->items[n], &cpu))
			continue;
		found++;
		if (!machine_number(reader->machine, &online,
				    CPUS "/cpu%u/online", cpu))
			fixed[num_fixed++] = cpu;
		err = read_states(reader, cpu, states);
	}
	if (err || !found)
		return err;
	reader->live.fixed_cpus = jhcfg_arena_copy(&reader->arena, fixed,
						   num_fixed, sizeof(*fixed));
	reader->live.num_fixed_cpus = num_fixed;
	reader->live.idle_states =
		jhcfg_arena_copy(&reader->arena, states->items, states->count,
				 sizeof(*states->items));
	reader->live.num_idle_states = states->count;
	live_know(reader, JHCFG_LIVE_FIXED_CPUS);
	live_know(reader, JHCFG_LIVE_IDLE_STATES);
	return 0;
}

int live_read_cpus(struct live_reader *reader)
{
	struct idle_states states = { 0 };
	struct machine_names names;
	int err = machine_list(reader->machine, CPUS, &names);

	if (err)
		return err;
	read_online(reader);
	err = read_each(reader, &names, &states);
	free(states.items);
	machine_names_clear(&names);
	return err;
}

/* --- ranges -------------------------------------------------------------- */

static int read_ranges(struct live_reader *reader, const char *file,
		       enum jhcfg_live_fact fact,
		       const struct jhcfg_live_range **ranges, size_t *count)
{
	struct resources resources;
	struct jhcfg_live_range *copy;
	char *text;
	size_t size;
	int err = machine_read(reader->machine, file, &text, &size);

	/* the board says what is wrong with them */
	if (!err)
		err = resources_parse(&resources, text, file, NULL);
	if (err)
		return err == -ENOMEM ? err : 0;
	copy = jhcfg_arena_alloc(&reader->arena,
				 (resources.count + 1) * sizeof(*copy));
	for (size_t n = 0; copy && n < resources.count; n++)
		copy[n] = (struct jhcfg_live_range){
			.range = resources.items[n].range,
			.depth = resources.items[n].depth,
			.name = jhcfg_arena_text(&reader->arena,
						 resources.items[n].name),
		};
	*ranges = copy;
	*count = copy ? resources.count : 0;
	live_know(reader, fact);
	resources_clear(&resources);
	return 0;
}

int live_read_ranges(struct live_reader *reader)
{
	struct jhcfg_live *live = &reader->live;
	int err = read_ranges(reader, "proc/iomem", JHCFG_LIVE_IOMEM,
			      &live->iomem, &live->num_iomem);

	return err ? err
		   : read_ranges(reader, "proc/ioports", JHCFG_LIVE_IOPORTS,
				 &live->ioports, &live->num_ioports);
}
