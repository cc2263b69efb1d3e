/* SPDX-License-Identifier: GPL-2.0-only */
/* CPUs: the part all can see, and the part only the CPU itself can see. */
#ifndef HV_CPU_H
#define HV_CPU_H

#include <jailhouse/hypercall.h>
#include <hv/cell.h>
#include <hv/spinlock.h>

#define CPU_STATS 16

struct arch_cpu;

/* Where a CPU is. Written by the CPU itself. */
enum cpu_mode {
	CPU_IN_GUEST = 0, /* in the guest, or handling one of its exits */
	CPU_WAITING,	  /* in the hypervisor: off, parked or suspended */
};

/* Shared part, one per CPU in cpu_table. */
struct cpu {
	/* Written once, before the CPU is listed. */
	u32 id;		  /* Linux' logical number */
	u64 phys_id;	  /* MPIDR affinity bits, APIC id */
	bool has_aarch32; /* ARM64: can run guests of 32 bits */
	struct arch_cpu *arch;

	/* Written with the CPU stopped. */
	struct cell *cell;

	/*
	 * Requests by other CPUs, and answers; lock guards all fields of this
	 * group except where a CPU reads its own mode.
	 */
	spinlock_t lock;
	bool suspended; /* answer: it stands in the hypervisor */
	union {
		struct {
			u16 suspend_count; /* > 0: stay in the hypervisor */
			bool reset;	   /* start the guest at reset_entry */
			bool off;	   /* powered off in the guest's eyes */
			bool failed;	   /* parked after a fatal access */
		};
		u64 requests; /* != 0: any of these */
	};
	u64 reset_entry;
	u64 reset_arg;

	/* Virtual interrupts that wait for a list register: own CPU only.
	 * sgi_pending: atomically by any CPU of the cell. */
	u32 irq_pending[CELL_IRQ_WORDS];
	u32 sgi_pending;
	/* GIC: the registers of SGIs and PPIs, at the distributor's offsets;
	 * what names this CPU as a target of SGIs; the priorities of virtual
	 * SGIs, whose real counterparts are the hypervisor's. */
	void *gic_bank;
	u64 gic_target;
	u8 sgi_priority[16];
	/* GICv2: who sent a pending SGI, a bit each; the same for those in
	 * irq_pending. */
	u8 sgi_sources[16];
	u8 sgi_queued[16];
	u8 sgi_turn[16]; /* who left the queue last */
	/* Linux' settings of interrupts that are ours meanwhile */
	u32 linux_enable;
	u32 linux_ppi_config;
	u8 linux_maintenance_priority;

	u32 stat[CPU_STATS]; /* exits by reason; own CPU writes; [0] unused */
	/* The times of exits are still those in its last cell. */
	bool times_stale;
};

/* Private part, mapped at the same address on each CPU and on no other. */
struct cpu_local {
	struct cpu *cpu;
	struct cell *cell; /* == cpu->cell, one access less */
};

/* Where a CPU is a thread, this says so. */
#ifndef HV_PER_CPU
#define HV_PER_CPU
#endif
extern HV_PER_CPU struct cpu_local cpu_local;

static inline struct cpu *this_cpu(void)
{
	return cpu_local.cpu;
}

static inline struct cell *this_cell(void)
{
	return cpu_local.cell;
}

/* The CPU with this number, or NULL; entered ones only. */
struct cpu *cpu_find(u32 id);
/* The same for the members of a cell's CPU set, which all have entered. */
struct cpu *cpu_at(u32 id) __attribute__((returns_nonnull));

/* --- core/control.c ---------------------------------------------------- */

/* Stops the CPU in the hypervisor (nested) and returns when it stands there;
 * it gets out again by as many resumes. Not for the calling CPU. -ETIMEDOUT
 * after the rendezvous time, with the request taken back. */
int cpu_suspend(struct cpu *cpu);
void cpu_resume(struct cpu *cpu);

/* Same for all CPUs of the cell but the calling one. */
int cell_suspend(struct cell *cell);
void cell_resume(struct cell *cell);

/* The suspended CPU shall begin at entry with arg, or be powered off, when it
 * is resumed. Both clear its failed mark. */
void cpu_set_reset(struct cpu *cpu, u64 entry, u64 arg);
void cpu_set_off(struct cpu *cpu);

/* Powers a CPU of this cell on (PSCI). 0, or -EBUSY if it is on already, or the
 * cell has shut itself down. */
int cpu_power_on(struct cpu *cpu, u64 entry, u64 arg);

/*
 * Runs on the CPU itself, whenever it was kicked and before it returns to a
 * guest: waits in the hypervisor as long as it must. Returns true if the guest
 * state is to be reset (entry, arg as in cpu->reset_*).
 */
bool cpu_handle_requests(void);

/* This CPU did something fatal: marks it failed; the caller then calls
 * cpu_handle_requests(), which holds it. */
void cpu_park_self(void);
/* This CPU powers itself off; the caller then calls cpu_handle_requests(). */
void cpu_power_off_self(void);

/* True while the CPU has to come into the hypervisor. */
static inline bool cpu_has_requests(const struct cpu *cpu)
{
	return READ_ONCE(cpu->requests);
}

#endif
