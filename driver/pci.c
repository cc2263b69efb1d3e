// SPDX-License-Identifier: GPL-2.0-only
#include <linux/device.h>
#include <linux/pci.h>
#include <linux/slab.h>

#include <jailhouse/cell-config.h>

#include "jh.h"
#include "pci.h"

/* The device that is being claimed; guarded by jh.lock */
static struct pci_dev *wanted;

/* Asked for every device that finds no other driver */
static int stub_probe(struct pci_dev *device, const struct pci_device_id *id)
{
	return device == READ_ONCE(wanted) ? 0 : -ENODEV;
}

static const struct pci_device_id any_device[] = {
	{ PCI_DEVICE(PCI_ANY_ID, PCI_ANY_ID) },
	{},
};

static struct pci_driver stub = {
	.name = "jailhouse-pci-stub",
	.id_table = any_device,
	.probe = stub_probe,
	/* Linux does no DMA with them; a cell may. */
	.driver_managed_dma = true,
};

int jh_pci_init(void)
{
	return pci_register_driver(&stub);
}

void jh_pci_exit(void)
{
	pci_unregister_driver(&stub);
}

static int claim_one(struct pci_dev *device)
{
	int err;

	if (device->dev.driver == &stub.driver) {
		pci_err(device, "belongs to another cell already\n");
		return -EBUSY;
	}
	device_release_driver(&device->dev);
	WRITE_ONCE(wanted, device);
	err = device_driver_attach(&stub.driver, &device->dev);
	WRITE_ONCE(wanted, NULL);
	if (err)
		pci_err(device, "cannot be claimed for a cell: error %d\n",
			err);
	return err;
}

static int claim_row(struct jh_pci_claims *claims,
		     const struct jailhouse_pci_device *row)
{
	struct pci_dev *device;
	int err;

	if (row->type != JAILHOUSE_PCI_TYPE_DEVICE)
		return 0;
	device = pci_get_domain_bus_and_slot(row->domain, PCI_BUS_NUM(row->bdf),
					     row->bdf & 0xff);
	if (!device)
		return 0;
	err = claim_one(device);
	if (err) {
		pci_dev_put(device);
		return err;
	}
	claims->devices[claims->count++] = device;
	return 0;
}

int jh_pci_claim(struct jh_pci_claims *claims,
		 const struct jailhouse_cell_desc *desc)
{
	const struct jailhouse_pci_device *rows;
	unsigned int n;
	int err;

	rows = jailhouse_cell_pci_devices(desc);
	claims->count = 0;
	claims->devices = kcalloc(desc->num_pci_devices,
				  sizeof(*claims->devices), GFP_KERNEL);
	if (!claims->devices)
		return -ENOMEM;
	for (n = 0; n < desc->num_pci_devices; n++) {
		err = claim_row(claims, &rows[n]);
		if (err) {
			jh_pci_release(claims);
			return err;
		}
	}
	return 0;
}

void jh_pci_release(struct jh_pci_claims *claims)
{
	while (claims->count > 0) {
		struct pci_dev *device = claims->devices[--claims->count];

		device_release_driver(&device->dev);
		pci_dev_put(device);
	}
	kfree(claims->devices);
	claims->devices = NULL;
}
