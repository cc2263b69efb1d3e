// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What cells see and do of the distributor and the redistributors, over
 * registers that are plain memory: they hold what was written last, and read
 * as the test set them.
 */
#include "machine.h"

#include <hv/gicv3.h>

#define PIDR2_GICV3 0x30U

/* Cell 1 has CPU 3 and INTID 40; the root CPUs 0 to 2 and the other SPIs. */
#define OWN	40U
#define BEFORE	39U
#define AFTER	41U
#define OWN_BIT (1U << (OWN % 32))

static char *gicd;
static char *gicr;

static u32 *gicd32(unsigned int offset)
{
	return (u32 *)(void *)(gicd + offset);
}

static u64 *route_of(unsigned int intid)
{
	return (u64 *)(void *)(gicd + GICD_IROUTER + 8 * intid);
}

static u32 *gicr32(unsigned int cpu, unsigned int offset)
{
	return (u32 *)(void *)(gicr + cpu * GICR_FRAME + offset);
}

static void set_up_registers(void)
{
	gicd = host_device(HOST_GICD_BASE, GICV3_GICD_SIZE);
	gicr = host_device(HOST_GICR_BASE, HOST_GICR_SIZE);
	*gicd32(GICD_TYPER) = (HOST_MAX_INTID + 1) / 32 - 1;
	*gicd32(GICV3_PIDR2) = PIDR2_GICV3;
	for (unsigned int cpu = 0; cpu < HOST_MAX_CPUS; cpu++) {
		*gicr32(cpu, GICR_TYPER) =
			cpu == HOST_MAX_CPUS - 1 ? GICR_TYPER_LAST : 0;
		*gicr32(cpu, GICR_TYPER + 4) = cpu / 4 << 8 | cpu % 4;
		*gicr32(cpu, GICV3_PIDR2) = PIDR2_GICV3;
	}
}

static int setup(void **state)
{
	host_boot_hook = set_up_registers;
	machine_setup(state);
	for (unsigned int cpu = 0; cpu < MACHINE_CPUS; cpu++)
		assert_int_equal(gicv3_assign_redistributor(cpu_at(cpu)), 0);
	assert_int_equal(machine_create(&machine_cell), 0);
	return 0;
}

static struct cell *cell_1(void)
{
	return cell_find(1);
}

static u64 do_read(u64 address, u8 size)
{
	struct mmio_access access = { .address = address, .size = size };

	assert_int_equal(mmio_dispatch(&cell_1()->mmio, &access), MMIO_HANDLED);
	return access.value;
}

static void do_write(u64 address, u8 size, u64 value)
{
	struct mmio_access access = {
		.address = address,
		.size = size,
		.is_write = true,
		.value = value,
	};

	assert_int_equal(mmio_dispatch(&cell_1()->mmio, &access), MMIO_HANDLED);
}

static u64 gicd_read(unsigned int offset, u8 size)
{
	return do_read(HOST_GICD_BASE + offset, size);
}

static void gicd_write(unsigned int offset, u8 size, u64 value)
{
	do_write(HOST_GICD_BASE + offset, size, value);
}

/* --- distributor ------------------------------------------------------- */

static const unsigned int bit_registers[] = {
	GICD_ISENABLER, GICD_ICENABLER, GICD_ISPENDR,
	GICD_ICPENDR,	GICD_ISACTIVER, GICD_ICACTIVER,
};

static void test_gicd_bits_read_only_what_is_owned(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(bit_registers); n++) {
		*gicd32(bit_registers[n] + 4) = ~0U;
		assert_int_equal(gicd_read(bit_registers[n] + 4, 4), OWN_BIT);
		*gicd32(bit_registers[n] + 8) = ~0U;
		assert_int_equal(gicd_read(bit_registers[n] + 8, 4), 0);
	}
}

static void test_gicd_bits_write_only_what_is_owned(void **state)
{
	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(bit_registers); n++) {
		*gicd32(bit_registers[n] + 4) = 0;
		gicd_write(bit_registers[n] + 4, 4, ~0U);
		assert_int_equal(*gicd32(bit_registers[n] + 4), OWN_BIT);
		/* nothing of it owned: no access at all */
		*gicd32(bit_registers[n] + 4) = 0x55;
		gicd_write(bit_registers[n] + 4, 4, ~OWN_BIT);
		assert_int_equal(*gicd32(bit_registers[n] + 4), 0x55);
	}
}

static void test_gicd_bits_of_private_interrupts_are_not_there(void **state)
{
	(void)state;
	*gicd32(GICD_ISENABLER) = 0xffff0000;
	assert_int_equal(gicd_read(GICD_ISENABLER, 4), 0);
	gicd_write(GICD_ISENABLER, 4, 0x1234);
	assert_int_equal(*gicd32(GICD_ISENABLER), 0xffff0000);
}

static void test_gicd_bits_wrong_width_is_ignored(void **state)
{
	(void)state;
	*gicd32(GICD_ISENABLER + 4) = 0;
	gicd_write(GICD_ISENABLER + 5, 1, 1);
	gicd_write(GICD_ISENABLER + 4, 8, ~0ULL);
	gicd_write(GICD_ISENABLER + 4, 2, ~0ULL);
	assert_int_equal(*gicd32(GICD_ISENABLER + 4), 0);
	*gicd32(GICD_ISENABLER + 4) = ~0U;
	assert_int_equal(gicd_read(GICD_ISENABLER + 5, 1), 0);
	assert_int_equal(gicd_read(GICD_ISENABLER + 4, 8), 0);
}

static void test_gicd_group_is_read_only(void **state)
{
	(void)state;
	*gicd32(GICD_IGROUPR + 4) = ~0U;
	assert_int_equal(gicd_read(GICD_IGROUPR + 4, 4), OWN_BIT);
	gicd_write(GICD_IGROUPR + 4, 4, 0);
	assert_int_equal(*gicd32(GICD_IGROUPR + 4), ~0U);
}

static void test_gicd_priority_by_byte_and_word(void **state)
{
	u8 *priority = (u8 *)gicd + GICD_IPRIORITYR;

	(void)state;
	memset(priority, 0x11, 1024);
	gicd_write(GICD_IPRIORITYR + OWN, 1, 0xa0);
	gicd_write(GICD_IPRIORITYR + BEFORE, 1, 0xb0);
	assert_int_equal(priority[OWN], 0xa0);
	assert_int_equal(priority[BEFORE], 0x11);
	gicd_write(GICD_IPRIORITYR + OWN, 4, 0x40302010);
	assert_int_equal(priority[OWN], 0x10);
	assert_int_equal(priority[AFTER], 0x11);
	assert_int_equal(gicd_read(GICD_IPRIORITYR + OWN, 4), 0x10);
	assert_int_equal(gicd_read(GICD_IPRIORITYR + AFTER, 1), 0);
	assert_int_equal(gicd_read(GICD_IPRIORITYR + 36, 4), 0);
	gicd_write(GICD_IPRIORITYR + OWN, 8, 0);
	assert_int_equal(priority[OWN], 0x10);
}

static void test_gicd_config_changes_own_fields(void **state)
{
	unsigned int reg = GICD_ICFGR + OWN / 16 * 4;
	u32 own = 3U << OWN % 16 * 2;

	(void)state;
	*gicd32(reg) = 0xaaaaaaaa;
	assert_int_equal(gicd_read(reg, 4), 0xaaaaaaaa & own);
	gicd_write(reg, 4, 0);
	assert_int_equal(*gicd32(reg), 0xaaaaaaaa & ~own);
	gicd_write(reg, 4, ~0U);
	assert_int_equal(*gicd32(reg), 0xaaaaaaaa | own);
	gicd_write(reg, 1, 0);
	assert_int_equal(*gicd32(reg), 0xaaaaaaaa | own);
}

static void test_gicd_route_to_own_cpus_only(void **state)
{
	u64 cpu_3 = cpu_at(3)->phys_id;

	(void)state;
	*route_of(OWN) = 0;
	gicd_write(GICD_IROUTER + 8 * OWN, 8, cpu_3);
	assert_int_equal(*route_of(OWN), cpu_3);
	gicd_write(GICD_IROUTER + 8 * OWN, 8, cpu_at(1)->phys_id);
	gicd_write(GICD_IROUTER + 8 * OWN, 8, 1ULL << 31 | cpu_3);
	gicd_write(GICD_IROUTER + 8 * OWN, 8, 1ULL << 40 | cpu_3);
	assert_int_equal(*route_of(OWN), cpu_3);
	assert_int_equal(gicd_read(GICD_IROUTER + 8 * OWN, 8), cpu_3);
	/* by halves */
	*route_of(OWN) = 0xff00000000;
	assert_int_equal(gicd_read(GICD_IROUTER + 8 * OWN + 4, 4), 0xff);
	gicd_write(GICD_IROUTER + 8 * OWN, 4, cpu_3);
	assert_int_equal(*route_of(OWN), 0xff00000000);
	*route_of(OWN) = 0;
	gicd_write(GICD_IROUTER + 8 * OWN, 4, cpu_3);
	assert_int_equal(*route_of(OWN), cpu_3);
}

static void test_gicd_route_of_others_is_not_there(void **state)
{
	(void)state;
	*route_of(AFTER) = cpu_at(1)->phys_id;
	assert_int_equal(gicd_read(GICD_IROUTER + 8 * AFTER, 8), 0);
	gicd_write(GICD_IROUTER + 8 * AFTER, 8, cpu_at(3)->phys_id);
	assert_int_equal(*route_of(AFTER), cpu_at(1)->phys_id);
}

static void test_gicd_control_is_read_only(void **state)
{
	(void)state;
	*gicd32(GICD_CTLR) = 0x37;
	gicd_write(GICD_CTLR, 4, 0);
	assert_int_equal(*gicd32(GICD_CTLR), 0x37);
	assert_int_equal(gicd_read(GICD_CTLR, 4), 0x37);
	assert_int_equal(gicd_read(GICD_TYPER, 4), HOST_MAX_INTID / 32);
	assert_int_equal(gicd_read(GICV3_PIDR2, 4), PIDR2_GICV3);
	gicd_write(GICV3_PIDR2, 4, 0);
	assert_int_equal(gicd_read(GICV3_PIDR2, 4), PIDR2_GICV3);
}

static void test_gicd_message_spi_wants_ownership(void **state)
{
	(void)state;
	gicd_write(GICD_SETSPI_NSR, 4, AFTER);
	gicd_write(GICD_SETSPI_NSR, 4, 8);
	gicd_write(GICD_SETSPI_NSR, 4, 1019);
	assert_int_equal(*gicd32(GICD_SETSPI_NSR), 0);
	gicd_write(GICD_SETSPI_NSR, 4, OWN);
	assert_int_equal(*gicd32(GICD_SETSPI_NSR), OWN);
}

/* Bits of a byte of the distributor that the cell may change. */
static u8 changeable(unsigned int offset)
{
	unsigned int reg = offset & ~0x7fU;

	if (offset >= GICD_IPRIORITYR && offset < GICD_IPRIORITYR + 0x400)
		return offset - GICD_IPRIORITYR == OWN ? 0xff : 0;
	if (offset >= GICD_ICFGR && offset < GICD_ICFGR + 0x100)
		return offset - GICD_ICFGR == OWN / 4 ? 3U << OWN % 4 * 2 : 0;
	if (offset >= GICD_IROUTER && offset < GICD_IROUTER + 0x2000)
		return (offset - GICD_IROUTER) / 8 == OWN ? 0xff : 0;
	if (offset >= GICD_SETSPI_NSR && offset < GICD_SETSPI_NSR + 4)
		return 0xff;
	if (offset >= GICD_CLRSPI_NSR && offset < GICD_CLRSPI_NSR + 4)
		return 0xff;
	for (size_t n = 0; n < ARRAY_SIZE(bit_registers); n++)
		if (reg == bit_registers[n])
			return (offset & 0x7f) == OWN / 8 ? 1U << OWN % 8 : 0;
	return 0;
}

static void test_gicd_random_writes_change_nothing_foreign(void **state)
{
	struct prng prng = prng_for(__func__);
	static u8 before[GICV3_GICD_SIZE];

	(void)state;
	for (unsigned int n = 0; n < 200000; n++) {
		u8 size = (u8)(1U << prng_below(&prng, 4));
		/* mostly registers that exist, at any alignment */
		unsigned int range = prng_below(&prng, 4) ? 0x1000 : 0xfff8;
		unsigned int offset = prng_below(&prng, range);
		u64 value = prng_next(&prng) &
			    (size == 8 ? ~0ULL : (1ULL << size * 8) - 1);

		memcpy(before + (offset & ~7U), gicd + (offset & ~7U), 16);
		gicd_write(offset, size, value);
		for (unsigned int at = offset & ~7U;
		     at < (offset & ~7U) + 16 && at < GICV3_GICD_SIZE; at++)
			if (((u8)gicd[at] ^ before[at]) & (u8)~changeable(at))
				fail_msg("offset 0x%x size %u changed 0x%x",
					 offset, size, at);
	}
}

static void test_gicd_random_reads_show_nothing_foreign(void **state)
{
	struct prng prng = prng_for(__func__);

	(void)state;
	memset(gicd + GICD_IGROUPR, 0xff, GICD_IROUTER + 0x2000 - GICD_IGROUPR);
	for (unsigned int n = 0; n < 100000; n++) {
		u8 size = (u8)(1U << prng_below(&prng, 4));
		unsigned int offset = prng_below(&prng, 0x8000);
		u64 value;

		if (offset < GICD_IGROUPR)
			continue;
		value = gicd_read(offset, size);
		for (unsigned int byte = 0; byte < 8; byte++) {
			unsigned int at = offset + byte;
			u8 allowed = byte < size ? changeable(at) : 0;

			if (byte < size && at >= GICD_IGROUPR &&
			    at < GICD_IGROUPR + 0x80)
				allowed = changeable(at + 0x80);
			if ((value >> byte * 8) & (u8)~allowed)
				fail_msg("offset 0x%x size %u reads 0x%llx",
					 offset, size, value);
		}
	}
}

/* --- redistributors ---------------------------------------------------- */

#define MAINTENANCE 25U
#define PPIS	    (0xffff0000U & ~(1U << MAINTENANCE))

static u64 gicr_read(unsigned int cpu, unsigned int offset, u8 size)
{
	return do_read(HOST_GICR_BASE + cpu * GICR_FRAME + offset, size);
}

static void gicr_write(unsigned int cpu, unsigned int offset, u64 value)
{
	do_write(HOST_GICR_BASE + cpu * GICR_FRAME + offset, 4, value);
}

static void test_gicr_identification_of_all_is_readable(void **state)
{
	(void)state;
	for (unsigned int cpu = 0; cpu < HOST_MAX_CPUS; cpu++) {
		assert_int_equal(gicr_read(cpu, GICR_TYPER + 4, 4),
				 cpu / 4 << 8 | cpu % 4);
		assert_int_equal(gicr_read(cpu, GICV3_PIDR2, 4), PIDR2_GICV3);
	}
	assert_int_equal(gicr_read(7, GICR_TYPER, 8),
			 GICR_TYPER_LAST | 0x103ULL << 32);
}

static void test_gicr_control_is_read_only(void **state)
{
	(void)state;
	*gicr32(3, GICR_WAKER) = 6;
	gicr_write(3, GICR_WAKER, 0);
	gicr_write(3, GICR_CTLR, 1);
	assert_int_equal(*gicr32(3, GICR_WAKER), 6);
	assert_int_equal(*gicr32(3, GICR_CTLR), 0);
}

static void test_gicr_lpi_tables_are_not_there(void **state)
{
	(void)state;
	*gicr32(3, 0x70) = 0x1234; /* PROPBASER */
	assert_int_equal(gicr_read(3, 0x70, 4), 0);
	gicr_write(3, 0x70, 0x5678);
	assert_int_equal(*gicr32(3, 0x70), 0x1234);
}

static void test_gicr_ppis_of_own_cpu_without_maintenance(void **state)
{
	unsigned int reg = GICR_SGI_BASE + GICD_ISENABLER;

	(void)state;
	*gicr32(3, reg) = ~0U;
	assert_int_equal(gicr_read(3, reg, 4), PPIS | 0xffff);
	gicr_write(3, reg, ~0U);
	assert_int_equal(*gicr32(3, reg), PPIS);
	gicr_write(3, GICR_SGI_BASE + GICD_ICENABLER, 1U << MAINTENANCE);
	assert_int_equal(*gicr32(3, GICR_SGI_BASE + GICD_ICENABLER), 0);
}

static void test_gicr_of_other_cells_cpu_is_not_there(void **state)
{
	unsigned int reg = GICR_SGI_BASE + GICD_ISENABLER;

	(void)state;
	*gicr32(1, reg) = 0xff000000;
	assert_int_equal(gicr_read(1, reg, 4), 0);
	gicr_write(1, reg, ~0U);
	assert_int_equal(*gicr32(1, reg), 0xff000000);
	/* nor that of a CPU that does not exist */
	gicr_write(6, reg, ~0U);
	assert_int_equal(*gicr32(6, reg), 0);
}

static void test_gicr_pending_sgi_reaches_the_cpu(void **state)
{
	(void)state;
	gicr_write(3, GICR_SGI_BASE + GICD_ISPENDR, 0x8002);
	assert_int_equal(cpu_at(3)->sgi_pending, 0x8002);
	assert_int_equal(gicr_read(3, GICR_SGI_BASE + GICD_ISPENDR, 4), 0x8002);
	gicr_write(3, GICR_SGI_BASE + GICD_ICPENDR, 2);
	assert_int_equal(cpu_at(3)->sgi_pending, 0x8000);
	cpu_at(3)->sgi_pending = 0;
}

static void test_gicr_priorities_of_sgis_are_kept_here(void **state)
{
	unsigned int reg = GICR_SGI_BASE + GICD_IPRIORITYR;

	(void)state;
	gicr_write(3, reg + 4, 0x80604020);
	assert_int_equal(cpu_at(3)->sgi_priority[5], 0x40);
	assert_int_equal(gicr_read(3, reg + 4, 4), 0x80604020);
	assert_int_equal(*gicr32(3, reg + 4), 0);
	assert_int_equal(gic_priority(cpu_at(3), 6), 0x60);

	gicr_write(3, reg + 24, 0x80604020);
	assert_int_equal(*gicr32(3, reg + 24), 0x80600020);
	assert_int_equal(gicr_read(3, reg + 24, 4), 0x80600020);
	assert_int_equal(gic_priority(cpu_at(3), 24), 0x20);
}

static void test_gicr_triggers_of_ppis(void **state)
{
	unsigned int reg = GICR_SGI_BASE + GICD_ICFGR;
	u32 ours = 3U << (MAINTENANCE - 16) * 2;

	(void)state;
	*gicr32(3, reg) = 0xaaaaaaaa;
	gicr_write(3, reg, 0);
	assert_int_equal(*gicr32(3, reg), 0xaaaaaaaa);
	*gicr32(3, reg + 4) = 0;
	gicr_write(3, reg + 4, ~0U);
	assert_int_equal(*gicr32(3, reg + 4), ~ours);
	assert_true(gic_is_edge(cpu_at(3), 27));
}

/* --- ownership --------------------------------------------------------- */

static void test_gic_new_cell_gets_its_spis_silent(void **state)
{
	(void)state;
	/* as they are after setup() */
	assert_int_equal(*route_of(OWN), cpu_at(3)->phys_id);
	assert_int_equal(*route_of(AFTER), 0);
	assert_int_equal(*gicd32(GICD_ICENABLER + 4), OWN_BIT);
	assert_int_equal(*gicd32(GICD_ICPENDR + 4), OWN_BIT);
	assert_int_equal(*gicd32(GICD_ICACTIVER + 4), OWN_BIT);
}

static void test_gic_destroyed_cell_returns_its_spis_as_they_were(void **state)
{
	(void)state;
	assert_int_equal(machine_destroy(1), 0);
	*gicd32(GICD_ISENABLER + 4) = OWN_BIT | 1; /* the root uses it */
	assert_int_equal(machine_create(&machine_cell), 0);
	*gicd32(GICD_ISENABLER + 4) = 0;
	*gicd32(GICD_ICENABLER + 4) = 0;
	assert_int_equal(machine_destroy(1), 0);
	assert_int_equal(*gicd32(GICD_ICENABLER + 4), OWN_BIT);
	assert_int_equal(*gicd32(GICD_ISENABLER + 4), OWN_BIT);
	assert_int_equal(*route_of(OWN), cpu_at(0)->phys_id);
	assert_int_equal(machine_create(&machine_cell), 0);
}

static void test_gic_started_cell_has_nothing_pending(void **state)
{
	(void)state;
	*gicd32(GICD_ICENABLER + 4) = 0;
	*gicd32(GICD_ICPENDR + 4) = 0;
	assert_int_equal(machine_start(1), 0);
	assert_int_equal(*gicd32(GICD_ICENABLER + 4), OWN_BIT);
	assert_int_equal(*gicd32(GICD_ICPENDR + 4), OWN_BIT);
}

static void test_gic_stray_spi_goes_to_its_owner(void **state)
{
	(void)state;
	*gicd32(GICD_ISPENDR + 4) = 0;
	*route_of(OWN) = cpu_at(1)->phys_id;
	gic_reroute_spi(OWN);
	assert_int_equal(*route_of(OWN), cpu_at(3)->phys_id);
	assert_int_equal(*gicd32(GICD_ISPENDR + 4), OWN_BIT);
	gic_reroute_spi(AFTER);
	assert_int_equal(*route_of(AFTER), cpu_at(0)->phys_id);
}

static void test_gic_spi_of_nobody_is_turned_off(void **state)
{
	(void)state;
	root_cell.irqs[AFTER / 32] &= ~(1U << AFTER % 32);
	*gicd32(GICD_ICENABLER + 4) = 0;
	gic_reroute_spi(AFTER);
	assert_int_equal(*gicd32(GICD_ICENABLER + 4), 1U << AFTER % 32);
	root_cell.irqs[AFTER / 32] |= 1U << AFTER % 32;
	*gicd32(GICD_ICENABLER + 4) = 0;
	gic_reroute_spi(1019);
	gic_reroute_spi(~0U);
	assert_int_equal(*gicd32(GICD_ICENABLER + 4), 0);
}

static void test_gic_interrupts_beyond_the_gic_do_no_harm(void **state)
{
	(void)state;
	machine_other.irqchips[0].pin_base = 896;
	machine_other.irqchips[0].pin_bitmap[3] = ~0U;
	assert_int_equal(machine_create(&machine_other), 0);
	assert_int_equal(machine_start(2), 0);
	cell_find(2)->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	assert_int_equal(machine_destroy(2), 0);
}

/* --- what the machine has ---------------------------------------------- */

static void set_up_no_gic(void)
{
	host_device(HOST_GICD_BASE, GICV3_GICD_SIZE);
	host_device(HOST_GICR_BASE, HOST_GICR_SIZE);
}

static void set_up_no_gicr(void)
{
	set_up_registers();
	*gicr32(0, GICV3_PIDR2) = 0;
}

static void test_gic_missing_is_refused(void **state)
{
	(void)state;
	host_shutdown();
	host_boot_hook = set_up_no_gic;
	assert_int_equal(
		host_boot(&machine_system.head, sizeof(machine_system)),
		-ENODEV);
	assert_true(machine_said("no GICv3 distributor at 0x8000000"));
	host_boot_hook = set_up_no_gicr;
	assert_int_equal(
		host_boot(&machine_system.head, sizeof(machine_system)),
		-ENODEV);
	assert_true(machine_said("no GICv3 redistributor at 0x80a0000"));
	host_boot_hook = set_up_registers;
	machine_boot();
}

static void test_gic_size_and_reach_are_the_hardwares(void **state)
{
	struct cpu stranger = { .id = 9, .phys_id = 0x10203 };

	(void)state;
	assert_int_equal(gicv3_redistributors_size(HOST_GICR_BASE),
			 HOST_GICR_SIZE);
	assert_int_equal(gicv3_redistributors_size(HOST_GICR_BASE + 0x1000), 0);
	assert_int_equal(gic_max_intid(HOST_GICD_BASE), HOST_MAX_INTID);
	assert_int_equal(gicv3_assign_redistributor(&stranger), -ENODEV);
	assert_true(machine_said("No redist found for CPU 9 (MPIDR 0x10203)"));
	*gicr32(2, GICR_TYPER) = GICR_TYPER_LAST;
	assert_int_equal(gicv3_redistributors_size(HOST_GICR_BASE),
			 3 * GICR_FRAME);
	*gicd32(GICD_TYPER) = 0x1f;
	assert_int_equal(gic_max_intid(HOST_GICD_BASE), 1019);
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, setup, machine_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_gicd_bits_read_only_what_is_owned),
		CASE(test_gicd_bits_write_only_what_is_owned),
		CASE(test_gicd_bits_of_private_interrupts_are_not_there),
		CASE(test_gicd_bits_wrong_width_is_ignored),
		CASE(test_gicd_group_is_read_only),
		CASE(test_gicd_priority_by_byte_and_word),
		CASE(test_gicd_config_changes_own_fields),
		CASE(test_gicd_route_to_own_cpus_only),
		CASE(test_gicd_route_of_others_is_not_there),
		CASE(test_gicd_control_is_read_only),
		CASE(test_gicd_message_spi_wants_ownership),
		CASE(test_gicd_random_writes_change_nothing_foreign),
		CASE(test_gicd_random_reads_show_nothing_foreign),
		CASE(test_gicr_identification_of_all_is_readable),
		CASE(test_gicr_control_is_read_only),
		CASE(test_gicr_lpi_tables_are_not_there),
		CASE(test_gicr_ppis_of_own_cpu_without_maintenance),
		CASE(test_gicr_of_other_cells_cpu_is_not_there),
		CASE(test_gicr_pending_sgi_reaches_the_cpu),
		CASE(test_gicr_priorities_of_sgis_are_kept_here),
		CASE(test_gicr_triggers_of_ppis),
		CASE(test_gic_new_cell_gets_its_spis_silent),
		CASE(test_gic_destroyed_cell_returns_its_spis_as_they_were),
		CASE(test_gic_started_cell_has_nothing_pending),
		CASE(test_gic_stray_spi_goes_to_its_owner),
		CASE(test_gic_spi_of_nobody_is_turned_off),
		CASE(test_gic_interrupts_beyond_the_gic_do_no_harm),
		CASE(test_gic_missing_is_refused),
		CASE(test_gic_size_and_reach_are_the_hardwares),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
