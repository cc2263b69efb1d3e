// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Real PCI functions over a config space that is plain memory: what of it cells
 * see and change, and in which state it changes hands.
 */
#include "machine.h"

#include <hv/pci.h>

#define ECAM 0x08e00000ULL
#define BDF  0x18U /* 00:03.0 */
#define FREE 0x20U /* in no configuration */

/* Capabilities, chained in this order */
#define CAP_PM	 0x40U /* writable */
#define CAP_MSI	 0x50U /* writable */
#define CAP_MSIX 0x70U /* writable */
#define CAP_VND	 0x80U /* not writable */
#define CAP_NONE 0x90U /* in the hardware alone */

#define BAR0	  0x10000000U
#define BAR0_MASK 0xfff00000U
/* A page that the cell may write, 1:1 */
#define DOORBELL (UART_PHYS + 0x4040)

struct pci_parts {
	struct jailhouse_pci_device pci[1];
	struct jailhouse_pci_capability caps[4];
} __attribute__((packed));

struct pci_system {
	struct machine_system base;
	struct pci_parts parts;
} __attribute__((packed));

struct pci_cell {
	struct machine_cell base;
	struct pci_parts parts;
} __attribute__((packed));

static const struct pci_parts parts = {
	.pci = { {
		.type = JAILHOUSE_PCI_TYPE_DEVICE,
		.bdf = BDF,
		.bar_mask = { BAR0_MASK },
		.num_caps = 4,
		.num_msi_vectors = 1,
		.msi_64bits = 1,
	} },
	.caps = {
		{ 0x01, CAP_PM, 8, JAILHOUSE_PCICAPS_WRITE },
		{ 0x05, CAP_MSI, 14, JAILHOUSE_PCICAPS_WRITE },
		{ 0x11, CAP_MSIX, 12, JAILHOUSE_PCICAPS_WRITE },
		{ 0x09, CAP_VND, 8, 0 },
	},
};

static struct pci_system system_config_;
static struct pci_cell cell_config;

static u8 *hardware(unsigned int reg)
{
	return (u8 *)host_device(ECAM + (BDF << 12), 0x1000) + reg;
}

static u32 *hw32(unsigned int reg)
{
	return (u32 *)(void *)hardware(reg);
}

static u16 *hw16(unsigned int reg)
{
	return (u16 *)(void *)hardware(reg);
}

static void put_cap(unsigned int at, u8 id, u8 next)
{
	*hardware(at) = id;
	*hardware(at + 1) = next;
}

static void set_up_function(void)
{
	*hw32(PCI_CFG_ID) = 0x11e81234;
	*hw16(PCI_CFG_COMMAND) = PCI_CMD_MEM | PCI_CMD_MASTER;
	*hw16(PCI_CFG_STATUS) = 0x10;
	*hw32(PCI_CFG_BAR) = BAR0;
	*hardware(PCI_CFG_CAPS) = CAP_PM;
	put_cap(CAP_PM, 0x01, CAP_MSI);
	put_cap(CAP_MSI, 0x05, CAP_MSIX);
	put_cap(CAP_MSIX, 0x11, CAP_VND);
	put_cap(CAP_VND, 0x09, CAP_NONE);
	put_cap(CAP_NONE, 0x10, 0);
	/* as Linux uses it */
	*hw16(CAP_MSI + 2) = 0x81;
	*hw32(CAP_MSI + 4) = 0x08020040;
	*hw32(CAP_MSI + 12) = 80;
	*hw16(CAP_MSIX + 2) = 0x8003;
}

static int setup(void **state)
{
	(void)state;
	machine_reset_configs();
	system_config_ = (struct pci_system){ machine_system, parts };
	system_config_.base.head.root_cell.num_pci_devices = 1;
	system_config_.base.head.root_cell.num_pci_caps = 4;
	cell_config = (struct pci_cell){ machine_cell, parts };
	cell_config.base.head.num_pci_devices = 1;
	cell_config.base.head.num_pci_caps = 4;
	host_boot_hook = set_up_function;
	assert_int_equal(
		host_boot(&system_config_.base.head, sizeof(system_config_)),
		0);
	machine_booted();
	return 0;
}

static long create(void)
{
	memcpy(host_ram(CONFIG_GPA, sizeof(cell_config)), &cell_config,
	       sizeof(cell_config));
	return hypercall(JAILHOUSE_HC_CELL_CREATE, CONFIG_GPA, 0);
}

static int setup_cell(void **state)
{
	setup(state);
	assert_int_equal(create(), 0);
	return 0;
}

static enum mmio_result pci_access(struct cell *cell, unsigned int bdf,
				   unsigned int reg, u8 size, bool is_write,
				   u32 *value)
{
	struct mmio_access access = {
		.address = ECAM + (bdf << 12) + reg,
		.size = size,
		.is_write = is_write,
		.value = is_write ? *value : 0,
	};
	enum mmio_result result = mmio_dispatch(&cell->mmio, &access);

	*value = (u32)access.value;
	return result;
}

static u32 get(struct cell *cell, unsigned int reg, u8 size)
{
	u32 value = 0;

	assert_int_equal(pci_access(cell, BDF, reg, size, false, &value),
			 MMIO_HANDLED);
	return value;
}

static enum mmio_result set(struct cell *cell, unsigned int reg, u8 size,
			    u32 value)
{
	return pci_access(cell, BDF, reg, size, true, &value);
}

static struct cell *cell_1(void)
{
	return cell_find(1);
}

/* --- the root ------------------------------------------------------------ */

static void test_pci_root_sees_what_it_lists(void **state)
{
	u32 value = 0;

	(void)state;
	assert_int_equal(get(&root_cell, PCI_CFG_ID, 4), 0x11e81234);
	assert_int_equal(get(&root_cell, PCI_CFG_ID + 2, 2), 0x11e8);
	assert_int_equal(get(&root_cell, CAP_MSI + 4, 4), 0x08020040);
	assert_int_equal(get(&root_cell, CAP_MSI + 12, 2), 80);
	assert_int_equal(pci_access(&root_cell, FREE, 0, 4, false, &value),
			 MMIO_HANDLED);
	assert_int_equal(value, 0xffffffff);
	assert_int_equal(pci_access(&root_cell, FREE, 4, 2, true, &value),
			 MMIO_ERROR);
	/* enabling changed nothing */
	assert_int_equal(*hw16(PCI_CFG_COMMAND), PCI_CMD_MEM | PCI_CMD_MASTER);
	assert_int_equal(*hw16(CAP_MSI + 2), 0x81);
}

static void test_pci_bar_is_a_shadow(void **state)
{
	(void)state;
	assert_int_equal(get(&root_cell, PCI_CFG_BAR, 4), BAR0);
	assert_int_equal(set(&root_cell, PCI_CFG_BAR, 4, 0xffffffff),
			 MMIO_HANDLED);
	assert_int_equal(get(&root_cell, PCI_CFG_BAR, 4), BAR0_MASK);
	assert_int_equal(set(&root_cell, PCI_CFG_BAR + 2, 2, 0x2345),
			 MMIO_HANDLED);
	assert_int_equal(get(&root_cell, PCI_CFG_BAR, 4), 0x23400000);
	assert_int_equal(*hw32(PCI_CFG_BAR), BAR0);
	assert_int_equal(get(&root_cell, PCI_CFG_ROMBAR, 4), 0);
}

/* Linux wakes a device that lost its place in a power state. */
static void test_pci_bar_goes_back_to_its_place(void **state)
{
	(void)state;
	*hw32(PCI_CFG_BAR) = 0;
	assert_int_equal(set(&root_cell, PCI_CFG_BAR, 4, BAR0 + 0x100000),
			 MMIO_HANDLED);
	assert_int_equal(*hw32(PCI_CFG_BAR), 0);
	assert_int_equal(set(&root_cell, PCI_CFG_BAR, 4, BAR0), MMIO_HANDLED);
	assert_int_equal(*hw32(PCI_CFG_BAR), BAR0);
}

/* While the root sizes a BAR on one CPU, another may destroy a cell. */
static void test_pci_root_shadows_survive_other_cells(void **state)
{
	(void)state;
	cell_config.base.head.num_pci_devices = 0;
	set(&root_cell, PCI_CFG_BAR, 4, 0xffffffff);
	assert_int_equal(create(), 0);
	assert_int_equal(machine_destroy(1), 0);
	assert_int_equal(get(&root_cell, PCI_CFG_BAR, 4), BAR0_MASK);
}

static void test_pci_root_has_its_messages(void **state)
{
	(void)state;
	assert_int_equal(set(&root_cell, CAP_MSI + 4, 4, 0x12345678),
			 MMIO_HANDLED);
	assert_int_equal(set(&root_cell, CAP_MSIX + 2, 2, 0xc003),
			 MMIO_HANDLED);
	assert_int_equal(*hw32(CAP_MSI + 4), 0x12345678);
	assert_int_equal(*hw16(CAP_MSIX + 2), 0xc003);
}

/* --- changing hands --------------------------------------------------------
 */

static void assert_quiet(void)
{
	assert_int_equal(*hw16(PCI_CFG_COMMAND), PCI_CMD_INTX_OFF);
	assert_int_equal(*hw16(CAP_MSI + 2) & 1, 0);
	assert_int_equal(*hw16(CAP_MSIX + 2) & 0x8000, 0);
}

static void test_pci_cell_gets_a_quiet_function(void **state)
{
	u32 value = 0;

	(void)state;
	assert_quiet();
	assert_int_equal(get(cell_1(), PCI_CFG_ID, 4), 0x11e81234);
	assert_int_equal(pci_access(&root_cell, BDF, 0, 4, false, &value),
			 MMIO_HANDLED);
	assert_int_equal(value, 0xffffffff);
	assert_int_equal(set(&root_cell, PCI_CFG_COMMAND, 2, 4), MMIO_ERROR);
	assert_true(machine_said("FATAL: Invalid PCI config write, device "
				 "00:03.0, reg: 0x4, size: 2\n"));
}

static void test_pci_destroy_returns_a_quiet_function(void **state)
{
	(void)state;
	set(cell_1(), PCI_CFG_COMMAND, 2, PCI_CMD_MEM | PCI_CMD_MASTER);
	assert_int_equal(*hw16(PCI_CFG_COMMAND), PCI_CMD_MEM | PCI_CMD_MASTER);
	/* The cell has reset it by its power states, and its place is gone. */
	*hw32(PCI_CFG_BAR) = 0;
	assert_int_equal(machine_destroy(1), 0);
	assert_quiet();
	assert_int_equal(*hw32(PCI_CFG_BAR), BAR0);
	assert_int_equal(get(&root_cell, PCI_CFG_BAR, 4), BAR0);
	assert_int_equal(set(&root_cell, PCI_CFG_COMMAND, 2, PCI_CMD_MEM),
			 MMIO_HANDLED);
}

static void test_pci_restart_begins_with_a_quiet_function(void **state)
{
	(void)state;
	set(cell_1(), PCI_CFG_COMMAND, 2, PCI_CMD_MASTER);
	cell_1()->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	assert_int_equal(machine_start(1), 0);
	assert_quiet();
	cell_1()->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
}

static void test_pci_failed_create_leaves_the_root_its_function(void **state)
{
	long err = -ENOMEM;

	(void)state;
	for (unsigned int left = 0; err == -ENOMEM && left < 100; left++) {
		machine_drain(left);
		err = create();
		machine_refill();
		if (err != -ENOMEM)
			break;
		assert_int_equal(*hw16(PCI_CFG_COMMAND),
				 PCI_CMD_MEM | PCI_CMD_MASTER);
		assert_int_equal(*hw16(CAP_MSI + 2), 0x81);
		assert_int_equal(get(&root_cell, PCI_CFG_ID, 4), 0x11e81234);
	}
	assert_int_equal(err, 0);
}

/* --- what a cell may write -------------------------------------------------
 */

static void test_pci_cell_writes_only_what_is_listed(void **state)
{
	static const struct {
		unsigned int reg;
		u8 size;
		enum mmio_result result;
	} rows[] = {
		{ PCI_CFG_ID, 4, MMIO_ERROR },
		{ PCI_CFG_COMMAND, 2, MMIO_HANDLED },
		{ PCI_CFG_CLASS, 4, MMIO_ERROR },
		{ PCI_CFG_CACHELINE, 4, MMIO_HANDLED },
		{ PCI_CFG_BAR, 4, MMIO_HANDLED },
		{ PCI_CFG_SUBSYSTEM, 4, MMIO_ERROR },
		{ PCI_CFG_ROMBAR, 4, MMIO_HANDLED },
		{ PCI_CFG_CAPS, 1, MMIO_ERROR },
		{ PCI_CFG_INT, 1, MMIO_HANDLED },
		{ CAP_PM + 4, 2, MMIO_HANDLED },
		{ CAP_MSI + 4, 4, MMIO_HANDLED },
		{ CAP_MSI + 12, 4, MMIO_ERROR }, /* over its end */
		{ CAP_VND + 4, 4, MMIO_ERROR },
		{ CAP_NONE + 4, 4, MMIO_ERROR },
		{ 0x100, 4, MMIO_ERROR },
		{ 0xffc, 4, MMIO_ERROR },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++)
		assert_int_equal(set(cell_1(), rows[n].reg, rows[n].size, 0),
				 rows[n].result);
	assert_int_equal(get(cell_1(), CAP_VND, 1), 0x09);
}

/* --- messages of cells ------------------------------------------------------
 */

static void set_message(u64 address, u32 data)
{
	assert_int_equal(set(cell_1(), CAP_MSI + 4, 4, (u32)address),
			 MMIO_HANDLED);
	assert_int_equal(set(cell_1(), CAP_MSI + 8, 4, (u32)(address >> 32)),
			 MMIO_HANDLED);
	assert_int_equal(set(cell_1(), CAP_MSI + 12, 2, data), MMIO_HANDLED);
}

static void test_pci_cell_message_waits_for_its_enable(void **state)
{
	(void)state;
	*hw32(CAP_MSI + 4) = 0;
	set_message(DOORBELL, 0x1234);
	assert_int_equal(*hw32(CAP_MSI + 4), 0);
	assert_int_equal(get(cell_1(), CAP_MSI + 4, 4), DOORBELL);
	assert_int_equal(set(cell_1(), CAP_MSI + 2, 2, 0x81), MMIO_HANDLED);
	assert_int_equal(*hw16(CAP_MSI + 2), 0x81);
	assert_int_equal(*hw32(CAP_MSI + 4), DOORBELL);
	assert_int_equal(*hw32(CAP_MSI + 8), 0);
	assert_int_equal(*hw16(CAP_MSI + 12), 0x1234);
	/* by the whole register, too */
	assert_int_equal(set(cell_1(), CAP_MSI, 4, 0x00800000), MMIO_HANDLED);
	assert_int_equal(*hw16(CAP_MSI + 2), 0x80);
}

static void test_pci_cell_message_to_others_stays_off(void **state)
{
	static const u64 addresses[] = {
		HOST_RAM_BASE,	       /* the root's */
		HOST_HV_BASE,	       /* ours */
		0x08020040,	       /* of no cell */
		DOORBELL | 1ULL << 32, /* far beyond */
		DOORBELL + 2,	       /* not aligned */
		0x1000,		       /* its own, not 1:1 */
		0xfffffffffffffffcULL,
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(addresses); n++) {
		set_message(addresses[n], 1);
		machine_quiet();
		assert_int_equal(set(cell_1(), CAP_MSI + 2, 2, 0x81),
				 MMIO_HANDLED);
		assert_int_equal(*hw16(CAP_MSI + 2) & 1, 0);
		assert_true(machine_said("PCI device 00:03.0 of cell \"rtos\": "
					 "MSI stays off"));
	}
}

static void test_pci_cell_message_is_judged_at_each_change(void **state)
{
	(void)state;
	set_message(DOORBELL, 1);
	set(cell_1(), CAP_MSI + 2, 2, 0x81);
	set(cell_1(), CAP_MSI + 12, 2, 7);
	assert_int_equal(*hw16(CAP_MSI + 2), 0x81);
	assert_int_equal(*hw16(CAP_MSI + 12), 7);
	set(cell_1(), CAP_MSI + 4, 4, HOST_RAM_BASE);
	assert_int_equal(*hw16(CAP_MSI + 2) & 1, 0);
	assert_int_equal(*hw32(CAP_MSI + 4), DOORBELL);
}

static void test_pci_cell_gets_no_msix(void **state)
{
	(void)state;
	assert_int_equal(set(cell_1(), CAP_MSIX + 2, 2, 0x8003), MMIO_HANDLED);
	assert_int_equal(set(cell_1(), CAP_MSIX, 4, 0x80030011), MMIO_HANDLED);
	assert_int_equal(*hw16(CAP_MSIX + 2), 0x0003);
}

/* Whatever the cell does: its function stays where it is, and sends no message
 * to where the cell could not write. */
static void test_pci_cell_at_random_stays_within(void **state)
{
	struct prng prng = prng_for("pci");
	static const u8 sizes[] = { 1, 2, 4, 8 };

	(void)state;
	for (unsigned int n = 0; n < 100000; n++) {
		unsigned int reg = prng_below(&prng, 8)
					   ? prng_below(&prng, 0x100)
					   : prng_below(&prng, 0x1000);
		u32 value = prng_below(&prng, 4) ? (u32)prng_next(&prng)
						 : (u32)(DOORBELL & ~0xfffULL);
		u8 size = sizes[prng_below(&prng, 4)];

		pci_access(cell_1(), BDF, reg, size, prng_below(&prng, 2),
			   &value);
		assert_int_equal(*hw32(PCI_CFG_BAR), BAR0);
		assert_int_equal(*hw16(CAP_MSIX + 2) & 0x8000, 0);
		assert_int_equal(*hw32(CAP_VND), CAP_NONE << 8 | 0x09);
		if (*hw16(CAP_MSI + 2) & 1) {
			assert_int_equal(*hw32(CAP_MSI + 4) & ~0xfffU,
					 DOORBELL & ~0xfffULL);
			assert_int_equal(*hw32(CAP_MSI + 8), 0);
		}
	}
}

#define ROOT_TEST(name)                                                        \
	cmocka_unit_test_setup_teardown(name, setup, machine_teardown)
#define CELL_TEST(name)                                                        \
	cmocka_unit_test_setup_teardown(name, setup_cell, machine_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROOT_TEST(test_pci_root_sees_what_it_lists),
		ROOT_TEST(test_pci_bar_is_a_shadow),
		ROOT_TEST(test_pci_bar_goes_back_to_its_place),
		ROOT_TEST(test_pci_root_shadows_survive_other_cells),
		ROOT_TEST(test_pci_root_has_its_messages),
		CELL_TEST(test_pci_cell_gets_a_quiet_function),
		CELL_TEST(test_pci_destroy_returns_a_quiet_function),
		CELL_TEST(test_pci_restart_begins_with_a_quiet_function),
		ROOT_TEST(test_pci_failed_create_leaves_the_root_its_function),
		CELL_TEST(test_pci_cell_writes_only_what_is_listed),
		CELL_TEST(test_pci_cell_message_waits_for_its_enable),
		CELL_TEST(test_pci_cell_message_to_others_stays_off),
		CELL_TEST(test_pci_cell_message_is_judged_at_each_change),
		CELL_TEST(test_pci_cell_gets_no_msix),
		CELL_TEST(test_pci_cell_at_random_stays_within),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
