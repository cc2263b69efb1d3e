/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PCI as cells see it: the configuration space of the functions they own, real
 * ones and ivshmem devices, through the ECAM window of the platform. Register
 * offsets as in the PCI Local Bus Specification 3.0, chapter 6.
 */
#ifndef HV_PCI_H
#define HV_PCI_H

#include <hv/cell.h>
#include <hv/mmio.h>
#include <hv/spinlock.h>

#define PCI_CFG_ID	   0x00
#define PCI_CFG_COMMAND	   0x04
#define PCI_CFG_STATUS	   0x06
#define PCI_CFG_CLASS	   0x08
#define PCI_CFG_CACHELINE  0x0c
#define PCI_CFG_BAR	   0x10
#define PCI_CFG_BAR_END	   0x28
#define PCI_CFG_SUBSYSTEM  0x2c
#define PCI_CFG_ROMBAR	   0x30
#define PCI_CFG_CAPS	   0x34
#define PCI_CFG_INT	   0x3c
#define PCI_CFG_HEADER_END 0x40

#define PCI_CMD_IO	 BIT(0)
#define PCI_CMD_MEM	 BIT(1)
#define PCI_CMD_MASTER	 BIT(2)
#define PCI_CMD_INTX_OFF BIT(10)

#define PCI_NUM_BARS 6U

/* bus:device.function */
#define PCI_FORMAT    "%02x:%02x.%x"
#define PCI_ARGS(bdf) (bdf) >> 8, (bdf) >> 3 & 0x1f, (bdf)&7

struct ivshmem_endpoint;

/* A function in the hands of a cell. The array of a cell is sorted by bdf. */
struct pci_device {
	const struct jailhouse_pci_device *info;
	struct cell *cell;
	bool taken; /* a real one: shadows are set, owners were told */
	/* CPUs of the cell may access the same function at once. */
	spinlock_t lock;
	u32 bar[PCI_NUM_BARS];		/* as the guest reads them */
	u32 hardware_bar[PCI_NUM_BARS]; /* when the cell got it */
	/* MSI message, as the guest reads it: address, upper address, data */
	u32 msi[3];
	struct ivshmem_endpoint *ivshmem; /* NULL: a real function */
};

/* One access to a configuration space; value as in struct mmio_access. */
struct pci_access {
	u32 value;
	u16 reg;
	u8 size; /* 1, 2 or 4, naturally aligned */
	bool is_write;
};

/* Windows of the MMIO map that BARs of this device may need. */
u32 ivshmem_count_windows(const struct jailhouse_pci_device *info);

/* pci/ivshmem.c: an end of a link comes and goes with its device. */
size_t ivshmem_endpoint_size(void);
int ivshmem_init(struct pci_device *device, void *memory);
void ivshmem_exit(struct pci_device *device);
/* The cell stops or starts: registers and state as after a device reset. */
void ivshmem_reset(struct pci_device *device);
/* false: the access is not permitted. */
bool ivshmem_config_access(struct pci_device *device,
			   struct pci_access *access);

/* pci/physical.c: a real function. */
void pci_physical_take(struct pci_device *device);
void pci_physical_restore(const struct pci_device *device);
void pci_physical_quiesce(const struct jailhouse_pci_device *info);
bool pci_physical_access(struct pci_device *device, struct pci_access *access);

/* Of the interrupt controller: an edge on this line, which belongs to the cell.
 * Ignored if it does not. Any CPU may call it. */
void irqchip_trigger(struct cell *cell, unsigned int intid);

#endif
