// SPDX-License-Identifier: GPL-2.0-or-later
/* What cells see and do of the distributor of a GICv2. */
#include "gicv2_fixture.h"

static struct cell *cell_1(void)
{
	return cell_find(1);
}

static void dispatch(void *arg)
{
	assert_int_equal(mmio_dispatch(&cell_1()->mmio, arg), MMIO_HANDLED);
}

/* Accesses of CPU 3 */
static u64 gicd_read(unsigned int offset, u8 size)
{
	struct mmio_access access = {
		.address = HOST_GICD_BASE + offset,
		.size = size,
	};

	gicv2_on_cpu(3, dispatch, &access);
	return access.value;
}

static void gicd_write(unsigned int offset, u8 size, u64 value)
{
	struct mmio_access access = {
		.address = HOST_GICD_BASE + offset,
		.size = size,
		.is_write = true,
		.value = value,
	};

	gicv2_on_cpu(3, dispatch, &access);
}

/* --- SPIs -------------------------------------------------------------- */

static void test_gicv2_targets_are_cpus_of_the_cell(void **state)
{
	(void)state;
	gicd_write(GICD_ITARGETSR + OWN, 1, 0xff);
	assert_int_equal(*gicd8(GICD_ITARGETSR + OWN), 1 << 3);
	assert_int_equal(gicd_read(GICD_ITARGETSR + OWN, 1), 1 << 3);
	gicd_write(GICD_ITARGETSR + OWN, 1, 7);
	assert_int_equal(*gicd8(GICD_ITARGETSR + OWN), 0);
	/* by words: the neighbours' stay */
	memset(gicd8(GICD_ITARGETSR + 32), 1, 32);
	gicd_write(GICD_ITARGETSR + OWN, 4, ~0ULL);
	assert_int_equal(*gicd8(GICD_ITARGETSR + OWN), 1 << 3);
	assert_int_equal(*gicd8(GICD_ITARGETSR + AFTER), 1);
	assert_int_equal(gicd_read(GICD_ITARGETSR + OWN, 4), 1 << 3);
	assert_int_equal(gicd_read(GICD_ITARGETSR + AFTER, 1), 0);
}

static void test_gicv2_targets_of_private_ones_are_constant(void **state)
{
	(void)state;
	assert_int_equal(gicd_read(GICD_ITARGETSR, 4), 0x08080808);
	assert_int_equal(gicd_read(GICD_ITARGETSR + 31, 1), 8);
	gicd_write(GICD_ITARGETSR + 27, 1, 0xff);
	assert_int_equal(*gicd8(GICD_ITARGETSR + 27), 8);
}

static void test_gicv2_bits_of_owned_spis_act(void **state)
{
	(void)state;
	*gicd32(GICD_ISENABLER + 4) = ~0U;
	assert_int_equal(gicd_read(GICD_ISENABLER + 4, 4), OWN_BIT);
	*gicd32(GICD_ISENABLER + 4) = 0;
	gicd_write(GICD_ISENABLER + 4, 4, ~0U);
	assert_int_equal(*gicd32(GICD_ISENABLER + 4), OWN_BIT);
}

static void test_gicv2_groups_are_not_there(void **state)
{
	(void)state;
	*gicd32(GICD_IGROUPR) = ~0U;
	*gicd32(GICD_IGROUPR + 4) = ~0U;
	assert_int_equal(gicd_read(GICD_IGROUPR, 4), 0);
	assert_int_equal(gicd_read(GICD_IGROUPR + 4, 4), 0);
	gicd_write(GICD_IGROUPR, 4, 0);
	gicd_write(GICD_IGROUPR + 4, 4, 0);
	assert_int_equal(*gicd32(GICD_IGROUPR), ~0U);
	assert_int_equal(*gicd32(GICD_IGROUPR + 4), ~0U);
}

static void test_gicv2_control_is_read_only(void **state)
{
	(void)state;
	*gicd32(GICD_CTLR) = 1;
	gicd_write(GICD_CTLR, 4, 0);
	assert_int_equal(gicd_read(GICD_CTLR, 4), 1);
	assert_int_equal(gicd_read(GICD_TYPER, 4), HOST_MAX_INTID / 32);
	assert_int_equal(gicd_read(GICV2_PIDR2, 4), 0x2b);
	*gicd32(0x40) = ~0U; /* SETSPI of GICv3 */
	assert_int_equal(gicd_read(0x40, 4), 0);
}

/* --- SGIs and PPIs ------------------------------------------------------ */

#define PPIS (0xffff0000U & ~(1U << GIC_MAINTENANCE))

static void test_gicv2_ppis_without_maintenance(void **state)
{
	(void)state;
	*gicd32(GICD_ISENABLER) = ~0U;
	assert_int_equal(gicd_read(GICD_ISENABLER, 4), PPIS | 0xffff);
	gicd_write(GICD_ISENABLER, 4, ~0U);
	assert_int_equal(*gicd32(GICD_ISENABLER), PPIS);
	*gicd32(GICD_ICENABLER) = 0;
	gicd_write(GICD_ICENABLER, 4, 1U << GIC_MAINTENANCE);
	assert_int_equal(*gicd32(GICD_ICENABLER), 0);
}

static void test_gicv2_sgis_become_pending_by_their_senders_only(void **state)
{
	struct cpu *cpu = cpu_at(3);

	(void)state;
	*gicd32(GICD_ISPENDR) = 0;
	gicd_write(GICD_ISPENDR, 4, 1U << 27 | 2);
	assert_int_equal(*gicd32(GICD_ISPENDR), 1U << 27);
	assert_int_equal(cpu->sgi_pending, 0);

	gicd_write(GICD_SPENDSGIR + 5, 1, 0xf7); /* none in the cell */
	assert_int_equal(cpu->sgi_pending, 0);
	gicd_write(GICD_SPENDSGIR + 4, 4, 0xffffffff);
	assert_int_equal(cpu->sgi_pending, 0xf0);
	assert_int_equal(cpu->sgi_sources[5], 1 << 3);
	assert_int_equal(gicd_read(GICD_SPENDSGIR + 4, 4), 0x08080808);
	assert_int_equal(gicd_read(GICD_CPENDSGIR + 5, 1), 8);
	gicd_write(GICD_CPENDSGIR + 5, 1, 8);
	assert_int_equal(cpu->sgi_sources[5], 0);
	assert_int_equal(cpu->sgi_sources[4], 8);
}

static void test_gicv2_sgis_stay_in_the_cell(void **state)
{
	(void)state;
	gicd_write(GICD_SGIR, 4, 0xff << 16 | 9);
	assert_int_equal(cpu_at(3)->sgi_pending, 1 << 9);
	assert_int_equal(cpu_at(3)->sgi_sources[9], 1 << 3);
	for (unsigned int cpu = 0; cpu < 3; cpu++)
		assert_int_equal(cpu_at(cpu)->sgi_pending, 0);

	cpu_at(3)->sgi_pending = 0;
	gicd_write(GICD_SGIR, 4, 7 << 16 | 9);	/* others only */
	gicd_write(GICD_SGIR, 4, 1U << 24 | 9); /* all but self: nobody */
	gicd_write(GICD_SGIR, 4, 3U << 24 | 0xff << 16 | 9); /* reserved */
	gicd_write(GICD_SGIR, 1, 2);
	assert_int_equal(cpu_at(3)->sgi_pending, 0);
	gicd_write(GICD_SGIR, 4, 2U << 24 | 1); /* self */
	assert_int_equal(cpu_at(3)->sgi_pending, 1 << 1);
	assert_int_equal(gicd_read(GICD_SGIR, 4), 0);
}

static void test_gicv2_priorities_of_sgis_are_kept_here(void **state)
{
	(void)state;
	memset(gicd8(GICD_IPRIORITYR), 0x11, 32);
	gicd_write(GICD_IPRIORITYR + 4, 4, 0x80604020);
	assert_int_equal(cpu_at(3)->sgi_priority[5], 0x40);
	assert_int_equal(*gicd8(GICD_IPRIORITYR + 5), 0x11);
	gicd_write(GICD_IPRIORITYR + 24, 4, 0x80604020);
	assert_int_equal(*gicd32(GICD_IPRIORITYR + 24), 0x80601120);
}

/* Bits of a byte of the distributor that CPU 3 may change. */
static u8 changeable(unsigned int offset)
{
	unsigned int reg = offset & ~0x7fU, byte = offset & 0x7f;
	u32 bits = byte < 4 ? PPIS : byte < 8 ? OWN_BIT : 0;

	if (offset >= GICD_IPRIORITYR && offset < GICD_IPRIORITYR + 0x400) {
		unsigned int intid = offset - GICD_IPRIORITYR;

		if (intid < 32)
			return PPIS >> intid & 1 ? 0xff : 0;
		return intid == OWN ? 0xff : 0;
	}
	if (offset >= GICD_ITARGETSR && offset < GICD_ITARGETSR + 0x400)
		return offset - GICD_ITARGETSR == OWN ? 0xff : 0;
	if (offset >= GICD_ICFGR + 4 && offset < GICD_ICFGR + 8)
		return offset == GICD_ICFGR + 4 + (GIC_MAINTENANCE - 16) / 4
			       ? (u8) ~(3U << GIC_MAINTENANCE % 4 * 2)
			       : 0xff;
	if (offset >= GICD_ICFGR && offset < GICD_ICFGR + 0x100)
		return offset - GICD_ICFGR == OWN / 4 ? 3U << OWN % 4 * 2 : 0;
	if (reg >= GICD_ISENABLER && reg < GICD_IPRIORITYR)
		return (u8)(bits >> byte % 4 * 8);
	return 0;
}

static void test_gicv2_random_writes_change_nothing_foreign(void **state)
{
	struct prng prng = prng_for(__func__);
	static u8 before[GICV2_GICD_SIZE + 16];

	(void)state;
	memset(fake_gicd + GICD_ISENABLER, 0, GICD_IPRIORITYR - GICD_ISENABLER);
	for (unsigned int n = 0; n < 200000; n++) {
		u8 size = (u8)(1U << prng_below(&prng, 4));
		unsigned int offset = prng_below(&prng, 0x1000 - size + 1);
		unsigned int from = offset & ~7U;
		u64 value = prng_next(&prng) &
			    (size == 8 ? ~0ULL : (1ULL << size * 8) - 1);

		memset(fake_gicd + GICD_ITARGETSR, 1 << 3, 32);
		memcpy(before + from, fake_gicd + from, 16);
		gicd_write(offset, size, value);
		for (unsigned int at = from; at < from + 16 && at < 0x1000;
		     at++)
			if (((u8)fake_gicd[at] ^ before[at]) &
			    (u8)~changeable(at))
				fail_msg("offset 0x%x size %u changed 0x%x",
					 offset, size, at);
		assert_int_equal(cpu_at(0)->sgi_pending, 0);
	}
	assert_int_equal(*gicd8(GICD_ITARGETSR + OWN) & ~(1 << 3), 0);
}

/* --- ownership --------------------------------------------------------- */

static void test_gicv2_new_cell_gets_its_spis_silent(void **state)
{
	(void)state;
	assert_int_equal(*gicd8(GICD_ITARGETSR + OWN), 1 << 3);
	assert_int_equal(*gicd8(GICD_ITARGETSR + AFTER), 0);
	assert_int_equal(*gicd32(GICD_ICENABLER + 4), OWN_BIT);
	assert_int_equal(*gicd32(GICD_ICPENDR + 4), OWN_BIT);
	assert_int_equal(*gicd32(GICD_ICACTIVER + 4), OWN_BIT);
}

static void test_gicv2_destroyed_cell_returns_its_spis(void **state)
{
	(void)state;
	assert_int_equal(machine_destroy(1), 0);
	*gicd32(GICD_ISENABLER + 4) = OWN_BIT;
	assert_int_equal(machine_create(&machine_cell), 0);
	*gicd32(GICD_ISENABLER + 4) = 0;
	assert_int_equal(machine_destroy(1), 0);
	assert_int_equal(*gicd32(GICD_ISENABLER + 4), OWN_BIT);
	assert_int_equal(*gicd8(GICD_ITARGETSR + OWN), 1 << 0);
}

static void test_gicv2_stray_spi_goes_to_its_owner(void **state)
{
	(void)state;
	*gicd8(GICD_ITARGETSR + OWN) = 1;
	gic_reroute_spi(OWN);
	assert_int_equal(*gicd8(GICD_ITARGETSR + OWN), 1 << 3);
	assert_int_equal(*gicd32(GICD_ISPENDR + 4), OWN_BIT);
}

static void test_gicv2_cells_find_the_virtual_interface(void **state)
{
	const struct pt_space *spaces[] = { &root_cell.memory,
					    &cell_1()->memory };
	unsigned int flags = 0;

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(spaces); n++) {
		assert_int_equal(
			paging_lookup(spaces[n], GICC_BASE + 0x1000, &flags),
			GICV_BASE + 0x1000);
		assert_int_equal(flags & ~PT_NO_HUGE,
				 PT_READ | PT_WRITE | PT_DEVICE);
		assert_int_equal(paging_lookup(spaces[n], GICV_BASE, NULL),
				 PHYS_INVALID);
		assert_int_equal(paging_lookup(spaces[n], GICH_BASE, NULL),
				 PHYS_INVALID);
	}
}

/* --- what the machine has ---------------------------------------------- */

/* What is wrong with the registers, and what is said. */
static void as_gicv3(void)
{
	gicv2_set_up_registers();
	*gicd32(GICV2_PIDR2) = 0;
	*gicd32(0xffe8) = 0x3b;
}

static void no_interface(void)
{
	gicv2_set_up_registers();
	*gicc32(GICC_IIDR) = 0;
}

static void repeated(void)
{
	gicv2_set_up_registers();
	*gicc32(0x1000 + GICC_IIDR) = *gicc32(GICC_IIDR);
}

static void no_gicv(void)
{
	gicv2_set_up_registers();
	*(u32 *)(void *)(fake_gicv + GICC_IIDR) = 0xffffffff;
}

static void no_gich(void)
{
	gicv2_set_up_registers();
	*gich32(GICH_VTR) = 0;
}

static const struct {
	void (*registers)(void);
	const char *says;
} wrong[] = {
	{ as_gicv3, "those of a GICv3: gic_version is to be 3" },
	{ no_interface, "no GICv2 CPU interface at 0x8010000" },
	{ repeated, "the base is to be 0x801f000" },
	{ no_gicv, "no GICv2 virtual CPU interface at 0x8040000" },
	{ no_gich, "no GICv2 hypervisor interface at 0x8030000" },
};

static void test_gicv2_other_hardware_is_refused(void **state)
{
	(void)state;
	host_shutdown();
	for (size_t n = 0; n < ARRAY_SIZE(wrong); n++) {
		host_boot_hook = wrong[n].registers;
		machine_quiet();
		assert_int_equal(
			host_boot(&machine_system.head, sizeof(machine_system)),
			-ENODEV);
		if (!machine_said(wrong[n].says))
			fail_msg("\"%s\" was not said", wrong[n].says);
	}
	/* And the other way round. */
	host_boot_hook = gicv2_set_up_registers;
	machine_system.head.platform_info.arm.gic_version = 3;
	assert_int_equal(
		host_boot(&machine_system.head, sizeof(machine_system)),
		-ENODEV);
	assert_true(machine_said("those of a GICv2: gic_version is to be 2"));
	machine_system.head.platform_info.arm.gic_version = 2;
	machine_boot();
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, gicv2_setup, machine_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_gicv2_targets_are_cpus_of_the_cell),
		CASE(test_gicv2_targets_of_private_ones_are_constant),
		CASE(test_gicv2_bits_of_owned_spis_act),
		CASE(test_gicv2_groups_are_not_there),
		CASE(test_gicv2_control_is_read_only),
		CASE(test_gicv2_ppis_without_maintenance),
		CASE(test_gicv2_sgis_become_pending_by_their_senders_only),
		CASE(test_gicv2_sgis_stay_in_the_cell),
		CASE(test_gicv2_priorities_of_sgis_are_kept_here),
		CASE(test_gicv2_random_writes_change_nothing_foreign),
		CASE(test_gicv2_new_cell_gets_its_spis_silent),
		CASE(test_gicv2_destroyed_cell_returns_its_spis),
		CASE(test_gicv2_stray_spi_goes_to_its_owner),
		CASE(test_gicv2_cells_find_the_virtual_interface),
		CASE(test_gicv2_other_hardware_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
