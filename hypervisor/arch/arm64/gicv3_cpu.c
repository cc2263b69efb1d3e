// SPDX-License-Identifier: GPL-2.0-only
/*
 * GICv3 CPU interface: the physical one, which is ours, and the virtual one,
 * through which guests get their interrupts (ARM IHI 0069H, chapters 4 to 6).
 * How is told in hv/gic_lists.h.
 */
#include <hv/gicv3.h>
#include <hv/printk.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

typedef u64 lr_t;

#define CTLR_EOIMODE BIT(1)
#define CTLR_CBPR    BIT(0)

#define ICH_HCR_EN  BIT(0)
#define ICH_HCR_UIE BIT(1)

#define LR_VID(lr)	  ((u32)(lr))
#define LR_PINTID(lr)	  ((u32)((lr) >> 32) & 0x3ff)
#define LR_PINTID_SHIFT	  32
#define LR_PRIORITY_SHIFT 48
#define LR_GROUP1	  BIT(60)
#define LR_HW		  BIT(61)
#define LR_PENDING	  BIT(62)
#define LR_ACTIVE	  BIT(63)
#define LR_EOI		  BIT(41)

#define VID_SOURCES 0

#define VMCR_VENG1	 BIT(1)
#define VMCR_VCBPR	 BIT(4)
#define VMCR_VEOIM	 BIT(9)
#define VMCR_VBPR1_SHIFT 18
#define VMCR_VPMR_SHIFT	 24

/* While a CPU waits in the hypervisor only the kick, of priority 0, may wake
 * it; 0x10 is the least that all implementations have (IHI 0069H 4.8). */
#define PMR_KICK_ONLY 0x10
#define PMR_ALL	      0xff

/* Set by the first CPU; all CPUs are alike. */
static unsigned int num_lrs;

#define LR_CASE_READ(n, reg)                                                   \
	case n:                                                                \
		return gic_read(reg)
#define LR_CASE_WRITE(n, reg)                                                  \
	case n:                                                                \
		gic_write(reg, value);                                         \
		break

/* ICH_LR<n>_EL2: 0 to 7 have CRm 12, 8 to 15 have CRm 13. */
static __attribute__((noinline)) u64 lr_read(unsigned int n)
{
	switch (n) {
		LR_CASE_READ(0, S3_4_C12_C12_0);
		LR_CASE_READ(1, S3_4_C12_C12_1);
		LR_CASE_READ(2, S3_4_C12_C12_2);
		LR_CASE_READ(3, S3_4_C12_C12_3);
		LR_CASE_READ(4, S3_4_C12_C12_4);
		LR_CASE_READ(5, S3_4_C12_C12_5);
		LR_CASE_READ(6, S3_4_C12_C12_6);
		LR_CASE_READ(7, S3_4_C12_C12_7);
		LR_CASE_READ(8, S3_4_C12_C13_0);
		LR_CASE_READ(9, S3_4_C12_C13_1);
		LR_CASE_READ(10, S3_4_C12_C13_2);
		LR_CASE_READ(11, S3_4_C12_C13_3);
		LR_CASE_READ(12, S3_4_C12_C13_4);
		LR_CASE_READ(13, S3_4_C12_C13_5);
		LR_CASE_READ(14, S3_4_C12_C13_6);
		LR_CASE_READ(15, S3_4_C12_C13_7);
	}
	return 0;
}

static void lr_write(unsigned int n, u64 value)
{
	switch (n) {
		LR_CASE_WRITE(0, S3_4_C12_C12_0);
		LR_CASE_WRITE(1, S3_4_C12_C12_1);
		LR_CASE_WRITE(2, S3_4_C12_C12_2);
		LR_CASE_WRITE(3, S3_4_C12_C12_3);
		LR_CASE_WRITE(4, S3_4_C12_C12_4);
		LR_CASE_WRITE(5, S3_4_C12_C12_5);
		LR_CASE_WRITE(6, S3_4_C12_C12_6);
		LR_CASE_WRITE(7, S3_4_C12_C12_7);
		LR_CASE_WRITE(8, S3_4_C12_C13_0);
		LR_CASE_WRITE(9, S3_4_C12_C13_1);
		LR_CASE_WRITE(10, S3_4_C12_C13_2);
		LR_CASE_WRITE(11, S3_4_C12_C13_3);
		LR_CASE_WRITE(12, S3_4_C12_C13_4);
		LR_CASE_WRITE(13, S3_4_C12_C13_5);
		LR_CASE_WRITE(14, S3_4_C12_C13_6);
		LR_CASE_WRITE(15, S3_4_C12_C13_7);
	}
}

static u64 empty_lrs(void)
{
	return gic_read(ICH_ELRSR_EL2) & ~0UL >> (64 - num_lrs);
}

/* Nothing here waits for the end of another one. */
static u64 ended_lrs(void)
{
	return 0;
}

static u64 make_lr(u32 intid, u8 priority)
{
	u64 lr = LR_GROUP1 | LR_PENDING | intid |
		 (u64)priority << LR_PRIORITY_SHIFT;

	if (intid >= INTID_PPI)
		lr |= LR_HW | (u64)intid << LR_PINTID_SHIFT;
	return lr;
}

static void lists_watch(bool on)
{
	gic_write(ICH_HCR_EL2, ICH_HCR_EN | (on ? ICH_HCR_UIE : 0));
	/* The maintenance interrupt is level: its reason is gone before it is
	 * finished. */
	if (!on)
		isb();
}

static u32 acknowledge(void)
{
	u32 intid = (u32)gic_read(ICC_IAR1_EL1) & 0xffffff;

	/* The acknowledge must be complete before devices are touched on its
	 * behalf (IHI 0069H, 4.1.1 and 12.1.1). */
	dsb(sy);
	return intid;
}

static void drop_priority(u32 intid)
{
	gic_write(ICC_EOIR1_EL1, intid);
}

static void deactivate(u32 intid)
{
	gic_write(ICC_DIR_EL1, intid);
}

static u8 running_priority(const struct cpu *cpu, unsigned int intid)
{
	(void)cpu;
	(void)intid;
	return (u8)gic_read(ICC_RPR_EL1);
}

static void pend_sgi(const struct cpu *cpu, u32 intid)
{
	gic_set_pending(cpu, intid);
}

#include <hv/gic_lists.h>

static unsigned int gicv3_handle(void)
{
	u32 intid = acknowledge();

	if (intid < INTID_SPECIAL)
		return handle_irq(this_cpu(), intid);
	if (intid > INTID_SPURIOUS)
		finish(intid); /* LPIs, extended ranges: no cell owns them */
	return 0;
}

/* --- SGIs ----------------------------------------------------------------- */

/* ICC_SGI1R_EL1: affinities at 55:48, 39:32, 23:16; target list 15:0 for the
 * sixteen from range selector (47:44) * 16 on; routing mode 40. */
static u64 sgi_target(u64 mpidr)
{
	return (mpidr >> 32 & 0xff) << 48 | (mpidr >> 16 & 0xff) << 32 |
	       (mpidr >> 8 & 0xff) << 16 | (mpidr >> 4 & 0xf) << 44 |
	       1UL << (mpidr & 0xf);
}

#define SGI_IRM	     BIT(40)
#define SGI_CLUSTERS (0xffUL << 48 | 0xfUL << 44 | 0xffUL << 32 | 0xffUL << 16)
#define SGI_LIST     0xffffUL

static void gicv3_kick(struct cpu *cpu)
{
	/* Whatever the target is to find is visible before the interrupt. */
	dsb(ishst);
	gic_write(ICC_SGI1R_EL1, cpu->gic_target | (u64)GIC_KICK_SGI << 24);
	isb();
}

static bool is_target(const struct cpu *cpu, u64 sgi1r)
{
	if (sgi1r & SGI_IRM) /* all but self */
		return cpu != this_cpu();
	return (cpu->gic_target & SGI_CLUSTERS) == (sgi1r & SGI_CLUSTERS) &&
	       cpu->gic_target & sgi1r & SGI_LIST;
}

/* CPUs of other cells are simply not looked at. */
void gicv3_send_sgi(u64 sgi1r)
{
	unsigned int sgi = (unsigned int)(sgi1r >> 24) & 0xf;
	unsigned int id;

	for_each_cpu (id, &this_cell()->cpus) {
		struct cpu *cpu = cpu_at(id);

		if (!is_target(cpu, sgi1r))
			continue;
		__atomic_or_fetch(&cpu->sgi_pending, 1U << sgi,
				  __ATOMIC_RELEASE);
		if (cpu == this_cpu())
			take_sgis(cpu);
		else
			gicv3_kick(cpu);
	}
}

static void gicv3_wait(void)
{
	u64 hcr = gic_read(ICH_HCR_EL2);
	u32 intid;

	/* Neither maintenance nor virtual interrupts (QEMU's WFI ends for
	 * those at EL2, too) are of interest now. */
	gic_write(ICH_HCR_EL2, 0);
	gic_write(ICC_PMR_EL1, PMR_KICK_ONLY);
	isb();
	arch_idle();
	gic_write(ICH_HCR_EL2, hcr);
	intid = acknowledge();
	if (intid < INTID_SPECIAL)
		keep_for_guest(this_cpu(), intid);
	else if (intid > INTID_SPURIOUS)
		finish(intid);
	gic_write(ICC_PMR_EL1, PMR_ALL);
	isb();
}

/* --- taking over from Linux, giving back ---------------------------------- */

/* The virtual CPU interface continues where the physical one stands. */
static __cold void seed_virtual_interface(void)
{
	u64 ctlr = gic_read(ICC_CTLR_EL1);
	u64 vmcr = (gic_read(ICC_PMR_EL1) & 0xff) << VMCR_VPMR_SHIFT |
		   (gic_read(ICC_BPR1_EL1) & 7) << VMCR_VBPR1_SHIFT;

	if (gic_read(ICC_IGRPEN1_EL1) & 1)
		vmcr |= VMCR_VENG1;
	if (ctlr & CTLR_EOIMODE)
		vmcr |= VMCR_VEOIM;
	if (ctlr & CTLR_CBPR)
		vmcr |= VMCR_VCBPR;
	gic_write(ICH_VMCR_EL2, vmcr);
	gic_write(ICH_AP0R0_EL2, 0);
	gic_write(ICH_AP1R0_EL2, gic_read(ICC_AP1R0_EL1));
	gic_write(ICC_AP1R0_EL1, 0);
}

/* A kick from Linux' times, which may be pending, is for the guest. */
static __cold void adopt_kick(struct cpu *cpu)
{
	char *bank = cpu->gic_bank;
	u32 bit = 1U << GIC_KICK_SGI;

	if (!(mmio_read32(bank + GICD_ISPENDR) & bit))
		return;
	mmio_write32(bank + GICD_ICPENDR, bit);
	inject(cpu, GIC_KICK_SGI, cpu->sgi_priority[GIC_KICK_SGI]);
}

static __cold int check_interface(const struct cpu *cpu)
{
	if (!(gic_read(ICC_SRE_EL2) & 1)) {
		printk("Refused: CPU %u uses no GICv3 system registers\n",
		       cpu->id);
		return -ENODEV;
	}
	if (mmio_read32(gicv3_redistributor(cpu) + GICR_CTLR) &
	    GICR_CTLR_LPIS) {
		printk("Refused: CPU %u has LPIs (an ITS) enabled, which "
		       "cannot be partitioned: boot Linux with "
		       "\"irqchip.gicv3_nolpi=1\"\n",
		       cpu->id);
		return -ENODEV;
	}
	return 0;
}

static __cold int gicv3_cpu_init(struct cpu *cpu)
{
	struct linux_el2 *saved = &arm64_private.saved;
	int err = gicv3_assign_redistributor(cpu);

	if (!err)
		err = check_interface(cpu);
	if (!err)
		err = gic_take_private(cpu);
	if (err)
		return err;
	num_lrs = ((unsigned int)gic_read(ICH_VTR_EL2) & 0x1f) + 1;
	cpu->gic_target = sgi_target(cpu->phys_id);
	saved->icc_sre = gic_read(ICC_SRE_EL2);
	saved->ich_hcr = gic_read(ICH_HCR_EL2);
	saved->ich_vmcr = gic_read(ICH_VMCR_EL2);
	for (unsigned int n = 0; n < num_lrs; n++)
		lr_write(n, 0);

	seed_virtual_interface();
	adopt_active(cpu);
	adopt_kick(cpu);

	gic_write(ICC_CTLR_EL1, CTLR_EOIMODE);
	gic_write(ICC_PMR_EL1, PMR_ALL);
	gic_write(ICC_IGRPEN1_EL1, 1);
	gic_write(ICH_HCR_EL2, ICH_HCR_EN);
	isb();
	return 0;
}

static __cold void gicv3_cpu_exit(struct cpu *cpu)
{
	const struct linux_el2 *saved = &arm64_private.saved;
	u64 vmcr = gic_read(ICH_VMCR_EL2);
	u64 ctlr = (vmcr & VMCR_VEOIM ? CTLR_EOIMODE : 0) |
		   (vmcr & VMCR_VCBPR ? CTLR_CBPR : 0);

	gic_return_private(cpu);
	give_back_lists(cpu);
	give_back_queue(cpu);

	gic_write(ICC_AP1R0_EL1, gic_read(ICH_AP1R0_EL2));
	gic_write(ICC_CTLR_EL1, ctlr);
	gic_write(ICC_PMR_EL1, vmcr >> VMCR_VPMR_SHIFT & 0xff);
	gic_write(ICC_BPR1_EL1, vmcr >> VMCR_VBPR1_SHIFT & 7);
	gic_write(ICC_IGRPEN1_EL1, vmcr & VMCR_VENG1 ? 1 : 0);
	gic_write(ICH_AP1R0_EL2, 0);
	gic_write(ICH_HCR_EL2, saved->ich_hcr);
	gic_write(ICH_VMCR_EL2, saved->ich_vmcr);
	isb();
}

static __cold void gicv3_cpu_reset(struct cpu *cpu)
{
	clear_virtual_irqs(cpu);
	gic_reset_private(cpu);
	gic_write(ICH_AP0R0_EL2, 0);
	gic_write(ICH_AP1R0_EL2, 0);
	gic_write(ICH_VMCR_EL2, 0);
	gic_write(ICH_HCR_EL2, ICH_HCR_EN);
	isb();
}

const struct gic_cpu_ops gicv3_cpu_ops = {
	.init = gicv3_cpu_init,
	.exit = gicv3_cpu_exit,
	.reset = gicv3_cpu_reset,
	.off = power_off,
	.handle = gicv3_handle,
	.kick = gicv3_kick,
	.wait = gicv3_wait,
	.has_virtual = has_virtual_irqs,
	.irqs_changed = irqs_changed,
};
