/* SPDX-License-Identifier: GPL-2.0-only */
/* Judging configurations: identity, CPUs, small arrays, and the list of all. */
#include "validate.h"

#include <hv/string.h>

#define KNOWN_CELL_FLAGS                                                       \
	(JAILHOUSE_CELL_PASSIVE_COMMREG | JAILHOUSE_CELL_TEST_DEVICE |         \
	 JAILHOUSE_CELL_AARCH32 | JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED |   \
	 JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE)

/* --- identity and CPUs ------------------------------------------------- */

static int judge_name(struct judge *judge)
{
	const char *name = judge->config->name;
	size_t length = strnlen(name, sizeof(judge->config->name));

	if (length == 0)
		return judge_refuse(judge, -EINVAL, "has no name");
	if (length == sizeof(judge->config->name))
		return judge_refuse(judge, -EINVAL,
				    "name has no end within %u bytes",
				    (unsigned int)length);
	for (size_t n = 0; n < length; n++)
		if ((u8)name[n] < ' ' || (u8)name[n] == 0x7f)
			return judge_refuse(judge, -EINVAL,
					    "name has a control character at "
					    "position %u",
					    (unsigned int)n);
	return 0;
}

static int judge_uniqueness(struct judge *judge, const struct cell *cell)
{
	const struct jailhouse_cell_desc *config = judge->config;

	if (memcmp(cell->config->name, config->name,
		   strnlen(config->name, sizeof(config->name)) + 1) == 0)
		return judge_refuse(judge, -EEXIST,
				    "name is in use by the cell with id %u",
				    cell->id);
	if (cell->id == config->id)
		return judge_refuse(judge, -EEXIST,
				    "id %u is in use by cell \"%s\"",
				    config->id, cell->config->name);
	return 0;
}

static int judge_identity(struct judge *judge)
{
	const struct cell *cell;
	int err = judge_name(judge);

	/* The rest of the root's descriptor is given by the system's. */
	if (err || judge->is_root)
		return err;
	if (judge->config->id > judge->context->max_cell_id)
		return judge_refuse(judge, -E2BIG, "id %u is larger than %u",
				    judge->config->id,
				    judge->context->max_cell_id);
	err = judge_uniqueness(judge, judge->context->root);
	for (cell = judge->context->cells; !err && cell; cell = cell->next)
		err = judge_uniqueness(judge, cell);
	return err;
}

/* Bits of the set that struct cpu_set has no room for. */
static bool has_cpus_beyond(const struct jailhouse_cell_desc *config)
{
	const u8 *set = (const u8 *)jailhouse_cell_cpu_set(config);

	for (u32 n = HV_MAX_CPUS / 8; n < config->cpu_set_size; n++)
		if (set[n])
			return true;
	return false;
}

/* Each CPU of the root must have entered, and no other. */
static int judge_root_cpus(struct judge *judge, const struct cpu_set *set)
{
	const struct cpu_set *online = &judge->context->online;

	if (cpu_set_next(set, judge->context->num_cpus) < HV_MAX_CPUS)
		return judge_refuse(
			judge, -EINVAL, "CPU %u is not online",
			cpu_set_next(set, judge->context->num_cpus));
	/* Unknown as long as they are on their way. */
	if (cpu_set_count(online) == 0)
		return 0;
	for (unsigned int n = 0; n < CPU_SET_WORDS; n++) {
		u64 differ = set->word[n] ^ online->word[n];
		unsigned int cpu;

		if (!differ)
			continue;
		cpu = n * 64 + (unsigned int)__builtin_ctzll(differ);
		return judge_refuse(judge, -EINVAL,
				    cpu_set_has(set, cpu)
					    ? "CPU %u is not online"
					    : "CPU %u is online, but not in "
					      "the CPU set",
				    cpu);
	}
	return 0;
}

static bool wants_aarch32(const struct judge *judge)
{
	return judge->config->flags & JAILHOUSE_CELL_AARCH32 &&
	       judge->context->architecture == JAILHOUSE_ARM64;
}

static int judge_cell_cpus(struct judge *judge, const struct cpu_set *set)
{
	const struct config_context *context = judge->context;
	unsigned int cpu;

	for_each_cpu (cpu, set) {
		if (cpu == context->calling_cpu)
			return judge_refuse(judge, -EBUSY,
					    "CPU %u is the one that creates "
					    "the cell",
					    cpu);
		if (!cpu_set_has(&context->root->cpus, cpu))
			return judge_refuse(judge, -EBUSY,
					    "CPU %u is not the root's", cpu);
		if (wants_aarch32(judge) &&
		    !cpu_set_has(&context->aarch32_cpus, cpu))
			return judge_refuse(judge, -EINVAL,
					    "CPU %u has no 32-bit state for "
					    "kernels (flag AARCH32)",
					    cpu);
	}
	return 0;
}

static int judge_cpus(struct judge *judge)
{
	struct cpu_set set;

	if (judge->config->cpu_set_size > 4096)
		return judge_refuse(judge, -EINVAL,
				    "CPU set of %u bytes, 4096 are possible",
				    judge->config->cpu_set_size);
	if (has_cpus_beyond(judge->config))
		return judge_refuse(judge, judge->is_root ? -EINVAL : -EBUSY,
				    "has CPUs beyond %u", HV_MAX_CPUS - 1);
	config_cpu_set(judge->config, &set);
	if (cpu_set_count(&set) == 0)
		return judge_refuse(judge, -EINVAL, "has no CPU");
	return judge->is_root ? judge_root_cpus(judge, &set)
			      : judge_cell_cpus(judge, &set);
}

/* --- small arrays ------------------------------------------------------ */

/* A guest that is started in the other state runs wild: better none. */
static int judge_aarch32(struct judge *judge)
{
	if (judge->context->architecture != JAILHOUSE_ARM64) {
		judge_warn(judge, WARN_NO_EFFECT,
			   "flag AARCH32 has no effect here");
		return 0;
	}
	if (judge->is_root)
		return judge_refuse(judge, -EINVAL,
				    "flag AARCH32: the root runs already, in "
				    "64 bits");
	if (judge->config->cpu_reset_address >> 32)
		return judge_refuse(judge, -EINVAL,
				    "reset address 0x%llx is out of reach of "
				    "32 bits (flag AARCH32)",
				    judge->config->cpu_reset_address);
	return 0;
}

static int judge_flags(struct judge *judge)
{
	u32 flags = judge->config->flags;
	u32 unknown = flags & ~(u32)KNOWN_CELL_FLAGS;

	if (unknown)
		judge_warn(judge, WARN_UNKNOWN_FLAGS,
			   "flags 0x%x are not known and have no effect",
			   unknown);
	return flags & JAILHOUSE_CELL_AARCH32 ? judge_aarch32(judge) : 0;
}

/* Intel SDM 17.19: one contiguous mask of ways of the L3 cache. */
static int judge_cache(struct judge *judge)
{
	const struct jailhouse_cache *cache =
		jailhouse_cell_cache_regions(judge->config);

	if (!judge->config->num_cache_regions)
		return 0;
	if (is_arm(judge)) {
		judge_warn(judge, WARN_NO_EFFECT,
			   "cache regions have no effect here");
		return 0;
	}
	judge->entry = ENTRY_CACHE;
	judge->index = judge->config->num_cache_regions - 1;
	if (judge->index > 0)
		return judge_refuse(judge, -EINVAL, "is one too many");
	if (cache->type != JAILHOUSE_CACHE_L3)
		return judge_refuse(judge, -EINVAL, "has unknown type %u",
				    cache->type);
	if (!cache->size)
		return judge_refuse(judge, -EINVAL, "has no ways");
	return 0;
}

/* Our extension: see struct jailhouse_pio. That there are any is worth a line:
 * with them the root can do what the firmware can. */
static int judge_firmware_calls(struct judge *judge)
{
	const struct jailhouse_pio *range = jailhouse_cell_pio(judge->config);

	judge->entry = ENTRY_PIO;
	for (judge->index = 0; judge->index < judge->config->num_pio_regions;
	     judge->index++, range++)
		if (!range->length || range->base + range->length > 0x10000)
			return judge_refuse(
				judge, -EINVAL,
				"is no range of numbers of firmware "
				"functions");
	judge->entry = ENTRY_NONE;
	judge_warn(judge, WARN_FIRMWARE_CALLS,
		   "may call the firmware's SiP functions in %u ranges",
		   judge->config->num_pio_regions);
	return 0;
}

static int judge_pio(struct judge *judge)
{
	const struct jailhouse_pio *pio = jailhouse_cell_pio(judge->config);

	if (judge->config->num_pio_regions && is_arm(judge)) {
		if (judge->is_root)
			return judge_firmware_calls(judge);
		judge_warn(judge, WARN_NO_EFFECT,
			   "PIO ranges have no effect here");
		return 0;
	}
	judge->entry = ENTRY_PIO;
	for (judge->index = 0; judge->index < judge->config->num_pio_regions;
	     judge->index++, pio++)
		if (pio->base + pio->length > 0x10000)
			return judge_refuse(judge, -EINVAL,
					    "ends beyond port 0xffff");
	return 0;
}

/* --- all together ------------------------------------------------------ */

static int judge_all(struct judge *judge)
{
	/* Later ones rely on earlier ones. */
	static int (*const steps[])(struct judge *) = {
		judge_identity, judge_flags, judge_cpus,
		judge_memory,	judge_cache, judge_irqchips,
		judge_pio,	judge_pci,   judge_stream_ids,
	};
	int err = 0;

	for (size_t n = 0; !err && n < ARRAY_SIZE(steps); n++) {
		judge->entry = ENTRY_NONE;
		err = steps[n](judge);
	}
	return err;
}

int config_check_cell(const struct config_context *context,
		      const struct jailhouse_cell_desc *config, u64 size)
{
	struct judge judge;
	int err = config_check_extent(config, size);

	if (err)
		return err;
	judge_init(&judge, context, config, false);
	if (memcmp(config->signature, JAILHOUSE_CELL_DESC_SIGNATURE,
		   sizeof(config->signature)) != 0)
		return judge_refuse(&judge, -EINVAL,
				    "is no cell configuration (signature)");
	if (config->revision != JAILHOUSE_CONFIG_REVISION)
		return judge_refuse(&judge, -EINVAL, "has revision %u, not %u",
				    config->revision,
				    JAILHOUSE_CONFIG_REVISION);
	if (config->architecture != context->architecture)
		return judge_refuse(
			&judge, -EINVAL, "is for architecture %u, not %u",
			config->architecture, context->architecture);
	return judge_all(&judge);
}

static int check_system_head(const struct config_context *context,
			     const struct jailhouse_system *system, u64 size)
{
	if (size < sizeof(*system))
		return system_refuse(-EINVAL,
				     "%llu bytes, shorter than its descriptor",
				     size);
	if (memcmp(system->signature, JAILHOUSE_SYSTEM_SIGNATURE,
		   sizeof(system->signature)) != 0)
		return system_refuse(-EINVAL,
				     "no system configuration (signature)");
	if (system->revision != JAILHOUSE_CONFIG_REVISION)
		return system_refuse(-EINVAL, "revision %u, not %u",
				     system->revision,
				     JAILHOUSE_CONFIG_REVISION);
	if (system->architecture != context->architecture)
		return system_refuse(-EINVAL, "for architecture %u, not %u",
				     system->architecture,
				     context->architecture);
	return config_check_extent(
		&system->root_cell,
		size - offsetof(struct jailhouse_system, root_cell));
}

int config_check_system(const struct config_context *context,
			const struct jailhouse_system *system, u64 size)
{
	struct judge judge;
	int err = check_system_head(context, system, size);

	if (err)
		return err;
	judge_init(&judge, context, &system->root_cell, true);
	err = judge_platform(&judge, system);
	return err ? err : judge_all(&judge);
}
