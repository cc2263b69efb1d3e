/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The functions behind the rules of group V, which are in rules_virtual.c, and
 * what they ask of ivshmem devices. A device with N peers has N + 2 memory
 * regions: state table, read/write section, and N output sections. Devices of
 * all cells that have the same bdf are ends of one link.
 */
#ifndef JHCFG_CHECK_SHMEM_H
#define JHCFG_CHECK_SHMEM_H

#include "check/rule.h"

#define VIRTUAL_RULE(name)                                                     \
	void virtual_check_##name(struct check *check,                         \
				  const struct check_cell *cell);
#define VIRTUAL_FIX(name) int virtual_fix_##name(struct fix *fix);

/* virtual_ends.c: ends of a link, compared */
VIRTUAL_RULE(ids)
VIRTUAL_FIX(ids)
VIRTUAL_RULE(protocol)
VIRTUAL_FIX(protocol)
VIRTUAL_RULE(memory)
VIRTUAL_FIX(memory)
VIRTUAL_RULE(rootshared)
VIRTUAL_FIX(rootshared)

/* virtual_regions.c: the regions of one end */
VIRTUAL_RULE(indices)
VIRTUAL_FIX(indices)
VIRTUAL_RULE(rights)
VIRTUAL_FIX(rights)
VIRTUAL_RULE(layout)
VIRTUAL_FIX(layout)

/* virtual_lines.c: interrupts */
VIRTUAL_RULE(line)
VIRTUAL_FIX(line)
VIRTUAL_RULE(sharing)
VIRTUAL_FIX(sharing)

/* virtual_host.c: the virtual host bridge, and Linux */
VIRTUAL_RULE(window)
VIRTUAL_FIX(window)
VIRTUAL_RULE(clash)
VIRTUAL_FIX(clash)
VIRTUAL_RULE(kernel)
VIRTUAL_RULE(network)

#undef VIRTUAL_RULE
#undef VIRTUAL_FIX

/* Regions of a device, counted from shmem_regions_start. */
#define SHMEM_STATE	   0U
#define SHMEM_RW	   1U
#define SHMEM_FIRST_OUTPUT 2U

/* One end of a link: a device of a cell. */
struct shmem_end {
	const struct check_cell *cell;
	size_t index; /* of the PCI device */
	const struct jhcfg_pci_device *device;
};

/* The ends of the cells that are judged; by bdf, then by cell. */
struct shmem_index {
	struct shmem_end *ends;
	size_t count;
};

/* 0 or -ENOMEM. */
int shmem_index_make(const struct check *check, struct shmem_index *index);
void shmem_index_clear(struct shmem_index *index);

/* One that has regions and peers: up to revision 11 there were none. */
bool shmem_is_end(const struct jhcfg_pci_device *device);

/* Number of its regions. */
size_t shmem_num_regions(const struct jhcfg_pci_device *device);
/* They are all there. */
bool shmem_fits(const struct check_cell *cell,
		const struct jhcfg_pci_device *device);
/* Device @index and its regions are the cell's own, not those of links. */
bool shmem_is_own(const struct check_cell *cell, size_t index);
/* Region @n of the device, NULL if it is not there. */
const struct jhcfg_memory *shmem_region(const struct check_cell *cell,
					const struct jhcfg_pci_device *device,
					size_t n);

/* Access flags that the regions of peer @id have. */
uint64_t shmem_rights(size_t n, uint8_t id);

/* The SPI of INTx, which follows from the slot. */
uint64_t shmem_line(const struct check_cell *cell,
		    const struct jhcfg_pci_device *device);
bool shmem_uses_line(const struct check *check,
		     const struct jhcfg_pci_device *device);

/* The other end of the same link that a fix-it takes as right: the first that
 * is not @except, and whose regions are there. False: there is none. */
bool shmem_other_end(const struct shmem_index *index,
		     const struct shmem_end *except, struct shmem_end *other);

/*
 * Gives PCI device @index as many peers as @model has, and regions of the same
 * addresses and sizes, with the rights of its own id, one behind the other from
 * @virt on. Regions are added and removed behind those that it has, which must
 * be there.
 */
int shmem_sync(struct jhcfg_config *config, size_t index,
	       const struct shmem_end *model, uint64_t virt);

#endif
