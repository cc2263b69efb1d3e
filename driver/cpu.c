// SPDX-License-Identifier: GPL-2.0-only
#include <linux/atomic.h>
#include <linux/cpu.h>
#include <linux/stop_machine.h>

#include "config.h"
#include "cpu.h"
#include "jh.h"

int jh_cpus_from_config(const struct jailhouse_cell_desc *desc,
			struct cpumask *cpus)
{
	int cpu = -1;

	cpumask_clear(cpus);
	while ((cpu = jh_config_next_cpu(desc, cpu + 1)) >= 0) {
		if (cpu >= nr_cpu_ids || !cpu_possible(cpu)) {
			jh_err("cell \"%s\": CPU %d does not exist here",
			       desc->name, cpu);
			return -EINVAL;
		}
		cpumask_set_cpu(cpu, cpus);
	}
	if (cpumask_empty(cpus)) {
		jh_err("cell \"%s\": no CPU", desc->name);
		return -EINVAL;
	}
	return 0;
}

int jh_cpus_take(const struct cpumask *cpus, struct cpumask *taken)
{
	int cpu, err;

	cpumask_clear(taken);
	for_each_cpu(cpu, cpus) {
		err = remove_cpu(cpu);
		if (err < 0) {
			jh_err("CPU %d cannot be taken offline: error %d", cpu,
			       err);
			jh_cpus_return(taken);
			return err;
		}
		/* 1 means: was offline already, and is to stay so */
		if (err == 0)
			cpumask_set_cpu(cpu, taken);
	}
	return 0;
}

void jh_cpus_return(const struct cpumask *taken)
{
	int cpu, err;

	for_each_cpu(cpu, taken) {
		err = add_cpu(cpu);
		if (err < 0)
			jh_err("CPU %d does not come back online: error %d",
			       cpu, err);
	}
}

void jh_cpus_freeze(void)
{
	cpu_hotplug_disable();
}

void jh_cpus_thaw(void)
{
	cpu_hotplug_enable();
}

struct on_cpus {
	int (*run)(const void *arg);
	const void *arg;
	atomic_t err;
};

static int run_on_cpu(void *data)
{
	struct on_cpus *call = data;
	int err = call->run(call->arg);

	if (err)
		atomic_set(&call->err, err);
	return 0;
}

/*
 * Not on_each_cpu(): the function waits for all other CPUs with interrupts
 * off. A CPU that took the IPI while it held a plain spinlock would wait for
 * another one that spins on that lock with interrupts off and never takes its
 * IPI. The stopper threads run only where no spinlock is held.
 */
int jh_cpus_run(int (*run)(const void *arg), const void *arg)
{
	struct on_cpus call = { .run = run, .arg = arg };
	int err;

	err = stop_machine(run_on_cpu, &call, cpu_online_mask);
	return err ? err : atomic_read(&call.err);
}
