/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Judging memory regions. Regions are compared in pairs: the 64 KiB that a
 * configuration may have bound them to 2,000 per cell, and there are a few
 * dozen in practice.
 */
#include "validate.h"

#define MEM_ACCESS                                                             \
	(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE)
#define MEM_WIDTHS                                                             \
	(JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 | JAILHOUSE_MEM_IO_32 |      \
	 JAILHOUSE_MEM_IO_64)
#define MEM_KNOWN                                                              \
	(MEM_ACCESS | MEM_WIDTHS | JAILHOUSE_MEM_DMA | JAILHOUSE_MEM_IO |      \
	 JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_LOADABLE |                  \
	 JAILHOUSE_MEM_ROOTSHARED | JAILHOUSE_MEM_NO_HUGEPAGES |               \
	 JAILHOUSE_MEM_IO_UNALIGNED)

#define IN_ROOT 1U
#define IN_CELL 2U

#define MEM(name) JAILHOUSE_MEM_##name

/* Combinations of flags: where all of `has` and none of `lacks` are set. */
struct flag_rule {
	u64 has;
	u64 lacks;
	u8 where;
	bool refused; /* else a warning */
	const char *text;
};

/* clang-format off */
static const struct flag_rule flag_rules[] = {
	{ MEM(COMM_REGION), 0, IN_ROOT, true,
	  "is a communication region, which the root has not" },
	{ MEM(COMM_REGION) | MEM(LOADABLE), 0, IN_CELL, true,
	  "is a communication region and cannot be LOADABLE" },
	{ MEM(LOADABLE), MEM(WRITE), IN_CELL, false,
	  "is LOADABLE, but not WRITE: nothing can be loaded there" },
	{ MEM(LOADABLE) | MEM(IO), 0, IN_CELL, false,
	  "is LOADABLE and IO: devices are not loaded" },
	{ MEM(LOADABLE), 0, IN_ROOT, false,
	  "is LOADABLE, which has no effect in the root" },
	{ MEM(EXECUTE) | MEM(IO), 0, IN_ROOT | IN_CELL, false,
	  "is EXECUTE and IO" },
	{ 0, MEM_ACCESS, IN_ROOT | IN_CELL, false,
	  "permits no access" },
};
/* clang-format on */
_Static_assert(ARRAY_SIZE(flag_rules) <=
		       WARN_MEM_FLAGS_LAST - WARN_MEM_FLAGS + 1,
	       "each rule has a warning of its own");

static bool is_comm(const struct jailhouse_memory *mem)
{
	return mem->flags & JAILHOUSE_MEM_COMM_REGION;
}

/* Guest-physical bytes that the region takes. */
static u64 guest_size(const struct jailhouse_memory *mem)
{
	return is_comm(mem) ? PAGE_SIZE : mem->size;
}

static int judge_mem_flags(struct judge *judge,
			   const struct jailhouse_memory *mem)
{
	u8 where = judge->is_root ? IN_ROOT : IN_CELL;
	u64 unknown = mem->flags & ~(u64)MEM_KNOWN;

	for (unsigned int n = 0; n < ARRAY_SIZE(flag_rules); n++) {
		const struct flag_rule *rule = &flag_rules[n];

		if (!(rule->where & where) ||
		    (mem->flags & rule->has) != rule->has ||
		    (mem->flags & rule->lacks))
			continue;
		if (rule->refused)
			return judge_refuse(judge, -EINVAL, "%s", rule->text);
		judge_warn(judge, WARN_MEM_FLAGS + n, "%s", rule->text);
	}
	if (is_comm(mem) && mem->size != PAGE_SIZE)
		judge_warn(judge, WARN_COMM_SIZE,
			   "is a communication region: its size counts as one "
			   "page");
	if (unknown)
		judge_warn(judge, WARN_MEM_UNKNOWN_FLAGS,
			   "has flags 0x%llx, which are not known", unknown);
	return 0;
}

static int judge_alignment(struct judge *judge,
			   const struct jailhouse_memory *mem)
{
	if (is_comm(mem) && JAILHOUSE_MEMORY_IS_SUBPAGE(mem))
		return judge_refuse(judge, -EINVAL,
				    "is a communication region, but not at a "
				    "page or not of one page");
	if (is_comm(mem))
		return 0;
	if ((mem->phys_start ^ mem->virt_start) & (PAGE_SIZE - 1))
		return judge_refuse(judge, -EINVAL,
				    "and its guest address 0x%llx lie at "
				    "different offsets in their pages",
				    mem->virt_start);
	if (!JAILHOUSE_MEMORY_IS_SUBPAGE(mem))
		return 0;
	if (!(mem->flags & JAILHOUSE_MEM_IO))
		return judge_refuse(judge, -EINVAL,
				    "is not of whole pages, but not IO");
	if (!(mem->flags & MEM_WIDTHS))
		return judge_refuse(judge, -EINVAL,
				    "is not of whole pages, but has no access "
				    "widths (IO_8 to IO_64)");
	if (mem->flags & JAILHOUSE_MEM_LOADABLE)
		return judge_refuse(judge, -EINVAL,
				    "is not of whole pages, but LOADABLE");
	return 0;
}

static int judge_bounds(struct judge *judge, const char *whose, u64 start,
			u64 size)
{
	if (range_wraps(start, size))
		return judge_refuse(judge, -EINVAL,
				    "%s address 0x%llx and size 0x%llx wrap "
				    "around",
				    whose, start, size);
	if (start + (size - 1) >= judge->context->max_address)
		return judge_refuse(judge, -ERANGE,
				    "%s address 0x%llx and size 0x%llx reach "
				    "beyond 0x%llx",
				    whose, start, size,
				    judge->context->max_address - 1);
	return 0;
}

static int judge_reserved(struct judge *judge,
			  const struct jailhouse_memory *mem)
{
	const struct reserved_range *range =
		find_reserved(judge->context, mem->phys_start, mem->size);

	if (!range)
		return 0;
	return judge_refuse(judge, -EINVAL, "touches %s [0x%llx-0x%llx]",
			    range->name, range->start,
			    range->start + range->size - 1);
}

/* Do both give the guest the same, where they overlap in its eyes? */
static bool same_mapping(const struct jailhouse_memory *a,
			 const struct jailhouse_memory *b)
{
	return a->virt_start - a->phys_start == b->virt_start - b->phys_start &&
	       a->flags == b->flags && !is_comm(a);
}

static int judge_pair(struct judge *judge, const struct jailhouse_memory *mem,
		      const struct jailhouse_memory *other)
{
	u32 n = (u32)(other - judge->mem);

	if (!guest_size(other))
		return 0;
	if (is_comm(mem) && is_comm(other))
		return judge_refuse(judge, -EINVAL,
				    "is a second communication region, region "
				    "%u is the first",
				    n);
	if (ranges_overlap(mem->virt_start, guest_size(mem), other->virt_start,
			   guest_size(other))) {
		if (!same_mapping(mem, other))
			return judge_refuse(judge, -EINVAL,
					    "at guest address 0x%llx conflicts "
					    "with region %u",
					    mem->virt_start, n);
		judge_warn(judge, WARN_MEM_REPEATED, "repeats region %u", n);
	} else if (!is_comm(mem) && !is_comm(other) &&
		   ranges_overlap(mem->phys_start, mem->size, other->phys_start,
				  other->size)) {
		judge_warn(judge, WARN_MEM_TWICE,
			   "has memory that region %u maps at another guest "
			   "address",
			   n);
	}
	return 0;
}

static int judge_foreign(struct judge *judge,
			 const struct jailhouse_memory *mem,
			 const struct cell *cell)
{
	const struct jailhouse_memory *other;
	u32 n;

	for_each_mem_region (other, cell->config, n) {
		if (!other->size || is_comm(other) ||
		    !ranges_overlap(mem->phys_start, mem->size,
				    other->phys_start, other->size))
			continue;
		if (mem->flags & other->flags & JAILHOUSE_MEM_ROOTSHARED)
			continue;
		return judge_refuse(judge, -EINVAL,
				    "overlaps cell \"%s\" region %u "
				    "[0x%llx-0x%llx]; to share it, both need "
				    "ROOTSHARED",
				    cell->config->name, n, other->phys_start,
				    other->phys_start + other->size - 1);
	}
	return 0;
}

/* First address at or after phys that no region of the root holds, as far as
 * one pass over them finds out. */
static u64 skip_root_regions(const struct jailhouse_cell_desc *root, u64 phys)
{
	const struct jailhouse_memory *mem;
	u32 n;

	for_each_mem_region (mem, root, n)
		if (phys - mem->phys_start < mem->size)
			phys = mem->phys_start + mem->size;
	return phys;
}

static void warn_not_root(struct judge *judge,
			  const struct jailhouse_memory *mem)
{
	u64 phys = mem->phys_start;
	unsigned int pass;
	u64 next;

	/* One pass does for regions in ascending order. */
	for (pass = 0; pass < 4 && phys - mem->phys_start < mem->size; pass++) {
		next = skip_root_regions(judge->context->root->config, phys);
		if (next == phys) {
			judge_warn(judge, WARN_MEM_NOT_ROOT,
				   "is not the root's from 0x%llx on", phys);
			return;
		}
		phys = next;
	}
}

static int judge_ownership(struct judge *judge,
			   const struct jailhouse_memory *mem)
{
	const struct cell *cell;
	int err = 0;

	for (cell = judge->context->cells; !err && cell; cell = cell->next)
		err = judge_foreign(judge, mem, cell);
	if (!err && !(judge->warned & (1U << WARN_MEM_NOT_ROOT)))
		warn_not_root(judge, mem);
	return err;
}

static int judge_region(struct judge *judge, const struct jailhouse_memory *mem)
{
	int err = judge_alignment(judge, mem);

	if (!err)
		err = judge_mem_flags(judge, mem);
	if (!err)
		err = judge_bounds(judge, "guest", mem->virt_start,
				   guest_size(mem));
	for (u32 n = 0; !err && n < judge->index; n++)
		err = judge_pair(judge, mem, &judge->mem[n]);
	if (err || is_comm(mem))
		return err;

	err = judge_bounds(judge, "physical", mem->phys_start, mem->size);
	if (!err)
		err = judge_reserved(judge, mem);
	if (!err && !judge->is_root)
		err = judge_ownership(judge, mem);
	return err;
}

static const struct jailhouse_memory *find_guest_address(
	const struct judge *judge, u64 address, u64 flags)
{
	const struct jailhouse_memory *mem;
	u32 n;

	for_each_mem_region (mem, judge->config, n)
		if (address - mem->virt_start < mem->size &&
		    (mem->flags & flags) == flags)
			return mem;
	return NULL;
}

static void warn_missing(struct judge *judge)
{
	const struct jailhouse_cell_desc *config = judge->config;
	const struct jailhouse_memory *mem;
	bool found = config->flags & JAILHOUSE_CELL_PASSIVE_COMMREG;
	u32 n;

	for_each_mem_region (mem, config, n)
		found |= is_comm(mem);
	if (!found)
		judge_warn(judge, WARN_NO_COMM_REGION,
			   "has no communication region and is not passive: "
			   "to stop it will take the time-out");
	if (!find_guest_address(judge, config->cpu_reset_address,
				JAILHOUSE_MEM_EXECUTE))
		judge_warn(judge, WARN_RESET_ADDRESS,
			   "reset address 0x%llx is in no region that is "
			   "EXECUTE",
			   config->cpu_reset_address);
}

int judge_memory(struct judge *judge)
{
	const struct jailhouse_memory *mem = judge->mem;
	int err;

	judge->entry = ENTRY_MEMORY;
	for (judge->index = 0; judge->index < judge->config->num_memory_regions;
	     judge->index++, mem++) {
		/* Regions without size are placeholders. */
		err = guest_size(mem) ? judge_region(judge, mem) : 0;
		if (err)
			return err;
	}
	judge->entry = ENTRY_NONE;
	if (!judge->is_root)
		warn_missing(judge);
	return 0;
}
