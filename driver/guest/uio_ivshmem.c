// SPDX-License-Identifier: GPL-2.0-only
/*
 * ivshmem for programs: registers and shared memory to map, interrupts to
 * wait for.
 *
 *   map 0  registers			read and write, uncached
 *   map 1  state table			read only
 *   map 2  read/write section
 *   map 3  output sections of all peers	read only
 *   map 4  own output section
 *
 * A program enables interrupts by the Interrupt Control register or by writing
 * a 1 (32 bits) to the file. The device is in one-shot mode: after each
 * interrupt it has to be told again, so that no peer can keep this CPU busy
 * for longer than the program takes part.
 */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/uio_driver.h>

#include "compat.h"
#include "ivshmem.h"

#define MAX_VECTORS 16

enum {
	MAP_REGISTERS,
	MAP_STATE,
	MAP_RW,
	MAP_OUTPUTS,
	MAP_OWN_OUTPUT,
	NUM_MAPS
};

static const struct {
	const char *name;
	bool writable;
} maps[NUM_MAPS] = {
	[MAP_REGISTERS] = { "registers", true },
	[MAP_STATE] = { "state_table", false },
	[MAP_RW] = { "rw_section", true },
	[MAP_OUTPUTS] = { "output_sections", false },
	[MAP_OWN_OUTPUT] = { "own_output_section", true },
};

struct uio_ivshmem {
	struct ivshmem shm;
	struct uio_info info;
	int vectors;
	/*
	 * The file that has been mapped, to take the mappings away when the
	 * device goes; NULL until then. Guarded by the UIO core, which calls
	 * mmap() under a lock and not any more once the device is removed.
	 */
	struct inode *inode;
};

static irqreturn_t handle_irq(int irq, void *arg)
{
	struct uio_ivshmem *dev = arg;

	/* A line that is shared may have been another's. The program looks
	 * for what has happened in any case. */
	uio_event_notify(&dev->info);
	return IRQ_HANDLED;
}

static int control_irq(struct uio_info *info, s32 on)
{
	struct uio_ivshmem *dev = info->priv;

	writel(on ? 1 : 0, dev->shm.regs + IVSHMEM_INT_CTRL);
	return 0;
}

/* Nobody waits any more. */
static int release(struct uio_info *info, struct inode *inode)
{
	return control_irq(info, 0);
}

/* The core has checked index and size. */
static int map(struct uio_info *info, struct vm_area_struct *vma)
{
	struct uio_ivshmem *dev = info->priv;
	unsigned long n = vma->vm_pgoff;
	struct inode *inode = file_inode(vma->vm_file);

	/* What the hypervisor does not permit would stop this CPU for good. */
	if (!maps[n].writable) {
		if (vma->vm_flags & VM_WRITE)
			return -EACCES;
		vm_flags_clear(vma, VM_MAYWRITE);
	}
	if (vma->vm_flags & VM_EXEC)
		return -EACCES;
	vm_flags_clear(vma, VM_MAYEXEC);

	if (!dev->inode)
		dev->inode = igrab(inode);
	/* One device file is the rule; a second one could not be followed. */
	if (dev->inode != inode)
		return -EBUSY;
	if (n == MAP_REGISTERS)
		vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	return remap_pfn_range(vma, vma->vm_start,
			       info->mem[n].addr >> PAGE_SHIFT,
			       vma->vm_end - vma->vm_start, vma->vm_page_prot);
}

static void set_map(struct uio_ivshmem *dev, unsigned int n, phys_addr_t start,
		    u64 size)
{
	struct uio_mem *mem = &dev->info.mem[n];

	mem->name = maps[n].name;
	mem->addr = start;
	mem->size = size;
	mem->memtype = n == MAP_REGISTERS ? UIO_MEM_PHYS : UIO_MEM_IOVA;
}

static void set_maps(struct uio_ivshmem *dev)
{
	const struct ivshmem *shm = &dev->shm;

	set_map(dev, MAP_REGISTERS, pci_resource_start(shm->pci, 0),
		pci_resource_len(shm->pci, 0));
	set_map(dev, MAP_STATE, shm->base, shm->state_size);
	set_map(dev, MAP_RW, shm->base + shm->state_size, shm->rw_size);
	set_map(dev, MAP_OUTPUTS, ivshmem_output(shm, 0),
		shm->peers * shm->output_size);
	set_map(dev, MAP_OWN_OUTPUT, ivshmem_output(shm, shm->id),
		shm->output_size);
}

static int request_irqs(struct uio_ivshmem *dev)
{
	struct pci_dev *pci = dev->shm.pci;
	int n, err;

	dev->vectors =
		pci_alloc_irq_vectors(pci, 1, MAX_VECTORS, PCI_IRQ_ALL_TYPES);
	if (dev->vectors < 0) {
		pci_err(pci, "no interrupt can be had: error %d\n",
			dev->vectors);
		return dev->vectors;
	}
	for (n = 0; n < dev->vectors; n++) {
		err = request_irq(pci_irq_vector(pci, n), handle_irq,
				  IRQF_SHARED, "uio_ivshmem", dev);
		if (err)
			goto free;
	}
	return 0;

free:
	while (n-- > 0)
		free_irq(pci_irq_vector(pci, n), dev);
	pci_free_irq_vectors(pci);
	return err;
}

static void free_irqs(struct uio_ivshmem *dev)
{
	int n;

	for (n = 0; n < dev->vectors; n++)
		free_irq(pci_irq_vector(dev->shm.pci, n), dev);
	pci_free_irq_vectors(dev->shm.pci);
}

/* Protocol 0 and those that are for users' own. That of a device is the lower
 * half of its class. */
static bool is_ours(const struct pci_dev *pci)
{
	unsigned int protocol = pci->class & 0xffff;

	return protocol == 0 || (protocol >= 0x4000 && protocol <= 0x7fff);
}

/* Others by new_id: "110a 4106 110a 4106 ffc002 ffffff" takes the back end of a
 * virtio block device. */
static const struct pci_device_id ids[] = {
	{ PCI_DEVICE(IVSHMEM_VENDOR, IVSHMEM_DEVICE), .class = 0xff0000,
	  .class_mask = 0xff0000 },
	{},
};
MODULE_DEVICE_TABLE(pci, ids);

static int probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct uio_ivshmem *dev;
	int err;

	/* Of others only what the user named */
	if (id == ids && !is_ours(pci))
		return -ENODEV;

	dev = devm_kzalloc(&pci->dev, sizeof(*dev), GFP_KERNEL);
	if (!dev)
		return -ENOMEM;
	err = ivshmem_open(&dev->shm, pci);
	if (err)
		return err;
	ivshmem_set_one_shot(&dev->shm, true);
	set_maps(dev);
	dev->info.name = "uio_ivshmem";
	dev->info.version = "2";
	dev->info.priv = dev;
	dev->info.irq = UIO_IRQ_CUSTOM;
	dev->info.irqcontrol = control_irq;
	dev->info.release = release;
	dev->info.mmap = map;

	err = request_irqs(dev);
	if (err)
		return err;
	err = uio_register_device(&pci->dev, &dev->info);
	if (err) {
		free_irqs(dev);
		return err;
	}
	pci_set_drvdata(pci, dev);
	return 0;
}

static void remove(struct pci_dev *pci)
{
	struct uio_ivshmem *dev = pci_get_drvdata(pci);

	writel(0, dev->shm.regs + IVSHMEM_INT_CTRL);
	writel(0, dev->shm.regs + IVSHMEM_STATE);
	/* A handler must not find the device of the UIO core gone. */
	free_irqs(dev);
	uio_unregister_device(&dev->info);
	/* Behind registers of a device that is gone there may be nothing that
	 * answers: whoever still has them mapped gets SIGBUS instead. */
	if (dev->inode) {
		unmap_mapping_range(dev->inode->i_mapping, 0, 0, 1);
		iput(dev->inode);
	}
}

static struct pci_driver uio_ivshmem_driver = {
	.name = "uio_ivshmem",
	.id_table = ids,
	.probe = probe,
	.remove = remove,
};
module_pci_driver(uio_ivshmem_driver);

MODULE_DESCRIPTION("ivshmem devices for user space");
MODULE_LICENSE("GPL");
