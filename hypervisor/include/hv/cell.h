/* SPDX-License-Identifier: GPL-2.0-only */
/* Cells and what belongs to each. */
#ifndef HV_CELL_H
#define HV_CELL_H

#include <jailhouse/cell-config.h>
#include <jailhouse/comm-region.h>
#include <hv/console.h>
#include <hv/cpu_set.h>
#include <hv/mmio.h>
#include <hv/paging.h>

#define CELL_IRQ_WORDS	  32U	   /* INTIDs 0 to 1023 */
#define CELL_CONFIG_LIMIT 0x10000U /* bytes, incl. the offset in its page */

struct arch_cell;
struct pci_device;

typedef long (*hypercall_handler)(u64 arg1, u64 arg2);

/*
 * Everything is written with the CPUs of the cell and all other root CPUs
 * stopped (during a management call), and read freely, except where noted.
 */
struct cell {
	struct cell *next; /* ascending order of creation, root first */
	struct arch_cell *arch;

	const struct jailhouse_cell_desc *config; /* own copy */
	u32 config_size;			  /* bytes of it that count */
	u32 id;

	struct cpu_set cpus;
	/* The page that the cell sees as its communication region, NULL for
	 * the root; the cell may write it at any time. */
	struct jailhouse_comm_region *comm;
	bool loadable; /* root may write the LOADABLE regions */
	/* It has shut itself down: its CPUs stay off until the next start.
	 * Written by a CPU of the cell before it takes their locks. */
	bool powered_off;

	const hypercall_handler *hypercalls; /* hypercalls_of() it */
	struct mmio_map mmio;
	struct pt_space memory; /* second stage: guest-physical to physical */

	/* Interrupts that the cell owns, by INTID; PPIs and SGIs not included
	 * (ARM). */
	u32 irqs[CELL_IRQ_WORDS];

	/* PCI functions, sorted by bdf */
	struct pci_device *pci;
	u32 num_pci;

	struct cell_console *console; /* NULL: not permitted */

	/* printk_guest() */
	u64 message_time; /* ticks, when the budget was last refilled */
	u32 message_budget;
	u32 messages_dropped;
};

/* Guards the list of cells against CPUs that nobody stops while other cells
 * come and go, those of cells: they walk it under this lock. CPUs of the root
 * need not. */
extern spinlock_t cell_list_lock;

extern struct cell root_cell;
extern unsigned long num_cells;
extern const struct jailhouse_system *system_config;

#define for_each_cell(cell)                                                    \
	for ((cell) = &root_cell; (cell); (cell) = (cell)->next)
#define for_each_non_root_cell(cell)                                           \
	for ((cell) = root_cell.next; (cell); (cell) = (cell)->next)
#define for_each_mem_region(mem, config, n)                                    \
	for ((mem) = jailhouse_cell_mem_regions(config), (n) = 0;              \
	     (n) < (config)->num_memory_regions; (mem)++, (n)++)

/* The cell with this id, or NULL. */
struct cell *cell_find(u32 id);

/* Value of cell_state in its communication region as the hypervisor reports
 * it; -EINVAL if the cell wrote an undefined one. The root is RUNNING. */
int cell_state(const struct cell *cell);

/*
 * Management calls of the root, on one of its CPUs. They validate everything,
 * stop the other root CPUs meanwhile, and either do all or nothing.
 * Return 0 or a negated errno as the hypercalls document.
 */
int cell_create(u64 config_gpa);
int cell_start(u32 id);
int cell_set_loadable(u32 id);
int cell_destroy(u32 id);

/* Builds the root cell from the system configuration, on the first CPU. */
int root_cell_init(void);

/* A CPU of this cell failed: when it was the last one, the cell is FAILED. */
void cell_cpu_failed(struct cell *cell);

/* Stops the CPUs of a cell that asked for it (PSCI SYSTEM_OFF): state
 * SHUT_DOWN. Called on one of its CPUs, which stops too when it returns from
 * the trap. */
void cell_shut_down_self(struct cell *cell);

/* --- core/cell_memory.c ------------------------------------------------ */

/* Maps the region into the cell, as memory, communication page or sub-page
 * windows. */
int cell_map_region(struct cell *cell, const struct jailhouse_memory *mem);
int cell_unmap_region(struct cell *cell, const struct jailhouse_memory *mem);

/* Takes the physical range away from the root, or gives back what the root's
 * own configuration covers of it, with the root's flags. */
int root_unmap_range(phys_t phys, u64 size);
int root_map_range(phys_t phys, u64 size);
/* Opens a LOADABLE region to the root, or closes it. */
int root_map_loadable(const struct jailhouse_memory *mem);
int root_unmap_loadable(const struct jailhouse_memory *mem);

/* Physical address of a page of plain RAM that the root itself may use (its
 * own configured RAM, not hypervisor memory, not a cell's), else
 * PHYS_INVALID. */
phys_t root_gpa_to_phys(u64 gpa, bool write);

#endif
