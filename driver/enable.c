// SPDX-License-Identifier: GPL-2.0-only
#include <linux/io.h>
#include <linux/module.h>
#include <linux/page-flags.h>

#include <jailhouse/hypercall.h>

#include "arch.h"
#include "cell.h"
#include "cpu.h"
#include "enable.h"
#include "firmware.h"
#include "jh.h"
#include "vpci.h"

/* The clock of the debug console, changed by one bit of a register */
struct clock_gate {
	void __iomem *reg; /* NULL if there is none */
	u32 before;
};

static int open_gate(struct clock_gate *gate,
		     const struct jailhouse_console *console)
{
	u64 phys = console->clock_reg;
	u32 value;

	gate->reg = NULL;
	if (phys == 0)
		return 0;
	if (console->gate_nr > 31 || !IS_ALIGNED(phys, sizeof(u32)) ||
	    phys >= jh_arch_phys_limit() || pfn_is_map_memory(PHYS_PFN(phys)))
		goto refuse;
	gate->reg = ioremap(phys, sizeof(u32));
	if (!gate->reg)
		goto refuse;

	gate->before = readl(gate->reg);
	if (CON_HAS_INVERTED_GATE(console->flags))
		value = gate->before & ~BIT(console->gate_nr);
	else
		value = gate->before | BIT(console->gate_nr);
	writel(value, gate->reg);
	return 0;

refuse:
	jh_err("debug console: clock gate %u of register 0x%llx cannot be used",
	       console->gate_nr, phys);
	return -EINVAL;
}

static void close_gate(struct clock_gate *gate, bool restore)
{
	if (!gate->reg)
		return;
	if (restore)
		writel(gate->before, gate->reg);
	iounmap(gate->reg);
}

static int enter_cpu(const void *arg)
{
	return jh_arch_enter(jh_firmware_entry(), jh_firmware_base());
}

static int leave_cpu(const void *arg)
{
	return jh_arch_hypercall(JAILHOUSE_HC_DISABLE, 0, 0);
}

/* Enters or leaves on all CPUs. */
static int switch_all(bool enable)
{
	int err;

	down_write(&jh.gate);
	err = jh_cpus_run(enable ? enter_cpu : leave_cpu, NULL);
	if (!err)
		WRITE_ONCE(jh.enabled, enable);
	up_write(&jh.gate);
	return err;
}

static int check_root_cpus(const struct jailhouse_cell_desc *root)
{
	int err = jh_cpus_from_config(root, &jh.root_cpus);

	if (err)
		return err;
	if (cpumask_equal(&jh.root_cpus, cpu_online_mask))
		return 0;
	jh_err("CPUs online are %*pbl, but the root cell \"%s\" has %*pbl",
	       cpumask_pr_args(cpu_online_mask), root->name,
	       cpumask_pr_args(&jh.root_cpus));
	return -EINVAL;
}

static int start_image(const struct jailhouse_system *system, size_t size)
{
	int err;

	err = jh_firmware_place(system, size, cpumask_last(&jh.root_cpus) + 1,
				cpumask_weight(&jh.root_cpus));
	if (err)
		return err;
	err = jh_cell_add_root(&system->root_cell, &jh.root_cpus);
	if (err) {
		jh_firmware_release();
		return err;
	}
	err = switch_all(true);
	/* From here on the memory stays claimed: should the hypervisor have
	 * refused, its console says why. */
	jh_firmware_show_console(
		SYS_FLAGS_VIRTUAL_DEBUG_CONSOLE(system->flags));
	if (err) {
		jh_cell_remove_root();
		jh_err("the hypervisor refused to start: error %d, see its console",
		       err);
		return err;
	}
	jh_cell_root_runs();
	return 0;
}

/* CPUs are frozen. */
static int start_hypervisor(const struct jailhouse_system *system, size_t size)
{
	struct clock_gate gate;
	int err;

	err = check_root_cpus(&system->root_cell);
	if (err)
		return err;
	err = jh_arch_probe();
	if (err)
		return err;
	err = open_gate(&gate, &system->debug_console);
	if (err)
		return err;
	err = start_image(system, size);
	close_gate(&gate, err != 0);
	return err;
}

int jh_enable(struct jailhouse_system *system, size_t size)
{
	int err;

	if (jh.enabled)
		return -EBUSY;
	if (!try_module_get(THIS_MODULE))
		return -EBUSY;
	system->root_cell.id = 0;
	system->root_cell.name[JAILHOUSE_CELL_NAME_MAXLEN] = 0;

	jh_cpus_freeze();
	err = start_hypervisor(system, size);
	jh_cpus_thaw();
	if (err) {
		module_put(THIS_MODULE);
		return err;
	}
	pr_info("The Jailhouse is opening.\n");
	jh_vpci_start(system);
	return 0;
}

/* DISABLE runs on all root CPUs, so that those offline must be ones that
 * destroying the cells will bring back. */
static int check_offline_cpus(void)
{
	int cpu;

	for_each_cpu(cpu, &jh.root_cpus) {
		if (cpu_online(cpu) || jh_cell_took_cpu(cpu))
			continue;
		jh_err("root CPU %d is offline: bring it back with \"echo 1 > /sys/devices/system/cpu/cpu%d/online\" before disabling",
		       cpu, cpu);
		return -EBUSY;
	}
	return 0;
}

static int stop_hypervisor(void)
{
	int err;

	jh_cpus_freeze();
	/* again, for what happened since, and for CPUs that did not return */
	err = check_offline_cpus();
	if (!err)
		err = switch_all(false);
	jh_cpus_thaw();
	return err;
}

int jh_disable(void)
{
	int err;

	if (!jh.enabled)
		return -EINVAL;
	err = check_offline_cpus();
	if (!err)
		err = jh_cell_destroy_all();
	if (err)
		return err;
	jh_vpci_remove();
	err = stop_hypervisor();
	if (err) {
		jh_vpci_add();
		return err;
	}
	jh_cell_remove_root();
	module_put(THIS_MODULE);
	pr_info("The Jailhouse was closed.\n");
	return 0;
}
