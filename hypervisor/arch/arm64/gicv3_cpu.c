// SPDX-License-Identifier: GPL-2.0-only
/*
 * GICv3 CPU interface: the physical one, which is ours, and the virtual one,
 * through which guests get their interrupts (ARM IHI 0069H, chapters 4 to 6).
 *
 * A physical interrupt is acknowledged and its priority dropped at once; a
 * list register links the virtual to the physical one, so that the guest's
 * deactivation reaches the hardware without another exit. SGIs are virtual
 * only: the sender's exit sets a bit for each target and kicks it.
 *
 * What finds no list register waits in cpu->irq_pending, one bit per INTID: an
 * interrupt that is pending cannot become pending twice, so nothing is lost.
 */
#include <hv/gicv3.h>
#include <hv/printk.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

#define INTID_PPI	   16U
#define INTID_SPI	   32U
#define INTID_LAST	   1019U
#define INTID_SPECIAL	   1020U
#define INTID_SPECIAL_LAST 1023U

#define CTLR_EOIMODE BIT(1)
#define CTLR_CBPR    BIT(0)

#define ICH_HCR_EN  BIT(0)
#define ICH_HCR_UIE BIT(1)

#define LR_VINTID(lr)	  ((u32)(lr))
#define LR_PINTID(lr)	  ((u32)((lr) >> 32) & 0x3ff)
#define LR_PINTID_SHIFT	  32
#define LR_PRIORITY(lr)	  ((u8)((lr) >> 48))
#define LR_PRIORITY_SHIFT 48
#define LR_GROUP1	  BIT(60)
#define LR_HW		  BIT(61)
#define LR_PENDING	  BIT(62)
#define LR_ACTIVE	  BIT(63)
#define LR_STATE	  (LR_PENDING | LR_ACTIVE)

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

static u64 all_lrs(void)
{
	return (1UL << num_lrs) - 1;
}

static u64 empty_lrs(void)
{
	return gic_read(ICH_ELRSR_EL2) & all_lrs();
}

static u64 make_lr(unsigned int intid, u8 priority)
{
	u64 lr = LR_GROUP1 | LR_PENDING | intid |
		 (u64)priority << LR_PRIORITY_SHIFT;

	if (intid >= INTID_PPI)
		lr |= LR_HW | (u64)intid << LR_PINTID_SHIFT;
	return lr;
}

/* --- injection ---------------------------------------------------------------
 */

static void queue_irq(struct cpu *cpu, unsigned int intid)
{
	cpu->irq_pending[intid / 32] |= 1U << (intid % 32);
	/* Tell us when at most one list register is in use. */
	gic_write(ICH_HCR_EL2, ICH_HCR_EN | ICH_HCR_UIE);
}

/*
 * An interrupt that is in a list register already stays in that one: two of
 * the same INTID are UNPREDICTABLE (IHI 0069H, ICH_LR<n>_EL2). SGIs may be
 * pending again behind their active self. A physical interrupt comes a second
 * time only if the guest took its first activation away behind the back of
 * the list register, which begins anew then.
 */
static bool merge(unsigned int intid, u64 empty)
{
	for (unsigned int n = 0; n < num_lrs; n++) {
		u64 lr;

		if (empty >> n & 1)
			continue;
		lr = lr_read(n);
		if (LR_VINTID(lr) != intid)
			continue;
		if (lr & LR_HW)
			lr &= ~LR_ACTIVE;
		lr_write(n, lr | LR_PENDING);
		return true;
	}
	return false;
}

static void inject(struct cpu *cpu, unsigned int intid, u8 priority)
{
	u64 empty = empty_lrs();

	if (empty != all_lrs() && merge(intid, empty))
		return;
	if (empty)
		lr_write((unsigned int)__builtin_ctzll(empty),
			 make_lr(intid, priority));
	else
		queue_irq(cpu, intid);
}

static void take_sgis(struct cpu *cpu)
{
	u32 pending =
		__atomic_exchange_n(&cpu->sgi_pending, 0, __ATOMIC_ACQUIRE);

	while (pending) {
		unsigned int sgi = (unsigned int)__builtin_ctz(pending);

		pending &= pending - 1;
		inject(cpu, sgi, cpu->sgi_priority[sgi]);
	}
}

/* The waiting interrupt of highest priority, INTID_SPECIAL if there is none. */
static unsigned int next_queued(const struct cpu *cpu)
{
	unsigned int best = INTID_SPECIAL;
	unsigned int best_priority = 0x100;

	for (unsigned int word = 0; word < CELL_IRQ_WORDS; word++) {
		u32 bits = cpu->irq_pending[word];

		for (; bits; bits &= bits - 1) {
			unsigned int intid =
				word * 32 + (unsigned int)__builtin_ctz(bits);
			u8 priority = gicv3_priority(cpu, intid);

			if (priority < best_priority) {
				best_priority = priority;
				best = intid;
			}
		}
	}
	return best;
}

static void refill(struct cpu *cpu)
{
	u64 empty = empty_lrs();
	unsigned int intid = next_queued(cpu);

	for (; empty && intid != INTID_SPECIAL; intid = next_queued(cpu)) {
		cpu->irq_pending[intid / 32] &= ~(1U << (intid % 32));
		if (merge(intid, empty))
			continue;
		lr_write((unsigned int)__builtin_ctzll(empty),
			 make_lr(intid, gicv3_priority(cpu, intid)));
		empty &= empty - 1;
	}
	if (intid == INTID_SPECIAL)
		gic_write(ICH_HCR_EL2, ICH_HCR_EN);
}

/* --- physical interrupts
 * ------------------------------------------------------ */

static void finish(unsigned int intid)
{
	gic_write(ICC_EOIR1_EL1, intid);
	gic_write(ICC_DIR_EL1, intid);
}

static void count(struct cpu *cpu, unsigned int reason)
{
	cpu->stat[reason]++;
}

static bool owned_by_this_cell(unsigned int intid)
{
	return intid < INTID_SPI ||
	       this_cell()->irqs[intid / 32] >> (intid % 32) & 1;
}

static void handle_kick(struct cpu *cpu)
{
	finish(GIC_KICK_SGI);
	if (cpu_has_requests(cpu))
		count(cpu, JAILHOUSE_CPU_STAT_VMEXITS_MANAGEMENT);
	else
		count(cpu, JAILHOUSE_CPU_STAT_VMEXITS_VIRQ);
	take_sgis(cpu);
}

static void handle_guest_irq(struct cpu *cpu, unsigned int intid)
{
	/* The running priority is that of the interrupt just taken. */
	u8 priority = (u8)gic_read(ICC_RPR_EL1);

	count(cpu, JAILHOUSE_CPU_STAT_VMEXITS_VIRQ);
	gic_write(ICC_EOIR1_EL1, intid);
	if (!owned_by_this_cell(intid)) {
		/* The root had sent it here while the CPU was its own. */
		gicv3_reroute_spi(intid);
		gic_write(ICC_DIR_EL1, intid);
		return;
	}
	if (intid < INTID_PPI) /* from before the hypervisor came */
		gic_write(ICC_DIR_EL1, intid);
	inject(cpu, intid, priority);
}

static void handle_maintenance(struct cpu *cpu, unsigned int intid)
{
	count(cpu, JAILHOUSE_CPU_STAT_VMEXITS_MAINTENANCE);
	refill(cpu);
	/* Level: the refill has taken its reason away before this. */
	isb();
	finish(intid);
}

void gicv3_handle_irqs(void)
{
	struct cpu *cpu = this_cpu();
	unsigned int intid = (u32)gic_read(ICC_IAR1_EL1) & 0xffffff;

	/* The acknowledge must be complete before devices are touched on its
	 * behalf (IHI 0069H, 4.1.1 and 12.1.1). */
	dsb(sy);
	if (intid >= INTID_SPECIAL) {
		/* No cell owns LPIs and the extended ranges. */
		if (intid > INTID_SPECIAL_LAST)
			finish(intid);
		return;
	}
	if (intid == GIC_KICK_SGI)
		handle_kick(cpu);
	else if (intid == system_config->platform_info.arm.maintenance_irq)
		handle_maintenance(cpu, intid);
	else
		handle_guest_irq(cpu, intid);
}

/* --- SGIs
 * ---------------------------------------------------------------------- */

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

void arch_kick(struct cpu *cpu)
{
	/* Whatever the target is to find is visible before the interrupt. */
	dsb(ishst);
	gic_write(ICC_SGI1R_EL1,
		  cpu->arch->sgi_target | (u64)GIC_KICK_SGI << 24);
	isb();
}

static bool is_target(const struct cpu *cpu, u64 sgi1r)
{
	if (sgi1r & SGI_IRM) /* all but self */
		return cpu != this_cpu();
	return (cpu->arch->sgi_target & SGI_CLUSTERS) ==
		       (sgi1r & SGI_CLUSTERS) &&
	       cpu->arch->sgi_target & sgi1r & SGI_LIST;
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
			arch_kick(cpu);
	}
}

bool gicv3_has_virtual_irqs(void)
{
	return empty_lrs() != all_lrs();
}

/*
 * What comes while the CPU waits: a kick may announce an SGI, and the guest
 * may be one that goes on later. Its other interrupts are masked, unless it
 * has given them the highest priority: then they are left active, in the
 * queue.
 */
static void keep_for_guest(struct cpu *cpu, unsigned int intid)
{
	if (intid == GIC_KICK_SGI) {
		finish(intid);
		take_sgis(cpu);
		return;
	}
	gic_write(ICC_EOIR1_EL1, intid);
	if (intid < INTID_PPI || intid > INTID_LAST ||
	    intid == system_config->platform_info.arm.maintenance_irq)
		gic_write(ICC_DIR_EL1, intid);
	else
		queue_irq(cpu, intid);
}

void arch_wait_for_kick(void)
{
	u64 hcr = gic_read(ICH_HCR_EL2);
	u32 intid;

	/* Neither maintenance nor virtual interrupts (QEMU's WFI ends for
	 * those at EL2, too) are of interest now. */
	gic_write(ICH_HCR_EL2, 0);
	gic_write(ICC_PMR_EL1, PMR_KICK_ONLY);
	isb();
	/* A WFI may end early. If callers loop then, the YIELD lets other CPUs
	 * run where an emulator runs them in turn. */
	asm volatile("wfi\n\tyield" : : : "memory");
	gic_write(ICH_HCR_EL2, hcr);
	intid = (u32)gic_read(ICC_IAR1_EL1) & 0xffffff;
	dsb(sy);
	if (intid < INTID_SPECIAL || intid > INTID_SPECIAL_LAST)
		keep_for_guest(this_cpu(), intid);
	gic_write(ICC_PMR_EL1, PMR_ALL);
	isb();
}

/* --- taking over from Linux, giving back
 * ---------------------------------------- */

static void *priority_byte(const struct cpu *cpu, unsigned int intid)
{
	return (char *)cpu->gicr + GICR_SGI_BASE + GICD_IPRIORITYR + intid;
}

static u8 read_priority(const struct cpu *cpu, unsigned int intid)
{
	return *(volatile u8 *)priority_byte(cpu, intid);
}

static void write_priority(const struct cpu *cpu, unsigned int intid, u8 value)
{
	*(volatile u8 *)priority_byte(cpu, intid) = value;
}

static void *gicr_reg(const struct cpu *cpu, unsigned int offset)
{
	return (char *)cpu->gicr + GICR_SGI_BASE + offset;
}

static u32 own_interrupts(void)
{
	return 1U << GIC_KICK_SGI |
	       1U << (system_config->platform_info.arm.maintenance_irq & 31);
}

/* The virtual CPU interface continues where the physical one stands. */
static void seed_virtual_interface(void)
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

/* Interrupts that Linux is handling at this moment: it will deactivate them
 * through the virtual interface. SGIs lose their physical half. */
static void adopt_active(struct cpu *cpu)
{
	u32 active = mmio_read32(gicr_reg(cpu, GICD_ISACTIVER));
	unsigned int lr = 0;

	mmio_write32(gicr_reg(cpu, GICD_ICACTIVER), active & 0xffff);
	for (; active && lr < num_lrs; active &= active - 1, lr++) {
		unsigned int intid = (unsigned int)__builtin_ctz(active);

		lr_write(lr, (make_lr(intid, read_priority(cpu, intid)) &
			      ~LR_PENDING) |
				     LR_ACTIVE);
	}
}

/* A kick from Linux' times, which may be pending, is for the guest. */
static void adopt_kick(struct cpu *cpu)
{
	u32 bit = 1U << GIC_KICK_SGI;

	if (!(mmio_read32(gicr_reg(cpu, GICD_ISPENDR)) & bit))
		return;
	mmio_write32(gicr_reg(cpu, GICD_ICPENDR), bit);
	inject(cpu, GIC_KICK_SGI, cpu->sgi_priority[GIC_KICK_SGI]);
}

int gicv3_cpu_init(struct cpu *cpu)
{
	struct arch_cpu *arch = cpu->arch;
	struct linux_el2 *saved = &arm64_private.saved;
	unsigned int maintenance =
		system_config->platform_info.arm.maintenance_irq;
	int err = gicv3_assign_redistributor(cpu);

	if (err)
		return err;
	saved->icc_sre = gic_read(ICC_SRE_EL2);
	if (!(saved->icc_sre & 1)) {
		printk("Refused: CPU %u uses no GICv3 system registers\n",
		       cpu->id);
		return -ENODEV;
	}
	if (mmio_read32((char *)cpu->gicr + GICR_CTLR) & GICR_CTLR_LPIS) {
		printk("Refused: CPU %u has LPIs (an ITS) enabled, which "
		       "cannot "
		       "be partitioned: boot Linux with "
		       "\"irqchip.gicv3_nolpi=1\"\n",
		       cpu->id);
		return -ENODEV;
	}
	num_lrs = ((unsigned int)gic_read(ICH_VTR_EL2) & 0x1f) + 1;
	arch->sgi_target = sgi_target(cpu->phys_id);
	saved->ich_hcr = gic_read(ICH_HCR_EL2);
	saved->ich_vmcr = gic_read(ICH_VMCR_EL2);
	for (unsigned int n = 0; n < num_lrs; n++)
		lr_write(n, 0);

	for (unsigned int sgi = 0; sgi < 16; sgi++)
		cpu->sgi_priority[sgi] = read_priority(cpu, sgi);
	arch->linux_enable = mmio_read32(gicr_reg(cpu, GICD_ISENABLER));
	arch->linux_ppi_config = mmio_read32(gicr_reg(cpu, GICD_ICFGR + 4));
	arch->linux_kick_prio = read_priority(cpu, GIC_KICK_SGI);
	arch->linux_maint_prio = read_priority(cpu, maintenance);

	seed_virtual_interface();
	adopt_active(cpu);
	adopt_kick(cpu);
	write_priority(cpu, GIC_KICK_SGI, 0);
	write_priority(cpu, maintenance, 0);
	mmio_write32(gicr_reg(cpu, GICD_ISENABLER), own_interrupts());

	gic_write(ICC_CTLR_EL1, CTLR_EOIMODE);
	gic_write(ICC_PMR_EL1, PMR_ALL);
	gic_write(ICC_IGRPEN1_EL1, 1);
	gic_write(ICH_HCR_EL2, ICH_HCR_EN);
	isb();
	return 0;
}

/* The guest has not seen it: as if it came a moment later. */
static void unpend(const struct cpu *cpu, unsigned int intid)
{
	if (intid < INTID_PPI || gicv3_is_edge(cpu, intid))
		gicv3_set_pending(cpu, intid);
	if (intid >= INTID_PPI)
		gicv3_clear_active(cpu, intid);
}

static void give_back_lr(const struct cpu *cpu, u64 lr)
{
	unsigned int intid = LR_VINTID(lr);

	if (lr & LR_PENDING)
		unpend(cpu, intid);
	/* A physical one is active still; an SGI never was. */
	if (lr & LR_ACTIVE && intid < INTID_PPI)
		gicv3_set_active(cpu, intid);
}

static void give_back_queue(struct cpu *cpu)
{
	cpu->irq_pending[0] |=
		__atomic_exchange_n(&cpu->sgi_pending, 0, __ATOMIC_ACQUIRE);
	for (unsigned int word = 0; word < CELL_IRQ_WORDS; word++)
		for (; cpu->irq_pending[word];
		     cpu->irq_pending[word] &= cpu->irq_pending[word] - 1)
			unpend(cpu,
			       word * 32 + (unsigned int)__builtin_ctz(
						   cpu->irq_pending[word]));
}

void gicv3_cpu_exit(struct cpu *cpu)
{
	const struct linux_el2 *saved = &arm64_private.saved;
	u64 vmcr = gic_read(ICH_VMCR_EL2);
	u64 ctlr = (vmcr & VMCR_VEOIM ? CTLR_EOIMODE : 0) |
		   (vmcr & VMCR_VCBPR ? CTLR_CBPR : 0);
	u32 ours = own_interrupts() & ~cpu->arch->linux_enable;

	for (unsigned int sgi = 0; sgi < 16; sgi++)
		write_priority(cpu, sgi, cpu->sgi_priority[sgi]);
	write_priority(cpu, system_config->platform_info.arm.maintenance_irq,
		       cpu->arch->linux_maint_prio);
	mmio_write32(gicr_reg(cpu, GICD_ICENABLER), ours);
	mmio_write32(gicr_reg(cpu, GICD_ICPENDR), ours);

	for (unsigned int n = 0; n < num_lrs; n++) {
		give_back_lr(cpu, lr_read(n));
		lr_write(n, 0);
	}
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

/* All of the guest's that waits here is forgotten. */
static void clear_virtual_irqs(struct cpu *cpu)
{
	for (unsigned int n = 0; n < num_lrs; n++)
		lr_write(n, 0);
	for (unsigned int word = 0; word < CELL_IRQ_WORDS; word++)
		cpu->irq_pending[word] = 0;
	__atomic_store_n(&cpu->sgi_pending, 0, __ATOMIC_RELAXED);
}

void gicv3_cpu_off(struct cpu *cpu)
{
	for (unsigned int n = 0; n < num_lrs; n++) {
		u64 lr = lr_read(n);

		if (!(lr & LR_HW))
			continue;
		if (lr & LR_PENDING)
			unpend(cpu, LR_PINTID(lr));
		else if (lr & LR_ACTIVE)
			gicv3_clear_active(cpu, LR_PINTID(lr));
	}
	for (unsigned int word = 0; word < CELL_IRQ_WORDS; word++)
		for (u32 bits = cpu->irq_pending[word]; bits;
		     bits &= bits - 1) {
			unsigned int intid =
				word * 32 + (unsigned int)__builtin_ctz(bits);

			if (intid >= INTID_PPI)
				unpend(cpu, intid);
		}
	clear_virtual_irqs(cpu);
}

void arch_irqs_changed(void)
{
	struct cpu *cpu = this_cpu();
	u64 used = all_lrs() & ~empty_lrs();

	for (unsigned int n = 0; n < num_lrs; n++)
		if (used >> n & 1 && !owned_by_this_cell(LR_VINTID(lr_read(n))))
			lr_write(n, 0);
	for (unsigned int word = 1; word < CELL_IRQ_WORDS; word++)
		cpu->irq_pending[word] &= this_cell()->irqs[word];
}

/*
 * A new guest: nothing of the old one's interrupts, all of its own off. The
 * SPIs among them may have another owner by now, so they are let alone here:
 * the distributor's part deactivates them when a cell stops, and
 * gicv3_cpu_off() if just this CPU did.
 */
void gicv3_cpu_reset(struct cpu *cpu)
{
	u32 ppis = 0xffff0000 & ~own_interrupts();

	clear_virtual_irqs(cpu);
	mmio_write32(gicr_reg(cpu, GICD_ICENABLER), ppis);
	mmio_write32(gicr_reg(cpu, GICD_ICPENDR), ppis);
	mmio_write32(gicr_reg(cpu, GICD_ICACTIVER), ppis);
	mmio_write32(gicr_reg(cpu, GICD_ICFGR + 4),
		     cpu->arch->linux_ppi_config);
	for (unsigned int intid = 0; intid < INTID_SPI; intid++)
		if (intid < INTID_PPI)
			cpu->sgi_priority[intid] = 0;
		else if (ppis >> intid & 1)
			write_priority(cpu, intid, 0);
	gic_write(ICH_AP0R0_EL2, 0);
	gic_write(ICH_AP1R0_EL2, 0);
	gic_write(ICH_VMCR_EL2, 0);
	gic_write(ICH_HCR_EL2, ICH_HCR_EN);
	isb();
}
