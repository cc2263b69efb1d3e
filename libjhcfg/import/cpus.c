// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * CPUs: bindings arm/cpus.yaml (reg is MPIDR's affinity fields) and
 * cpu/cpu-topology.txt (/cpus/cpu-map); caches: Devicetree Specification v0.4,
 * 3.8 and 3.9.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/device_tree.h"

#define MAX_CACHE_LEVELS 4

struct place {
	unsigned int package, cluster, core, thread;
};

struct cpus {
	struct dt_tree *tree;
	struct jhcfg_board *board;
	uint32_t *nodes; /* of the CPUs, by logical number */
	unsigned int count;
	struct place *places;
	bool have_map;
};

static bool is_cpu(const struct dt_tree *tree, uint32_t node)
{
	if (!strcmp(dt_text(tree, node, "device_type"), "cpu"))
		return true;
	return dt_has_base_name(&tree->nodes[node], "cpu") &&
	       dt_prop(tree, node, "reg");
}

/* --- topology ----------------------------------------------------------------
 */

static unsigned int find_cpu(const struct cpus *cpus, uint32_t node)
{
	unsigned int n = 0;

	while (n < cpus->count && cpus->nodes[n] != node)
		n++;
	return n;
}

/* "cluster0" is level "cluster" with number 0. */
static bool parse_level(const char *name, const char *level,
			unsigned int *number)
{
	size_t length = strlen(level);

	if (strncmp(name, level, length) || !name[length] ||
	    strspn(name + length, "0123456789") != strlen(name + length))
		return false;
	*number = (unsigned int)strtoul(name + length, NULL, 10);
	return true;
}

/* Nodes of the map are of bounded depth, as all nodes are. Clusters within
 * clusters count as the inner one, numbered through by @clusters. */
static void walk_map(struct cpus *cpus, uint32_t node, struct place place,
		     unsigned int *clusters)
{
	const struct dt_tree *tree = cpus->tree;
	const char *name = tree->nodes[node].name;
	uint32_t child = DT_NONE, cpu;
	unsigned int number, index;

	if (parse_level(name, "socket", &number))
		place.package = number;
	else if (parse_level(name, "cluster", &number))
		place.cluster = (*clusters)++;
	else if (parse_level(name, "core", &number))
		place.core = number;
	else if (parse_level(name, "thread", &number))
		place.thread = number;
	cpu = dt_find_phandle(tree, dt_u32(tree, node, "cpu", 0));
	if (cpu != DT_NONE) {
		index = find_cpu(cpus, cpu);
		if (index < cpus->count)
			cpus->places[index] = place;
	}
	while ((child = dt_next_child(tree, node, child)) != DT_NONE)
		walk_map(cpus, child, place, clusters);
}

/* Without a map, as MPIDR says it: ARM DDI 0487, D19.2.101. */
static struct place place_by_mpidr(uint64_t mpidr)
{
	return (struct place){
		.package = mpidr >> 16 & 0xff,
		.cluster = mpidr >> 8 & 0xff,
		.core = mpidr & 0xff,
	};
}

static void add_cpu(struct cpus *cpus, unsigned int id)
{
	const struct dt_tree *tree = cpus->tree;
	uint32_t node = cpus->nodes[id];
	const struct dt_prop *reg = dt_prop(tree, node, "reg");
	char source[DT_MAX_SOURCE];
	uint64_t mpidr = 0;
	struct place place;

	dt_number(reg, 0, dt_num_cells(reg) > 1 ? 2 : dt_num_cells(reg),
		  &mpidr);
	place = cpus->have_map ? cpus->places[id] : place_by_mpidr(mpidr);
	dt_source(tree, node, source, sizeof(source));
	jhcfg_board_add_cpu(
		cpus->board,
		&(struct jhcfg_hw_cpu){
			.id = id,
			.phys_id = mpidr,
			.package = place.package,
			.cluster = place.cluster,
			.core = place.core,
			.thread = place.thread,
			.compatible = dt_text(tree, node, "compatible"),
			/* 32-bit Arm has one method for all, at /cpus */
			.enable_method =
				dt_prop(tree, node, "enable-method")
					? dt_text(tree, node, "enable-method")
					: dt_text(tree,
						  tree->nodes[node].parent,
						  "enable-method"),
			.source = source,
		});
}

/* --- caches
 * -------------------------------------------------------------------- */

static const struct {
	char type;
	const char *size, *sets, *line;
} cache_properties[] = {
	{ 'd', "d-cache-size", "d-cache-sets", "d-cache-line-size" },
	{ 'i', "i-cache-size", "i-cache-sets", "i-cache-line-size" },
	{ 'u', "cache-size", "cache-sets", "cache-line-size" },
};

/* What the node says of its caches, shared by these CPUs. */
static void add_caches(struct cpus *cpus, uint32_t node, unsigned int level,
		       const unsigned int *ids, size_t count)
{
	const struct dt_tree *tree = cpus->tree;
	char source[DT_MAX_SOURCE];

	dt_source(tree, node, source, sizeof(source));
	for (size_t n = 0;
	     n < sizeof(cache_properties) / sizeof(cache_properties[0]); n++) {
		struct jhcfg_hw_cache cache = {
			.level = dt_u32(tree, node, "cache-level", level),
			.type = cache_properties[n].type,
			.size = dt_u32(tree, node, cache_properties[n].size, 0),
			.sets = dt_u32(tree, node, cache_properties[n].sets, 0),
			.line_size =
				dt_u32(tree, node, cache_properties[n].line, 0),
			.cpus = ids,
			.num_cpus = count,
			.source = source,
		};
		uint64_t way = (uint64_t)cache.sets * cache.line_size;

		cache.ways = way ? (unsigned int)(cache.size / way) : 0;
		/* An L2 without a size is still a shared one. */
		if (cache.size || (cache.type == 'u' && level > 1))
			jhcfg_board_add_cache(cpus->board, &cache);
	}
}

static uint32_t next_level(const struct dt_tree *tree, uint32_t node)
{
	uint32_t phandle = dt_u32(tree, node, "next-level-cache",
				  dt_u32(tree, node, "l2-cache", 0));

	return phandle ? dt_find_phandle(tree, phandle) : DT_NONE;
}

/* The cache node at @level of each CPU; each is added with the first CPU that
 * has it. */
static void add_level(struct cpus *cpus, const uint32_t *caches,
		      unsigned int level, unsigned int *ids)
{
	for (unsigned int first = 0; first < cpus->count; first++) {
		size_t count = 0;
		bool seen = caches[first] == DT_NONE;

		for (unsigned int n = 0; n < first && !seen; n++)
			seen = caches[n] == caches[first];
		for (unsigned int n = first; n < cpus->count && !seen; n++)
			if (caches[n] == caches[first])
				ids[count++] = n;
		if (!seen)
			add_caches(cpus, caches[first], level, ids, count);
	}
}

static int add_all_caches(struct cpus *cpus)
{
	uint32_t *caches = calloc(cpus->count + 1, sizeof(*caches));
	unsigned int *ids = calloc(cpus->count + 1, sizeof(*ids));
	int err = caches && ids ? 0 : -ENOMEM;

	for (unsigned int n = 0; !err && n < cpus->count; n++)
		caches[n] = cpus->nodes[n];
	for (unsigned int level = 1; !err && level <= MAX_CACHE_LEVELS;
	     level++) {
		add_level(cpus, caches, level, ids);
		for (unsigned int n = 0; n < cpus->count; n++)
			if (caches[n] != DT_NONE)
				caches[n] = next_level(cpus->tree, caches[n]);
	}
	free(caches);
	free(ids);
	return err;
}

/* --- all
 * ---------------------------------------------------------------------------
 */

/* Linux numbers the CPU that booted 0 and the others in the order of the tree;
 * which one boots does not stand there, and is the first one as a rule. A CPU
 * whose status is "fail" is not there. */
static void find_cpus(struct cpus *cpus, uint32_t folder)
{
	const struct dt_tree *tree = cpus->tree;
	uint32_t child = DT_NONE;

	while ((child = dt_next_child(tree, folder, child)) != DT_NONE &&
	       cpus->count < JHCFG_MAX_CPUS)
		if (is_cpu(tree, child) &&
		    strncmp(dt_text(tree, child, "status"), "fail", 4))
			cpus->nodes[cpus->count++] = child;
}

int dt_add_cpus(struct dt_tree *tree, struct jhcfg_board *board)
{
	struct cpus cpus = { .tree = tree, .board = board };
	uint32_t folder = dt_find_path(tree, "/cpus"), map;
	unsigned int clusters = 0;
	int err = -ENOMEM;

	if (folder == DT_NONE)
		return 0;
	cpus.nodes = calloc(tree->num_nodes, sizeof(*cpus.nodes));
	if (cpus.nodes)
		find_cpus(&cpus, folder);
	cpus.places = calloc(cpus.count + 1, sizeof(*cpus.places));
	if (cpus.nodes && cpus.places) {
		map = dt_find_path(tree, "/cpus/cpu-map");
		cpus.have_map = map != DT_NONE;
		if (cpus.have_map)
			walk_map(&cpus, map, (struct place){ 0 }, &clusters);
		for (unsigned int n = 0; n < cpus.count; n++)
			add_cpu(&cpus, n);
		err = add_all_caches(&cpus);
	}
	free(cpus.nodes);
	free(cpus.places);
	return err;
}
