// SPDX-License-Identifier: GPL-2.0-only
/*
 * The IOMMUs of the machine, of whatever kind, as cells come and go: each unit
 * knows the streams of each cell.
 */
#include <hv/arch.h>
#include <hv/entry.h>
#include <hv/iommu.h>
#include <hv/printk.h>
#include <hv/string.h>
#include <hv/unit.h>

#define POLLS_PER_SECOND 1000U

bool iommu_active;

/* Both are written while the system begins or ends. */
static u64 memory[JAILHOUSE_MAX_IOMMU_UNITS][IOMMU_UNIT_SIZE / sizeof(u64)];
static unsigned int num_units;

/* What the architecture does by itself; the same for all cells. */
static void (*cpu_invalidate)(struct pt_space *space, u64 virt, u64 size);

static spinlock_t poll_lock;
static u64 next_poll; /* written under it */

static struct iommu_unit *unit_at(unsigned int n)
{
	return (struct iommu_unit *)memory[n];
}

#define for_each_iommu(unit)                                                   \
	for ((unit) = unit_at(0); (unit) < unit_at(num_units);                 \
	     (unit) = (struct iommu_unit *)((char *)(unit) + IOMMU_UNIT_SIZE))
#define for_each_working_iommu(unit) for_each_iommu(unit) if (!(unit)->failed)

/* --- page tables -------------------------------------------------------- */

/*
 * CPUs first: by the time that the units are told, the new tables are complete
 * in memory. By cell, not by address: entries that combine stages would need
 * that anyway, and these calls are rare.
 */
static void invalidate_both(struct pt_space *space, u64 virt, u64 size)
{
	const struct cell *cell = container_of(space, struct cell, memory);
	struct iommu_unit *unit;

	if (cpu_invalidate)
		cpu_invalidate(space, virt, size);
	if (iommu_active)
		for_each_working_iommu(unit) unit->ops->invalidate(unit, cell);
}

/* Tables of this cell may be walked by units from now on: changes of them are
 * told to those, too. */
static void follow(struct cell *cell)
{
	if (cell->memory.invalidate == invalidate_both)
		return;
	cpu_invalidate = cell->memory.invalidate;
	cell->memory.invalidate = invalidate_both;
}

int iommu_wait(const volatile void *reg, u32 mask, u32 value)
{
	u64 deadline = deadline_after_us(IOMMU_TIMEOUT_US);

	while ((mmio_read32(reg) & mask) != value) {
		if (deadline_passed(deadline))
			return -ETIMEDOUT;
		arch_cpu_relax();
	}
	return 0;
}

/* --- events --------------------------------------------------------------- */

void iommu_poll_units(void)
{
	struct iommu_unit *unit;
	u64 now = arch_ticks();

	/* One CPU at a time; whoever comes second has nothing to add. */
	if ((s64)(now - READ_ONCE(next_poll)) < 0 || !spin_trylock(&poll_lock))
		return;
	WRITE_ONCE(next_poll, now + arch_ticks_per_second() / POLLS_PER_SECOND);
	for_each_working_iommu(unit) unit->ops->poll(unit);
	spin_unlock(&poll_lock);
}

/* --- streams -------------------------------------------------------------- */

static bool has_stream(const struct cell *cell, u32 stream,
		       bool (*matches)(union jailhouse_stream_id entry,
				       u32 stream))
{
	const union jailhouse_stream_id *id =
		jailhouse_cell_stream_ids(cell->config);

	for (u32 n = 0; n < cell->config->num_stream_ids; n++, id++)
		if (matches(*id, stream))
			return true;
	return false;
}

bool iommu_root_has_rest(void)
{
	return !root_cell.config->num_stream_ids;
}

struct cell *iommu_stream_owner(u32 stream,
				bool (*matches)(union jailhouse_stream_id entry,
						u32 stream))
{
	struct cell *cell;

	for_each_non_root_cell (cell)
		if (has_stream(cell, stream, matches))
			return cell;
	if (iommu_root_has_rest() || has_stream(&root_cell, stream, matches))
		return &root_cell;
	return NULL;
}

/* Entries of two cells are the same, or have no stream in common. */
static bool is_entry(union jailhouse_stream_id entry, u32 id)
{
	return entry.id == id;
}

/* Each stream of the cell, to the cell that has it now. */
static void commit_streams(const struct cell *cell, bool announce)
{
	const union jailhouse_stream_id *id =
		jailhouse_cell_stream_ids(cell->config);
	bool has_masks = unit_at(0)->ops->has_masks;
	struct iommu_unit *unit;

	for (u32 n = 0; n < cell->config->num_stream_ids; n++) {
		if (iommu_stream_owner(id[n].id, is_entry) != cell)
			continue;
		if (announce)
			printk("Assigning SID 0x%x, Mask 0x%x to cell \"%s\"\n",
			       has_masks ? id[n].mmu500.id : id[n].id,
			       has_masks ? id[n].mmu500.mask_out : 0,
			       cell->config->name);
		for_each_working_iommu(unit)
			unit->ops->assign(unit, id[n], cell);
	}
}

/* Those of the root stay for it, so that giving back cannot fail. */
static void release_streams(struct iommu_unit *unit, const struct cell *cell)
{
	const union jailhouse_stream_id *id =
		jailhouse_cell_stream_ids(cell->config);

	for (u32 n = 0; n < cell->config->num_stream_ids; n++, id++)
		if (!has_stream(&root_cell, id->id, is_entry))
			unit->ops->release(unit, *id);
}

static int reserve_streams(struct iommu_unit *unit, const struct cell *cell)
{
	const union jailhouse_stream_id *id =
		jailhouse_cell_stream_ids(cell->config);
	int err = unit->failed ? -EIO : 0;
	u32 n;

	for (n = 0; !err && n < cell->config->num_stream_ids; n++)
		err = unit->ops->reserve(unit, id[n]);
	if (!err)
		return 0;
	n -= n > 0;
	printk("Refused: cell \"%s\": stream id %u (0x%x): %s IOMMU unit %u\n",
	       cell->config->name, n, id[n].id,
	       err == -EINVAL	? "overlaps another one, and is not it, in"
	       : err == -ERANGE ? "is too large for"
	       : err == -EIO	? "there is no answer of"
				: "there is no room in",
	       unit->index);
	return err;
}

/* --- cells ---------------------------------------------------------------- */

/* Devices of the cell reach nothing from here on; its tables may go. A unit
 * that failed, or does so here, keeps its own: it may still walk them. */
static void leave(struct iommu_unit *unit, const struct cell *cell)
{
	const union jailhouse_stream_id *id =
		jailhouse_cell_stream_ids(cell->config);

	if (unit->failed)
		return;
	for (u32 n = 0; n < cell->config->num_stream_ids; n++)
		unit->ops->withdraw(unit, id[n], cell);
	unit->ops->invalidate(unit, cell);
	if (unit->failed)
		return;
	if (unit->ops->detach)
		unit->ops->detach(unit, cell);
	release_streams(unit, cell);
}

static int join(struct iommu_unit *unit, const struct cell *cell)
{
	int err = reserve_streams(unit, cell);

	if (!err && unit->ops->attach)
		err = unit->ops->attach(unit, cell);
	if (err)
		release_streams(unit, cell);
	return err;
}

/* Translation begins: the root's tables are complete, and its devices, which
 * may be at work, see the memory they saw before. */
static int start_translation(void)
{
	struct iommu_unit *unit;
	int err = 0;

	commit_streams(&root_cell, true);
	for_each_iommu(unit) if (!err) err = unit->ops->start(unit);
	if (err)
		return err;
	next_poll = arch_ticks();
	WRITE_ONCE(iommu_active, true);
	return 0;
}

/* A cell without streams has nothing to do with units. */
static bool concerns(const struct cell *cell)
{
	return num_units &&
	       (cell == &root_cell || cell->config->num_stream_ids);
}

static void iommu_cell_exit(struct cell *cell)
{
	struct iommu_unit *unit;

	if (!concerns(cell) || cell == &root_cell)
		return;
	for_each_iommu(unit) leave(unit, cell);
}

static int iommu_cell_init(struct cell *cell)
{
	int err = 0;

	if (!concerns(cell))
		return 0;
	follow(cell);
	for (unsigned int n = 0; n < num_units; n++) {
		err = join(unit_at(n), cell);
		if (!err)
			continue;
		while (n-- > 0)
			leave(unit_at(n), cell);
		return err;
	}
	return cell == &root_cell ? start_translation() : 0;
}

/* A cell that was created takes its streams; the root, when one was
 * destroyed, has those again that nobody else has. */
static void iommu_config_commit(struct cell *cell)
{
	if (iommu_active)
		commit_streams(cell, cell != &root_cell);
}

/* --- the system ----------------------------------------------------------- */

int iommu_refuse(const struct iommu_unit *unit, int err, const char *why)
{
	printk("Refused: IOMMU unit %u: %s\n", unit->index, why);
	return err;
}

static void iommu_shutdown(void)
{
	struct iommu_unit *unit;

	WRITE_ONCE(iommu_active, false);
	for_each_iommu(unit) unit->ops->exit(unit);
	num_units = 0;
}

static const struct iommu_ops *find_kind(u32 type)
{
	unsigned int n = 0;

	while (iommu_kinds[n] && iommu_kinds[n]->type != type)
		n++;
	return iommu_kinds[n];
}

/* Units of a kind that we do not drive are refused with the configuration, or
 * need nobody (JAILHOUSE_IOMMU_PVU). */
static int iommu_init(void)
{
	const struct jailhouse_iommu *info =
		system_config->platform_info.iommu_units;
	int err = 0;

	num_units = 0;
	for (unsigned int n = 0;
	     !err && n < JAILHOUSE_MAX_IOMMU_UNITS && info[n].base; n++) {
		const struct iommu_ops *ops = find_kind(info[n].type);
		struct iommu_unit *unit;

		if (!ops)
			continue;
		unit = unit_at(num_units++);
		memset(unit, 0, IOMMU_UNIT_SIZE);
		*unit = (struct iommu_unit){ .ops = ops, .index = n };
		err = ops->init(unit, &info[n]);
	}
	if (err)
		iommu_shutdown();
	return err;
}

DEFINE_UNIT(iommu_unit) = {
	.name = "IOMMU",
	.phase = UNIT_PHASE_IOMMU,
	.init = iommu_init,
	.shutdown = iommu_shutdown,
	.cell_init = iommu_cell_init,
	.cell_exit = iommu_cell_exit,
	.config_commit = iommu_config_commit,
};
