/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Units: parts such as the interrupt controller, IOMMUs or PCI that follow
 * the life of the system and of cells. One const row each, placed into a table
 * by DEFINE_UNIT; order of calls = ascending phase, the reverse for teardown.
 */
#ifndef HV_UNIT_H
#define HV_UNIT_H

#include <hv/types.h>

struct cell;

enum unit_phase {
	UNIT_PHASE_IRQCHIP = 1,
	UNIT_PHASE_IOMMU,
	UNIT_PHASE_PCI,
	UNIT_PHASE_DEVICE,
};

/* Any hook may be NULL. */
struct unit {
	const char *name;
	enum unit_phase phase;
	/* On the first CPU, before the root cell gets its memory; undone by
	 * shutdown. */
	int (*init)(void);
	void (*shutdown)(void);
	/* Windows in the MMIO map that this unit adds to such a cell. */
	u32 (*count_windows)(const struct cell *cell);
	/* For each cell incl. the root; exit undoes init. */
	int (*cell_init)(struct cell *cell);
	void (*cell_exit)(struct cell *cell);
	/* Ownership has changed for this cell and the root: make the hardware
	 * follow. Cannot fail. */
	void (*config_commit)(struct cell *cell);
	/* Between stop and start of a cell's CPUs: drop pending state. */
	void (*cell_reset)(struct cell *cell);
};

#define DEFINE_UNIT(symbol)                                                    \
	static const struct unit symbol                                        \
		__attribute__((section(".hv_units"), used, aligned(8)))

extern const struct unit __hv_units_start[];
extern const struct unit __hv_units_end[];

int units_init(void);
void units_shutdown(void);
u32 units_count_windows(const struct cell *cell);
int units_cell_init(struct cell *cell);
void units_cell_exit(struct cell *cell);
void units_config_commit(struct cell *cell);
void units_cell_reset(struct cell *cell);

#endif
