// SPDX-License-Identifier: GPL-2.0-only
#include "window.h"

#define NUM_BARS 6U
#define BAR_MIN	 0x1000ULL
#define BAR_END	 0x100000000ULL

/* Bytes of a BAR with this mask of writable bits; 0 if it is none */
static __u64 bar_size(__u32 mask)
{
	__u64 size = (__u64)(__u32)~mask + 1;

	return mask && (size & (size - 1)) == 0 ? size : 0;
}

static int add_device(const struct jailhouse_pci_device *device, __u64 *sum,
		      __u64 *largest, struct jh_diag *diag)
{
	for (unsigned int n = 0; n < NUM_BARS; n++) {
		__u32 mask = device->bar_mask[n];
		__u64 size = bar_size(mask);

		if (!mask)
			continue;
		if (!size)
			return jh_refuse(
				diag, -EINVAL,
				"PCI device %02x:%02x.%x: mask 0x%08x of BAR %u is not that of a power of two",
				device->bdf >> 8, device->bdf >> 3 & 0x1f,
				device->bdf & 7, mask, n);
		/* the bridge hands out whole pages */
		if (size < BAR_MIN)
			size = BAR_MIN;
		*sum += size;
		if (size > *largest)
			*largest = size;
	}
	return 0;
}

int jh_window_find(const struct jailhouse_system *system,
		   struct jh_window *window, struct jh_diag *diag)
{
	const struct jailhouse_pci_device *device =
		jailhouse_cell_pci_devices(&system->root_cell);
	__u64 base = system->platform_info.pci_mmconfig_base;
	__u64 end_bus = system->platform_info.pci_mmconfig_end_bus;
	__u64 sum = 0, largest = BAR_MIN;
	int err;

	for (__u32 n = 0; n < system->root_cell.num_pci_devices;
	     n++, device++) {
		if (device->type != JAILHOUSE_PCI_TYPE_IVSHMEM)
			continue;
		err = add_device(device, &sum, &largest, diag);
		if (err)
			return err;
		/* 2^16 functions of 6 BARs below 4 GiB cannot wrap it. */
		if (sum >= BAR_END)
			break;
	}
	window->size = 0;
	if (sum == 0)
		return 0;
	if (base >= BAR_END)
		goto beyond;
	base += (end_bus + 1) * JH_ECAM_BUS_SIZE;
	base = (base + largest - 1) & ~(largest - 1);
	/* Whole naturally aligned BARs, largest first, fill it without gaps. */
	if (base + sum > BAR_END)
		goto beyond;
	window->start = base;
	window->size = sum;
	return 0;

beyond:
	return jh_refuse(
		diag, -EINVAL,
		"virtual PCI host at 0x%llx: its devices have 32-bit BARs, which do not fit behind it below 4 GiB",
		(unsigned long long)system->platform_info.pci_mmconfig_base);
}
