// SPDX-License-Identifier: GPL-2.0-only
/* What units reported, a line each. */
#include <hv/iommu.h>
#include <hv/printk.h>

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
