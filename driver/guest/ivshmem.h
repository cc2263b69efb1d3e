/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An ivshmem device, version 2, as its drivers see it: one page of registers,
 * and shared memory whose place and shape a vendor capability tells.
 * Modules that are loaded apart share this, so that it is all inline.
 */
#ifndef JH_GUEST_IVSHMEM_H
#define JH_GUEST_IVSHMEM_H

#include <linux/io.h>
#include <linux/overflow.h>
#include <linux/pci.h>

#define IVSHMEM_VENDOR 0x110a
#define IVSHMEM_DEVICE 0x4106

/* Registers in BAR 0, 32 bits each */
#define IVSHMEM_ID	  0x00
#define IVSHMEM_MAX_PEERS 0x04
#define IVSHMEM_INT_CTRL  0x08
#define IVSHMEM_DOORBELL  0x0c /* peer << 16 | vector */
#define IVSHMEM_STATE	  0x10

/* In the vendor capability, from its start */
#define IVSHMEM_CAP_LENGTH  0x02
#define IVSHMEM_CAP_CONTROL 0x03
#define IVSHMEM_CAP_STATE   0x04
#define IVSHMEM_CAP_RW	    0x08
#define IVSHMEM_CAP_OUTPUT  0x10
#define IVSHMEM_CAP_ADDRESS 0x18 /* if there is no BAR 2 */
#define IVSHMEM_CAP_SIZE    0x20

#define IVSHMEM_ONE_SHOT 0x01 /* in the control byte */

struct ivshmem {
	struct pci_dev *pci;
	void __iomem *regs;
	int cap;
	u32 id, peers;
	/* State table, read/write section, output section of each peer */
	phys_addr_t base;
	u64 state_size, rw_size, output_size;
};

static inline u64 ivshmem_read_cap64(const struct ivshmem *shm, int offset)
{
	u32 low = 0, high = 0;

	pci_read_config_dword(shm->pci, shm->cap + offset, &low);
	pci_read_config_dword(shm->pci, shm->cap + offset + 4, &high);
	return (u64)high << 32 | low;
}

/* Where the output section of this peer starts */
static inline phys_addr_t ivshmem_output(const struct ivshmem *shm, u32 peer)
{
	return shm->base + shm->state_size + shm->rw_size +
	       peer * shm->output_size;
}

/* Bytes of all sections; 0 if that is more than an address can say. */
static inline u64 ivshmem_total(const struct ivshmem *shm)
{
	u64 total, end;

	if (check_mul_overflow(shm->output_size, (u64)shm->peers, &total) ||
	    check_add_overflow(total, shm->rw_size, &total) ||
	    check_add_overflow(total, shm->state_size, &total) ||
	    check_add_overflow(total, (u64)shm->base, &end))
		return 0;
	return total;
}

static inline int ivshmem_read_layout(struct ivshmem *shm)
{
	u32 state_size = 0;
	u8 length = 0;

	shm->cap = pci_find_capability(shm->pci, PCI_CAP_ID_VNDR);
	if (!shm->cap)
		return -ENODEV;
	pci_read_config_byte(shm->pci, shm->cap + IVSHMEM_CAP_LENGTH, &length);
	pci_read_config_dword(shm->pci, shm->cap + IVSHMEM_CAP_STATE,
			      &state_size);
	if (length < IVSHMEM_CAP_ADDRESS)
		return -ENODEV;
	shm->state_size = state_size;
	shm->rw_size = ivshmem_read_cap64(shm, IVSHMEM_CAP_RW);
	shm->output_size = ivshmem_read_cap64(shm, IVSHMEM_CAP_OUTPUT);
	shm->base = length < IVSHMEM_CAP_SIZE
			    ? pci_resource_start(shm->pci, 2)
			    : ivshmem_read_cap64(shm, IVSHMEM_CAP_ADDRESS);
	return 0;
}

/*
 * Enables the device and finds out about it; all is undone when the driver
 * leaves. Its regions are not requested: they may lie inside of one that
 * another driver has (QEMU: the GIC's).
 */
static inline int ivshmem_open(struct ivshmem *shm, struct pci_dev *pci)
{
	int err = pcim_enable_device(pci);

	if (err)
		return err;
	shm->pci = pci;
	err = ivshmem_read_layout(shm);
	if (err) {
		pci_err(pci, "no ivshmem capability\n");
		return err;
	}
	shm->regs = pcim_iomap(pci, 0, 0);
	if (!shm->regs)
		return -ENOMEM;
	shm->id = readl(shm->regs + IVSHMEM_ID);
	shm->peers = readl(shm->regs + IVSHMEM_MAX_PEERS);
	if (shm->id >= shm->peers || !ivshmem_total(shm) ||
	    shm->state_size / sizeof(u32) < shm->peers) {
		pci_err(pci, "peer %u of %u: sections make no sense\n", shm->id,
			shm->peers);
		return -EINVAL;
	}
	writel(0, shm->regs + IVSHMEM_INT_CTRL);
	/* MSI-X messages are writes on the bus. */
	pci_set_master(pci);
	return 0;
}

/* Interrupts once, then only when it is told to again; or always. */
static inline void ivshmem_set_one_shot(struct ivshmem *shm, bool on)
{
	pci_write_config_byte(shm->pci, shm->cap + IVSHMEM_CAP_CONTROL,
			      on ? IVSHMEM_ONE_SHOT : 0);
}

#endif
