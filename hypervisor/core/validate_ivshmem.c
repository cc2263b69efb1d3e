/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Judging ivshmem devices: the end that a configuration holds, and whether it
 * fits the ends that other cells have. Regions of a device, from
 * shmem_regions_start on: state table, read/write section, then the output
 * section of each peer.
 */
#include "validate_pci.h"

#define STATE_TABLE  0U
#define RW_SECTION   1U
#define FIRST_OUTPUT 2U

#define MAX_PEERS   12U
#define MAX_VECTORS 16U

#define LAST_SPI 1019U

/* Virtio ends are a pair: VIRTIO_FRONT + n and VIRTIO_BACK + n. */
#define VIRTIO_ROLE                                                            \
	(JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT ^ JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK)

static const struct jailhouse_memory *shmem_regions(
	const struct jailhouse_cell_desc *config,
	const struct jailhouse_pci_device *device)
{
	return jailhouse_cell_mem_regions(config) + device->shmem_regions_start;
}

static u32 num_regions(const struct jailhouse_pci_device *device)
{
	return FIRST_OUTPUT + device->shmem_peers;
}

static int judge_numbers(struct judge *judge,
			 const struct jailhouse_pci_device *device)
{
	/* 64 bits, since the start may be anything */
	u64 end = (u64)device->shmem_regions_start + num_regions(device);

	if (!device->shmem_peers || device->shmem_peers > MAX_PEERS)
		return judge_refuse(judge, -EINVAL, "%u peers, not 1 to %u",
				    device->shmem_peers, MAX_PEERS);
	if (device->shmem_dev_id >= MAX_PEERS)
		return judge_refuse(judge, -EINVAL, "own id %u, not 0 to %u",
				    device->shmem_dev_id, MAX_PEERS - 1);
	if (end > judge->config->num_memory_regions)
		return judge_refuse(judge, -EINVAL,
				    "needs memory regions up to %llu, there "
				    "are %u",
				    end - 1, judge->config->num_memory_regions);
	if (device->num_msix_vectors > MAX_VECTORS)
		return judge_refuse(judge, -EINVAL,
				    "%u vectors, %u are possible",
				    device->num_msix_vectors, MAX_VECTORS);
	return 0;
}

static int judge_state_table(struct judge *judge,
			     const struct jailhouse_pci_device *device,
			     const struct jailhouse_memory *mem)
{
	if (mem->size < PAGE_SIZE || JAILHOUSE_MEMORY_IS_SUBPAGE(mem) ||
	    (mem->flags & JAILHOUSE_MEM_COMM_REGION))
		return judge_refuse(judge, -EINVAL,
				    "state table, memory region %u, is not of "
				    "whole pages of memory",
				    device->shmem_regions_start);
	return 0;
}

/* What a peer may write is its own output section and the common one. */
static bool rights_fit(const struct jailhouse_pci_device *device, u32 n,
		       const struct jailhouse_memory *mem)
{
	bool writable = mem->flags & JAILHOUSE_MEM_WRITE;

	return !mem->size || n == RW_SECTION ||
	       writable == (n == FIRST_OUTPUT + device->shmem_dev_id);
}

static void warn_layout(struct judge *judge,
			const struct jailhouse_pci_device *device,
			const struct jailhouse_memory *mem)
{
	u64 output_size = mem[FIRST_OUTPUT].size;
	u64 expected = mem[STATE_TABLE].virt_start;

	if (device->shmem_dev_id >= device->shmem_peers)
		judge_warn(judge, WARN_SHMEM_ID,
			   "own id %u, but the link has %u peers",
			   device->shmem_dev_id, device->shmem_peers);
	for (u32 n = 0; n < num_regions(device); n++) {
		u32 region = device->shmem_regions_start + n;

		if (mem[n].size && mem[n].virt_start != expected)
			judge_warn(judge, WARN_SHMEM_LAYOUT,
				   "memory region %u does not follow its "
				   "predecessor: the guest expects 0x%llx",
				   region, expected);
		if (n > FIRST_OUTPUT && mem[n].size != output_size)
			judge_warn(judge, WARN_SHMEM_LAYOUT,
				   "memory region %u has not the size of the "
				   "first output section",
				   region);
		if (!rights_fit(device, n, &mem[n]))
			judge_warn(judge, WARN_SHMEM_RIGHTS,
				   "memory region %u: a peer should write its "
				   "own output section, and no state table",
				   region);
		expected += mem[n].size;
	}
}

static bool owns_intid(const struct jailhouse_cell_desc *config, u64 intid)
{
	const struct jailhouse_irqchip *chip = jailhouse_cell_irqchips(config);

	for (u32 n = 0; n < config->num_irqchips; n++, chip++) {
		u64 pin = intid - chip->pin_base;

		if (pin < 128 && (chip->pin_bitmap[pin / 32] >> pin % 32 & 1))
			return true;
	}
	return false;
}

/* ARM: pin A to D of the virtual host bridge are four SPIs in a row. */
static int judge_intx(struct judge *judge,
		      const struct jailhouse_pci_device *device)
{
	u64 base = 32ULL + judge->config->vpci_irq_base;
	u64 intid = base + (device->bdf >> 3 & 3);

	if (!is_arm(judge) || device->num_msix_vectors)
		return 0;
	if (intid > LAST_SPI)
		return judge_refuse(judge, -EINVAL,
				    "vpci_irq_base %u: INTID %llu is beyond "
				    "the last SPI",
				    judge->config->vpci_irq_base, intid);
	if (!owns_intid(judge->config, intid))
		judge_warn(judge, WARN_SHMEM_IRQ,
			   "interrupts as INTID %llu, which the cell does not "
			   "own",
			   intid);
	return 0;
}

static int refuse_end(const struct judge *judge, const struct cell *cell,
		      const char *what)
{
	return judge_refuse(judge, -EINVAL,
			    "ivshmem link with cell \"%s\": %s differ between "
			    "the ends",
			    cell->config->name, what);
}

static bool protocols_fit(u16 a, u16 b)
{
	if (a >= JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT)
		return a == (b ^ VIRTIO_ROLE);
	return a == b;
}

static int judge_regions_of_ends(struct judge *judge,
				 const struct jailhouse_pci_device *device,
				 const struct cell *cell,
				 const struct jailhouse_pci_device *other)
{
	const struct jailhouse_memory *a = shmem_regions(judge->config, device);
	const struct jailhouse_memory *b = shmem_regions(cell->config, other);

	for (u32 n = 0; n < num_regions(device); n++) {
		if (a[n].size != b[n].size)
			return refuse_end(judge, cell, "sizes of the memory");
		if (a[n].size && a[n].phys_start != b[n].phys_start)
			return refuse_end(judge, cell,
					  "addresses of the memory");
	}
	return 0;
}

/* Links are made by equal bdf; the domain does not count. */
static int judge_other_end(struct judge *judge,
			   const struct jailhouse_pci_device *device,
			   const struct cell *cell)
{
	const struct jailhouse_pci_device *other =
		find_pci_device(cell->config, device->bdf, true);

	if (!other)
		return 0;
	if (device->shmem_peers != other->shmem_peers)
		return refuse_end(judge, cell, "numbers of peers");
	if (device->shmem_dev_id == other->shmem_dev_id)
		return judge_refuse(judge, -EBUSY,
				    "ivshmem id %u is taken by cell \"%s\"",
				    device->shmem_dev_id, cell->config->name);
	if (!protocols_fit(device->shmem_protocol, other->shmem_protocol))
		return refuse_end(judge, cell, "protocols");
	return judge_regions_of_ends(judge, device, cell, other);
}

int judge_ivshmem(struct judge *judge,
		  const struct jailhouse_pci_device *device)
{
	const struct jailhouse_memory *mem;
	const struct cell *cell;
	int err = judge_numbers(judge, device);

	if (err)
		return err;
	mem = shmem_regions(judge->config, device);
	err = judge_state_table(judge, device, mem);
	if (!err)
		err = judge_intx(judge, device);
	if (!err && judge->context->root)
		err = judge_other_end(judge, device, judge->context->root);
	for (cell = judge->context->cells; !err && cell; cell = cell->next)
		err = judge_other_end(judge, device, cell);
	if (!err)
		warn_layout(judge, device, mem);
	return err;
}
