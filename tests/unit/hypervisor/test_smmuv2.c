// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What devices reach behind an SMMUv2 whose registers are plain memory: the
 * test walks them as the unit would.
 */
#include "machine.h"

#include "../../../hypervisor/iommu/smmuv2.h"

#define SMMU_BASE   0x09050000ULL
#define SMMU_SIZE   0x20000U
#define SECOND_BASE (SMMU_BASE + SMMU_SIZE)
#define PAGE	    0x1000U
#define MAPS	    6U
#define BANKS	    3U
#define FIRST_BANK  16U

#define ROOT_RAM (HOST_RAM_BASE + 0x1000)
#define CELL_IPA 0x1000ULL

/* Of the root; of the root and then the cell: 0x40 to 0x4f; of the cell. */
#define ROOT_ENTRY                                                             \
	{                                                                      \
		.mmu500 = { 0x08, 0 }                                          \
	}
#define SHARED_ENTRY                                                           \
	{                                                                      \
		.mmu500 = { 0x40, 0xf }                                        \
	}
#define CELL_ENTRY                                                             \
	{                                                                      \
		.mmu500 = { 0x100, 0 }                                         \
	}

struct smmu_system {
	struct machine_system base;
	union jailhouse_stream_id streams[2];
} __attribute__((packed));

struct smmu_cell {
	struct machine_cell base;
	union jailhouse_stream_id streams[2];
} __attribute__((packed));

static struct smmu_system smmu_system;
static struct smmu_cell smmu_cell;
static char *regs, *second_regs;
static u32 idr0, idr1, idr2, linux_cr0, status, root_streams;
static struct machine_view before, after;

static u32 *reg32(unsigned int offset)
{
	return (u32 *)(void *)(regs + offset);
}

static unsigned int bank_offset(unsigned int bank, unsigned int offset)
{
	return (FIRST_BANK + bank) * PAGE + offset;
}

static void set_up_registers(void)
{
	host_clock_set_step(10);
	regs = host_device(SMMU_BASE, SMMU_SIZE);
	*reg32(SMMU2_IDR0) = idr0;
	*reg32(SMMU2_IDR1) = idr1;
	*reg32(SMMU2_IDR2) = idr2;
	*reg32(SMMU2_CR0) = linux_cr0;
	*reg32(SMMU2_TLBGSTATUS) = status;
	/* what a reset leaves can be anything */
	*reg32(SMMU2_SMR(3)) = SMR_VALID | STREAM_MASK << 16;
}

static void defaults(void)
{
	machine_reset_configs();
	idr0 = IDR0_S2TS | IDR0_SMS | IDR0_CTTW | MAPS;
	idr1 = 3 << 28 | BANKS; /* 16 pages, then banks */
	idr2 = IDR2_4K | 4 << 4 | 4;
	linux_cr0 = CR0_CLIENTPD | 0x200000;
	status = 0;
	smmu_system = (struct smmu_system){
		.base = machine_system,
		.streams = { ROOT_ENTRY, SHARED_ENTRY },
	};
	smmu_system.base.head.platform_info.iommu_units[0] =
		(struct jailhouse_iommu){
			.type = JAILHOUSE_IOMMU_ARM_MMU500,
			.base = SMMU_BASE,
			.size = SMMU_SIZE,
		};
	root_streams = 2;
	smmu_cell = (struct smmu_cell){
		.base = machine_cell,
		.streams = { SHARED_ENTRY, CELL_ENTRY },
	};
	smmu_cell.base.head.num_stream_ids = 2;
	host_boot_hook = set_up_registers;
}

static int boot(void)
{
	int err;

	smmu_system.base.head.root_cell.num_stream_ids = root_streams;
	err = host_boot(&smmu_system.base.head, sizeof(smmu_system));

	if (!err)
		machine_booted();
	return err;
}

static int setup(void **state)
{
	(void)state;
	defaults();
	return boot();
}

static long create(void)
{
	memcpy(host_ram(CONFIG_GPA, sizeof(smmu_cell)), &smmu_cell,
	       sizeof(smmu_cell));
	return hypercall(JAILHOUSE_HC_CELL_CREATE, CONFIG_GPA, 0);
}

/* The bank that a stream leads to, or BANKS. */
static unsigned int match(u32 stream)
{
	unsigned int bank = BANKS, matches = 0;

	for (unsigned int n = 0; n < MAPS; n++) {
		u32 smr = *reg32(SMMU2_SMR(n)), s2cr = *reg32(SMMU2_S2CR(n));

		if (!(smr & SMR_VALID) ||
		    (smr ^ stream) & STREAM_MASK & ~(smr >> 16))
			continue;
		matches++;
		if ((s2cr & S2CR_TYPE) == 0)
			bank = s2cr & S2CR_BANK;
		assert_int_not_equal(s2cr & S2CR_TYPE, 1 << 16); /* bypass */
	}
	assert_in_range(matches, 0, 1);
	return bank;
}

static phys_t dma(u32 stream, u64 address)
{
	struct pt_space space = { .format = root_cell.memory.format };
	unsigned int bank;
	u64 root;

	if (*reg32(SMMU2_CR0) & CR0_CLIENTPD)
		return address;
	assert_true(*reg32(SMMU2_CR0) & CR0_USFCFG);
	bank = match(stream);
	if (bank == BANKS)
		return PHYS_INVALID;
	assert_true(*reg32(bank_offset(bank, SMMU2_SCTLR)) & 1);
	assert_int_equal(*reg32(bank_offset(bank, SMMU2_TCR)),
			 arch_stage2_control());
	assert_int_equal(*reg32(PAGE + SMMU2_CBA2R(bank)), CBA2R_64);
	/* second stage, this VMID */
	assert_true(*reg32(PAGE + SMMU2_CBAR(bank)) <= 2);
	memcpy(&root, reg32(bank_offset(bank, SMMU2_TTBR0)), sizeof(root));
	space.root = hv_phys_to_virt(root);
	return paging_lookup(&space, address, NULL);
}

/* --- enable and disable -----------------------------------------------------
 */

static void test_smmuv2_enable_gives_the_root_what_it_lists(void **state)
{
	(void)state;
	assert_int_equal(dma(0x08, ROOT_RAM), ROOT_RAM);
	assert_int_equal(dma(0x40, ROOT_RAM), ROOT_RAM);
	assert_int_equal(dma(0x4f, ROOT_RAM), ROOT_RAM);
	assert_int_equal(dma(0x08, HOST_HV_BASE), PHYS_INVALID);
	assert_int_equal(dma(0x50, ROOT_RAM), PHYS_INVALID);
	assert_int_equal(dma(0x00, ROOT_RAM), PHYS_INVALID);
}

static void test_smmuv2_disable_restores_what_linux_had(void **state)
{
	(void)state;
	host_shutdown();
	assert_int_equal(*reg32(SMMU2_CR0), linux_cr0);
	assert_int_equal(dma(0x50, ROOT_RAM), ROOT_RAM);
	assert_int_equal(setup(state), 0);
}

static void test_smmuv2_unit_that_does_not_do_is_refused(void **state)
{
	static const struct {
		u32 *what;
		u32 value;
		int err;
		const char *text;
	} rows[] = {
		{ &idr0, IDR0_SMS | IDR0_CTTW | MAPS, -ENODEV,
		  "no second stage" },
		{ &idr0, IDR0_S2TS | IDR0_CTTW | MAPS, -ENODEV,
		  "does not match streams" },
		{ &idr0, IDR0_S2TS | IDR0_SMS | MAPS, -ENODEV, "not coherent" },
		{ &idr0, IDR0_S2TS | IDR0_SMS | IDR0_CTTW | 1, -ENOMEM,
		  "stream id 1 (0xf0040): there is no room in" },
		{ &idr1, 3 << 28, -ENOMEM, "no context bank left" },
		{ &idr1, 3 << 28 | 17, -EINVAL, "more than its size" },
		{ &idr2, 4 << 4 | 4, -ENODEV, "no second stage" },
		{ &idr2, IDR2_4K | 4 << 4 | 1, -ENODEV, "fewer addresses" },
		{ &linux_cr0, 0, -EBUSY, "initcall_blacklist" },
		{ &status, 1, -EIO, "does not answer" },
		{ &root_streams, 0, -EINVAL, "lists no stream ids" },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		defaults();
		*rows[n].what = rows[n].value;
		host_console_reset();
		assert_int_equal(boot(), rows[n].err);
		assert_true(machine_said(rows[n].text));
		host_shutdown();
		assert_false(iommu_active);
		assert_int_equal(*reg32(SMMU2_CR0), linux_cr0);
	}
}

/* --- cells
 * -------------------------------------------------------------------- */

static void test_smmuv2_cell_takes_its_streams(void **state)
{
	(void)state;
	assert_int_equal(create(), 0);
	assert_true(machine_said(
		"Assigning SID 0x40, Mask 0xf to cell \"rtos\"\n"));
	assert_int_equal(dma(0x45, CELL_IPA), CELL_RAM_PHYS + CELL_IPA);
	assert_int_equal(dma(0x100, CELL_IPA), CELL_RAM_PHYS + CELL_IPA);
	assert_int_equal(dma(0x45, ROOT_RAM), PHYS_INVALID);
	assert_int_equal(dma(0x08, ROOT_RAM), ROOT_RAM);
	/* what the root lost is forgotten by the unit, too */
	assert_int_equal(dma(0x08, CELL_RAM_PHYS), PHYS_INVALID);
	assert_int_equal(*reg32(SMMU2_TLBIVMID), 0);
}

static void test_smmuv2_destroy_returns_the_streams(void **state)
{
	(void)state;
	machine_look(&before);
	assert_int_equal(create(), 0);
	*reg32(SMMU2_TLBIVMID) = 0;
	assert_int_equal(machine_destroy(1), 0);
	machine_look(&after);
	machine_assert_same(&before, &after);
	assert_int_equal(*reg32(SMMU2_TLBIVMID), 1);
	assert_int_equal(dma(0x45, ROOT_RAM), ROOT_RAM);
	assert_int_equal(dma(0x45, CELL_IPA), PHYS_INVALID);
	assert_int_equal(dma(0x100, CELL_IPA), PHYS_INVALID);
	/* registers and banks are free again: more often than there are */
	for (unsigned int n = 0; n < 2 * MAPS; n++) {
		assert_int_equal(create(), 0);
		assert_int_equal(machine_destroy(1), 0);
	}
}

static void test_smmuv2_failed_create_changes_nothing(void **state)
{
	long err = -ENOMEM;

	(void)state;
	for (unsigned int left = 0; err == -ENOMEM && left < 100; left++) {
		machine_drain(left);
		err = create();
		machine_refill();
		if (err != -ENOMEM)
			break;
		assert_int_equal(dma(0x45, ROOT_RAM), ROOT_RAM);
		assert_int_equal(dma(0x100, CELL_IPA), PHYS_INVALID);
	}
	assert_int_equal(err, 0);
	assert_int_equal(dma(0x100, CELL_IPA), CELL_RAM_PHYS + CELL_IPA);
}

static void test_smmuv2_part_of_an_entry_is_refused(void **state)
{
	static const struct {
		union jailhouse_stream_id id;
		const char *text;
	} rows[] = {
		{ { .mmu500 = { 0x45, 0 } }, "overlaps another one" },
		{ { .mmu500 = { 0x00, 0x7fff } }, "overlaps another one" },
		{ { .mmu500 = { 0x40, 0x1f } }, "overlaps another one" },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		smmu_cell.base.head.num_stream_ids = 1;
		smmu_cell.streams[0] = rows[n].id;
		machine_quiet();
		assert_int_equal(create(), -EINVAL);
		assert_true(machine_said(rows[n].text));
		assert_int_equal(dma(0x45, ROOT_RAM), ROOT_RAM);
		assert_int_equal(dma(0x08, ROOT_RAM), ROOT_RAM);
	}
}

/* The register has 15 bits: with one more, it would be another's entry. */
static void test_smmuv2_more_bits_than_a_register_are_refused(void **state)
{
	static const union jailhouse_stream_id rows[] = {
		{ .mmu500 = { 0x8008, 0 } },
		{ .mmu500 = { 0x40, 0x800f } },
		{ .mmu500 = { 0x8100, 0 } },
	};

	(void)state;
	smmu_cell.base.head.num_stream_ids = 1;
	for (size_t n = 0; n < ARRAY_SIZE(rows); n++) {
		smmu_cell.streams[0] = rows[n];
		machine_quiet();
		assert_int_equal(create(), -ERANGE);
		assert_true(machine_said("is too large for IOMMU unit 0"));
		assert_int_equal(dma(0x08, ROOT_RAM), ROOT_RAM);
		assert_int_equal(dma(0x45, ROOT_RAM), ROOT_RAM);
	}
}

static u32 *second32(unsigned int offset)
{
	return (u32 *)(void *)(second_regs + offset);
}

/* The second one has registers for what the root lists, and no more. */
static void set_up_two_units(void)
{
	set_up_registers();
	second_regs = host_device(SECOND_BASE, SMMU_SIZE);
	*second32(SMMU2_IDR0) = (idr0 & ~(u32)IDR0_NUMSMRG) | 2;
	*second32(SMMU2_IDR1) = idr1;
	*second32(SMMU2_IDR2) = idr2;
	*second32(SMMU2_CR0) = linux_cr0;
}

/* What the first one had for the cell already is free again. */
static void test_smmuv2_second_unit_that_refuses_frees_the_first(void **state)
{
	(void)state;
	host_shutdown();
	defaults();
	smmu_system.base.head.platform_info.iommu_units[1] =
		(struct jailhouse_iommu){
			.type = JAILHOUSE_IOMMU_ARM_MMU500,
			.base = SECOND_BASE,
			.size = SMMU_SIZE,
		};
	host_boot_hook = set_up_two_units;
	assert_int_equal(boot(), 0);
	machine_look(&before);
	for (unsigned int n = 0; n < 2 * BANKS; n++) {
		machine_quiet();
		assert_int_equal(create(), -ENOMEM);
		assert_true(machine_said("stream id 1 (0x100): there is no "
					 "room in IOMMU unit 1"));
		assert_int_equal(dma(0x100, CELL_IPA), PHYS_INVALID);
		assert_int_equal(dma(0x45, ROOT_RAM), ROOT_RAM);
	}
	machine_look(&after);
	machine_assert_same(&before, &after);
	host_shutdown();
	assert_int_equal(*second32(SMMU2_CR0), linux_cr0);
	assert_int_equal(setup(state), 0);
}

/* Other cells have all registers for streams. */
static void test_smmuv2_units_resources_end(void **state)
{
	(void)state;
	for (unsigned int n = 0; n < MAPS; n++)
		if (!*reg32(SMMU2_SMR(n)))
			*reg32(SMMU2_SMR(n)) = (u32)SMR_VALID | (0x7000 + n);
	assert_int_equal(create(), -ENOMEM);
	assert_true(machine_said("stream id 1 (0x100): there is no room in"));
	assert_int_equal(dma(0x45, ROOT_RAM), ROOT_RAM);
	for (unsigned int n = 0; n < MAPS; n++)
		if (*reg32(SMMU2_SMR(n)) == ((u32)SMR_VALID | (0x7000 + n)))
			*reg32(SMMU2_SMR(n)) = 0;
	assert_int_equal(create(), 0);
}

static void test_smmuv2_silent_unit_stops_all_dma(void **state)
{
	(void)state;
	*reg32(SMMU2_TLBGSTATUS) = 1;
	create();
	assert_true(machine_said("IOMMU unit 0: does not answer: DMA behind it "
				 "is stopped\n"));
	assert_int_equal(dma(0x08, ROOT_RAM), PHYS_INVALID);
	assert_int_equal(dma(0x45, CELL_IPA), PHYS_INVALID);
	assert_int_equal(dma(0x45, ROOT_RAM), PHYS_INVALID);
	*reg32(SMMU2_TLBGSTATUS) = 0;
	if (cell_find(1))
		assert_int_equal(machine_destroy(1), 0);
	machine_quiet();
	assert_int_equal(create(), -EIO);
	assert_true(machine_said("there is no answer of IOMMU unit 0"));
}

/* --- faults
 * ------------------------------------------------------------------- */

static void look(void)
{
	host_clock_set(arch_ticks() + 2000000);
	iommu_poll();
}

static void test_smmuv2_fault_names_cell(void **state)
{
	unsigned int bank;
	u64 address = ROOT_RAM;

	(void)state;
	assert_int_equal(create(), 0);
	bank = match(0x47);
	*reg32(bank_offset(bank, SMMU2_FSR)) = 1U << 31 | 1 << 1;
	*reg32(bank_offset(bank, SMMU2_FSYNR0)) = (u32)FSYNR0_WRITE;
	memcpy(reg32(bank_offset(bank, SMMU2_FAR)), &address, sizeof(address));
	*reg32(PAGE + SMMU2_CBFRSYNRA(bank)) = 0x47;
	look();
	assert_true(machine_said("IOMMU unit 0: cell \"rtos\": stream 0x47: "
				 "write to 0x40001000: no translation\n"));
}

static void test_smmuv2_fault_of_nobody_is_said(void **state)
{
	(void)state;
	*reg32(SMMU2_GFSR) = 1 << 1;
	*reg32(SMMU2_GFSYNR1) = 0x555;
	look();
	assert_true(machine_said("IOMMU unit 0: no cell: stream 0x555: read "
				 "from 0x0: access refused\n"));
	machine_quiet();
	*reg32(SMMU2_GFSR) = 1U << 31 | 1 << 7;
	look();
	assert_true(machine_said(": event 0x80000080\n"));
}

#define SMMU_TEST(name)                                                        \
	cmocka_unit_test_setup_teardown(name, setup, machine_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SMMU_TEST(test_smmuv2_enable_gives_the_root_what_it_lists),
		SMMU_TEST(test_smmuv2_disable_restores_what_linux_had),
		cmocka_unit_test(test_smmuv2_unit_that_does_not_do_is_refused),
		SMMU_TEST(test_smmuv2_cell_takes_its_streams),
		SMMU_TEST(test_smmuv2_destroy_returns_the_streams),
		SMMU_TEST(test_smmuv2_failed_create_changes_nothing),
		SMMU_TEST(test_smmuv2_part_of_an_entry_is_refused),
		SMMU_TEST(test_smmuv2_more_bits_than_a_register_are_refused),
		SMMU_TEST(test_smmuv2_second_unit_that_refuses_frees_the_first),
		SMMU_TEST(test_smmuv2_units_resources_end),
		SMMU_TEST(test_smmuv2_silent_unit_stops_all_dma),
		SMMU_TEST(test_smmuv2_fault_names_cell),
		SMMU_TEST(test_smmuv2_fault_of_nobody_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
