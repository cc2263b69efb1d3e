// SPDX-License-Identifier: GPL-2.0-only
/* What drivers of IOMMUs share: followers of page tables, waits, and lines. */
#include <hv/arch.h>
#include <hv/entry.h>
#include <hv/iommu.h>
#include <hv/printk.h>

#define POLLS_PER_SECOND 1000U

bool iommu_active;

/* Written with iommu_active. */
static const struct iommu_driver *driver;

/* What the architecture does by itself; the same for all cells. */
static void (*cpu_invalidate)(struct pt_space *space, u64 virt, u64 size);

static spinlock_t poll_lock;
static u64 next_poll; /* written under it */

/* --- page tables -------------------------------------------------------- */

/*
 * CPUs first: by the time that the units are told, the new tables are complete
 * in memory. By cell, not by address: entries that combine stages would need
 * that anyway, and these calls are rare.
 */
static void invalidate_both(struct pt_space *space, u64 virt, u64 size)
{
	const struct cell *cell = container_of(space, struct cell, memory);

	if (cpu_invalidate)
		cpu_invalidate(space, virt, size);
	if (iommu_active)
		driver->invalidate(cell);
}

void iommu_follow(struct cell *cell)
{
	if (cell->memory.invalidate == invalidate_both)
		return;
	cpu_invalidate = cell->memory.invalidate;
	cell->memory.invalidate = invalidate_both;
}

void iommu_start(const struct iommu_driver *which)
{
	driver = which;
	next_poll = arch_ticks();
	WRITE_ONCE(iommu_active, true);
}

void iommu_stop(void)
{
	WRITE_ONCE(iommu_active, false);
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
	u64 now = arch_ticks();

	/* One CPU at a time; whoever comes second has nothing to add. */
	if ((s64)(now - READ_ONCE(next_poll)) < 0 || !spin_trylock(&poll_lock))
		return;
	WRITE_ONCE(next_poll, now + arch_ticks_per_second() / POLLS_PER_SECOND);
	driver->poll();
	spin_unlock(&poll_lock);
}

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

/* Behind PCI hosts the stream id is the requester id, as a rule: what a cell
 * lists as a function, and has a stream for, is that function. */
static bool is_pci_function(const struct cell *cell, u32 stream)
{
	const struct jailhouse_pci_device *device =
		jailhouse_cell_pci_devices(cell->config);

	for (u32 n = 0; n < cell->config->num_pci_devices; n++, device++)
		if (device->bdf == stream &&
		    device->type != JAILHOUSE_PCI_TYPE_IVSHMEM)
			return true;
	return false;
}

void iommu_report(const struct iommu_fault *fault)
{
	struct cell *cell = fault->cell ? fault->cell : &root_cell;
	char device[48], access[48] = "", reason[24], times[24] = "";

	if (!fault->count)
		return;
	if (is_pci_function(cell, fault->stream))
		snprintf(device, sizeof(device),
			 "PCI device %02x:%02x.%x (stream 0x%x)",
			 fault->stream >> 8, fault->stream >> 3 & 0x1f,
			 fault->stream & 7, fault->stream);
	else
		snprintf(device, sizeof(device), "stream 0x%x", fault->stream);
	if (fault->has_address)
		snprintf(access, sizeof(access), "%s 0x%llx: ",
			 fault->is_write ? "write to" : "read from",
			 fault->address);
	snprintf(reason, sizeof(reason), "event 0x%x", fault->type);
	if (fault->count > 1)
		snprintf(times, sizeof(times), " (%u times)", fault->count);
	printk_guest(cell, "IOMMU unit %u: %s%s%s: %s: %s%s%s\n", fault->unit,
		     fault->cell ? "cell \"" : "no cell",
		     fault->cell ? fault->cell->config->name : "",
		     fault->cell ? "\"" : "", device, access,
		     fault->reason ? fault->reason : reason, times);
}

/* A device that fails does so for each word of a transfer. */
static bool same_kind(const struct iommu_fault *a, const struct iommu_fault *b)
{
	return a->stream == b->stream && a->type == b->type &&
	       a->is_write == b->is_write &&
	       (a->address & PAGE_MASK) == (b->address & PAGE_MASK);
}

void iommu_add_fault(struct iommu_fault *run, const struct iommu_fault *fault)
{
	if (run->count && same_kind(run, fault)) {
		run->count++;
		return;
	}
	iommu_report(run);
	*run = *fault;
	run->count = 1;
}
