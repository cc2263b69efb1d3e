// SPDX-License-Identifier: LGPL-2.1-or-later
/* F: what a configuration is, before what it says. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "check/format_files.h"
#include "check/merge.h"
#include "model/members.h"
#include "model/private.h"

#define MAX_CELL_SIZE (16 * 4096U) /* that the hypervisor maps */
#define MAX_CPU_SET   4096U

/* --- F02 ------------------------------------------------------------------ */

static const char *architecture_name(uint8_t architecture)
{
	static const char *const names[] = {
		[JAILHOUSE_X86] = "x86",
		[JAILHOUSE_ARM] = "arm",
		[JAILHOUSE_ARM64] = "arm64",
	};

	return architecture < sizeof(names) / sizeof(names[0])
		       ? names[architecture]
		       : "an unknown architecture";
}

static void check_architecture(struct check *check,
			       const struct check_cell *cell)
{
	uint8_t architecture = jhcfg_config_architecture(cell->config);

	if (architecture == check->architecture)
		return;
	check_report(check, &(struct found){ .cell = cell },
		     "cell \"%s\" is made for %s, the system for %s",
		     cell->name, architecture_name(architecture),
		     architecture_name(check->architecture));
}

static int fix_architecture(struct fix *fix)
{
	struct jhcfg_config *config = fix_edit(fix);
	uint32_t flags = jhcfg_cell_flags(fix->cell->cell);

	if (!config)
		return -ENOMEM;
	/* A 32-bit guest of a 64-bit hypervisor says so by a flag. */
	if (jhcfg_config_architecture(config) == JAILHOUSE_ARM &&
	    fix->check->architecture == JAILHOUSE_ARM64)
		jhcfg_config_set_cell_flags(config,
					    flags | JAILHOUSE_CELL_AARCH32);
	jhcfg_config_set_architecture(config, fix->check->architecture);
	return 0;
}

/* --- F03: zeroed entries at the end --------------------------------------- */

/* Lists in which an entry of zeroes means nothing; a stream id may be 0. */
static const enum jhcfg_list_id listed[] = {
	JHCFG_LIST_MEMORY, JHCFG_LIST_CACHE,	   JHCFG_LIST_IRQCHIPS,
	JHCFG_LIST_PIO,	   JHCFG_LIST_PCI_DEVICES, JHCFG_LIST_PCI_CAPS,
};
#define NUM_LISTED (sizeof(listed) / sizeof(listed[0]))

/* How many entries at the end of the list are all zeroes. */
static size_t count_zeroes(const struct check_cell *cell, enum jhcfg_list_id id)
{
	const struct jhcfg_list *list = &cell->own->cell.lists[id];
	size_t count = 0;

	for (size_t n = list->count; n-- > 0; count++)
		if (!jhcfg_is_zero(&list->items[n].value,
				   sizeof(list->items[n].value)) ||
		    (id == JHCFG_LIST_MEMORY && cell->shmem[n]))
			break;
	return count;
}

static void check_counts(struct check *check, const struct check_cell *cell)
{
	if (cell->is_root)
		check_files(check);
	for (size_t n = 0; n < NUM_LISTED; n++) {
		size_t count = count_zeroes(cell, listed[n]);

		if (count)
			check_report(check,
				     &(struct found){ .cell = cell,
						      .detail = { n } },
				     "cell \"%s\": the last %zu of %zu entries "
				     "of %s are empty",
				     cell->name, count,
				     cell->own->cell.lists[listed[n]].count,
				     jhcfg_list_infos[listed[n]].array);
	}
}

typedef int (*remove_entry)(struct jhcfg_config *config, size_t index);

static int fix_counts(struct fix *fix)
{
	static const remove_entry removers[NUM_LISTED] = {
		jhcfg_config_remove_memory,	jhcfg_config_remove_cache,
		jhcfg_config_remove_irqchip,	jhcfg_config_remove_pio,
		jhcfg_config_remove_pci_device, jhcfg_config_remove_pci_cap,
	};
	size_t which = fix->finding->detail[0];
	size_t count = count_zeroes(fix->cell, listed[which]);
	size_t last = fix->cell->own->cell.lists[listed[which]].count;
	struct jhcfg_config *config = fix_edit(fix);
	int err = config ? 0 : -ENOMEM;

	while (!err && count--)
		err = removers[which](config, --last);
	return err;
}

/* --- F05 ------------------------------------------------------------------ */

static bool is_printable(const char *name)
{
	for (; *name; name++)
		if (*name < 0x20 || *name > 0x7e)
			return false;
	return true;
}

static int compare_names(const void *a, const void *b)
{
	const struct check_cell *const *x = a, *const *y = b;
	int order = strcmp(jhcfg_cell_name((*x)->cell),
			   jhcfg_cell_name((*y)->cell));

	return order ? order
		     : ((*x)->position > (*y)->position) -
			       ((*x)->position < (*y)->position);
}

static void check_name(struct check *check, const struct check_cell *cell,
		       const struct check_cell *before)
{
	const char *name = jhcfg_cell_name(cell->cell);
	const struct found found = { .cell = cell };

	if (!*name)
		check_report(check, &found, "a cell has no name");
	else if (!is_printable(name))
		check_report(check, &found,
			     "the name of cell \"%s\" has characters that "
			     "are not printable ASCII",
			     name);
	else if (before && !strcmp(jhcfg_cell_name(before->cell), name))
		check_report(check,
			     &(struct found){ .cell = cell, .related = before },
			     "two cells have the name \"%s\"", name);
}

static void check_names(struct check *check, const struct check_cell *root)
{
	const struct check_cell **sorted =
		calloc(check->num_cells, sizeof(const void *));

	(void)root;
	if (!sorted) {
		check_no_memory(check);
		return;
	}
	memcpy(sorted, check->cells, check->num_cells * sizeof(const void *));
	qsort(sorted, check->num_cells, sizeof(const void *), compare_names);
	for (size_t n = 0; n < check->num_cells; n++)
		check_name(check, sorted[n], n ? sorted[n - 1] : NULL);
	free(sorted);
}

static bool name_is_taken(const struct check *check, const char *name)
{
	for (size_t n = 0; n < check->num_all; n++)
		if (!strcmp(jhcfg_cell_name(check->all[n].cell), name))
			return true;
	return false;
}

static int fix_name(struct fix *fix)
{
	struct jhcfg_config *config = fix_edit(fix);
	char base[JHCFG_NAME_SIZE - 5], name[JHCFG_NAME_SIZE];
	size_t length = 0;

	for (const char *from = jhcfg_cell_name(fix->cell->cell); *from; from++)
		if (*from > 0x20 && *from <= 0x7e && length < sizeof(base) - 1)
			base[length++] = *from;
	base[length] = 0;
	snprintf(name, sizeof(name), "%s", length ? base : "cell");
	for (unsigned int n = 2; n < 1000 && name_is_taken(fix->check, name);
	     n++)
		snprintf(name, sizeof(name), "%s-%u", length ? base : "cell",
			 n);
	return config ? jhcfg_config_set_name(config, name) : -ENOMEM;
}

/* --- F06 ------------------------------------------------------------------ */

static uint64_t binary_size(const struct check_cell *cell)
{
	const struct jhcfg_cell *c = cell->cell;
	const struct jailhouse_cell_desc desc = {
		.cpu_set_size = (uint32_t)c->cpus.size,
		.num_memory_regions = (uint32_t)cell->num_memory,
		.num_cache_regions = (uint32_t)jhcfg_cell_num_cache(c),
		.num_irqchips = (uint32_t)jhcfg_cell_num_irqchips(c),
		.num_pio_regions = (uint32_t)jhcfg_cell_num_pio(c),
		.num_pci_devices = (uint32_t)jhcfg_cell_num_pci_devices(c),
		.num_pci_caps = (uint32_t)jhcfg_cell_num_pci_caps(c),
		.num_stream_ids = (uint32_t)jhcfg_cell_num_stream_ids(c),
	};

	return jailhouse_cell_config_size64(&desc);
}

static void check_size(struct check *check, const struct check_cell *cell)
{
	uint64_t size = binary_size(cell);

	if (cell->is_root || size <= MAX_CELL_SIZE)
		return;
	check_report(check, &(struct found){ .cell = cell },
		     "cell \"%s\": its configuration has 0x%llx bytes, more "
		     "than 0x%x",
		     cell->name, (unsigned long long)size, MAX_CELL_SIZE);
}

static int fix_size(struct fix *fix)
{
	uint64_t size = binary_size(fix->cell);
	struct jhcfg_config *config = fix_edit(fix);
	size_t merged;
	int err = config ? check_merge_regions(fix->cell, config, &merged)
			 : -ENOMEM;

	if (err)
		return err;
	if (size - merged * sizeof(struct jailhouse_memory) > MAX_CELL_SIZE)
		return fix_refuse(fix,
				  "give up regions, or widen some so that they "
				  "touch",
				  "merging %zu regions is not enough", merged);
	return 0;
}

/* --- F07 ------------------------------------------------------------------ */

static void check_cpu_set(struct check *check, const struct check_cell *cell)
{
	size_t size = cell->cell->cpus.size;

	if (cell->is_root)
		check_files(check);
	if (!size || size > MAX_CPU_SET || size % 8)
		check_report(check, &(struct found){ .cell = cell },
			     "cell \"%s\": its CPU set has %zu bytes, which "
			     "must be a multiple of 8 of at most %u",
			     cell->name, size, MAX_CPU_SET);
}

static int fix_cpu_set(struct fix *fix)
{
	size_t wanted = (fix->cell->cell->cpus.size + 7) / 8 * 8;
	struct jhcfg_config *config = fix_edit(fix);

	if (wanted > MAX_CPU_SET)
		wanted = MAX_CPU_SET;
	for (unsigned int cpu = (unsigned int)wanted * 8;
	     cpu < fix->cell->cpu_limit; cpu++)
		if (jhcfg_cell_has_cpu(fix->cell->cell, cpu))
			return fix_refuse(fix, "remove the CPU",
					  "CPU %u has no place in a set of "
					  "%u bytes",
					  cpu, MAX_CPU_SET);
	if (!config)
		return -ENOMEM;
	if (config->cell.cpus.size > wanted) {
		config->cell.cpus.size = wanted;
		return 0;
	}
	return jhcfg_cpu_set_resize(&config->cell.cpus, wanted ? wanted : 8);
}

/* -------------------------------------------------------------------------- */

/* clang-format off */
static const struct rule rules[] = {
	{ .info = {
		.id = "F01",
		.severity = JHCFG_ERROR,
		.title = "a file is no configuration of a known dialect",
		.doc =
		"Nothing but the signature, the revision, the architecture "
		"and the exact size tell dialects apart, and the driver "
		"accepts a single one: it answers EINVAL to any other file.",
		.advice =
		"export the configuration for the target, or say which "
		"dialect it is in" },
	  .scope = RULE_SYSTEM,
	  .check = check_file_as_it_is },
	{ .info = {
		.id = "F02",
		.severity = JHCFG_ERROR,
		.title = "a cell's architecture differs from the system's",
		.doc =
		"The driver refuses such a cell; the established one prints "
		"an error and still answers that the cell was created.",
		.advice =
		"set the cell's architecture; a 32-bit guest of an arm64 "
		"system has the flag AARCH32 instead",
		.fix =
		"sets the system's architecture, with AARCH32 for a 32-bit "
		"guest" },
	  .scope = RULE_CELL,
	  .check = check_architecture,
	  .fix = fix_architecture },
	{ .info = {
		.id = "F03",
		.severity = JHCFG_ERROR,
		.title =
		"counts do not add up, or the last entries of a list are "
		"empty",
		.doc =
		"An array that is longer than its initialisers ends in zeroed"
		" entries, which count as regions or devices at address 0; "
		"counts that reach behind the end of the file make the driver"
		" read what is not there.",
		.advice = "remove the empty entries; compile the file again",
		.fix = "removes the empty entries" },
	  .scope = RULE_CELL,
	  .check = check_counts,
	  .fix = fix_counts },
	{ .info = {
		.id = "F04",
		.severity = JHCFG_ERROR,
		.title = "a file begins with an ELF header or note",
		.doc =
		"A compiler that marks its output (.note.gnu.property) makes "
		"objcopy write the mark in front of the configuration, and "
		"the driver finds no signature.",
		.advice =
		"remove the section .note.gnu.property, or export the "
		"configuration with this tool, which needs no objcopy" },
	  .scope = RULE_SYSTEM,
	  .check = check_file_as_it_is },
	{ .info = {
		.id = "F05",
		.severity = JHCFG_ERROR,
		.title = "a cell's name is empty, not printable or taken",
		.doc =
		"Cells are told apart by their names, of up to 31 printable "
		"characters; a second cell of the same name is refused "
		"(EEXIST).",
		.advice = "give the cell a name of its own",
		.fix = "renames the cell" },
	  .scope = RULE_SCENARIO,
	  .check = check_names,
	  .fix = fix_name },
	{ .info = {
		.id = "F06",
		.severity = JHCFG_ERROR,
		.title = "a cell's configuration is longer than 64 KiB",
		.doc =
		"The hypervisor maps 16 pages to read the configuration of a "
		"cell, and refuses a longer one (E2BIG).",
		.advice = "merge regions that continue each other",
		.fix = "merges regions that continue each other" },
	  .scope = RULE_CELL,
	  .check = check_size,
	  .fix = fix_size },
	{ .info = {
		.id = "F07",
		.severity = JHCFG_ERROR,
		.title =
		"the size of a CPU set is 0, over 4096 or no multiple of 8",
		.doc =
		"The set is an array of 64-bit words, of at most 4096 bytes; "
		"anything else moves all that follows it in the file, or is "
		"refused (EINVAL).",
		.advice = "list the cell's CPUs",
		.fix = "resizes the set" },
	  .scope = RULE_CELL,
	  .check = check_cpu_set,
	  .fix = fix_cpu_set },
	{ .info = {
		.id = "F08",
		.severity = JHCFG_WARNING,
		.modes = JHCFG_RULE_LIVE,
		.title = "the target's driver takes another revision",
		.doc =
		"A driver reads one revision of the format, and refuses all "
		"others (EINVAL).",
		.advice =
		"export for the target: jailhouse config export -f cell --to "
		"DIALECT" },
	  .scope = RULE_SYSTEM,
	  .check = check_revision },
};
/* clang-format on */

const struct rule_table check_rules_format = RULE_TABLE(rules);
