// SPDX-License-Identifier: GPL-2.0-only
/* What moves between the root and a cell: interrupts, CPUs, memory. */
#include <hv/arch.h>
#include <hv/printk.h>
#include <hv/string.h>

#include "cell_parts.h"

void cell_read_irqs(struct cell *cell)
{
	const struct jailhouse_irqchip *chip =
		jailhouse_cell_irqchips(cell->config);

	for (unsigned int n = 0; n < cell->config->num_irqchips; n++, chip++) {
		unsigned int word = chip->pin_base / 32;

		/* The validator has seen to address and base. */
		for (unsigned int i = 0; i < 4 && word + i < CELL_IRQ_WORDS;
		     i++)
			cell->irqs[word + i] |= chip->pin_bitmap[i];
	}
	/* SGIs and PPIs belong to each CPU, not to cells. */
	cell->irqs[0] = 0;
}

void cell_move_irqs(struct cell *cell, bool to_root)
{
	const struct jailhouse_irqchip *chip =
		jailhouse_cell_irqchips(root_cell.config);

	if (!to_root) {
		for (unsigned int n = 0; n < CELL_IRQ_WORDS; n++)
			root_cell.irqs[n] &= ~cell->irqs[n];
		return;
	}
	for (unsigned int n = 0; n < root_cell.config->num_irqchips;
	     n++, chip++)
		for (unsigned int i = 0; i < 4; i++) {
			unsigned int word = chip->pin_base / 32 + i;

			if (word > 0 && word < CELL_IRQ_WORDS)
				root_cell.irqs[word] |=
					cell->irqs[word] & chip->pin_bitmap[i];
		}
}

void cell_move_cpus(struct cell *to, struct cell *from,
		    const struct cpu_set *set)
{
	unsigned int id;

	for_each_cpu (id, set) {
		struct cpu *cpu = cpu_at(id);

		cpu_set_off(cpu);
		cpu_set_remove(&from->cpus, id);
		cpu_set_add(&to->cpus, id);
		cpu->cell = to;
		memset(cpu->stat, 0, sizeof(cpu->stat));
		arch_cpu_cell_changed(cpu);
	}
}

static bool exclusive(const struct jailhouse_memory *mem)
{
	return !(mem->flags &
		 (JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_ROOTSHARED));
}

int cell_map_all_regions(struct cell *cell)
{
	const struct jailhouse_memory *mem;
	unsigned int n;
	int err;

	for_each_mem_region (mem, cell->config, n) {
		err = cell_map_region(cell, mem);
		if (err) {
			printk("Out of memory for region %u of cell \"%s\"\n",
			       n, cell->config->name);
			return err;
		}
	}
	return 0;
}

int cell_take_memory(const struct cell *cell)
{
	const struct jailhouse_memory *mem;
	unsigned int n;
	int err;

	for_each_mem_region (mem, cell->config, n) {
		if (!exclusive(mem))
			continue;
		err = root_unmap_range(mem->phys_start, mem->size);
		if (err)
			return err;
	}
	return 0;
}

void cell_return_memory(const struct cell *cell)
{
	const struct jailhouse_memory *mem;
	unsigned int n;

	for_each_mem_region (mem, cell->config, n) {
		if (!exclusive(mem))
			continue;
		if (root_map_range(mem->phys_start, mem->size))
			printk("Region %u of cell \"%s\" could not be returned "
			       "to the root\n",
			       n, cell->config->name);
	}
}

void cell_trim_root_tables(const struct cell *cell)
{
	const struct jailhouse_memory *mem;
	unsigned int n;

	for_each_mem_region (mem, cell->config, n)
		if (mem->flags & JAILHOUSE_MEM_LOADABLE)
			paging_trim(&root_cell.memory, mem->phys_start,
				    mem->size);
}

int cell_open_loadable(struct cell *cell, bool loadable)
{
	const struct jailhouse_memory *mem;
	unsigned int n;
	int err;

	for_each_mem_region (mem, cell->config, n) {
		if (!(mem->flags & JAILHOUSE_MEM_LOADABLE) || !exclusive(mem) ||
		    JAILHOUSE_MEMORY_IS_SUBPAGE(mem) || !mem->size)
			continue;
		err = loadable ? root_map_loadable(mem)
			       : root_unmap_loadable(mem);
		if (err)
			return err;
	}
	return 0;
}
