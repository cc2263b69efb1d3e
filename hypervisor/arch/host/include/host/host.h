/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A machine in a process: what tests need to build one, to run the core on it
 * and to see what it did. Physical memory is an arena, devices are plain
 * memory, CPUs are threads, and time passes only when the test says so.
 *
 * The thread that tests run on is CPU 0. Nothing here is for other threads,
 * except what is called by guests of CPUs.
 */
#ifndef HOST_HOST_H
#define HOST_HOST_H

#include <hv/arch.h>
#include <jailhouse/image.h>

#define HOST_RAM_BASE 0x40000000ULL
#define HOST_RAM_SIZE 0x04000000ULL
/* The hypervisor's share of it, at its end, as the driver lays it out */
#define HOST_HV_SIZE  0x00400000ULL
#define HOST_HV_BASE  (HOST_RAM_BASE + HOST_RAM_SIZE - HOST_HV_SIZE)
#define HOST_MAX_CPUS 8U

/* Guest-physical addresses that the second stage reaches */
#define HOST_MAX_ADDRESS (1ULL << 40)

/* Where a GICv3 is, if the configuration says so; redistributors of all CPUs
 * are in a row. INTIDs up to HOST_MAX_INTID. */
#define HOST_GICD_BASE 0x08000000ULL
#define HOST_GICR_BASE 0x080a0000ULL
#define HOST_GICR_SIZE (HOST_MAX_CPUS * 0x20000ULL)
#define HOST_MAX_INTID 287U

/* What the core has as the constant image_header: tests play the driver. */
extern struct jailhouse_image_header host_image_header __asm__("image_header");

/* --- memory.c ---------------------------------------------------------- */

/* All of RAM zero, no devices, both pools without allocations. mem_pages
 * limits the pool of hypervisor memory; 0 = all that there is. */
void host_memory_reset(unsigned long mem_pages);

/* RAM as the test sees it; the range must lie within. */
void *host_ram(phys_t phys, u64 size);

/* The registers that stand at phys: created, zeroed, when first asked for. */
void *host_device(phys_t phys, u64 size);

/* Where the driver puts the system configuration. */
void *host_config_place(void);

/* --- machine.c --------------------------------------------------------- */

/* One tick is a microsecond. arch_cpu_relax() lets `step` of them pass. */
void host_clock_set(u64 ticks);
void host_clock_set_step(u64 step);

/* Called whenever the thread that set it waits for something: to play devices
 * whose answers it waits for. NULL: nothing. */
extern HV_PER_CPU void (*host_relax_hook)(void);

/* Runs what is expected to panic: returns the text, or NULL if it did not.
 * The text is valid until the next call. */
const char *host_expect_panic(void (*function)(void *arg), void *arg);

/* Text that the debug UART sent since the last reset; at most 64 KiB kept. */
const char *host_uart_text(void);
void host_uart_reset(void);

/* Called at each character that is sent; NULL: nothing. */
extern void (*host_uart_hook)(void);

/* Forgets what the merged console has; then: what was written since,
 * terminated, at most a page of it. */
void host_console_reset(void);
const char *host_console_text(void);

/* --- cpu.c ------------------------------------------------------------- */

/*
 * Enables the hypervisor on a copy of the system configuration: memory and
 * devices anew, the root cell built, its CPUs running (as threads, except for
 * the one that calls, which is the root's lowest). Returns what
 * root_cell_init() does; after a failure there is nothing to shut down.
 */
int host_boot(const struct jailhouse_system *system, size_t size);
/* Called by host_boot() when memory and devices are new, before anything looks
 * at them: to put values into registers. NULL: nothing. */
extern void (*host_boot_hook)(void);
/* Ends the threads of all CPUs, wherever they are, and shuts units down. */
void host_shutdown(void);

/* Plays the guest of a CPU: called over and over by its thread as long as
 * nobody wants the CPU. NULL: the guest sleeps. */
void host_cpu_set_guest(unsigned int id, void (*guest)(struct cpu *cpu));

/* A deaf CPU does not come into the hypervisor when it is called. */
void host_cpu_set_deaf(unsigned int id, bool deaf);

/* Makes arch_cpu_init() of that CPU fail. */
void host_cpu_set_init_error(unsigned int id, int err);

/* CPUs that were initialized and not left since. */
unsigned int host_cpus_up(void);

/* How often the CPU started a guest anew, and where it last did. */
unsigned int host_cpu_resets(unsigned int id, u64 *entry, u64 *arg);

/* What arch_exit_time() gives as the total; the longest is half of it. */
extern u64 host_exit_ticks[HOST_MAX_CPUS][CPU_STATS];

/* Accesses of guests to devices fail as long as it refuses. */
void host_bus_refuse(bool refuse);

/* Waits until that is so; at most for 10 s, then the process aborts. */
void host_wait_until(bool (*condition)(void *arg), void *arg);

/* Runs a function as if on that CPU: what it calls sees its cpu_local. */
void host_on_cpu(unsigned int id, void (*function)(void *arg), void *arg);

/* Edges that devices of the hypervisor made on this line of the cell. */
unsigned int host_irq_count(const struct cell *cell, unsigned int intid);

#endif
