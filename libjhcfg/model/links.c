// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Derived ends of links. A device with N peers has N + 2 memory regions one
 * behind the other: state table, read/write section, output section of each
 * peer; the cell may write its own output section and the common one.
 */
#include "model/links.h"

#include <jailhouse/cell-config.h>

#define FIRST_SPI 32u
#define LAST_SPI  1019u
#define VIRTIO_ROLE                                                            \
	(JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT ^ JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK)

uint64_t jhcfg_link_size(const struct jhcfg_link *link)
{
	return link->state_size + link->rw_size +
	       link->num_peers * link->output_size;
}

static int add_region(struct jhcfg_config *config, uint64_t *address,
		      uint64_t size, uint64_t flags)
{
	struct jhcfg_memory memory = {
		.phys_start = size ? *address : 0,
		.virt_start = size ? *address : 0,
		.size = size,
		.flags = size ? flags | JAILHOUSE_MEM_ROOTSHARED : 0,
	};

	*address += size;
	return jhcfg_config_insert_memory(config, SIZE_MAX, &memory);
}

static int add_regions(struct jhcfg_config *config,
		       const struct jhcfg_link *link, unsigned int id)
{
	uint64_t address = link->base;
	int err;

	err = add_region(config, &address, link->state_size,
			 JAILHOUSE_MEM_READ);
	if (!err)
		err = add_region(config, &address, link->rw_size,
				 JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE);
	for (unsigned int n = 0; !err && n < link->num_peers; n++)
		err = add_region(config, &address, link->output_size,
				 n == id ? JAILHOUSE_MEM_READ |
						   JAILHOUSE_MEM_WRITE
					 : JAILHOUSE_MEM_READ);
	return err;
}

/* Virtio has a front end, peer 0 by its number, and a back end. */
static uint16_t protocol_of(const struct jhcfg_link *link, unsigned int id)
{
	bool swap = id && link->protocol >= JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT;

	return (uint16_t)(swap ? link->protocol ^ VIRTIO_ROLE : link->protocol);
}

static int add_device(struct jhcfg_config *config, uint16_t domain,
		      const struct jhcfg_link *link, unsigned int id)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	struct jhcfg_pci_device device = {
		.type = JAILHOUSE_PCI_TYPE_IVSHMEM,
		.domain = domain,
		.bdf = link->bdf,
		.bar_mask = { 0xfffff000,
			      link->num_msix_vectors ? 0xfffff000 : 0 },
		.num_msix_vectors = link->num_msix_vectors,
		.shmem_regions_start = (uint32_t)jhcfg_cell_num_memory(cell),
		.shmem_dev_id = (uint8_t)id,
		.shmem_peers = (uint8_t)link->num_peers,
		.shmem_protocol = protocol_of(link, id),
	};

	return jhcfg_config_insert_pci_device(config, SIZE_MAX, &device);
}

/* The line that INTx of the device takes: pin A to D by its slot. One that does
 * not exist is left to those who judge the cell. */
static int add_line(struct jhcfg_config *config, uint64_t gicd,
		    const struct jhcfg_link *link)
{
	uint32_t base = jhcfg_cell_vpci_irq_base(jhcfg_config_cell(config));
	uint64_t line = (uint64_t)FIRST_SPI + base + (link->bdf >> 3 & 3u);

	if (link->num_msix_vectors || !gicd || line > LAST_SPI)
		return 0;
	return jhcfg_config_add_irq(config, gicd, (uint32_t)line);
}

static int apply(struct jhcfg_config *config,
		 const struct jhcfg_platform *platform,
		 const struct jhcfg_link *link, unsigned int id)
{
	int err = add_device(config, platform->pci_domain, link, id);

	if (!err)
		err = add_regions(config, link, id);
	if (!err)
		err = add_line(config, platform->gicd_base, link);
	return err;
}

struct jhcfg_config *jhcfg_links_apply(const struct jhcfg_state *state,
				       size_t cell)
{
	const struct jhcfg_state_cell *from = jhcfg_state_cell(state, cell);
	const struct jhcfg_platform *platform = jhcfg_system_platform(
		jhcfg_config_system(jhcfg_state_cell(state, 0)->config));
	struct jhcfg_config *config = jhcfg_config_copy(from->config);
	int err = config ? 0 : -1;

	for (size_t n = 0; !err && n < state->lists[JHCFG_STATE_LINKS].count;
	     n++) {
		const struct jhcfg_link *link = jhcfg_state_link(state, n);

		for (unsigned int id = 0; !err && id < link->num_peers; id++)
			if (link->peers[id] == from->key)
				err = apply(config, platform, link, id);
	}
	if (err) {
		jhcfg_config_free(config);
		return NULL;
	}
	return config;
}
