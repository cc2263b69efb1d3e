/* SPDX-License-Identifier: GPL-2.0-only */
/* Judging PCI devices and their capabilities. */
#include "validate_pci.h"

#define PCI_CONFIG_SIZE 4096U

static int judge_type(struct judge *judge,
		      const struct jailhouse_pci_device *device)
{
	const struct jailhouse_system *system = judge->context->system;

	if (device->type < JAILHOUSE_PCI_TYPE_DEVICE ||
	    device->type > JAILHOUSE_PCI_TYPE_IVSHMEM)
		return judge_refuse(judge, -EINVAL, "has unknown type %u",
				    device->type);
	/* 0 is also what there is to say without any IOMMU. */
	if (!iommu_unit_exists(system, device->iommu) &&
	    (device->iommu || iommu_unit_exists(system, 0)))
		return judge_refuse(judge, -EINVAL,
				    "IOMMU unit %u does not exist",
				    device->iommu);
	return 0;
}

static int judge_device_caps(struct judge *judge,
			     const struct jailhouse_pci_device *device)
{
	/* u16 + u16 cannot wrap an int */
	if ((u32)(device->caps_start + device->num_caps) >
	    judge->config->num_pci_caps)
		return judge_refuse(judge, -EINVAL,
				    "capabilities %u to %u, there are %u",
				    device->caps_start,
				    device->caps_start + device->num_caps - 1,
				    judge->config->num_pci_caps);
	return 0;
}

static bool same_function(const struct jailhouse_pci_device *a,
			  const struct jailhouse_pci_device *b)
{
	return a->bdf == b->bdf && a->domain == b->domain;
}

static int judge_within_cell(struct judge *judge,
			     const struct jailhouse_pci_device *device)
{
	const struct jailhouse_pci_device *other =
		jailhouse_cell_pci_devices(judge->config);

	for (u32 n = 0; n < judge->index; n++)
		if (same_function(device, &other[n]))
			return judge_refuse(judge, -EINVAL,
					    "is " BDF_FORMAT ", as device %u",
					    BDF_ARGS(device->bdf), n);
	return 0;
}

const struct jailhouse_pci_device *find_pci_device(
	const struct jailhouse_cell_desc *config, u16 bdf, bool ivshmem)
{
	const struct jailhouse_pci_device *device =
		jailhouse_cell_pci_devices(config);

	for (u32 n = 0; n < config->num_pci_devices; n++, device++)
		if (device->bdf == bdf &&
		    (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM) == ivshmem)
			return device;
	return NULL;
}

static bool owns_function(const struct cell *cell,
			  const struct jailhouse_pci_device *device)
{
	const struct jailhouse_pci_device *other =
		find_pci_device(cell->config, device->bdf, false);

	return other && same_function(device, other);
}

/* A physical function has one owner; the root's list is what there is. */
static int judge_physical(struct judge *judge,
			  const struct jailhouse_pci_device *device)
{
	const struct cell *cell;

	if (judge->is_root)
		return 0;
	for (cell = judge->context->cells; cell; cell = cell->next)
		if (owns_function(cell, device))
			return judge_refuse(
				judge, -EINVAL, BDF_FORMAT " is of cell \"%s\"",
				BDF_ARGS(device->bdf), cell->config->name);
	if (!owns_function(judge->context->root, device))
		judge_warn(judge, WARN_PCI_NOT_ROOT,
			   BDF_FORMAT " is not the root's",
			   BDF_ARGS(device->bdf));
	return 0;
}

static int judge_device(struct judge *judge,
			const struct jailhouse_pci_device *device)
{
	int err = judge_type(judge, device);

	if (!err)
		err = judge_device_caps(judge, device);
	if (!err)
		err = judge_within_cell(judge, device);
	if (err)
		return err;
	return device->type == JAILHOUSE_PCI_TYPE_IVSHMEM
		       ? judge_ivshmem(judge, device)
		       : judge_physical(judge, device);
}

static int judge_caps(struct judge *judge)
{
	const struct jailhouse_pci_capability *cap =
		jailhouse_cell_pci_caps(judge->config);

	judge->entry = ENTRY_PCI_CAP;
	for (judge->index = 0; judge->index < judge->config->num_pci_caps;
	     judge->index++, cap++)
		if ((u32)(cap->start + cap->len) > PCI_CONFIG_SIZE)
			return judge_refuse(judge, -EINVAL,
					    "start 0x%x and length 0x%x reach "
					    "beyond the config space",
					    cap->start, cap->len);
	return 0;
}

int judge_pci(struct judge *judge)
{
	const struct jailhouse_pci_device *device =
		jailhouse_cell_pci_devices(judge->config);
	int err = 0;

	judge->entry = ENTRY_PCI_DEVICE;
	for (judge->index = 0;
	     !err && judge->index < judge->config->num_pci_devices;
	     judge->index++, device++)
		err = judge_device(judge, device);
	return err ? err : judge_caps(judge);
}
