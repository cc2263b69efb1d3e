// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files of the cells; they read jh_cell without a lock, see cell.h
 *
 * Groups are added by hand and not as default_groups: those are removed file
 * by file, each looked up by name, which took a third of the time of disable.
 * kobject_del() removes whatever is left in the directory at once.
 */
#include <linux/kobject.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include <jailhouse/comm-region.h>
#include <jailhouse/hypercall.h>

#include "cell.h"
#include "jh.h"
#include "sysfs.h"

#define ALL_CPUS (-1)

/* statistics/ of a cell, or cpu<n>/ in it */
struct counters {
	struct kobject kobj;
	struct list_head entry; /* in the cell; guarded by jh.lock */
	const struct jh_cell *cell;
	int cpu;    /* or ALL_CPUS */
	bool timed; /* has tick_group */
};

/* One kind of number that CPU_GET_INFO gives */
struct counter_attribute {
	struct attribute attr;
	u32 type;
	u64 (*fold)(u64 sum, u64 value);
};

static u64 fold_sum(u64 sum, u64 value)
{
	return sum + value;
}

static u64 fold_max(u64 sum, u64 value)
{
	return max(sum, value);
}

/* A CPU that moved to another cell meanwhile counts as 0. */
static u64 counter_of_cpu(const struct counter_attribute *counter, int cpu)
{
	long value = jh_ask(JAILHOUSE_HC_CPU_GET_INFO, cpu, counter->type);

	return max(value, 0L);
}

static ssize_t counter_show(struct kobject *kobj, struct attribute *attr,
			    char *buf)
{
	const struct counter_attribute *counter =
		container_of(attr, struct counter_attribute, attr);
	const struct counters *counters =
		container_of(kobj, struct counters, kobj);
	u64 value = 0;
	int cpu;

	if (counters->cpu != ALL_CPUS)
		return sysfs_emit(buf, "%llu\n",
				  counter_of_cpu(counter, counters->cpu));
	for_each_cpu(cpu, &counters->cell->cpus)
		value = counter->fold(value, counter_of_cpu(counter, cpu));
	return sysfs_emit(buf, "%llu\n", value);
}

/* An exit reason: how often, and as extensions how long in all and at most,
 * in ticks of the system counter */
#define COUNTER(_name, _suffix, _type, _fold)                                  \
	static struct counter_attribute _name##_suffix = {                     \
		.attr = { .name = "vmexits_" #_name #_suffix, .mode = 0444 },  \
		.type = (_type),                                               \
		.fold = (_fold),                                               \
	}
#define EXIT_REASON(_name, _n)                                                 \
	COUNTER(_name, , JAILHOUSE_CPU_INFO_STAT_BASE + (_n), fold_sum);       \
	COUNTER(_name, _ticks, JAILHOUSE_CPU_INFO_TICKS_BASE + (_n),           \
		fold_sum);                                                     \
	COUNTER(_name, _max_ticks, JAILHOUSE_CPU_INFO_MAX_TICKS_BASE + (_n),   \
		fold_max)

EXIT_REASON(total, JAILHOUSE_CPU_STAT_VMEXITS_TOTAL);
EXIT_REASON(mmio, JAILHOUSE_CPU_STAT_VMEXITS_MMIO);
EXIT_REASON(management, JAILHOUSE_CPU_STAT_VMEXITS_MANAGEMENT);
EXIT_REASON(hypercall, JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL);
#ifdef CONFIG_ARM64
EXIT_REASON(maintenance, JAILHOUSE_CPU_STAT_VMEXITS_MAINTENANCE);
EXIT_REASON(virt_irq, JAILHOUSE_CPU_STAT_VMEXITS_VIRQ);
EXIT_REASON(virt_sgi, JAILHOUSE_CPU_STAT_VMEXITS_VSGI);
EXIT_REASON(psci, JAILHOUSE_CPU_STAT_VMEXITS_PSCI);
EXIT_REASON(smccc, JAILHOUSE_CPU_STAT_VMEXITS_SMCCC);
#endif

static struct attribute *count_attrs[] = {
	&total.attr,
	&mmio.attr,
	&management.attr,
	&hypercall.attr,
#ifdef CONFIG_ARM64
	&maintenance.attr,
	&virt_irq.attr,
	&virt_sgi.attr,
	&psci.attr,
	&smccc.attr,
#endif
	NULL,
};

static struct attribute *tick_attrs[] = {
	&total_ticks.attr,
	&total_max_ticks.attr,
	&mmio_ticks.attr,
	&mmio_max_ticks.attr,
	&management_ticks.attr,
	&management_max_ticks.attr,
	&hypercall_ticks.attr,
	&hypercall_max_ticks.attr,
#ifdef CONFIG_ARM64
	&maintenance_ticks.attr,
	&maintenance_max_ticks.attr,
	&virt_irq_ticks.attr,
	&virt_irq_max_ticks.attr,
	&virt_sgi_ticks.attr,
	&virt_sgi_max_ticks.attr,
	&psci_ticks.attr,
	&psci_max_ticks.attr,
	&smccc_ticks.attr,
	&smccc_max_ticks.attr,
#endif
	NULL,
};

static const struct attribute_group count_group = { .attrs = count_attrs };
static const struct attribute_group tick_group = { .attrs = tick_attrs };

static void counters_free(struct kobject *kobj)
{
	kfree(container_of(kobj, struct counters, kobj));
}

static const struct sysfs_ops counter_ops = { .show = counter_show };
static struct kobj_type counters_type = {
	.release = counters_free,
	.sysfs_ops = &counter_ops,
};

/* Times are shown if the hypervisor measures them. */
static void add_times(struct counters *counters)
{
	long answer = jh_ask(JAILHOUSE_HC_CPU_GET_INFO,
			     cpumask_first(&counters->cell->cpus),
			     JAILHOUSE_CPU_INFO_TICKS_BASE);

	if (answer >= 0 && !counters->timed)
		counters->timed =
			sysfs_create_group(&counters->kobj, &tick_group) == 0;
}

static struct counters *statistics(const struct jh_cell *cell)
{
	return list_first_entry(&cell->counters, struct counters, entry);
}

/* Adds statistics/ for ALL_CPUS, which must be the first; else cpu<n>/. */
static int add_counters(struct jh_cell *cell, int cpu)
{
	struct counters *counters = kzalloc(sizeof(*counters), GFP_KERNEL);
	int err;

	if (!counters)
		return -ENOMEM;
	counters->cell = cell;
	counters->cpu = cpu;
	kobject_init(&counters->kobj, &counters_type);
	if (cpu == ALL_CPUS)
		err = kobject_add(&counters->kobj, &cell->kobj, "statistics");
	else
		err = kobject_add(&counters->kobj, &statistics(cell)->kobj,
				  "cpu%d", cpu);
	if (!err)
		err = sysfs_create_group(&counters->kobj, &count_group);
	if (err) {
		/* Also takes it out of sysfs, if it is in. */
		kobject_put(&counters->kobj);
		return err;
	}
	list_add_tail(&counters->entry, &cell->counters);
	add_times(counters);
	return 0;
}

static void remove_counters(struct counters *counters)
{
	list_del(&counters->entry);
	kobject_del(&counters->kobj);
	kobject_put(&counters->kobj);
}

static void remove_cpu_counters(struct jh_cell *cell, int cpu)
{
	struct counters *counters, *next;

	list_for_each_entry_safe(counters, next, &cell->counters, entry)
		if (counters->cpu == cpu)
			remove_counters(counters);
}

static void remove_all_counters(struct jh_cell *cell)
{
	struct counters *counters, *next;

	list_for_each_entry_safe_reverse(counters, next, &cell->counters, entry)
		remove_counters(counters);
}

static int add_all_counters(struct jh_cell *cell)
{
	int cpu, err;

	err = add_counters(cell, ALL_CPUS);
	if (err)
		return err;
	for_each_cpu(cpu, &cell->cpus) {
		err = add_counters(cell, cpu);
		if (err) {
			remove_all_counters(cell);
			return err;
		}
	}
	return 0;
}

void jh_sysfs_move_cpus(struct jh_cell *cell, const struct cpumask *cpus,
			bool join)
{
	int cpu, err;

	for_each_cpu(cpu, cpus) {
		if (!join) {
			remove_cpu_counters(cell, cpu);
			continue;
		}
		err = add_counters(cell, cpu);
		if (err)
			jh_warn("cell \"%s\": no statistics of CPU %d: error %d",
				cell->name, cpu, err);
	}
}

/* Attributes of the cell itself */
struct cell_attribute {
	struct attribute attr;
	ssize_t (*show)(const struct jh_cell *cell, char *buf);
};

#define CELL_ATTR(_name)                                                       \
	static struct cell_attribute _name##_attr = {                          \
		.attr = { .name = #_name, .mode = 0444 },                      \
		.show = _name##_show,                                          \
	}

static ssize_t name_show(const struct jh_cell *cell, char *buf)
{
	return sysfs_emit(buf, "%s\n", cell->name);
}
CELL_ATTR(name);

static ssize_t state_show(const struct jh_cell *cell, char *buf)
{
	static const char *const names[] = {
		[JAILHOUSE_CELL_RUNNING] = "running",
		[JAILHOUSE_CELL_RUNNING_LOCKED] = "running/locked",
		[JAILHOUSE_CELL_SHUT_DOWN] = "shut down",
		[JAILHOUSE_CELL_FAILED] = "failed",
		[JAILHOUSE_CELL_FAILED_COMM_REV] = "Comm ABI mismatch",
	};
	long state = jh_ask(JAILHOUSE_HC_CELL_GET_STATE, cell->id, 0);
	const char *name = "invalid";

	if (state >= 0 && state < ARRAY_SIZE(names))
		name = names[state];
	return sysfs_emit(buf, "%s\n", name);
}
CELL_ATTR(state);

static ssize_t cpus_assigned_show(const struct jh_cell *cell, char *buf)
{
	return sysfs_emit(buf, "%*pb\n", cpumask_pr_args(&cell->cpus));
}
CELL_ATTR(cpus_assigned);

static ssize_t cpus_assigned_list_show(const struct jh_cell *cell, char *buf)
{
	return sysfs_emit(buf, "%*pbl\n", cpumask_pr_args(&cell->cpus));
}
CELL_ATTR(cpus_assigned_list);

static ssize_t show_failed(const struct jh_cell *cell, char *buf,
			   const char *format)
{
	cpumask_var_t failed;
	ssize_t length;
	int cpu;

	if (!zalloc_cpumask_var(&failed, GFP_KERNEL))
		return -ENOMEM;
	for_each_cpu(cpu, &cell->cpus)
		if (jh_ask(JAILHOUSE_HC_CPU_GET_INFO, cpu,
			   JAILHOUSE_CPU_INFO_STATE) == JAILHOUSE_CPU_FAILED)
			cpumask_set_cpu(cpu, failed);
	length = sysfs_emit(buf, format, cpumask_pr_args(failed));
	free_cpumask_var(failed);
	return length;
}

static ssize_t cpus_failed_show(const struct jh_cell *cell, char *buf)
{
	return show_failed(cell, buf, "%*pb\n");
}
CELL_ATTR(cpus_failed);

static ssize_t cpus_failed_list_show(const struct jh_cell *cell, char *buf)
{
	return show_failed(cell, buf, "%*pbl\n");
}
CELL_ATTR(cpus_failed_list);

static struct attribute *cell_attrs[] = {
	&name_attr.attr,
	&state_attr.attr,
	&cpus_assigned_attr.attr,
	&cpus_assigned_list_attr.attr,
	&cpus_failed_attr.attr,
	&cpus_failed_list_attr.attr,
	NULL,
};

static ssize_t config_read(struct file *file, struct kobject *kobj,
			   struct bin_attribute *attr, char *buf, loff_t offset,
			   size_t size)
{
	const struct jh_cell *cell = container_of(kobj, struct jh_cell, kobj);
	u64 position = offset, lost;

	return jh_read_object(JAILHOUSE_HC_READ_CONFIG, cell->id, &position,
			      &lost, buf, size);
}
static BIN_ATTR(config, 0400, config_read, NULL, 0);

/*
 * The cell's ring as a file that grows: a reader who stays at its end gets
 * what comes. Where bytes were overwritten before they were read, a line says
 * how many.
 */
static ssize_t console_read(struct file *file, struct kobject *kobj,
			    struct bin_attribute *attr, char *buf,
			    loff_t offset, size_t size)
{
	struct jh_cell *cell = container_of(kobj, struct jh_cell, kobj);
	u64 asked, position, lost;
	ssize_t count;

	mutex_lock(&cell->console_lock);
	asked = jh_follow_position(&cell->console_readers, file, offset);
	position = asked;
	count = jh_read_object(JAILHOUSE_HC_READ_CONSOLE, cell->id, &position,
			       &lost, buf, size);
	if (count > 0 && lost > 0) {
		count = jh_ring_missed_line(buf, size, lost);
		jh_follow_set(&cell->console_readers, file, offset + count,
			      asked + lost);
	}
	mutex_unlock(&cell->console_lock);
	return count;
}
static BIN_ATTR(console, 0400, console_read, NULL, 0);

static struct bin_attribute *cell_bin_attrs[] = {
	&bin_attr_config,
	&bin_attr_console,
	NULL,
};

static const struct attribute_group cell_group = {
	.attrs = cell_attrs,
	.bin_attrs = cell_bin_attrs,
};

static ssize_t cell_attr_show(struct kobject *kobj, struct attribute *attr,
			      char *buf)
{
	const struct cell_attribute *cell_attr =
		container_of(attr, struct cell_attribute, attr);

	return cell_attr->show(container_of(kobj, struct jh_cell, kobj), buf);
}

static void cell_free(struct kobject *kobj)
{
	struct jh_cell *cell = container_of(kobj, struct jh_cell, kobj);

	kfree(cell->regions);
	kfree(cell);
}

static const struct sysfs_ops cell_ops = { .show = cell_attr_show };
static struct kobj_type cell_type = {
	.release = cell_free,
	.sysfs_ops = &cell_ops,
};

void jh_sysfs_init_cell(struct jh_cell *cell)
{
	kobject_init(&cell->kobj, &cell_type);
}

void jh_cell_put(struct jh_cell *cell)
{
	kobject_put(&cell->kobj);
}

int jh_sysfs_add_cell(struct jh_cell *cell)
{
	int err;

	err = kobject_add(&cell->kobj, jh.cells_dir, "%u", cell->id);
	if (err)
		return err;
	err = sysfs_create_group(&cell->kobj, &cell_group);
	if (!err)
		err = add_all_counters(cell);
	if (err)
		kobject_del(&cell->kobj);
	return err;
}

void jh_sysfs_add_times(struct jh_cell *cell)
{
	struct counters *counters;

	list_for_each_entry(counters, &cell->counters, entry)
		add_times(counters);
}

void jh_sysfs_remove_cell(struct jh_cell *cell)
{
	remove_all_counters(cell);
	kobject_del(&cell->kobj);
}
