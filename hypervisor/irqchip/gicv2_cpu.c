// SPDX-License-Identifier: GPL-2.0-only
/*
 * GICv2 CPU interface: the physical one (GICC), which is ours, and the virtual
 * one, through which guests get their interrupts: GICH is our side of it, GICV
 * theirs (ARM IHI 0048B, chapters 3 to 5).
 *
 * A guest believes itself on the non-secure side, where the one bit of
 * GICC_CTLR enables group 1; in the virtual interface it is that of group 0. So
 * virtual interrupts are of group 0, which are IRQs as long as FIQEn is clear.
 *
 * All registers are device memory and banked by CPU. A CPU's own accesses to
 * one peripheral stay in order (ARM DDI 0487 B2, Device memory), which is all
 * that is needed here, except where the CPU is about to sleep.
 */
#include "gicd.h"

#include <hv/gicv2.h>
#include <hv/printk.h>

typedef u32 lr_t;

#define LR_HW	   GICV2_LR_HW
#define LR_PENDING GICV2_LR_PENDING
#define LR_ACTIVE  GICV2_LR_ACTIVE
#define LR_EOI	   GICV2_LR_EOI
/* The place of the sender has the lower bits of the physical INTID if there is
 * one. */
#define LR_VID(lr)    ((lr) & ((lr)&LR_HW ? 0x3ffU : 0x1fffU))
#define LR_PINTID(lr) ((lr) >> GICV2_LR_PINTID_SHIFT & 0x3ff)
#define VID_SOURCES   1

/* As in gicv3_cpu.c: a GIC has 16 priorities at least, also for the non-secure
 * side (3.3, 3.5). */
#define PMR_KICK_ONLY 0x10
#define PMR_ALL	      0xff
#define RPR_IDLE      0xff

/* Set by the first CPU; all CPUs are alike. */
static unsigned int num_lrs;

static u32 gicc_read(unsigned int offset)
{
	return mmio_read32(gicv2_gicc + offset);
}

static void gicc_write(unsigned int offset, u32 value)
{
	mmio_write32(gicv2_gicc + offset, value);
}

static u32 gich_read(unsigned int offset)
{
	return mmio_read32(gicv2_gich + offset);
}

static void gich_write(unsigned int offset, u32 value)
{
	mmio_write32(gicv2_gich + offset, value);
}

static lr_t lr_read(unsigned int n)
{
	return gich_read(GICH_LR + n * 4);
}

static void lr_write(unsigned int n, lr_t lr)
{
	gich_write(GICH_LR + n * 4, lr);
}

/* A bit for each list register: 64 of them are two words. */
static u64 lr_bits(unsigned int offset)
{
	u64 bits = gich_read(offset);

	if (num_lrs > 32)
		bits |= (u64)gich_read(offset + 4) << 32;
	return bits & ~0UL >> (64 - num_lrs);
}

static u64 empty_lrs(void)
{
	return lr_bits(GICH_ELRSR);
}

static u64 ended_lrs(void)
{
	return lr_bits(GICH_EISR);
}

static lr_t make_lr(u32 vid, u8 priority)
{
	lr_t lr = LR_PENDING | vid |
		  (u32)(priority >> 3) << GICV2_LR_PRIORITY_SHIFT;

	if ((vid & 0x3ff) >= INTID_PPI)
		lr |= LR_HW | vid << GICV2_LR_PINTID_SHIFT;
	return lr;
}

static void lists_watch(bool on)
{
	gich_write(GICH_HCR, GICH_HCR_EN | (on ? GICH_HCR_UIE : 0));
}

static u32 acknowledge(void)
{
	return gicc_read(GICC_IAR) & 0x1fff;
}

static void drop_priority(u32 iar)
{
	gicc_write(GICC_EOIR, iar);
}

static void deactivate(u32 iar)
{
	gicc_write(GICC_DIR, iar);
}

static u8 running_priority(const struct cpu *cpu, unsigned int intid)
{
	return gic_priority(cpu, intid);
}

static void pend_sgi(const struct cpu *cpu, u32 vid)
{
	*((volatile u8 *)cpu->gic_bank + GICD_SPENDSGIR + (vid & 0xf)) =
		(u8)(1U << (vid >> GICV2_LR_SOURCE_SHIFT & 7));
}

#include <hv/gic_lists.h>

static unsigned int gicv2_handle(void)
{
	u32 iar = acknowledge();

	if (VID_INTID(iar) >= INTID_SPECIAL)
		return 0;
	return handle_irq(this_cpu(), iar);
}

static void gicv2_kick(struct cpu *cpu)
{
	/* Whatever the target is to find is visible before the interrupt. */
	__atomic_thread_fence(__ATOMIC_ACQ_REL);
	mmio_write32((char *)this_cpu()->gic_bank + GICD_SGIR,
		     (u32)cpu->gic_target << 16 | GIC_KICK_SGI);
}

static void gicv2_wait(void)
{
	u32 hcr = gich_read(GICH_HCR);
	u32 iar;

	/* Neither maintenance nor virtual interrupts are of interest now. */
	gich_write(GICH_HCR, 0);
	gicc_write(GICC_PMR, PMR_KICK_ONLY);
	arch_idle();
	gich_write(GICH_HCR, hcr);
	iar = acknowledge();
	if (VID_INTID(iar) < INTID_SPECIAL)
		keep_for_guest(this_cpu(), iar);
	gicc_write(GICC_PMR, PMR_ALL);
}

/* --- taking over from Linux, giving back ---------------------------------- */

/* The bit that stands for this CPU in lists of targets: its SGIs and PPIs have
 * it, though not each of them must (4.3.12). */
static u8 read_target(const struct cpu *cpu)
{
	u32 targets = 0;

	for (unsigned int n = 0; n < INTID_SPI; n += 4)
		targets |=
			mmio_read32((char *)cpu->gic_bank + GICD_ITARGETSR + n);
	targets |= targets >> 16;
	return (u8)(targets | targets >> 8);
}

/*
 * The virtual CPU interface continues where the physical one stands. Linux has
 * dropped the priority of what it is handling, unless it cannot reach DIR; then
 * it runs at one level, and virtually goes on to.
 */
static void seed_virtual_interface(void)
{
	u32 ctlr = gicc_read(GICC_CTLR);
	u32 rpr = gicc_read(GICC_RPR) & 0xff;
	u32 vmcr = (gicc_read(GICC_PMR) >> GICH_VMCR_PMR_UNUSED & 0x1f)
			   << GICH_VMCR_PMR_SHIFT |
		   (gicc_read(GICC_BPR) & 7) << GICH_VMCR_BPR_SHIFT;

	if (ctlr & GICC_CTLR_ENABLE)
		vmcr |= GICH_VMCR_ENABLE;
	if (ctlr & GICC_CTLR_EOIMODE)
		vmcr |= GICH_VMCR_EOIMODE;
	gich_write(GICH_VMCR, vmcr);
	gich_write(GICH_APR, rpr == RPR_IDLE ? 0 : 1U << (rpr >> 3));
	gicc_write(GICC_APR0, 0);
}

/* A kick from Linux' times, which may be pending, is for the guest. */
static void adopt_kick(struct cpu *cpu)
{
	volatile u8 *pending =
		(volatile u8 *)cpu->gic_bank + GICD_CPENDSGIR + GIC_KICK_SGI;
	u32 sources = *pending;

	*pending = (u8)sources;
	for (; sources; sources &= sources - 1)
		inject(cpu,
		       GIC_KICK_SGI | (u32)__builtin_ctz(sources)
					      << VID_SOURCE_SHIFT,
		       cpu->sgi_priority[GIC_KICK_SGI]);
}

static int gicv2_cpu_init(struct cpu *cpu)
{
	int err;

	cpu->gic_bank = gicd;
	cpu->gic_target = read_target(cpu);
	if (!cpu->gic_target || cpu->gic_target & (cpu->gic_target - 1)) {
		printk("Refused: CPU %u has no target bit in the GIC "
		       "distributor\n",
		       cpu->id);
		return -ENODEV;
	}
	num_lrs = (gich_read(GICH_VTR) & 0x3f) + 1;
	for (unsigned int n = 0; n < num_lrs; n++)
		lr_write(n, 0);
	err = gic_take_private(cpu);
	if (err)
		return err;
	seed_virtual_interface();
	adopt_active(cpu);
	adopt_kick(cpu);

	gicc_write(GICC_CTLR,
		   gicc_read(GICC_CTLR) | GICC_CTLR_ENABLE | GICC_CTLR_EOIMODE);
	gicc_write(GICC_PMR, PMR_ALL);
	lists_watch(false);
	return 0;
}

static void gicv2_cpu_exit(struct cpu *cpu)
{
	u32 vmcr = gich_read(GICH_VMCR);
	u32 ctlr =
		gicc_read(GICC_CTLR) & ~(GICC_CTLR_ENABLE | GICC_CTLR_EOIMODE);

	gic_return_private(cpu);
	give_back_lists(cpu);
	give_back_queue(cpu);

	if (vmcr & GICH_VMCR_ENABLE)
		ctlr |= GICC_CTLR_ENABLE;
	if (vmcr & GICH_VMCR_EOIMODE)
		ctlr |= GICC_CTLR_EOIMODE;
	gicc_write(GICC_CTLR, ctlr);
	gicc_write(GICC_PMR,
		   vmcr >> GICH_VMCR_PMR_SHIFT << GICH_VMCR_PMR_UNUSED);
	gicc_write(GICC_BPR, vmcr >> GICH_VMCR_BPR_SHIFT & 7);
	gich_write(GICH_HCR, 0);
	gich_write(GICH_VMCR, 0);
	gich_write(GICH_APR, 0);
}

static void gicv2_cpu_reset(struct cpu *cpu)
{
	clear_virtual_irqs(cpu);
	gic_reset_private(cpu);
	gich_write(GICH_APR, 0);
	gich_write(GICH_VMCR, 0);
	lists_watch(false);
}

const struct gic_cpu_ops gicv2_cpu_ops = {
	.init = gicv2_cpu_init,
	.exit = gicv2_cpu_exit,
	.reset = gicv2_cpu_reset,
	.off = power_off,
	.handle = gicv2_handle,
	.kick = gicv2_kick,
	.wait = gicv2_wait,
	.has_virtual = has_virtual_irqs,
	.irqs_changed = irqs_changed,
};
