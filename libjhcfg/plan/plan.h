/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plans while they are made. */
#ifndef JHCFG_PLAN_PLAN_H
#define JHCFG_PLAN_PLAN_H

#include <jhcfg/plan.h>

#include "model/arena.h"
#include "plan/ranges.h"

#define PLAN_PAGE_SIZE	4096ULL
#define PLAN_LARGE_PAGE (1ULL << 21)

struct jhcfg_plan {
	struct jhcfg_arena texts;
	char *name;
	const char *scenario; /* NULL: all cells */
	/* The workspace as it was, and with the operations so far: what comes
	 * next is planned on that. */
	struct jhcfg_workspace *before, *now;
	struct jhcfg_plan_op *ops;
	size_t count, capacity;
	struct jhcfg_diags *diags; /* for refusals; may be NULL */
	const char *subject;	   /* what refusals are about */
};

/* NULL without memory. */
struct jhcfg_plan *plan_new(const struct jhcfg_workspace *workspace,
			    const char *scenario, struct jhcfg_diags *diags);
/* Sets name and subject of refusals; -ENOMEM. */
int plan_set_name(struct jhcfg_plan *plan, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* A text that lives as long as the plan; "" without memory. */
const char *plan_text(struct jhcfg_plan *plan, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Appends an operation, and does it in plan->now. */
int plan_add(struct jhcfg_plan *plan, const struct jhcfg_plan_op *op,
	     const char *reason, const char *what, ...)
	__attribute__((format(printf, 4, 5)));
int plan_note(struct jhcfg_plan *plan, enum jhcfg_plan_kind kind, uint32_t cell,
	      const char *reason, const char *what, ...)
	__attribute__((format(printf, 5, 6)));
/* Adds an error to the diagnostics and returns @err. */
int plan_refuse(struct jhcfg_plan *plan, int err, const char *hint,
		const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Ends a maker: gives the plan out, or frees it if err. */
int plan_finish(struct jhcfg_plan *plan, int err, struct jhcfg_plan **result);

/* --- what is there ---------------------------------------------------------
 */

/* Refuses a scenario that is not there. */
int plan_check_scenario(struct jhcfg_plan *plan);
/* Cells that count: @index 0 is the root; 0 behind the last one. */
uint32_t plan_cell_key(const struct jhcfg_plan *plan, size_t index);
const struct jhcfg_cell *plan_cell(const struct jhcfg_plan *plan, uint32_t key);
const char *plan_cell_name(const struct jhcfg_plan *plan, uint32_t key);
/* The cell with that name, 0 without one. */
uint32_t plan_find_cell(const struct jhcfg_plan *plan, const char *name);
const struct jhcfg_board *plan_board(const struct jhcfg_plan *plan);
const struct jhcfg_system *plan_system(const struct jhcfg_plan *plan);
/* Registers of the interrupt controller that cells are given lines of. */
uint64_t plan_irqchip(const struct jhcfg_plan *plan);
bool plan_is_arm(const struct jhcfg_plan *plan);

/* Key of the cell, other than the root, that has it; 0: none. */
uint32_t plan_owner_of_cpu(const struct jhcfg_plan *plan, unsigned int cpu);
uint32_t plan_owner_of_irq(const struct jhcfg_plan *plan, uint32_t number);
uint32_t plan_owner_of_range(const struct jhcfg_plan *plan,
			     struct jhcfg_range range);

static inline bool ranges_touch(struct jhcfg_range a, struct jhcfg_range b)
{
	return a.size && b.size &&
	       (a.start >= b.start ? a.start - b.start < b.size
				   : b.start - a.start < a.size);
}

/* Physical memory of cells, links and the hypervisor; merged. */
void plan_own(const struct jhcfg_plan *plan, struct ranges *own);
/* The same with that of firmware and of the virtual PCI host. */
void plan_taken(const struct jhcfg_plan *plan, struct ranges *taken);
/* RAM; of the board, or else of the root. */
void plan_ram(const struct jhcfg_plan *plan, struct ranges *ram);
/* RAM that Linux is kept from already, maybe taken by others. */
void plan_kept(const struct jhcfg_plan *plan, struct ranges *kept);

/* What a cell has in its guest-physical addresses: its regions, and what traps
 * in each cell (interrupt controller, PCI window); not merged. */
void plan_guest_taken(const struct jhcfg_plan *plan, uint32_t cell,
		      struct ranges *taken);

/* --- parts of plans: see the makers of jhcfg/plan.h -------------------------
 */

int plan_move_cpu(struct jhcfg_plan *plan, uint32_t cell, unsigned int cpu);
/* Any @count CPUs. */
int plan_choose_cpus(struct jhcfg_plan *plan, uint32_t cell, size_t count);
int plan_assign_device(struct jhcfg_plan *plan, uint32_t cell, size_t device);
int plan_assign_pci(struct jhcfg_plan *plan, uint32_t cell, uint16_t domain,
		    uint16_t bdf);
int plan_add_memory(struct jhcfg_plan *plan, uint32_t cell,
		    const struct jhcfg_plan_memory *memory);
/* Finds @size bytes of RAM for @what; tells by a note where it has to be
 * reserved first. @avoid may be NULL. */
int plan_find_ram(struct jhcfg_plan *plan, uint32_t cell, uint64_t size,
		  const char *what, const struct ranges *avoid, uint64_t *start,
		  const char **reason);
/* Adds guest-physical addresses of the cell where something else than memory of
 * that address is: not to be used by what is mapped 1:1. */
void plan_avoid(const struct jhcfg_plan *plan, uint32_t cell,
		struct ranges *avoid);
int plan_add_link(struct jhcfg_plan *plan, uint32_t cell,
		  const struct jhcfg_plan_link *link);

#endif
