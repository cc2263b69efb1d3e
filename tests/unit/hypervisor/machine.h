/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A running machine for tests of cells: four CPUs, RAM, a UART, and up to two
 * cells whose configurations lie in the root's RAM. The test is CPU 0.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include "hv_test.h"

#include <hv/hypercall.h>
#include <hv/page_pool.h>

#define MACHINE_CPUS 4U

/* Where the root has what it hands to the hypervisor */
#define CONFIG_GPA 0x40100000ULL
#define PAGE_GPA   0x40200000ULL
/* RAM for cells */
#define CELL_RAM_PHYS  0x42000000ULL
#define OTHER_RAM_PHYS 0x42400000ULL
#define UART_PHYS      0x09000000ULL

struct machine_system {
	struct jailhouse_system head;
	u64 cpus[1];
	struct jailhouse_memory mem[3];
	struct jailhouse_irqchip irqchips[1];
} __attribute__((packed));

/* Indices into mem[] of cells */
enum {
	MEM_RAM,
	MEM_SHARED,
	MEM_COMM,
	MEM_SUBPAGE,
	MEM_UART,
	MEM_COUNT
};

struct machine_cell {
	struct jailhouse_cell_desc head;
	u64 cpus[1];
	struct jailhouse_memory mem[MEM_COUNT];
	struct jailhouse_irqchip irqchips[1];
} __attribute__((packed));

/* The configurations, as tests may change them before they use them: cell 1
 * "rtos" has CPU 3 and INTID 40, cell 2 "other" CPU 2 and INTID 41. */
extern struct machine_system machine_system;
extern struct machine_cell machine_cell;
extern struct machine_cell machine_other;

void machine_reset_configs(void);

/* Enables the hypervisor with machine_system. */
void machine_boot(void);
/* After a host_boot() of the test's own. */
void machine_booted(void);
/* For CMocka: both of the above; teardown fails if pages are missing from the
 * pool. */
int machine_setup(void **state);
int machine_teardown(void **state);

/* The hypercall, with the configuration put into the root's RAM. */
long machine_create(const struct machine_cell *config);
static inline long machine_start(u32 id)
{
	return hypercall(JAILHOUSE_HC_CELL_START, id, 0);
}
static inline long machine_set_loadable(u32 id)
{
	return hypercall(JAILHOUSE_HC_CELL_SET_LOADABLE, id, 0);
}
static inline long machine_destroy(u32 id)
{
	return hypercall(JAILHOUSE_HC_CELL_DESTROY, id, 0);
}

/* What the root can reach of RAM and devices, to be compared later. */
struct machine_view {
	size_t count;
	struct {
		phys_t phys;
		unsigned int flags;
	} page[0x4100];
	u32 windows;
	u32 irqs[CELL_IRQ_WORDS];
	struct cpu_set cpus;
	unsigned long pages_used;
};
void machine_look(struct machine_view *view);
void machine_assert_same(const struct machine_view *a,
			 const struct machine_view *b);

/* Takes pages from the hypervisor's pool until `left` remain; then back. */
void machine_drain(unsigned long left);
void machine_refill(void);

/* What the merged console has since the last machine_quiet(). */
bool machine_said(const char *text);
void machine_quiet(void);

/* A guest that answers each message as it should, and a deaf one. */
void machine_guest_polite(struct cpu *cpu);

/* Waits until the CPU started its guest so often. */
void machine_wait_resets(unsigned int cpu, unsigned int count);

#endif
