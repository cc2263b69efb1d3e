// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the hypervisor costs the root cell. Loaded by the bench only, for
 * /sys/kernel/debug/jh_bench/:
 *
 *   loops  reading it runs the loops on CPU 0; prints lines as loops.h says
 *   spans  "NAME CALLS NANOSECONDS" from the first call of a kind since the
 *          last write to this file until the last return, on all CPUs
 *
 * Spans come from return probes on the two functions of the driver that leave
 * for the hypervisor, so that the driver has no hooks for this. The span
 * "probe" is that of a function with nothing in it.
 */
#include <linux/debugfs.h>
#include <linux/io.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/smp.h>
#include <asm/sysreg.h>

#include <jailhouse/hypercall.h>

#include "loops.h"

static unsigned long gicd_base;
module_param(gicd_base, ulong, 0444);
static unsigned long gicr_base;
module_param(gicr_base, ulong, 0444);

#define PSCI_VERSION	      0x84000000
#define PSCI_AFFINITY_INFO_64 0xc4000004

/* ARM IHI 0069H, 12.8 and 12.10 */
#define GICD_SIZE	0x10000
#define GICD_TYPER	0x0004
#define GICD_ISENABLER1 0x0104
#define GICR_SIZE	0x20000
#define GICR_TYPER	0x0008
#define GICR_ISENABLER0 0x10100
#define GICR_IPRIORITYR 0x10400

/* --- loops
 * -------------------------------------------------------------------------------
 */

static void __iomem *gicd, *gicr;

/* A CPU that does not exist: Aff1 255, Aff0 0. SGI 15 is nobody's. */
#define SGI_TO_NOBODY (0xffULL << 16 | 15ULL << 24 | 1)

struct measurement {
	struct loop loop;
	u64 tenths;
};

static void measure_here(void *data)
{
	struct measurement *measurement = data;

	measurement->tenths = loop_measure(&measurement->loop);
}

static int loops_show(struct seq_file *out, void *unused)
{
	u64 d = (u64)gicd, r = (u64)gicr;
	/* clang-format off */
	const struct loop loops[] = {
		{ "loop", loop_nothing },
		{ "hypercall HYPERVISOR_GET_INFO", loop_hypercall,
		  JAILHOUSE_HC_HYPERVISOR_GET_INFO,
		  JAILHOUSE_INFO_MEM_POOL_USED },
		{ "hypercall CELL_GET_STATE", loop_hypercall,
		  JAILHOUSE_HC_CELL_GET_STATE, 0 },
		{ "hypercall CPU_GET_INFO", loop_hypercall,
		  JAILHOUSE_HC_CPU_GET_INFO, 0,
		  JAILHOUSE_CPU_INFO_STAT_BASE + 1 },
		{ "SMC PSCI_VERSION", loop_smc, PSCI_VERSION },
		{ "SMC PSCI_AFFINITY_INFO", loop_smc, PSCI_AFFINITY_INFO_64 },
		{ "GICD_TYPER read", loop_read32, d + GICD_TYPER },
		{ "GICD_ISENABLER read", loop_read32, d + GICD_ISENABLER1 },
		{ "GICD_ISENABLER write", loop_write32, d + GICD_ISENABLER1 },
		{ "GICR_TYPER read", loop_read64, r + GICR_TYPER },
		{ "GICR_ISENABLER0 read", loop_read32, r + GICR_ISENABLER0 },
		{ "GICR_IPRIORITYR write, 8 bits", loop_write8,
		  r + GICR_IPRIORITYR + 31, 0xa0 },
		{ "ICC_SGI1R_EL1 to nobody", loop_sgi, SGI_TO_NOBODY },
	};
	/* clang-format on */
	size_t n;

	for (n = 0; n < ARRAY_SIZE(loops); n++) {
		struct measurement measurement = { loops[n] };

		smp_call_function_single(0, measure_here, &measurement, true);
		seq_printf(out, "ROW %llu %u %s\n", measurement.tenths,
			   LOOP_TURNS, loops[n].name);
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(loops);

/* --- spans
 * -------------------------------------------------------------------------------
 */

enum kind {
	/* up to here: codes of hypercalls */
	KIND_ENTER = JAILHOUSE_HC_DEBUG_CONSOLE_PUTC + 1,
	KIND_PROBE,
	KINDS
};

static const char *const kind_names[KINDS] = {
	[JAILHOUSE_HC_DISABLE] = "disable",
	[JAILHOUSE_HC_CELL_CREATE] = "create",
	[JAILHOUSE_HC_CELL_START] = "start",
	[JAILHOUSE_HC_CELL_SET_LOADABLE] = "load",
	[JAILHOUSE_HC_CELL_DESTROY] = "destroy",
	[KIND_ENTER] = "enable",
	[KIND_PROBE] = "probe",
};

static struct span {
	unsigned int calls;
	u64 first, last;
} spans[KINDS]; /* guarded by spans_lock */
static DEFINE_RAW_SPINLOCK(spans_lock);

struct call {
	enum kind kind;
	u64 began;
};

static u64 counter(void)
{
	isb();
	return read_sysreg(cntvct_el0);
}

static void begin_call(struct kretprobe_instance *instance, enum kind kind)
{
	struct call *call = (struct call *)instance->data;

	call->kind = kind;
	call->began = counter();
}

static int enter_begins(struct kretprobe_instance *instance,
			struct pt_regs *regs)
{
	begin_call(instance, KIND_ENTER);
	return 0;
}

static int hypercall_begins(struct kretprobe_instance *instance,
			    struct pt_regs *regs)
{
	u64 code = regs->regs[0] & 0xffffffff;

	if (code >= KIND_ENTER || !kind_names[code])
		return 1; /* not interested */
	begin_call(instance, code);
	return 0;
}

static int probe_begins(struct kretprobe_instance *instance,
			struct pt_regs *regs)
{
	begin_call(instance, KIND_PROBE);
	return 0;
}

static int call_ends(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	const struct call *call = (struct call *)instance->data;
	struct span *span = &spans[call->kind];
	u64 now = counter();
	unsigned long flags;

	raw_spin_lock_irqsave(&spans_lock, flags);
	if (!span->calls++ || call->began < span->first)
		span->first = call->began;
	if (now > span->last)
		span->last = now;
	raw_spin_unlock_irqrestore(&spans_lock, flags);
	return 0;
}

static noinline void probed_nothing(void)
{
	barrier();
}

#define PROBE(symbol, entry)                                                   \
	{                                                                      \
		.kp.symbol_name = symbol, .entry_handler = entry,              \
		.handler = call_ends, .data_size = sizeof(struct call),        \
		.maxactive = 64                                                \
	}

static struct kretprobe probes[] = {
	PROBE("jailhouse:jh_el2_enter", enter_begins),
	PROBE("jailhouse:jh_arch_hypercall", hypercall_begins),
	PROBE("jh_bench:probed_nothing", probe_begins),
};

static int spans_show(struct seq_file *out, void *unused)
{
	u64 frequency = read_sysreg(cntfrq_el0);
	int kind;

	probed_nothing();
	for (kind = 0; kind < KINDS; kind++)
		if (spans[kind].calls)
			seq_printf(out, "%s %u %llu\n", kind_names[kind],
				   spans[kind].calls,
				   (spans[kind].last - spans[kind].first) *
					   NSEC_PER_SEC / frequency);
	return 0;
}

static int spans_open(struct inode *inode, struct file *file)
{
	return single_open(file, spans_show, NULL);
}

static ssize_t spans_write(struct file *file, const char __user *text,
			   size_t size, loff_t *position)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&spans_lock, flags);
	memset(spans, 0, sizeof(spans));
	raw_spin_unlock_irqrestore(&spans_lock, flags);
	return size;
}

static const struct file_operations spans_fops = {
	.owner = THIS_MODULE,
	.open = spans_open,
	.read = seq_read,
	.write = spans_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/* --- module
 * ------------------------------------------------------------------------------
 */

static struct dentry *dir;

static int map_gic(void)
{
	gicd = ioremap(gicd_base, GICD_SIZE);
	gicr = ioremap(gicr_base, GICR_SIZE);
	return gicd && gicr ? 0 : -ENOMEM;
}

static void unmap_gic(void)
{
	if (gicd)
		iounmap(gicd);
	if (gicr)
		iounmap(gicr);
}

static int register_probes(void)
{
	size_t n;
	int err;

	for (n = 0; n < ARRAY_SIZE(probes); n++) {
		err = register_kretprobe(&probes[n]);
		if (err) {
			pr_err("jh_bench: no probe on %s: error %d\n",
			       probes[n].kp.symbol_name, err);
			while (n-- > 0)
				unregister_kretprobe(&probes[n]);
			return err;
		}
	}
	return 0;
}

static int __init jh_bench_init(void)
{
	int err = map_gic();

	if (!err)
		err = register_probes();
	if (err) {
		unmap_gic();
		return err;
	}
	dir = debugfs_create_dir("jh_bench", NULL);
	debugfs_create_file("loops", 0400, dir, NULL, &loops_fops);
	debugfs_create_file("spans", 0600, dir, NULL, &spans_fops);
	return 0;
}

static void __exit jh_bench_exit(void)
{
	size_t n;

	debugfs_remove(dir);
	for (n = 0; n < ARRAY_SIZE(probes); n++)
		unregister_kretprobe(&probes[n]);
	unmap_gic();
}

module_init(jh_bench_init);
module_exit(jh_bench_exit);
MODULE_DESCRIPTION("Measures what the hypervisor costs the root cell");
MODULE_LICENSE("GPL");
