// SPDX-License-Identifier: LGPL-2.1-or-later
/* The part of a system's descriptor before the root cell. */
#include <inttypes.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "emit/c_emitter.h"

/* Revision 9 has type and flags of the console in one number. */
static const struct {
	uint16_t flag;
	const char *name;
} old_console_flags[] = {
	{ JAILHOUSE_CON_ACCESS_MMIO, "JAILHOUSE_CON1_ACCESS_MMIO" },
	{ JAILHOUSE_CON_REGDIST_4, "JAILHOUSE_CON1_REGDIST_4" },
	{ JHCFG_CON_SECOND_ON_ROOT_PAGE, "JAILHOUSE_CON2_TYPE_ROOTPAGE" },
};
#define OLD_FLAGS_SHIFT 4

static void emit_old_flags(struct c_emitter *emitter,
			   const struct jhcfg_member *types,
			   const struct jhcfg_console *console)
{
	const char *type = jhcfg_name_of(jhcfg_console_types, console->type);
	struct c_terms terms = { .count = 0 };
	uint16_t flags = console->flags;

	if (type && c_style_knows(emitter->style, types, console->type))
		c_terms_add(&terms, "JAILHOUSE_CON1_TYPE_%s", type);
	else
		c_terms_add(&terms, "0x%x", console->type);
	for (size_t n = 0;
	     n < sizeof(old_console_flags) / sizeof(old_console_flags[0]);
	     n++) {
		if (!(flags & old_console_flags[n].flag))
			continue;
		c_terms_add(&terms, "%s", old_console_flags[n].name);
		flags &= (uint16_t)~old_console_flags[n].flag;
	}
	if (flags)
		c_terms_add(&terms, "0x%x",
			    (unsigned int)flags << OLD_FLAGS_SHIFT);
	c_assign_terms(&emitter->out, "flags", &terms);
}

static void emit_old_console(struct c_emitter *emitter,
			     const struct jhcfg_type *type,
			     const struct jhcfg_console *console)
{
	for (unsigned int n = 0; n < type->num_members; n++) {
		const struct jhcfg_member *member = &type->members[n];
		const uint8_t *value =
			(const uint8_t *)console + member->offset;

		if (member->names == jhcfg_console_types)
			emit_old_flags(emitter, member, console);
		else if (member->names != jhcfg_console_flag_names &&
			 !jhcfg_is_zero(value, member->size))
			c_emit_member(emitter, member, member->name, value);
	}
}

static void emit_console(struct c_emitter *emitter,
			 const struct jhcfg_member *member,
			 const struct jhcfg_console *console)
{
	if (!c_style_has(emitter->style, C_REVISION_9)) {
		c_emit_member(emitter, member, member->name, console);
		return;
	}
	if (jhcfg_is_zero(console, sizeof(*console)))
		return;
	c_open(&emitter->out, member->name);
	emit_old_console(emitter, member->type, console);
	c_close(&emitter->out);
}

/* An empty unit in the middle keeps its place. */
static void emit_units(struct c_emitter *emitter,
		       const struct jhcfg_member *member,
		       const struct jhcfg_platform *platform)
{
	const struct jhcfg_iommu *units = platform->iommu_units;

	if (jhcfg_is_zero(units, sizeof(platform->iommu_units)))
		return;
	c_open(&emitter->out, member->name);
	for (unsigned int n = 0; n < JHCFG_MAX_IOMMU_UNITS; n++) {
		if (jhcfg_is_zero(&units[n], sizeof(units[n])))
			continue;
		c_line(&emitter->out, "[%u] = {", n);
		emitter->out.indent++;
		c_emit_members(emitter, member->type, &units[n], NULL);
		c_close(&emitter->out);
	}
	c_close(&emitter->out);
}

static bool branch_is_empty(const struct jhcfg_type *type,
			    const struct jhcfg_platform *platform,
			    const char *branch)
{
	size_t length = strlen(branch);

	for (unsigned int n = 0; n < type->num_members; n++) {
		const struct jhcfg_member *member = &type->members[n];

		if (!strncmp(member->name, branch, length) &&
		    member->name[length] == '.' &&
		    !jhcfg_is_zero((const uint8_t *)platform + member->offset,
				   member->size))
			return false;
	}
	return true;
}

/* What depends on the architecture. */
static void emit_branch(struct c_emitter *emitter,
			const struct jhcfg_type *type,
			const struct jhcfg_platform *platform)
{
	bool is_x86 = emitter->config->architecture == JAILHOUSE_X86;
	bool with_units = c_style_has(emitter->style, C_UNITS_IN_BRANCH);
	const char *branch = is_x86 ? "x86" : "arm";

	if (branch_is_empty(type, platform, branch) &&
	    (!with_units || jhcfg_is_zero(platform->iommu_units,
					  sizeof(platform->iommu_units))))
		return;
	c_open(&emitter->out, branch);
	c_emit_members(emitter, type, platform, branch);
	if (with_units)
		emit_units(emitter, c_find_member(type, "iommu_units"),
			   platform);
	c_close(&emitter->out);
}

/* What forks have, in structs of their own. */
static void emit_fork_blocks(struct c_emitter *emitter,
			     const struct jhcfg_type *type,
			     const struct jhcfg_platform *platform)
{
	static const char *const blocks[] = { "color", "qos" };

	for (size_t n = 0; n < sizeof(blocks) / sizeof(blocks[0]); n++) {
		if (branch_is_empty(type, platform, blocks[n]))
			continue;
		c_open(&emitter->out, blocks[n]);
		c_emit_members(emitter, type, platform, blocks[n]);
		c_close(&emitter->out);
	}
}

static void emit_platform(struct c_emitter *emitter,
			  const struct jhcfg_member *member,
			  const struct jhcfg_platform *platform)
{
	const struct jhcfg_type *type = member->type;

	if (jhcfg_is_zero(platform, sizeof(*platform)))
		return;
	c_open(&emitter->out, member->name);
	c_emit_members(emitter, type, platform, "");
	if (!c_style_has(emitter->style, C_UNITS_IN_BRANCH))
		emit_units(emitter, c_find_member(type, "iommu_units"),
			   platform);
	emit_fork_blocks(emitter, type, platform);
	emit_branch(emitter, type, platform);
	c_close(&emitter->out);
}

void c_emit_platform(struct c_emitter *emitter)
{
	const struct jhcfg_system *system = &emitter->config->system;

	for (unsigned int n = 0; n < jhcfg_system_type.num_members; n++) {
		const struct jhcfg_member *member =
			&jhcfg_system_type.members[n];
		const void *value = (const uint8_t *)system + member->offset;

		if (value == &system->debug_console)
			emit_console(emitter, member, value);
		else if (value == &system->platform)
			emit_platform(emitter, member, value);
		else if (!jhcfg_is_zero(value, member->size))
			c_emit_member(emitter, member, member->name, value);
	}
}
