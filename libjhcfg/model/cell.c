// SPDX-License-Identifier: LGPL-2.1-or-later
/* The public view of a cell. */
#include "model/private.h"

const char *jhcfg_cell_name(const struct jhcfg_cell *cell)
{
	return cell->name;
}

uint32_t jhcfg_cell_flags(const struct jhcfg_cell *cell)
{
	return cell->flags;
}

const struct jhcfg_console *jhcfg_cell_console(const struct jhcfg_cell *cell)
{
	return &cell->console;
}

uint64_t jhcfg_cell_reset_address(const struct jhcfg_cell *cell)
{
	return cell->reset_address;
}

uint64_t jhcfg_cell_msg_reply_timeout(const struct jhcfg_cell *cell)
{
	return cell->msg_reply_timeout;
}

uint32_t jhcfg_cell_vpci_irq_base(const struct jhcfg_cell *cell)
{
	return cell->vpci_irq_base;
}

uint32_t jhcfg_cell_id(const struct jhcfg_cell *cell)
{
	return cell->id;
}

bool jhcfg_cell_has_cpu(const struct jhcfg_cell *cell, unsigned int cpu)
{
	return jhcfg_cpu_set_has(&cell->cpus, cpu);
}

unsigned int jhcfg_cell_num_cpus(const struct jhcfg_cell *cell)
{
	unsigned int count = 0;

	for (size_t n = 0; n < cell->cpus.size; n++)
		count += (unsigned int)__builtin_popcount(cell->cpus.bytes[n]);
	return count;
}

/* One pair of accessors for each list: they differ in type only. */
#define LIST_ACCESSORS(id, type, member, count_name, get_name)                 \
	size_t count_name(const struct jhcfg_cell *cell)                       \
	{                                                                      \
		return cell->lists[id].count;                                  \
	}                                                                      \
                                                                               \
	const type *get_name(const struct jhcfg_cell *cell, size_t index)      \
	{                                                                      \
		const struct jhcfg_list *list = &cell->lists[id];              \
                                                                               \
		return index < list->count ? &list->items[index].value.member  \
					   : NULL;                             \
	}

LIST_ACCESSORS(JHCFG_LIST_MEMORY, struct jhcfg_memory, memory,
	       jhcfg_cell_num_memory, jhcfg_cell_memory)
LIST_ACCESSORS(JHCFG_LIST_CACHE, struct jhcfg_cache, cache,
	       jhcfg_cell_num_cache, jhcfg_cell_cache)
LIST_ACCESSORS(JHCFG_LIST_IRQCHIPS, struct jhcfg_irqchip, irqchip,
	       jhcfg_cell_num_irqchips, jhcfg_cell_irqchip)
LIST_ACCESSORS(JHCFG_LIST_PIO, struct jhcfg_pio, pio, jhcfg_cell_num_pio,
	       jhcfg_cell_pio)
LIST_ACCESSORS(JHCFG_LIST_PCI_DEVICES, struct jhcfg_pci_device, pci_device,
	       jhcfg_cell_num_pci_devices, jhcfg_cell_pci_device)
LIST_ACCESSORS(JHCFG_LIST_PCI_CAPS, struct jhcfg_pci_cap, pci_cap,
	       jhcfg_cell_num_pci_caps, jhcfg_cell_pci_cap)
LIST_ACCESSORS(JHCFG_LIST_STREAM_IDS, struct jhcfg_stream_id, stream_id,
	       jhcfg_cell_num_stream_ids, jhcfg_cell_stream_id)
LIST_ACCESSORS(JHCFG_LIST_REGMAPS, struct jhcfg_regmap, regmap,
	       jhcfg_cell_num_regmaps, jhcfg_cell_regmap)
LIST_ACCESSORS(JHCFG_LIST_CPU_IDS, struct jhcfg_cpu_id, cpu_id,
	       jhcfg_cell_num_cpu_ids, jhcfg_cell_cpu_id)
