/* SPDX-License-Identifier: GPL-2.0-only */
/* Keeps Linux' drivers away from physical PCI devices that a cell owns. */
#ifndef JH_PCI_H
#define JH_PCI_H

#include <linux/kconfig.h>
#include <linux/types.h>

struct jailhouse_cell_desc;
struct pci_dev;

/* Devices of one cell; all zero when there is none. */
struct jh_pci_claims {
	unsigned int count;
	struct pci_dev **devices;
};

#if IS_ENABLED(CONFIG_PCI)
int jh_pci_init(void);
void jh_pci_exit(void);

/*
 * Takes each physical device of the configuration from its driver. One that
 * Linux does not see is nothing to take. -EBUSY if another cell has one.
 */
int jh_pci_claim(struct jh_pci_claims *claims,
		 const struct jailhouse_cell_desc *desc);

/* Gives the devices back, without a driver: which one is the user's choice. */
void jh_pci_release(struct jh_pci_claims *claims);
#else
static inline int jh_pci_init(void)
{
	return 0;
}

static inline void jh_pci_exit(void)
{
}

static inline int jh_pci_claim(struct jh_pci_claims *claims,
			       const struct jailhouse_cell_desc *desc)
{
	return 0;
}

static inline void jh_pci_release(struct jh_pci_claims *claims)
{
}
#endif

#endif
