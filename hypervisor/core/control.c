// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stopping, starting and parking CPUs.
 *
 * Each CPU has a word of requests, guarded by its lock. A CPU that must stay
 * in the hypervisor waits in cpu_handle_requests() with `suspended` set; it
 * does so too while it is powered off or parked, so a request to suspend such
 * a CPU is answered at once.
 */
#include <hv/arch.h>
#include <hv/entry.h>
#include <hv/printk.h>

/* Waits until the CPU stands in the hypervisor. */
static int wait_suspended(struct cpu *cpu)
{
	u64 deadline = deadline_after_us(rendezvous_timeout_us());

	while (!__atomic_load_n(&cpu->suspended, __ATOMIC_ACQUIRE)) {
		if (deadline_passed(deadline))
			return -ETIMEDOUT;
		arch_cpu_relax();
	}
	return 0;
}

int cpu_suspend(struct cpu *cpu)
{
	int err;

	spin_lock(&cpu->lock);
	cpu->suspend_count++;
	spin_unlock(&cpu->lock);

	if (!__atomic_load_n(&cpu->suspended, __ATOMIC_ACQUIRE))
		arch_kick(cpu);
	err = wait_suspended(cpu);
	if (err) {
		printk("CPU %u does not come into the hypervisor\n", cpu->id);
		cpu_resume(cpu);
	}
	return err;
}

void cpu_resume(struct cpu *cpu)
{
	bool wake;

	spin_lock(&cpu->lock);
	cpu->suspend_count--;
	/* From here on it counts as running again: the next cpu_suspend()
	 * must not take the old answer for a new one. */
	wake = !cpu->suspend_count && !cpu->off && !cpu->failed;
	if (wake)
		cpu->suspended = false;
	spin_unlock(&cpu->lock);
	if (wake)
		arch_kick(cpu);
}

int cell_suspend(struct cell *cell)
{
	unsigned int id, other;

	for_each_cpu (id, &cell->cpus) {
		struct cpu *cpu = cpu_at(id);
		int err;

		if (cpu == this_cpu())
			continue;
		err = cpu_suspend(cpu);
		if (err) {
			for_each_cpu (other, &cell->cpus)
				if (other < id && cpu_at(other) != this_cpu())
					cpu_resume(cpu_at(other));
			return err;
		}
	}
	return 0;
}

void cell_resume(struct cell *cell)
{
	unsigned int id;

	for_each_cpu (id, &cell->cpus)
		if (cpu_at(id) != this_cpu())
			cpu_resume(cpu_at(id));
}

void cpu_set_reset(struct cpu *cpu, u64 entry, u64 arg)
{
	spin_lock(&cpu->lock);
	cpu->reset_entry = entry;
	cpu->reset_arg = arg;
	cpu->reset = true;
	cpu->off = false;
	cpu->failed = false;
	spin_unlock(&cpu->lock);
}

void cpu_set_off(struct cpu *cpu)
{
	spin_lock(&cpu->lock);
	cpu->reset = false;
	cpu->off = true;
	cpu->failed = false;
	spin_unlock(&cpu->lock);
}

int cpu_power_on(struct cpu *cpu, u64 entry, u64 arg)
{
	int err = -EBUSY;

	spin_lock(&cpu->lock);
	/* A CPU of a cell that is shutting itself down may get here on its way
	 * to standing still: it must not wake one that was before it. */
	if (cpu->off && !cpu->failed && !READ_ONCE(cpu->cell->powered_off)) {
		cpu->reset_entry = entry;
		cpu->reset_arg = arg;
		cpu->reset = true;
		cpu->off = false;
		if (!cpu->suspend_count)
			cpu->suspended = false;
		err = 0;
	}
	spin_unlock(&cpu->lock);
	if (!err)
		arch_kick(cpu);
	return err;
}

bool cpu_handle_requests(void)
{
	struct cpu *cpu = this_cpu();
	bool held = false, reset;

	spin_lock(&cpu->lock);
	while (cpu->suspend_count || cpu->off || cpu->failed) {
		held = true;
		__atomic_store_n(&cpu->suspended, true, __ATOMIC_RELEASE);
		spin_unlock(&cpu->lock);
		arch_wait_for_kick();
		spin_lock(&cpu->lock);
	}
	cpu->suspended = false;
	reset = cpu->reset;
	cpu->reset = false;
	spin_unlock(&cpu->lock);
	if (held && !reset)
		arch_irqs_changed();
	return reset;
}

void cpu_park_self(void)
{
	struct cpu *cpu = this_cpu();

	spin_lock(&cpu->lock);
	cpu->failed = true;
	spin_unlock(&cpu->lock);
	printk("Parking CPU %u (Cell: \"%s\")\n", cpu->id,
	       this_cell()->config->name);
	cell_cpu_failed(this_cell());
}

void cpu_power_off_self(void)
{
	struct cpu *cpu = this_cpu();

	spin_lock(&cpu->lock);
	cpu->off = true;
	spin_unlock(&cpu->lock);
}
