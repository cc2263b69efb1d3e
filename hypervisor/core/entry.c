// SPDX-License-Identifier: GPL-2.0-only
/*
 * Enable and disable: how the CPUs of the root come together, set up what is
 * theirs, and leave again.
 *
 * The first CPU to arrive becomes the primary: it builds everything that is
 * shared. All CPUs move through the phases below together; the first error
 * that one of them meets is what all of them return.
 */
#include <hv/arch.h>
#include <hv/entry.h>
#include <hv/page_pool.h>
#include <hv/printk.h>
#include <hv/string.h>
#include <hv/unit.h>

enum phase {
	PHASE_ARRIVING, /* primary works, others wait for it */
	PHASE_CPU_INIT, /* each CPU in turn sets up its own state */
};

/* One CPU at a time sets itself up; the counters only grow. */
static spinlock_t entry_lock;
static u32 arrived, initialized, finished;
static enum phase phase;
/* 0 as long as it is open, else what all CPUs return: SUCCESS or the first
 * error. Whoever writes it first decides, so that a CPU that gives up cannot
 * leave while the others go on. */
static int outcome;
#define SUCCESS 1
static u32 primary; /* number of the first CPU, plus 1 */

/* Disabling: CPUs that have left. Root CPUs only, in any order. */
static u32 cpus_left;
static bool disabling;

const struct jailhouse_system *system_config;

struct cpu *cpu_at(u32 id)
{
	char *base = hv_phys_to_virt(image_header.phys_base +
				     image_header.core_size);

	return (struct cpu *)(void *)(base +
				      (size_t)id *
					      image_header.cpu_shared_size);
}

struct cpu *cpu_find(u32 id)
{
	struct cpu *cpu;

	if (id >= image_header.max_cpus)
		return NULL;
	cpu = cpu_at(id);
	return cpu->arch ? cpu : NULL;
}

u64 deadline_after_us(u64 us)
{
	u64 frequency = arch_ticks_per_second();

	/* A century at most, so that nothing wraps. */
	us = MIN(us, 3155760000000000ULL);
	return arch_ticks() + us / 1000000 * frequency +
	       us % 1000000 * frequency / 1000000;
}

bool deadline_passed(u64 deadline)
{
	return (s64)(arch_ticks() - deadline) >= 0;
}

u64 rendezvous_timeout_us(void)
{
	return image_header.rendezvous_us ? image_header.rendezvous_us
					  : JAILHOUSE_DEFAULT_TIMEOUT_US;
}

u64 message_timeout_us(const struct cell *cell)
{
	if (cell->config->msg_reply_timeout)
		return cell->config->msg_reply_timeout;
	return image_header.msg_reply_us ? image_header.msg_reply_us
					 : JAILHOUSE_DEFAULT_TIMEOUT_US;
}

/* False: it was decided before. */
static bool decide(int result)
{
	int open = 0;

	return __atomic_compare_exchange_n(&outcome, &open, result, false,
					   __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

static void set_error(int err)
{
	if (err)
		decide(err);
}

static int current_error(void)
{
	int result = __atomic_load_n(&outcome, __ATOMIC_ACQUIRE);

	return result < 0 ? result : 0;
}

/* Waits until the counter has reached all CPUs. */
static int wait_for_all(const u32 *counter, const char *what)
{
	u64 deadline = deadline_after_us(rendezvous_timeout_us());

	while (__atomic_load_n(counter, __ATOMIC_ACQUIRE) <
	       image_header.online_cpus) {
		if (current_error())
			break;
		if (deadline_passed(deadline)) {
			if (decide(-ETIMEDOUT))
				printk("Refused: only %u of %u CPUs %s in "
				       "time\n",
				       __atomic_load_n(counter,
						       __ATOMIC_ACQUIRE),
				       image_header.online_cpus, what);
			break;
		}
		arch_cpu_relax();
	}
	return current_error();
}

static void print_pools(const char *when)
{
	printk("Page pool usage %s: mem %lu/%lu, remap %lu/%lu\n", when,
	       mem_pool.used, mem_pool.pages, remap_pool.used,
	       remap_pool.pages);
}

/* What only one CPU does. */
static int primary_init(void)
{
	struct config_context context;
	int err;

	err = arch_init_early();
	if (err)
		return err;
	system_config =
		hv_phys_to_virt(image_header.phys_base +
				jailhouse_image_config_offset(&image_header));
	memset(&context, 0, sizeof(context));
	arch_config_context(&context);
	/* What refuses a configuration should be seen on the UART, too, but
	 * this one was not judged yet. */
	if (image_header.config_size >= sizeof(*system_config) &&
	    config_console_usable(&context, system_config))
		debug_console_init(&system_config->debug_console);

	printk("\nInitializing Jailhouse hypervisor %.32s on CPU %u\n"
	       "Code location: %p\n",
	       image_header.version, primary - 1, (const void *)&image_header);
	print_pools("after early setup");

	err = config_check_system(&context, system_config,
				  image_header.config_size);
	if (err)
		return err;
	/* All entering CPUs must be known before the root is judged against
	 * them, and before tables are shared. */
	return wait_for_all(&arrived, "arrived");
}

static int check_cpus(void)
{
	struct cpu_set set;
	unsigned int id;

	config_cpu_set(&system_config->root_cell, &set);
	if (cpu_set_count(&set) != image_header.online_cpus) {
		printk("Refused: cell \"%s\": CPU set has %u CPUs, %u are "
		       "online\n",
		       system_config->root_cell.name, cpu_set_count(&set),
		       image_header.online_cpus);
		return -EINVAL;
	}
	for_each_cpu (id, &set)
		if (id >= image_header.max_cpus) {
			printk("Refused: cell \"%s\": CPU %u is beyond the "
			       "highest one, %u\n",
			       system_config->root_cell.name, id,
			       image_header.max_cpus - 1);
			return -EINVAL;
		}
	return 0;
}

static int primary_init_late(void)
{
	int err;

	err = check_cpus();
	if (err)
		return err;
	err = root_cell_init();
	if (err)
		return err;
	printk("Initializing processors:\n");
	return 0;
}

/* This CPU's own part, one CPU at a time. */
static int cpu_init(unsigned int id)
{
	struct cpu *cpu = cpu_at(id);
	int err = 0;

	spin_lock(&entry_lock);
	if (!cpu_set_has(&root_cell.cpus, id)) {
		printk("Refused: CPU %u is not in the set of cell \"%s\"\n", id,
		       root_cell.config->name);
		err = -EINVAL;
	} else if (cpu->arch) {
		err = -EBUSY; /* entered twice */
	} else {
		cpu->id = id;
		cpu->cell = &root_cell;
		cpu->arch = (struct arch_cpu *)(void *)(cpu + 1);
		cpu_local.cpu = cpu;
		cpu_local.cell = &root_cell;
		err = arch_cpu_init(cpu);
	}
	printk(" CPU %u... %s\n", id, err ? "FAILED" : "OK");
	spin_unlock(&entry_lock);
	return err;
}

int hypervisor_enter(unsigned int cpu_id)
{
	u32 nobody = 0;
	bool is_primary;
	int err;

	is_primary = __atomic_compare_exchange_n(&primary, &nobody, cpu_id + 1,
						 false, __ATOMIC_ACQ_REL,
						 __ATOMIC_ACQUIRE);
	__atomic_add_fetch(&arrived, 1, __ATOMIC_ACQ_REL);

	if (is_primary) {
		err = primary_init();
		if (!err)
			err = primary_init_late();
		set_error(err);
		__atomic_store_n(&phase, PHASE_CPU_INIT, __ATOMIC_RELEASE);
	}

	/* Bounded: the primary's own wait is, and so is its work. */
	while (__atomic_load_n(&phase, __ATOMIC_ACQUIRE) < PHASE_CPU_INIT)
		arch_cpu_relax();

	err = current_error();
	if (!err) {
		arch_cpu_share_mappings();
		set_error(cpu_init(cpu_id));
		__atomic_add_fetch(&initialized, 1, __ATOMIC_ACQ_REL);
		wait_for_all(&initialized, "were initialized");
		err = current_error();
	}

	if (is_primary && !err && decide(SUCCESS)) {
		print_pools("after late setup");
		printk("Activating hypervisor\n");
	}
	/* Bounded by the waits of all for those that are not initialized. */
	while (!__atomic_load_n(&outcome, __ATOMIC_ACQUIRE))
		arch_cpu_relax();
	err = current_error();
	if (!err)
		return 0;

	if (cpu_local.cpu)
		arch_cpu_exit(cpu_local.cpu);
	__atomic_add_fetch(&finished, 1, __ATOMIC_ACQ_REL);
	if (is_primary) {
		/* The units' hardware is put back when no CPU needs it. */
		u64 deadline = deadline_after_us(rendezvous_timeout_us());

		while (__atomic_load_n(&finished, __ATOMIC_ACQUIRE) <
			       __atomic_load_n(&arrived, __ATOMIC_ACQUIRE) &&
		       !deadline_passed(deadline))
			arch_cpu_relax();
		units_shutdown();
		debug_console_shutdown();
	}
	return err;
}

/*
 * Each root CPU calls this by itself. The first one checks that nothing stands
 * in the way; what it shuts down is not needed any more by the others, which
 * only put their own registers back.
 */
int hypervisor_disable(void)
{
	static bool units_down; /* guarded by entry_lock */
	unsigned int id;
	int err = 0;

	if (this_cell() != &root_cell)
		return -EPERM;

	spin_lock(&entry_lock);
	if (num_cells > 1) {
		err = -EBUSY;
		goto out;
	}
	if (!disabling) {
		/* A CPU that is off would stay at EL2 for ever. */
		for_each_cpu (id, &root_cell.cpus) {
			const struct cpu *cpu = cpu_at(id);

			if (cpu->off || cpu->failed) {
				printk("Refused: disable: CPU %u is %s\n", id,
				       cpu->failed ? "parked" : "offline");
				err = -EBUSY;
				goto out;
			}
		}
		disabling = true;
		printk("Shutting down hypervisor\n");
	}
	printk(" Releasing CPU %u\n", this_cpu()->id);
	arch_cpu_exit(this_cpu());
	if (++cpus_left == cpu_set_count(&root_cell.cpus) && !units_down) {
		units_down = true;
		units_shutdown();
		debug_console_shutdown();
	}
out:
	spin_unlock(&entry_lock);
	return err;
}

bool hypervisor_is_disabling(void)
{
	return __atomic_load_n(&disabling, __ATOMIC_ACQUIRE);
}
