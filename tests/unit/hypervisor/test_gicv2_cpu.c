// SPDX-License-Identifier: GPL-2.0-or-later
/* The CPU interface of a GICv2: how interrupts reach a guest, and wait. */
#include "gicv2_fixture.h"

#define PRIORITY 0xa0U

static u32 *lrs_of(unsigned int n)
{
	return lr32(n);
}

/* A pending list register as it must look */
static u32 hw_lr(unsigned int intid, u8 priority)
{
	return GICV2_LR_HW | GICV2_LR_PENDING | intid << 10 | intid |
	       (u32)priority >> 3 << 23;
}

static u32 sgi_lr(unsigned int sgi, unsigned int source, u8 priority)
{
	return GICV2_LR_PENDING | source << 10 | sgi | (u32)priority >> 3 << 23;
}

static void run_handle(void *arg)
{
	(void)arg;
	gicv2_cpu_ops.handle();
}

/* An interrupt comes to CPU 3, with the value that IAR then has. */
static void come(u32 iar)
{
	gicv2_refresh();
	*gicc32(GICC_IAR) = iar;
	*gicc32(GICC_EOIR) = 0;
	*gicc32(GICC_DIR) = 0;
	gicv2_on_cpu(3, run_handle, NULL);
	*gicc32(GICC_IAR) = 1023;
	gicv2_refresh();
}

/* Setup, with all list registers empty and all priorities the same. */
static int setup(void **state)
{
	int err = gicv2_setup(state);

	for (unsigned int n = 0; n < GICV2_LRS; n++)
		*lr32(n) = 0;
	memset(gicd8(GICD_IPRIORITYR), PRIORITY, 0x400);
	memset(cpu_at(3)->sgi_priority, PRIORITY, 16);
	cell_find(1)->irqs[1] = ~0U; /* all up to INTID 63 */
	gicv2_refresh();
	return err;
}

static void test_gicv2_cpu_spi_gets_a_linked_list_register(void **state)
{
	(void)state;
	come(OWN);
	assert_int_equal(*lr32(0), hw_lr(OWN, PRIORITY));
	assert_int_equal(*gicc32(GICC_EOIR), OWN);
	assert_int_equal(*gicc32(GICC_DIR), 0); /* the guest will */
	assert_int_equal(cpu_at(3)->stat[JAILHOUSE_CPU_STAT_VMEXITS_VIRQ], 1);
}

static void test_gicv2_cpu_spurious_is_nothing(void **state)
{
	(void)state;
	come(1023);
	assert_int_equal(*lr32(0), 0);
	assert_int_equal(*gicc32(GICC_EOIR), 0);
}

static void test_gicv2_cpu_foreign_spi_goes_to_its_owner(void **state)
{
	(void)state;
	cell_find(1)->irqs[2] = 0;
	root_cell.irqs[2] |= 1U << 6; /* INTID 70 */
	*gicd8(GICD_ITARGETSR + 70) = 8;
	come(70);
	assert_int_equal(*lr32(0), 0);
	assert_int_equal(*gicd8(GICD_ITARGETSR + 70), 1);
	assert_int_equal(*gicd32(GICD_ISPENDR + 8), 1U << 6);
	assert_int_equal(*gicc32(GICC_DIR), 70);
}

static void send_sgi(unsigned int sgi, unsigned int sender)
{
	cpu_at(3)->sgi_sources[sgi] |= (u8)(1U << sender);
	cpu_at(3)->sgi_pending |= 1U << sgi;
	come(GIC_KICK_SGI);
}

static void test_gicv2_cpu_sgis_of_each_sender_are_apart(void **state)
{
	struct cpu *cpu = cpu_at(3);

	(void)state;
	cpu->sgi_priority[4] = 0x40;
	cpu->sgi_sources[4] = 1 << 1;
	cpu->sgi_pending = 1 << 4;
	come(2U << 10 | GIC_KICK_SGI);
	assert_int_equal(*lr32(0), sgi_lr(4, 1, 0x40));
	/* as it was acknowledged, with its sender */
	assert_int_equal(*gicc32(GICC_EOIR), 2U << 10 | GIC_KICK_SGI);
	assert_int_equal(*gicc32(GICC_DIR), 2U << 10 | GIC_KICK_SGI);

	/* the same again: pending behind its active self */
	*lr32(0) ^= GICV2_LR_PENDING | GICV2_LR_ACTIVE;
	send_sgi(4, 1);
	assert_int_equal(*lr32(0), sgi_lr(4, 1, 0x40) | GICV2_LR_ACTIVE);
	assert_int_equal(*lr32(1), 0);
}

/* What the guest is done with: its list register, and that there is an event.
 * A GIC that does not look at senders (see must_wait()) cannot get it wrong,
 * since the other sender's is not there yet. */
static void end_sgi(unsigned int lr)
{
	*lr32(lr) &= ~(GICV2_LR_PENDING | GICV2_LR_ACTIVE);
	come(GIC_MAINTENANCE);
}

static void test_gicv2_cpu_senders_of_an_sgi_take_turns(void **state)
{
	struct cpu *cpu = cpu_at(3);

	(void)state;
	send_sgi(4, 1);
	*lr32(0) ^= GICV2_LR_PENDING | GICV2_LR_ACTIVE;
	send_sgi(4, 2);
	send_sgi(4, 0);
	assert_int_equal(*lr32(0), (sgi_lr(4, 1, PRIORITY) ^ GICV2_LR_PENDING) |
					   GICV2_LR_ACTIVE | GICV2_LR_EOI);
	assert_int_equal(*lr32(1), 0);
	/* Nothing tells of few list registers in use: that is always so. */
	assert_int_equal(*gich32(GICH_HCR), GICH_HCR_EN);

	/* The first one again, behind the others. */
	send_sgi(4, 1);
	assert_false(*lr32(0) & GICV2_LR_PENDING);
	/* Maintenance for another reason changes nothing. */
	come(GIC_MAINTENANCE);
	assert_int_equal(*lr32(1), 0);
	assert_int_equal(cpu->sgi_queued[4], 7);

	end_sgi(0);
	assert_int_equal(*lr32(0), sgi_lr(4, 1, PRIORITY) | GICV2_LR_EOI);
	end_sgi(0);
	assert_int_equal(*lr32(0), sgi_lr(4, 2, PRIORITY) | GICV2_LR_EOI);
	end_sgi(0);
	assert_int_equal(*lr32(0), sgi_lr(4, 0, PRIORITY));
	assert_int_equal(cpu->irq_pending[0], 0);
	assert_int_equal(cpu->sgi_queued[4], 0);
	assert_int_equal(*lr32(1), 0);
}

/* The one list register that is in use, which has the SGI; -1: none is. */
static int holder(void)
{
	int found = -1;

	for (unsigned int n = 0; n < GICV2_LRS; n++)
		if (*lr32(n) & GICV2_LR_PENDING) {
			assert_int_equal(found, -1);
			found = (int)n;
		}
	return found;
}

/* The guest takes it: which sender it was, as a bit. */
static u32 take_sgi(int lr)
{
	u32 sender = *lr32((unsigned int)lr) >> 10 & 7;

	end_sgi((unsigned int)lr);
	return 1U << sender;
}

static void test_gicv2_cpu_no_sender_is_forgotten(void **state)
{
	u32 random = 1;

	(void)state;
	for (unsigned int round = 0; round < 200; round++) {
		u32 sent = 0, taken = 0;

		for (unsigned int turn = 0; turn < 10; turn++) {
			u32 sender;

			random = random * 1103515245 + 12345;
			sender = random >> 16 & 7;
			send_sgi(5, sender);
			sent |= 1U << sender;
			if (random >> 28 & 1)
				taken |= take_sgi(holder());
		}
		while (holder() >= 0)
			taken |= take_sgi(holder());
		assert_int_equal(taken, sent);
	}
}

static void test_gicv2_cpu_overflow_waits_by_priority(void **state)
{
	(void)state;
	for (unsigned int n = 0; n < 4; n++)
		come(OWN + n);
	assert_int_equal(*lrs_of(3), hw_lr(OWN + 3, PRIORITY));
	assert_int_equal(*gich32(GICH_HCR), GICH_HCR_EN);

	*gicd8(GICD_IPRIORITYR + 50) = 0x80;
	come(45);
	come(50);
	come(46);
	assert_int_equal(*gich32(GICH_HCR), GICH_HCR_EN | GICH_HCR_UIE);

	/* one is done: the most urgent one gets its place */
	*lr32(2) = 0;
	come(GIC_MAINTENANCE);
	assert_int_equal(*lr32(2), hw_lr(50, 0x80));
	assert_int_equal(*gich32(GICH_HCR), GICH_HCR_EN | GICH_HCR_UIE);
	assert_int_equal(*gicc32(GICC_DIR), GIC_MAINTENANCE);

	for (unsigned int n = 0; n < 4; n++)
		*lr32(n) = 0;
	come(GIC_MAINTENANCE);
	assert_int_equal(*lr32(0), hw_lr(45, PRIORITY));
	assert_int_equal(*lr32(1), hw_lr(46, PRIORITY));
	assert_int_equal(*gich32(GICH_HCR), GICH_HCR_EN);
	assert_int_equal(
		cpu_at(3)->stat[JAILHOUSE_CPU_STAT_VMEXITS_MAINTENANCE], 2);
}

static void test_gicv2_cpu_sgis_wait_with_their_senders(void **state)
{
	struct cpu *cpu = cpu_at(3);

	(void)state;
	for (unsigned int n = 0; n < 4; n++)
		come(OWN + n);
	cpu->sgi_sources[2] = 1 << 0 | 1 << 3;
	cpu->sgi_pending = 1 << 2;
	come(GIC_KICK_SGI);
	assert_int_equal(cpu->irq_pending[0], 1 << 2);
	assert_int_equal(cpu->sgi_queued[2], 1 << 0 | 1 << 3);

	*lr32(0) = 0;
	come(GIC_MAINTENANCE);
	assert_int_equal(*lr32(0), sgi_lr(2, 3, PRIORITY));
	assert_int_equal(cpu->irq_pending[0], 1 << 2);
	/* There is room, but not for the same SGI. */
	*lr32(1) = 0;
	come(GIC_MAINTENANCE);
	assert_int_equal(*lr32(0), sgi_lr(2, 3, PRIORITY) | GICV2_LR_EOI);
	assert_int_equal(*lr32(1), 0);
	assert_int_equal(*gich32(GICH_HCR), GICH_HCR_EN);
	end_sgi(0);
	assert_int_equal(*lr32(0), sgi_lr(2, 0, PRIORITY));
	assert_int_equal(cpu->irq_pending[0], 0);
}

static void run_init(void *arg)
{
	*(int *)arg = gicv2_cpu_ops.init(this_cpu());
}

static void run_exit(void *arg)
{
	(void)arg;
	gicv2_cpu_ops.exit(this_cpu());
}

static void test_gicv2_cpu_continues_where_linux_stands(void **state)
{
	int err;

	(void)state;
	gicv2_on_cpu(0, run_exit, NULL);
	*gicc32(GICC_CTLR) = GICC_CTLR_ENABLE | GICC_CTLR_EOIMODE | 0x60;
	*gicc32(GICC_PMR) = 0xf0;
	*gicc32(GICC_BPR) = 3;
	*gicd32(GICD_ISACTIVER) = 1U << 27 | 1U << 4;
	*gicd8(GICD_CPENDSGIR + GIC_KICK_SGI) = 1 << 2;
	gicv2_refresh();
	gicv2_on_cpu(0, run_init, &err);
	assert_int_equal(err, 0);
	assert_int_equal(*gich32(GICH_VMCR), GICH_VMCR_ENABLE |
						     GICH_VMCR_EOIMODE |
						     3U << 21 | 0x1eU << 27);
	assert_int_equal(*gicc32(GICC_CTLR),
			 GICC_CTLR_ENABLE | GICC_CTLR_EOIMODE | 0x60);
	/* What Linux handles: a PPI goes on virtually, an SGI is done. */
	assert_int_equal(*gicd32(GICD_ICACTIVER), 1U << 4);
	*gicd32(GICD_ISACTIVER) = 0;

	/* The guest changed its mask; it gets that on the way out. */
	*gich32(GICH_VMCR) = GICH_VMCR_ENABLE | 2U << 21 | 0x10U << 27;
	gicv2_on_cpu(0, run_exit, NULL);
	assert_int_equal(*gicc32(GICC_CTLR), GICC_CTLR_ENABLE | 0x60);
	assert_int_equal(*gicc32(GICC_PMR), 0x80);
	assert_int_equal(*gicc32(GICC_BPR), 2);
	assert_int_equal(*gich32(GICH_HCR), 0);
}

static void test_gicv2_cpu_adopts_what_is_active(void **state)
{
	int err;

	(void)state;
	*gicd32(GICD_ISACTIVER) = 1U << 27;
	*gicd8(GICD_CPENDSGIR + GIC_KICK_SGI) = 0;
	gicv2_on_cpu(0, run_init, &err);
	assert_int_equal(*lr32(0), (hw_lr(27, PRIORITY) & ~GICV2_LR_PENDING) |
					   GICV2_LR_ACTIVE);
	*gicd32(GICD_ISACTIVER) = 0;
}

static void test_gicv2_cpu_adopts_linux_own_sgi_of_that_number(void **state)
{
	int err;

	(void)state;
	*gicd8(GICD_CPENDSGIR + GIC_KICK_SGI) = 1 << 2;
	gicv2_on_cpu(0, run_init, &err);
	assert_int_equal(*lr32(0), sgi_lr(GIC_KICK_SGI, 2, PRIORITY));
}

static void test_gicv2_cpu_without_target_bit_is_refused(void **state)
{
	int err;

	(void)state;
	memset(gicd8(GICD_ITARGETSR), 0, 32);
	host_on_cpu(0, run_init, &err);
	assert_int_equal(err, -ENODEV);
	assert_true(machine_said("CPU 0 has no target bit"));
	cpu_at(0)->gic_target = 1;
}

/* Firmware has the SGI: its bits read as zero. */
static void test_gicv2_cpu_settings_return_to_linux(void **state)
{
	(void)state;
	cpu_at(0)->linux_enable = 0xffff;
	cpu_at(0)->linux_maintenance_priority = 0x77;
	*gicd32(GICD_ICENABLER) = 0;
	gicv2_on_cpu(0, run_exit, NULL);
	assert_int_equal(*gicd32(GICD_ICENABLER), 1U << GIC_MAINTENANCE);
	assert_int_equal(*gicd8(GICD_IPRIORITYR + GIC_MAINTENANCE), 0x77);
}

static void test_gicv2_cpu_pending_goes_back_to_linux(void **state)
{
	struct cpu *cpu = cpu_at(3);

	(void)state;
	*gicd32(GICD_ICFGR + OWN / 16 * 4) = 2U << OWN % 16 * 2; /* edge */
	come(OWN);
	come(OWN + 1); /* level */
	cpu->sgi_sources[6] = 1 << 1;
	cpu->sgi_pending = 1 << 6;
	*gicd32(GICD_ISPENDR + 4) = 0;
	gicv2_on_cpu(3, run_exit, NULL);
	assert_int_equal(*gicd32(GICD_ISPENDR + 4), OWN_BIT);
	assert_int_equal(*gicd32(GICD_ICACTIVER + 4), OWN_BIT << 1);
	assert_int_equal(*gicd8(GICD_SPENDSGIR + 6), 1 << 1);
	assert_int_equal(*lr32(0), 0);
	assert_int_equal(cpu->irq_pending[0], 0);
}

static void run_off(void *arg)
{
	(void)arg;
	gicv2_cpu_ops.off(this_cpu());
}

static void test_gicv2_cpu_power_off_leaves_nothing_active(void **state)
{
	(void)state;
	come(OWN);
	*lr32(0) ^= GICV2_LR_PENDING | GICV2_LR_ACTIVE;
	*gicd32(GICD_ICACTIVER + 4) = 0;
	gicv2_on_cpu(3, run_off, NULL);
	assert_int_equal(*gicd32(GICD_ICACTIVER + 4), OWN_BIT);
	assert_int_equal(*lr32(0), 0);
}

static void run_changed(void *arg)
{
	(void)arg;
	gicv2_cpu_ops.irqs_changed();
}

static void test_gicv2_cpu_forgets_what_left_the_cell(void **state)
{
	(void)state;
	for (unsigned int n = 0; n < 5; n++)
		come(OWN + n);
	cell_find(1)->irqs[1] &= ~(OWN_BIT << 2 | OWN_BIT << 4);
	gicv2_on_cpu(3, run_changed, NULL);
	assert_int_equal(*lr32(1), hw_lr(OWN + 1, PRIORITY));
	assert_int_equal(*lr32(2), 0);
	assert_int_equal(cpu_at(3)->irq_pending[1], 0);
}

static void run_wait(void *arg)
{
	(void)arg;
	gicv2_cpu_ops.wait();
}

static void test_gicv2_cpu_keeps_what_comes_while_it_waits(void **state)
{
	struct cpu *cpu = cpu_at(3);

	(void)state;
	*gicc32(GICC_IAR) = OWN;
	gicv2_on_cpu(3, run_wait, NULL);
	assert_int_equal(cpu->irq_pending[1], OWN_BIT);
	assert_int_equal(*gicc32(GICC_EOIR), OWN);
	assert_int_equal(*gicc32(GICC_PMR), 0xff);
	assert_int_equal(*gich32(GICH_HCR), GICH_HCR_EN | GICH_HCR_UIE);
	cpu->sgi_sources[3] = 1;
	cpu->sgi_pending = 1 << 3;
	*gicc32(GICC_IAR) = GIC_KICK_SGI;
	gicv2_on_cpu(3, run_wait, NULL);
	assert_int_equal(*lr32(0), sgi_lr(3, 0, PRIORITY));
	*gicc32(GICC_IAR) = 1023;
	cpu->irq_pending[1] = 0;
}

static void test_gicv2_cpu_kick_is_an_sgi_to_one(void **state)
{
	(void)state;
	gicv2_cpu_ops.kick(cpu_at(2));
	assert_int_equal(*gicd32(GICD_SGIR), 1U << 2 << 16 | GIC_KICK_SGI);
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, setup, machine_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_gicv2_cpu_spi_gets_a_linked_list_register),
		CASE(test_gicv2_cpu_spurious_is_nothing),
		CASE(test_gicv2_cpu_foreign_spi_goes_to_its_owner),
		CASE(test_gicv2_cpu_sgis_of_each_sender_are_apart),
		CASE(test_gicv2_cpu_senders_of_an_sgi_take_turns),
		CASE(test_gicv2_cpu_no_sender_is_forgotten),
		CASE(test_gicv2_cpu_overflow_waits_by_priority),
		CASE(test_gicv2_cpu_sgis_wait_with_their_senders),
		CASE(test_gicv2_cpu_continues_where_linux_stands),
		CASE(test_gicv2_cpu_adopts_what_is_active),
		CASE(test_gicv2_cpu_adopts_linux_own_sgi_of_that_number),
		CASE(test_gicv2_cpu_without_target_bit_is_refused),
		CASE(test_gicv2_cpu_settings_return_to_linux),
		CASE(test_gicv2_cpu_pending_goes_back_to_linux),
		CASE(test_gicv2_cpu_power_off_leaves_nothing_active),
		CASE(test_gicv2_cpu_forgets_what_left_the_cell),
		CASE(test_gicv2_cpu_keeps_what_comes_while_it_waits),
		CASE(test_gicv2_cpu_kick_is_an_sgi_to_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
