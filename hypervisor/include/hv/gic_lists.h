/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * List registers and what waits for one: the part that the CPU interfaces of
 * GICv2 and GICv3 have in common. Not a header to be shared but code that each
 * of the two files includes, since it is on the hottest paths and reaches
 * registers in ways that differ.
 *
 * A physical interrupt is acknowledged and its priority dropped at once; a
 * list register links the virtual to the physical one, so that the guest's
 * deactivation reaches the hardware without another exit. SGIs are virtual
 * only: the sender's exit sets a bit for each target and kicks it.
 *
 * What finds no list register waits in cpu->irq_pending, one bit per INTID: an
 * interrupt that is pending cannot become pending twice, so nothing is lost.
 *
 * A "vid" is what a guest tells interrupts apart by: the INTID and, where
 * VID_SOURCES is 1, for SGIs the sender in the bits above.
 *
 * The includer has before it: lr_t, LR_HW, LR_PENDING, LR_ACTIVE, LR_EOI,
 * LR_VID(lr), LR_PINTID(lr), VID_SOURCES, and
 *
 *   num_lrs, lr_read(n), lr_write(n, lr), empty_lrs()
 *   ended_lrs()		those with LR_EOI that the guest is done with
 *   make_lr(vid, priority)	pending, linked to the physical one if there is
 *   lists_watch(on)		tell when at most one list register is in use
 *   acknowledge()		what the two following want; never speculated
 *   drop_priority(iar), deactivate(iar)
 *   running_priority(cpu, intid)	of the interrupt just acknowledged
 *   pend_sgi(cpu, vid)		physically
 */
#ifndef HV_GIC_LISTS_H
#define HV_GIC_LISTS_H

#include <hv/gic.h>

#define VID_SOURCE_SHIFT 10
#define VID_INTID(vid)	 ((vid)&0x3ff)
#define VID_SOURCE(vid)	 ((vid) >> VID_SOURCE_SHIFT & 7)

static u64 all_lrs(void)
{
	return ~0UL >> (64 - num_lrs);
}

/* --- injection ---------------------------------------------------------- */

static void queue_irq(struct cpu *cpu, u32 vid)
{
	unsigned int intid = VID_INTID(vid);

	cpu->irq_pending[intid / 32] |= 1U << (intid % 32);
	if (VID_SOURCES && intid < INTID_PPI)
		cpu->sgi_queued[intid] |= (u8)(1U << VID_SOURCE(vid));
}

/* Takes the next sender of an SGI out of the queue: they take turns. */
static u32 dequeue_sender(struct cpu *cpu, unsigned int sgi)
{
	u32 queued = cpu->sgi_queued[sgi];
	u32 later = queued & ~((2U << cpu->sgi_turn[sgi]) - 1);
	u32 sender = (u32)__builtin_ctz(later ? later : queued);

	cpu->sgi_turn[sgi] = (u8)sender;
	cpu->sgi_queued[sgi] = (u8)(queued & ~(1U << sender));
	return sender;
}

/* Takes that interrupt, an SGI from one of its senders, out of the queue. */
static u32 dequeue(struct cpu *cpu, unsigned int intid)
{
	u32 vid = intid;

	if (VID_SOURCES && intid < INTID_PPI) {
		vid |= dequeue_sender(cpu, intid) << VID_SOURCE_SHIFT;
		if (cpu->sgi_queued[intid])
			return vid;
	}
	cpu->irq_pending[intid / 32] &= ~(1U << (intid % 32));
	return vid;
}

/*
 * An interrupt that is in a list register already stays in that one: two of
 * the same are UNPREDICTABLE (IHI 0069H, ICH_LR<n>_EL2; IHI 0048B, GICH_LRn).
 * SGIs may be pending again behind their active self. A physical interrupt
 * comes a second time only if the guest took its first activation away behind
 * the back of the list register, which begins anew then.
 */
static bool merge(u32 vid, u64 empty)
{
	for (unsigned int n = 0; n < num_lrs; n++) {
		lr_t lr;

		if (empty >> n & 1)
			continue;
		lr = lr_read(n);
		if (LR_VID(lr) != vid)
			continue;
		if (lr & LR_HW)
			lr &= ~LR_ACTIVE;
		lr_write(n, lr | LR_PENDING);
		return true;
	}
	return false;
}

/*
 * Is that SGI in a list register, of whichever sender? That one will tell when
 * the guest is done with it. The senders of an SGI take turns, since not every
 * GIC tells list registers of the same INTID apart when the guest deactivates
 * one: QEMU's (as of 7.2) takes the first of them, whose sender it does not
 * look at, and the other one stays active for ever.
 */
static bool must_wait(u32 vid, u64 empty)
{
	if (!VID_SOURCES || VID_INTID(vid) >= INTID_PPI)
		return false;
	for (unsigned int n = 0; n < num_lrs; n++) {
		lr_t lr;

		if (empty >> n & 1)
			continue;
		lr = lr_read(n);
		if (VID_INTID(LR_VID(lr)) != VID_INTID(vid))
			continue;
		lr_write(n, lr | LR_EOI);
		return true;
	}
	return false;
}

/* Some sender of that SGI is in the queue: the others go behind it, also the
 * one who is in the list register, or he could stay there for ever. */
static bool has_queue(const struct cpu *cpu, u32 vid)
{
	return VID_SOURCES && VID_INTID(vid) < INTID_PPI &&
	       cpu->sgi_queued[VID_INTID(vid)];
}

static void inject(struct cpu *cpu, u32 vid, u8 priority)
{
	u64 empty = empty_lrs();

	if (has_queue(cpu, vid)) {
		queue_irq(cpu, vid);
		return;
	}
	if (empty != all_lrs()) {
		if (merge(vid, empty))
			return;
		if (must_wait(vid, empty)) {
			queue_irq(cpu, vid);
			return;
		}
	}
	if (empty) {
		lr_write((unsigned int)__builtin_ctzll(empty),
			 make_lr(vid, priority));
	} else {
		queue_irq(cpu, vid);
		lists_watch(true);
	}
}

static void inject_sgi(struct cpu *cpu, unsigned int sgi)
{
	u8 priority = cpu->sgi_priority[sgi];
	u32 sources;

	if (!VID_SOURCES) {
		inject(cpu, sgi, priority);
		return;
	}
	sources = __atomic_exchange_n(&cpu->sgi_sources[sgi], 0,
				      __ATOMIC_RELAXED);
	for (; sources; sources &= sources - 1)
		inject(cpu,
		       sgi | (u32)__builtin_ctz(sources) << VID_SOURCE_SHIFT,
		       priority);
}

static void take_sgis(struct cpu *cpu)
{
	u32 pending =
		__atomic_exchange_n(&cpu->sgi_pending, 0, __ATOMIC_ACQUIRE);

	for (; pending; pending &= pending - 1)
		inject_sgi(cpu, (unsigned int)__builtin_ctz(pending));
}

/* The waiting interrupt of highest priority, INTID_SPECIAL if there is none.
 * waiting_sgis: those that are not to be looked at. */
static unsigned int next_queued(const struct cpu *cpu, u32 waiting_sgis)
{
	unsigned int best = INTID_SPECIAL;
	unsigned int best_priority = 0x100;

	for (unsigned int word = 0; word < CELL_IRQ_WORDS; word++) {
		u32 bits = cpu->irq_pending[word];

		if (word == 0)
			bits &= ~waiting_sgis;
		for (; bits; bits &= bits - 1) {
			unsigned int intid =
				word * 32 + (unsigned int)__builtin_ctz(bits);
			u8 priority = gic_priority(cpu, intid);

			if (priority < best_priority) {
				best_priority = priority;
				best = intid;
			}
		}
	}
	return best;
}

/* Those that told that they are free: they do so until they are written. */
static u64 clear_ended(void)
{
	u64 ended = ended_lrs();

	for (u64 left = ended; left; left &= left - 1)
		lr_write((unsigned int)__builtin_ctzll(left), 0);
	return ended;
}

static void refill(struct cpu *cpu)
{
	unsigned int intid;
	u32 waiting = 0;
	u64 empty = clear_ended() | empty_lrs();

	intid = next_queued(cpu, waiting);
	for (; empty && intid != INTID_SPECIAL;
	     intid = next_queued(cpu, waiting)) {
		u32 vid;

		if (must_wait(intid, empty)) {
			waiting |= 1U << intid;
			continue;
		}
		vid = dequeue(cpu, intid);
		if (merge(vid, empty))
			continue;
		lr_write((unsigned int)__builtin_ctzll(empty),
			 make_lr(vid, gic_priority(cpu, intid)));
		empty &= empty - 1;
	}
	lists_watch(intid != INTID_SPECIAL);
}

/* --- physical interrupts ------------------------------------------------ */

static void finish(u32 iar)
{
	drop_priority(iar);
	deactivate(iar);
}

static unsigned int count(struct cpu *cpu, unsigned int reason)
{
	cpu->stat[reason]++;
	return reason;
}

static bool owned_by_this_cell(unsigned int intid)
{
	return intid < INTID_SPI ||
	       this_cell()->irqs[intid / 32] >> (intid % 32) & 1;
}

static unsigned int handle_kick(struct cpu *cpu, u32 iar)
{
	unsigned int reason = cpu_has_requests(cpu)
				      ? JAILHOUSE_CPU_STAT_VMEXITS_MANAGEMENT
				      : JAILHOUSE_CPU_STAT_VMEXITS_VIRQ;

	finish(iar);
	take_sgis(cpu);
	return count(cpu, reason);
}

static unsigned int handle_guest_irq(struct cpu *cpu, u32 iar)
{
	unsigned int intid = VID_INTID(iar);
	u8 priority = running_priority(cpu, intid);

	drop_priority(iar);
	if (!owned_by_this_cell(intid)) {
		/* The root had sent it here while the CPU was its own. */
		gic_reroute_spi(intid);
		deactivate(iar);
	} else {
		/* An SGI is from before the hypervisor came. */
		if (intid < INTID_PPI)
			deactivate(iar);
		inject(cpu, iar, priority);
	}
	return count(cpu, JAILHOUSE_CPU_STAT_VMEXITS_VIRQ);
}

static unsigned int handle_maintenance(struct cpu *cpu, u32 iar)
{
	refill(cpu);
	finish(iar);
	return count(cpu, JAILHOUSE_CPU_STAT_VMEXITS_MAINTENANCE);
}

/* iar: up to 1019. */
static unsigned int handle_irq(struct cpu *cpu, u32 iar)
{
	unsigned int intid = VID_INTID(iar);

	if (intid == GIC_KICK_SGI)
		return handle_kick(cpu, iar);
	if (intid == system_config->platform_info.arm.maintenance_irq)
		return handle_maintenance(cpu, iar);
	return handle_guest_irq(cpu, iar);
}

/*
 * What comes while the CPU waits in the hypervisor: a kick may announce an SGI,
 * and the guest may be one that goes on later. Its other interrupts are masked,
 * unless it has given them the highest priority: then they are left active, in
 * the queue.
 */
static void keep_for_guest(struct cpu *cpu, u32 iar)
{
	unsigned int intid = VID_INTID(iar);

	if (intid == GIC_KICK_SGI) {
		finish(iar);
		take_sgis(cpu);
		return;
	}
	drop_priority(iar);
	if (intid < INTID_PPI ||
	    intid == system_config->platform_info.arm.maintenance_irq) {
		deactivate(iar);
	} else {
		queue_irq(cpu, intid);
		lists_watch(true);
	}
}

static bool has_virtual_irqs(void)
{
	return empty_lrs() != all_lrs();
}

/* --- taking over from Linux, giving back ---------------------------------- */

/*
 * Interrupts that Linux is handling at this moment: it will deactivate them
 * through the virtual interface. SGIs lose their physical half; where they have
 * senders, it is not known whose they were, so that they are done here: the
 * virtual deactivation then finds nothing, which is allowed (IHI 0048B 5.3.1,
 * EOICount).
 */
static void adopt_active(struct cpu *cpu)
{
	char *bank = cpu->gic_bank;
	u32 active = mmio_read32(bank + GICD_ISACTIVER);
	unsigned int lr = 0;

	mmio_write32(bank + GICD_ICACTIVER, active & 0xffff);
	if (VID_SOURCES)
		active &= 0xffff0000;
	for (; active && lr < num_lrs; active &= active - 1, lr++) {
		unsigned int intid = (unsigned int)__builtin_ctz(active);

		lr_write(lr, (make_lr(intid, gic_priority(cpu, intid)) &
			      ~LR_PENDING) |
				     LR_ACTIVE);
	}
}

/* The guest has not seen it: as if it came a moment later. */
static void unpend(const struct cpu *cpu, u32 vid)
{
	unsigned int intid = VID_INTID(vid);

	if (intid < INTID_PPI) {
		pend_sgi(cpu, vid);
		return;
	}
	if (gic_is_edge(cpu, intid))
		gic_set_pending(cpu, intid);
	gic_clear_active(cpu, intid);
}

static void give_back_lists(const struct cpu *cpu)
{
	for (unsigned int n = 0; n < num_lrs; n++) {
		lr_t lr = lr_read(n);

		if (lr & LR_PENDING)
			unpend(cpu, LR_VID(lr));
		/* A physical one is active still; an SGI never was. */
		if (lr & LR_ACTIVE && VID_INTID(LR_VID(lr)) < INTID_PPI)
			gic_set_active(cpu, VID_INTID(LR_VID(lr)));
		lr_write(n, 0);
	}
}

static void queue_sgis(struct cpu *cpu)
{
	u32 pending =
		__atomic_exchange_n(&cpu->sgi_pending, 0, __ATOMIC_ACQUIRE);

	cpu->irq_pending[0] |= pending;
	if (!VID_SOURCES)
		return;
	for (; pending; pending &= pending - 1) {
		unsigned int sgi = (unsigned int)__builtin_ctz(pending);

		cpu->sgi_queued[sgi] |= __atomic_exchange_n(
			&cpu->sgi_sources[sgi], 0, __ATOMIC_RELAXED);
		/* The sender took it back. */
		if (!cpu->sgi_queued[sgi])
			cpu->irq_pending[0] &= ~(1U << sgi);
	}
}

static void give_back_queue(struct cpu *cpu)
{
	queue_sgis(cpu);
	for (unsigned int word = 0; word < CELL_IRQ_WORDS; word++)
		while (cpu->irq_pending[word])
			unpend(cpu,
			       dequeue(cpu,
				       word * 32 + (unsigned int)__builtin_ctz(
							   cpu->irq_pending
								   [word])));
}

/* --- when guests go ------------------------------------------------------- */

/* All of the guest's that waits here is forgotten. */
static void clear_virtual_irqs(struct cpu *cpu)
{
	for (unsigned int n = 0; n < num_lrs; n++)
		lr_write(n, 0);
	for (unsigned int word = 0; word < CELL_IRQ_WORDS; word++)
		cpu->irq_pending[word] = 0;
	__atomic_store_n(&cpu->sgi_pending, 0, __ATOMIC_RELAXED);
	if (!VID_SOURCES)
		return;
	for (unsigned int sgi = 0; sgi < INTID_PPI; sgi++) {
		__atomic_store_n(&cpu->sgi_sources[sgi], 0, __ATOMIC_RELAXED);
		cpu->sgi_queued[sgi] = 0;
	}
}

static void power_off(struct cpu *cpu)
{
	for (unsigned int n = 0; n < num_lrs; n++) {
		lr_t lr = lr_read(n);

		if (!(lr & LR_HW))
			continue;
		if (lr & LR_PENDING)
			unpend(cpu, LR_PINTID(lr));
		else if (lr & LR_ACTIVE)
			gic_clear_active(cpu, LR_PINTID(lr));
	}
	cpu->irq_pending[0] &= 0xffff0000; /* no SGIs */
	for (unsigned int word = 0; word < CELL_IRQ_WORDS; word++)
		for (u32 bits = cpu->irq_pending[word]; bits; bits &= bits - 1)
			unpend(cpu,
			       word * 32 + (unsigned int)__builtin_ctz(bits));
	clear_virtual_irqs(cpu);
}

static void irqs_changed(void)
{
	struct cpu *cpu = this_cpu();
	u64 used = all_lrs() & ~empty_lrs();

	for (unsigned int n = 0; n < num_lrs; n++)
		if (used >> n & 1 &&
		    !owned_by_this_cell(VID_INTID(LR_VID(lr_read(n)))))
			lr_write(n, 0);
	for (unsigned int word = 1; word < CELL_IRQ_WORDS; word++)
		cpu->irq_pending[word] &= this_cell()->irqs[word];
}

#endif
