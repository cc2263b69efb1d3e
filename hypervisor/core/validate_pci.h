/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HV_CORE_VALIDATE_PCI_H
#define HV_CORE_VALIDATE_PCI_H

#include "validate.h"

#define BDF_FORMAT    "%02x:%02x.%x"
#define BDF_ARGS(bdf) (bdf) >> 8, (bdf) >> 3 & 0x1f, (bdf)&7

/* The ivshmem resp. physical device with this address, or NULL. */
const struct jailhouse_pci_device *find_pci_device(
	const struct jailhouse_cell_desc *config, u16 bdf, bool ivshmem);

int judge_ivshmem(struct judge *judge,
		  const struct jailhouse_pci_device *device);

#endif
