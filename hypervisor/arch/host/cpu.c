/* SPDX-License-Identifier: GPL-2.0-only */
/* CPUs of the fake machine, and the rest of what the core asks for. */
#include <host/host.h>

#include <hv/entry.h>
#include <hv/unit.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Rules and structures are those of arm64. */
const u8 arch_id = JAILHOUSE_ARM64;
const size_t arch_cpu_size = 64;
const size_t arch_cell_size = 64;
const unsigned int arch_num_stats = JAILHOUSE_CPU_STAT_VMEXITS_SMCCC + 1;

HV_PER_CPU struct cpu_local cpu_local;

void (*host_boot_hook)(void);

struct host_cpu {
	pthread_t thread;
	bool has_thread;
	pthread_mutex_t lock; /* guards all below */
	pthread_cond_t changed;
	bool kicked;
	bool deaf;
	bool quit;
	void (*guest)(struct cpu *cpu);
	unsigned int resets;
	u64 entry, arg;
};

static struct host_cpu host_cpus[HOST_MAX_CPUS];
static int init_error[HOST_MAX_CPUS];
static unsigned int cpus_up; /* a bit each, changed atomically */

/* --- what the core calls ----------------------------------------------- */

void arch_kick(struct cpu *cpu)
{
	struct host_cpu *host = &host_cpus[cpu->id];

	pthread_mutex_lock(&host->lock);
	host->kicked = true;
	pthread_cond_broadcast(&host->changed);
	pthread_mutex_unlock(&host->lock);
}

/* The way out for threads that wait in the hypervisor when the test ends. */
static void quit_if_asked(struct host_cpu *host)
{
	if (!host->quit)
		return;
	pthread_mutex_unlock(&host->lock);
	pthread_exit(NULL);
}

void arch_wait_for_kick(void)
{
	struct host_cpu *host = &host_cpus[this_cpu()->id];

	pthread_mutex_lock(&host->lock);
	while (!host->kicked && !host->quit)
		pthread_cond_wait(&host->changed, &host->lock);
	host->kicked = false;
	quit_if_asked(host);
	pthread_mutex_unlock(&host->lock);
}

static bool bus_refuses;

void host_bus_refuse(bool refuse)
{
	bus_refuses = refuse;
}

#define DEVICE_ACCESS(type, address, value, is_write)                          \
	do {                                                                   \
		volatile type *reg = (volatile type *)(address);               \
		if (is_write)                                                  \
			*reg = (type) * (value);                               \
		else                                                           \
			*(value) = *reg;                                       \
	} while (0)

bool arch_device_access(void *address, u64 *value, unsigned int size,
			bool is_write)
{
	if (bus_refuses)
		return false;
	switch (size) {
	case 1:
		DEVICE_ACCESS(u8, address, value, is_write);
		break;
	case 2:
		DEVICE_ACCESS(u16, address, value, is_write);
		break;
	case 4:
		DEVICE_ACCESS(u32, address, value, is_write);
		break;
	case 8:
		DEVICE_ACCESS(u64, address, value, is_write);
		break;
	default:
		abort();
	}
	return true;
}

bool arch_probe_read32(const void *address, u32 *value)
{
	*value = *(const volatile u32 *)address;
	return true;
}

int arch_init_early(void)
{
	return 0;
}

void arch_idle(void)
{
}

u64 host_exit_ticks[HOST_MAX_CPUS][CPU_STATS];

void arch_exit_time(const struct cpu *cpu, unsigned int reason, u64 *total,
		    u64 *max)
{
	*total = host_exit_ticks[cpu->id][reason];
	*max = *total / 2;
}

void arch_cpu_share_mappings(void)
{
}

void arch_config_context(struct config_context *context)
{
	static struct reserved_range reserved[16];

	context->system = system_config;
	context->reserved = reserved;
	context->num_reserved = config_reserved_ranges(
		system_config, HOST_GICR_SIZE, reserved, ARRAY_SIZE(reserved));
	context->architecture = arch_id;
	context->num_cpus = host_image_header.max_cpus;
	context->max_cell_id = 0xff;
	context->max_spi = HOST_MAX_INTID;
	context->max_address = HOST_MAX_ADDRESS;
}

int arch_cpu_init(struct cpu *cpu)
{
	/* Aff1 and Aff0, so that it differs from the logical number. */
	cpu->phys_id = (u64)(cpu->id / 4) << 8 | cpu->id % 4;
	if (init_error[cpu->id])
		return init_error[cpu->id];
	__atomic_or_fetch(&cpus_up, 1U << cpu->id, __ATOMIC_SEQ_CST);
	return 0;
}

void arch_cpu_exit(struct cpu *cpu)
{
	__atomic_and_fetch(&cpus_up, ~(1U << cpu->id), __ATOMIC_SEQ_CST);
}

void arch_comm_init(struct cell *cell, struct jailhouse_comm_region *comm)
{
	(void)cell;
	(void)comm;
}

void arch_cell_reset(struct cell *cell)
{
	(void)cell;
}

void arch_irqs_changed(void)
{
}

void arch_cpu_cell_changed(struct cpu *cpu)
{
	(void)cpu;
}

void arch_flush_dcache(phys_t phys, u64 size)
{
	(void)phys;
	(void)size;
}

/* --- the threads ------------------------------------------------------- */

static void note_reset(struct host_cpu *host, const struct cpu *cpu)
{
	cpu_local.cell = cpu->cell;
	pthread_mutex_lock(&host->lock);
	host->resets++;
	host->entry = cpu->reset_entry;
	host->arg = cpu->reset_arg;
	pthread_mutex_unlock(&host->lock);
}

/* In the guest: until a request comes, one step of its program. */
static void run_guest(struct host_cpu *host, struct cpu *cpu)
{
	void (*guest)(struct cpu * cpu);

	pthread_mutex_lock(&host->lock);
	while (!host->quit &&
	       (host->deaf || (!cpu_has_requests(cpu) && !host->guest)))
		pthread_cond_wait(&host->changed, &host->lock);
	guest = host->guest;
	quit_if_asked(host);
	pthread_mutex_unlock(&host->lock);

	if (!cpu_has_requests(cpu) && guest) {
		guest(cpu);
		sched_yield();
	}
}

/* Does it hear a request? Both are looked at together, so that a CPU that was
 * made deaf before the request cannot miss that. */
static bool hears_request(struct host_cpu *host, const struct cpu *cpu)
{
	bool hears;

	pthread_mutex_lock(&host->lock);
	hears = !host->deaf && cpu_has_requests(cpu);
	pthread_mutex_unlock(&host->lock);
	return hears;
}

static void *cpu_thread(void *arg)
{
	struct cpu *cpu = arg;
	struct host_cpu *host = &host_cpus[cpu->id];

	cpu_local.cpu = cpu;
	cpu_local.cell = cpu->cell;
	for (;;) {
		run_guest(host, cpu);
		if (hears_request(host, cpu) && cpu_handle_requests())
			note_reset(host, cpu);
	}
	return NULL;
}

static void init_cpu(unsigned int id)
{
	struct cpu *cpu = cpu_at(id);

	cpu->id = id;
	cpu->cell = &root_cell;
	cpu->arch = (struct arch_cpu *)(void *)(cpu + 1);
	arch_cpu_init(cpu);
}

static void start_thread(unsigned int id)
{
	struct host_cpu *host = &host_cpus[id];

	memset(host, 0, sizeof(*host));
	pthread_mutex_init(&host->lock, NULL);
	pthread_cond_init(&host->changed, NULL);
	if (cpu_at(id) == this_cpu())
		return;
	if (pthread_create(&host->thread, NULL, cpu_thread, cpu_at(id)))
		abort();
	host->has_thread = true;
}

int host_boot(const struct jailhouse_system *system, size_t size)
{
	unsigned int id;
	int err;

	host_memory_reset(0);
	host_clock_set(1);
	host_clock_set_step(0);
	if (host_boot_hook)
		host_boot_hook();
	host_image_header.config_size = size;
	memcpy(host_config_place(), system, size);
	system_config = host_config_place();
	memset(&root_cell, 0, sizeof(root_cell));
	num_cells = 0;

	err = root_cell_init();
	if (err)
		return err;
	for_each_cpu (id, &root_cell.cpus)
		init_cpu(id);
	cpu_local.cpu = cpu_at(cpu_set_next(&root_cell.cpus, 0));
	cpu_local.cell = &root_cell;
	for_each_cpu (id, &root_cell.cpus)
		start_thread(id);
	return 0;
}

static void stop_thread(struct host_cpu *host)
{
	if (!host->has_thread)
		return;
	pthread_mutex_lock(&host->lock);
	host->quit = true;
	pthread_cond_broadcast(&host->changed);
	pthread_mutex_unlock(&host->lock);
	pthread_join(host->thread, NULL);
	host->has_thread = false;
}

void host_shutdown(void)
{
	for (unsigned int id = 0; id < HOST_MAX_CPUS; id++)
		stop_thread(&host_cpus[id]);
	units_shutdown();
}

/* --- what tests call --------------------------------------------------- */

void host_cpu_set_guest(unsigned int id, void (*guest)(struct cpu *cpu))
{
	struct host_cpu *host = &host_cpus[id];

	pthread_mutex_lock(&host->lock);
	host->guest = guest;
	pthread_cond_broadcast(&host->changed);
	pthread_mutex_unlock(&host->lock);
}

void host_cpu_set_deaf(unsigned int id, bool deaf)
{
	struct host_cpu *host = &host_cpus[id];

	pthread_mutex_lock(&host->lock);
	host->deaf = deaf;
	pthread_cond_broadcast(&host->changed);
	pthread_mutex_unlock(&host->lock);
}

void host_cpu_set_init_error(unsigned int id, int err)
{
	init_error[id] = err;
}

unsigned int host_cpus_up(void)
{
	return (unsigned int)__builtin_popcount(
		__atomic_load_n(&cpus_up, __ATOMIC_SEQ_CST));
}

unsigned int host_cpu_resets(unsigned int id, u64 *entry, u64 *arg)
{
	struct host_cpu *host = &host_cpus[id];
	unsigned int resets;

	pthread_mutex_lock(&host->lock);
	resets = host->resets;
	if (entry)
		*entry = host->entry;
	if (arg)
		*arg = host->arg;
	pthread_mutex_unlock(&host->lock);
	return resets;
}

void host_wait_until(bool (*condition)(void *arg), void *arg)
{
	time_t limit = time(NULL) + 10;

	while (!condition(arg)) {
		if (time(NULL) > limit) {
			fprintf(stderr, "host: waited 10 s in vain\n");
			abort();
		}
		sched_yield();
	}
}

void host_on_cpu(unsigned int id, void (*function)(void *arg), void *arg)
{
	struct cpu_local saved = cpu_local;

	cpu_local.cpu = cpu_at(id);
	cpu_local.cell = cpu_local.cpu->cell;
	function(arg);
	cpu_local = saved;
}
