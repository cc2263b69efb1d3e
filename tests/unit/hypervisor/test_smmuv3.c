// SPDX-License-Identifier: GPL-2.0-or-later
/* What devices reach behind an SMMUv3, and what is said of what they do not. */
#include "smmuv3_fixture.h"

#define ROOT_RAM (HOST_RAM_BASE + 0x1000)
#define CELL_IPA 0x1000ULL /* guest-physical, of the cell */

static struct machine_view before, after;

/* --- enable and disable --------------------------------------------------- */

static void test_smmuv3_enable_gives_the_root_what_it_lists(void **state)
{
	(void)state;
	assert_int_equal(smmu_dma(ROOT_STREAM, ROOT_RAM, true), ROOT_RAM);
	assert_int_equal(smmu_dma(SHARED_STREAM, ROOT_RAM, false), ROOT_RAM);
	/* hypervisor memory */
	assert_int_equal(smmu_dma(ROOT_STREAM, HOST_HV_BASE, false),
			 PHYS_INVALID);
	assert_int_equal(smmu_dma(STRAY_STREAM, ROOT_RAM, false), PHYS_INVALID);
	assert_int_equal(smmu_dma(0x12345, ROOT_RAM, false), PHYS_INVALID);
}

static void test_smmuv3_disable_restores_what_linux_had(void **state)
{
	(void)state;
	assert_int_not_equal(*smmu32(SMMU_CR1), 0x123);
	host_shutdown();
	assert_int_equal(*smmu32(SMMU_CR0), 0);
	assert_int_equal(*smmu32(SMMU_CR1), 0x123);
	assert_int_equal(*smmu64(SMMU_STRTAB_BASE), 0x45678000);
	assert_int_equal(*smmu32(SMMU_GBPA), 0x1000);
	assert_int_equal(smmu_dma(STRAY_STREAM, ROOT_RAM, true), ROOT_RAM);
	assert_false(iommu_active);
	assert_int_equal(smmu_boot(), 0); /* for the teardown */
}

struct refused_unit {
	struct fake_smmu fake;
	u32 size;
	int err;
	const char *text;
};

#define IDR0 (IDR0_S2P | IDR0_TTF_AARCH64 | IDR0_COHACC | IDR0_ST_2LEVEL)
#define IDR1 (16 | 7 << 16 | 8 << 21)
#define IDR5 (IDR5_GRAN4K | 4)

static void test_smmuv3_unit_that_does_not_do_is_refused(void **state)
{
	static const struct refused_unit units[] = {
		{ { .idr0 = IDR0 & ~IDR0_S2P, .idr1 = IDR1, .idr5 = IDR5 },
		  SMMU_SIZE,
		  -ENODEV,
		  "no second stage" },
		{ { .idr0 = IDR0 & ~IDR0_TTF_AARCH64,
		    .idr1 = IDR1,
		    .idr5 = IDR5 },
		  SMMU_SIZE,
		  -ENODEV,
		  "no second stage" },
		{ { .idr0 = IDR0, .idr1 = IDR1, .idr5 = 4 },
		  SMMU_SIZE,
		  -ENODEV,
		  "no second stage" },
		{ { .idr0 = IDR0 & ~IDR0_COHACC, .idr1 = IDR1, .idr5 = IDR5 },
		  SMMU_SIZE,
		  -ENODEV,
		  "not coherent" },
		{ { .idr0 = IDR0, .idr1 = IDR1 | 1 << 29, .idr5 = IDR5 },
		  SMMU_SIZE,
		  -ENODEV,
		  "fixed places" },
		{ { .idr0 = IDR0, .idr1 = 16 | 7 << 16, .idr5 = IDR5 },
		  SMMU_SIZE,
		  -ENODEV,
		  "too short" },
		{ { .idr0 = IDR0, .idr1 = IDR1, .idr5 = IDR5_GRAN4K | 1 },
		  SMMU_SIZE,
		  -ENODEV,
		  "fewer addresses" },
		{ { .idr0 = IDR0,
		    .idr1 = IDR1,
		    .idr5 = IDR5,
		    .linux_cr0 = CR0_SMMUEN },
		  SMMU_SIZE,
		  -EBUSY,
		  "initcall_blacklist" },
		{ { .idr0 = IDR0, .idr1 = IDR1, .idr5 = IDR5, .deaf = true },
		  SMMU_SIZE,
		  -EIO,
		  "does not take its settings" },
		{ { .idr0 = IDR0, .idr1 = IDR1, .idr5 = IDR5, .error = 1 },
		  SMMU_SIZE,
		  -EIO,
		  "refuses a command, reason (0x1)" },
		{ { .idr0 = IDR0, .idr1 = 3 | 7 << 16 | 8 << 21, .idr5 = IDR5 },
		  SMMU_SIZE,
		  -ERANGE,
		  "stream id 0 (0x8): is too large" },
		{ { .idr0 = IDR0, .idr1 = IDR1, .idr5 = IDR5 },
		  0x10000,
		  -EINVAL,
		  "128 KiB" },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(units); n++) {
		smmu_defaults();
		fake_smmu = units[n].fake;
		smmu_system.base.head.platform_info.iommu_units[0].size =
			units[n].size;
		host_console_reset();
		assert_int_equal(smmu_boot(), units[n].err);
		assert_true(machine_said(units[n].text));
		host_shutdown();
		assert_false(iommu_active);
	}
}

/* --- cells ---------------------------------------------------------------- */

static void test_smmuv3_cell_takes_its_streams(void **state)
{
	(void)state;
	/* remembered by the unit from here on */
	assert_int_equal(smmu_dma(SHARED_STREAM, ROOT_RAM, true), ROOT_RAM);
	assert_int_equal(smmu_create(), 0);
	assert_true(machine_said(
		"Assigning SID 0x10, Mask 0x0 to cell \"rtos\"\n"));

	assert_int_equal(smmu_dma(SHARED_STREAM, CELL_IPA, true),
			 CELL_RAM_PHYS + CELL_IPA);
	assert_int_equal(smmu_dma(CELL_STREAM, CELL_IPA + 8, false),
			 CELL_RAM_PHYS + CELL_IPA + 8);
	assert_int_equal(smmu_dma(SHARED_STREAM, ROOT_RAM, true), PHYS_INVALID);
	assert_int_equal(smmu_dma(ROOT_STREAM, ROOT_RAM, true), ROOT_RAM);
}

static void test_smmuv3_root_loses_the_memory_of_cells(void **state)
{
	u64 address = CELL_RAM_PHYS + CELL_IPA;

	(void)state;
	assert_int_equal(smmu_dma(ROOT_STREAM, address, true), address);
	assert_int_equal(smmu_create(), 0);
	assert_int_equal(smmu_dma(ROOT_STREAM, address, true), PHYS_INVALID);
	assert_int_equal(machine_destroy(1), 0);
	assert_int_equal(smmu_dma(ROOT_STREAM, address, true), address);
}

/* What is under way for the root when another cell comes or goes is not
 * interrupted: its entries are never without their mark. */
static void test_smmuv3_root_streams_are_left_alone(void **state)
{
	u32 entries;

	(void)state;
	assert_int_equal(smmu_create(), 0);
	entries = fake_smmu.opcodes[CMD_CFGI_STE];
	assert_int_equal(machine_destroy(1), 0);
	/* two streams end, one comes back to the root */
	assert_int_equal(fake_smmu.opcodes[CMD_CFGI_STE], entries + 3);
}

static void test_smmuv3_destroy_returns_the_streams(void **state)
{
	(void)state;
	machine_look(&before);
	assert_int_equal(smmu_create(), 0);
	assert_int_equal(smmu_dma(SHARED_STREAM, CELL_IPA, true),
			 CELL_RAM_PHYS + CELL_IPA);
	assert_int_equal(smmu_dma(CELL_STREAM, CELL_IPA, true),
			 CELL_RAM_PHYS + CELL_IPA);
	assert_int_equal(machine_destroy(1), 0);
	machine_look(&after);
	machine_assert_same(&before, &after);

	assert_int_equal(smmu_dma(SHARED_STREAM, CELL_IPA, true), PHYS_INVALID);
	assert_int_equal(smmu_dma(SHARED_STREAM, ROOT_RAM, true), ROOT_RAM);
	assert_int_equal(smmu_dma(CELL_STREAM, CELL_IPA, true), PHYS_INVALID);
	/* The id comes back with another cell: nothing of the first is left. */
	smmu_cell.base.mem[MEM_RAM].phys_start = OTHER_RAM_PHYS;
	assert_int_equal(smmu_create(), 0);
	assert_int_equal(smmu_dma(CELL_STREAM, CELL_IPA, true),
			 OTHER_RAM_PHYS + CELL_IPA);
}

static void test_smmuv3_failed_create_changes_nothing(void **state)
{
	long err = -ENOMEM;

	(void)state;
	machine_look(&before);
	/* one page more each time, until there are enough */
	for (unsigned int left = 0; err == -ENOMEM; left++) {
		machine_drain(left);
		err = smmu_create();
		machine_refill();
		if (err != -ENOMEM)
			break;
		machine_look(&after);
		machine_assert_same(&before, &after);
		assert_int_equal(smmu_dma(SHARED_STREAM, ROOT_RAM, true),
				 ROOT_RAM);
		assert_int_equal(smmu_dma(CELL_STREAM, CELL_IPA, true),
				 PHYS_INVALID);
		assert_true(left < 100);
	}
	assert_int_equal(err, 0);
	assert_int_equal(smmu_dma(CELL_STREAM, CELL_IPA, true),
			 CELL_RAM_PHYS + CELL_IPA);
}

static void test_smmuv3_stream_out_of_range_is_refused(void **state)
{
	(void)state;
	smmu_cell.streams[1].id = 0x10000;
	assert_int_equal(smmu_create(), -ERANGE);
	assert_true(machine_said("cell \"rtos\": stream id 1 (0x10000): is "
				 "too large for IOMMU unit 0"));
	assert_int_equal(smmu_dma(SHARED_STREAM, ROOT_RAM, true), ROOT_RAM);
}

static void check_rest(u32 stream, u32 neighbour)
{
	assert_int_equal(smmu_dma(stream, ROOT_RAM, true), ROOT_RAM);
	assert_int_equal(smmu_dma(neighbour, ROOT_RAM, true), ROOT_RAM);
	assert_int_equal(smmu_dma(neighbour, HOST_HV_BASE, true), PHYS_INVALID);
	machine_look(&before);
	for (unsigned int n = 0; n < 2; n++) {
		assert_int_equal(smmu_create(), 0);
		assert_int_equal(smmu_dma(stream, CELL_IPA, true),
				 CELL_RAM_PHYS + CELL_IPA);
		assert_int_equal(smmu_dma(stream, ROOT_RAM, true),
				 PHYS_INVALID);
		assert_int_equal(smmu_dma(neighbour, ROOT_RAM, true), ROOT_RAM);
		assert_int_equal(smmu_dma(neighbour, CELL_RAM_PHYS, true),
				 PHYS_INVALID);
		assert_int_equal(machine_destroy(1), 0);
		assert_int_equal(smmu_dma(stream, ROOT_RAM, true), ROOT_RAM);
		assert_int_equal(smmu_dma(stream, CELL_IPA, true),
				 PHYS_INVALID);
	}
	machine_look(&after);
	machine_assert_same(&before, &after);
	smmu_poll();
	assert_true(machine_said("cell \"root\": stream"));
	assert_false(machine_said("no cell"));
}

/* A root that lists no streams has all that no cell lists. */
static void test_smmuv3_root_without_list_has_the_rest(void **state)
{
	smmu_defaults();
	smmu_system.base.head.root_cell.num_stream_ids = 0;
	assert_int_equal(smmu_boot(), 0);
	check_rest(CELL_STREAM, CELL_STREAM + 1);
	assert_int_equal(machine_teardown(state), 0);

	/* the same with a table of one level */
	fake_smmu.idr0 &= ~(u32)IDR0_ST_2LEVEL;
	assert_int_equal(smmu_boot(), 0);
	smmu_cell.streams[1].id = 0x1ff;
	check_rest(0x1ff, 0x1fe);
	assert_int_equal(machine_teardown(state), 0);
}

static void test_smmuv3_linear_table_does_the_same(void **state)
{
	smmu_defaults();
	fake_smmu.idr0 &= ~(u32)IDR0_ST_2LEVEL;
	assert_int_equal(smmu_boot(), 0);
	smmu_cell.streams[1].id = 0x3f;
	assert_int_equal(smmu_create(), 0);
	assert_int_equal(smmu_dma(0x3f, CELL_IPA, true),
			 CELL_RAM_PHYS + CELL_IPA);
	assert_int_equal(smmu_dma(SHARED_STREAM, ROOT_RAM, true), PHYS_INVALID);
	assert_int_equal(machine_destroy(1), 0);
	assert_int_equal(smmu_dma(0x3f, CELL_IPA, true), PHYS_INVALID);
	assert_int_equal(smmu_dma(SHARED_STREAM, ROOT_RAM, true), ROOT_RAM);
	assert_int_equal(machine_teardown(state), 0);
}

/* --- a unit that fails ---------------------------------------------------- */

static void test_smmuv3_silent_unit_stops_all_dma(void **state)
{
	(void)state;
	assert_int_equal(smmu_dma(ROOT_STREAM, CELL_RAM_PHYS, true),
			 CELL_RAM_PHYS);
	fake_smmu.deaf = true;
	/* bounded; and the root's device could still write there */
	smmu_create();
	assert_true(machine_said("IOMMU unit 0: does not answer, command "
				 "(0x28): DMA behind it is stopped\n"));
	fake_smmu.deaf = false;
	host_relax_hook(); /* it awakes, and does what it was told last */
	assert_int_equal(smmu_dma(ROOT_STREAM, CELL_RAM_PHYS, true),
			 PHYS_INVALID);
	assert_int_equal(smmu_dma(STRAY_STREAM, ROOT_RAM, true), PHYS_INVALID);
}

/* Whoever gets a page next must not be what it walks. */
static void test_smmuv3_silent_unit_keeps_its_tables(void **state)
{
	unsigned long used = mem_pool.used;

	(void)state;
	assert_int_equal(smmu_create(), 0);
	fake_smmu.deaf = true;
	assert_int_equal(machine_destroy(1), 0);
	assert_true(machine_said("DMA behind it is stopped\n"));
	/* the second level with the cell's own stream */
	assert_int_equal(mem_pool.used, used + 1);
	fake_smmu.deaf = false;
	host_relax_hook();
	host_shutdown();
	assert_int_equal(smmu_setup(state), 0);
	assert_int_equal(mem_pool.used, used);
}

static void test_smmuv3_refused_command_stops_all_dma(void **state)
{
	(void)state;
	assert_int_equal(smmu_create(), 0);
	fake_smmu.error = 2;
	assert_int_equal(machine_destroy(1), 0);
	assert_true(machine_said("refuses a command, reason (0x2)"));
	assert_int_equal(smmu_dma(ROOT_STREAM, ROOT_RAM, true), PHYS_INVALID);
	machine_quiet();
	assert_int_equal(smmu_create(), -EIO);
	assert_true(machine_said("there is no answer of IOMMU unit 0"));
	smmu_poll(); /* does not look at it any more */
	host_shutdown();
	/* Linux is alone again, and has what it had. */
	assert_int_equal(smmu_dma(ROOT_STREAM, ROOT_RAM, true), ROOT_RAM);
	assert_int_equal(smmu_setup(state), 0);
}

/* --- events --------------------------------------------------------------- */

static void test_smmuv3_event_names_device_and_cell(void **state)
{
	(void)state;
	assert_int_equal(smmu_create(), 0);
	smmu_dma(SHARED_STREAM, ROOT_RAM, true);
	smmu_dma(CELL_STREAM, 0xdeadb000, false);
	smmu_dma(ROOT_STREAM, CELL_RAM_PHYS, false);
	smmu_dma(STRAY_STREAM, ROOT_RAM, true);
	smmu_poll();
	assert_true(machine_said("IOMMU unit 0: cell \"rtos\": PCI device "
				 "00:02.0 (stream 0x10): write to 0x40001000: "
				 "no translation\n"));
	assert_true(machine_said("IOMMU unit 0: cell \"rtos\": stream 0x4321: "
				 "read from 0xdeadb000: no translation\n"));
	assert_true(machine_said("IOMMU unit 0: cell \"root\": stream 0x8: "
				 "read from 0x42000000: no translation\n"));
	assert_true(machine_said("IOMMU unit 0: no cell: stream 0x99: access "
				 "refused\n"));
}

static void poll_on_cell_cpu(void *arg)
{
	(void)arg;
	smmu_poll();
}

static void test_smmuv3_cells_spend_no_time_on_events(void **state)
{
	(void)state;
	assert_int_equal(smmu_create(), 0);
	smmu_dma(SHARED_STREAM, ROOT_RAM, true);
	machine_quiet();
	host_on_cpu(3, poll_on_cell_cpu, NULL);
	assert_string_equal(host_console_text(), "");
	smmu_poll();
	assert_string_not_equal(host_console_text(), "");
}

static void test_smmuv3_full_queue_says_that_events_are_lost(void **state)
{
	(void)state;
	for (unsigned int n = 0; n < 1000; n++)
		smmu_dma(ROOT_STREAM, HOST_HV_BASE, true);
	smmu_poll();
	assert_true(machine_said("more events than its queue holds; some are "
				 "lost\n"));
	machine_quiet();
	/* acknowledged: said once, and there is room again */
	smmu_poll();
	assert_string_equal(host_console_text(), "");
	smmu_dma(STRAY_STREAM, ROOT_RAM, true);
	smmu_poll();
	assert_true(machine_said("stream 0x99"));
	assert_false(machine_said("lost"));
}

static void test_smmuv3_words_of_a_transfer_are_one_line(void **state)
{
	(void)state;
	for (unsigned int n = 0; n < 16; n++)
		smmu_dma(ROOT_STREAM, HOST_HV_BASE + n * 4, true);
	smmu_dma(ROOT_STREAM, HOST_HV_BASE, false);
	smmu_poll();
	assert_string_equal(
		host_console_text(),
		"IOMMU unit 0: cell \"root\": stream 0x8: write to "
		"0x43c00000: no translation (16 times)\n"
		"IOMMU unit 0: cell \"root\": stream 0x8: read from "
		"0x43c00000: no translation\n");
}

static void test_smmuv3_flood_is_cut(void **state)
{
	unsigned int lines = 0;

	(void)state;
	for (unsigned int n = 0; n < 128; n++)
		smmu_dma(ROOT_STREAM, HOST_HV_BASE + n * PAGE_SIZE, true);
	smmu_poll();
	for (const char *c = host_console_text(); *c; c++)
		lines += *c == '\n';
	assert_in_range(lines, 1, 20);
}

static void test_smmuv3_event_that_makes_no_sense_is_printed(void **state)
{
	(void)state;
	smmu_event(~0ULL, ~0ULL, ~0ULL);
	smmu_event(0x15, 0, 0);
	smmu_poll();
	assert_true(machine_said("no cell: stream 0xffffffff: event 0xff\n"));
	assert_true(machine_said("no cell: stream 0x0: event 0x15\n"));
}

/* An index far from the last one: what the queue holds is read, once. */
static void test_smmuv3_event_index_that_makes_no_sense_is_bounded(void **state)
{
	static const u32 indices[] = { 0xffffffff, 0x7fffffff, 0x80, 0x17f };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(indices); n++) {
		*smmu32(SMMU_EVENTQ_PROD) = indices[n];
		smmu_poll();
		assert_int_equal(*smmu32(SMMU_EVENTQ_CONS),
				 indices[n] & (EVENTQ_OVERFLOW | 0xff));
	}
}

static void test_smmuv3_event_write_error_is_said_once(void **state)
{
	(void)state;
	*smmu32(SMMU_GERROR) ^= (u32)GERROR_EVENTQ_ABT;
	smmu_poll();
	assert_true(machine_said("an event could not be written\n"));
	machine_quiet();
	smmu_poll();
	assert_string_equal(host_console_text(), "");
}

#define SMMU_TEST(name)                                                        \
	cmocka_unit_test_setup_teardown(name, smmu_setup, machine_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SMMU_TEST(test_smmuv3_enable_gives_the_root_what_it_lists),
		SMMU_TEST(test_smmuv3_disable_restores_what_linux_had),
		cmocka_unit_test(test_smmuv3_unit_that_does_not_do_is_refused),
		SMMU_TEST(test_smmuv3_cell_takes_its_streams),
		SMMU_TEST(test_smmuv3_root_loses_the_memory_of_cells),
		SMMU_TEST(test_smmuv3_root_streams_are_left_alone),
		SMMU_TEST(test_smmuv3_destroy_returns_the_streams),
		SMMU_TEST(test_smmuv3_failed_create_changes_nothing),
		SMMU_TEST(test_smmuv3_stream_out_of_range_is_refused),
		cmocka_unit_test(test_smmuv3_root_without_list_has_the_rest),
		cmocka_unit_test(test_smmuv3_linear_table_does_the_same),
		SMMU_TEST(test_smmuv3_silent_unit_stops_all_dma),
		SMMU_TEST(test_smmuv3_silent_unit_keeps_its_tables),
		SMMU_TEST(test_smmuv3_refused_command_stops_all_dma),
		SMMU_TEST(test_smmuv3_event_names_device_and_cell),
		SMMU_TEST(test_smmuv3_cells_spend_no_time_on_events),
		SMMU_TEST(test_smmuv3_full_queue_says_that_events_are_lost),
		SMMU_TEST(test_smmuv3_words_of_a_transfer_are_one_line),
		SMMU_TEST(test_smmuv3_flood_is_cut),
		SMMU_TEST(test_smmuv3_event_that_makes_no_sense_is_printed),
		SMMU_TEST(
			test_smmuv3_event_index_that_makes_no_sense_is_bounded),
		SMMU_TEST(test_smmuv3_event_write_error_is_said_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
