/* SPDX-License-Identifier: GPL-2.0-only */
/* What each architecture implements for the core. */
#ifndef HV_ARCH_H
#define HV_ARCH_H

#include <hv/cell.h>
#include <hv/config.h>
#include <hv/cpu.h>

/* JAILHOUSE_X86, ... */
extern const u8 arch_id;
/* Bytes behind each struct cpu, and in each struct cell, for arch data. */
extern const size_t arch_cpu_size;
extern const size_t arch_cell_size;
/* Names of the exit reasons from JAILHOUSE_GENERIC_CPU_STATS on. */
extern const unsigned int arch_num_stats;

/* Free-running counter and its frequency. */
u64 arch_ticks(void);
u64 arch_ticks_per_second(void);

/* Waits for an event: an interrupt, arch_kick() or, bounded, anything. For
 * arch_cpu_relax() see spinlock.h. */
void arch_wait_for_kick(void);
/* Waits for an interrupt, or not so long, with all accesses before complete. */
void arch_idle(void);
/* Makes a CPU call cpu_handle_requests() soon. Whatever was written before is
 * visible to it by then. */
void arch_kick(struct cpu *cpu);

/* Accesses to device registers that may not exist, or that a guest chose:
 * 1, 2, 4 or 8 bytes, naturally aligned. False: the bus refused, which is no
 * fault of the hypervisor then. */
bool arch_device_access(void *address, u64 *value, unsigned int size,
			bool is_write);
bool arch_probe_read32(const void *address, u32 *value);

/* Early: page tables beyond the image, exception vectors. On the first CPU. */
int arch_init_early(void);
/* On each CPU: what the first one mapped for all, e.g. devices. */
void arch_cpu_share_mappings(void);
/* Judging a configuration needs facts of the machine. */
void arch_config_context(struct config_context *context);
/* On each CPU, after the root cell is complete; ready to run the guest. */
int arch_cpu_init(struct cpu *cpu);
/* Undoes arch_cpu_init (failed enable or disable). On each CPU. */
void arch_cpu_exit(struct cpu *cpu);

/* Guest memory and identity of a cell; root included. */
int arch_cell_init(struct cell *cell);
void arch_cell_exit(struct cell *cell);
/* PT_* flags and tables for a memory region of a cell. */
int arch_map_memory(struct cell *cell, const struct jailhouse_memory *mem);
int arch_unmap_memory(struct cell *cell, const struct jailhouse_memory *mem);
/* The comm page's architecture part. */
void arch_comm_init(struct cell *cell, struct jailhouse_comm_region *comm);
/* Before a stopped cell starts: caches of its RAM, boot CPU and the others. */
void arch_cell_reset(struct cell *cell);
/* How long the CPU's exits for this reason took in all, and the longest of
 * them, in ticks. */
void arch_exit_time(const struct cpu *cpu, unsigned int reason, u64 *total,
		    u64 *max);
/* The CPU, stopped, now belongs to cpu->cell. */
void arch_cpu_cell_changed(struct cpu *cpu);
/* Interrupts may have left the cell of this CPU, while it was held or in a
 * management call: what waits of them for the guest is forgotten. */
void arch_irqs_changed(void);
/* ARM: bits 0 to 18 of VTCR_EL2, what IOMMUs have to know of the tables of all
 * cells. */
u64 arch_stage2_control(void);
/* What was written to memory is seen by devices that are told of it next, and
 * by CPUs that are interrupted through a register of a device. */
void arch_dma_barrier(void);
/* Device memory or RAM of a cell: clean and invalidate to the point of
 * coherency. */
void arch_flush_dcache(phys_t phys, u64 size);

/* Does not return. */
void arch_panic_stop(void) __noreturn;
void arch_dump_stack(void);

#endif
