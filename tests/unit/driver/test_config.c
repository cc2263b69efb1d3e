// SPDX-License-Identifier: GPL-2.0-or-later
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "config.h"

static struct jh_diag diag;

static struct jailhouse_system system_head(void)
{
	struct jailhouse_system head = {
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
	};

	memcpy(head.signature, JAILHOUSE_SYSTEM_SIGNATURE,
	       sizeof(head.signature));
	return head;
}

static struct jailhouse_cell_desc cell_head(void)
{
	struct jailhouse_cell_desc head = {
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
	};

	memcpy(head.signature, JAILHOUSE_CELL_DESC_SIGNATURE,
	       sizeof(head.signature));
	return head;
}

static int check_system(const struct jailhouse_system *head, size_t *size)
{
	int err = jh_config_check_kind(head, JAILHOUSE_ARM64, &diag);

	return err ? err : jh_config_system_size(head, size, &diag);
}

static int check_cell(const struct jailhouse_cell_desc *head, size_t given)
{
	return jh_config_check_cell(head, JAILHOUSE_ARM64, given, &diag);
}

static void test_system_without_arrays_has_the_fixed_size(void **state)
{
	struct jailhouse_system head = system_head();
	size_t size = 0;

	(void)state;
	assert_int_equal(check_system(&head, &size), 0);
	assert_int_equal(size, 488);
}

static void test_system_size_counts_every_array(void **state)
{
	struct jailhouse_system head = system_head();
	size_t size = 0;

	(void)state;
	head.root_cell.cpu_set_size = 8;
	head.root_cell.num_memory_regions = 2;
	head.root_cell.num_cache_regions = 3;
	head.root_cell.num_irqchips = 5;
	head.root_cell.num_pio_regions = 7;
	head.root_cell.num_pci_devices = 11;
	head.root_cell.num_pci_caps = 13;
	head.root_cell.num_stream_ids = 17;
	assert_int_equal(check_system(&head, &size), 0);
	assert_int_equal(size, 488 + 8 + 2 * 32 + 3 * 12 + 5 * 32 + 7 * 4 +
				       11 * 56 + 13 * 8 + 17 * 4);
}

static void test_system_with_wrong_head_is_refused(void **state)
{
	struct jailhouse_system head;
	size_t size = 4711;

	(void)state;
	head = system_head();
	memcpy(head.signature, "JHCLL", 5);
	assert_int_equal(check_system(&head, &size), -EINVAL);
	assert_string_equal(diag.text, "Not a system configuration");

	head = system_head();
	head.revision--;
	assert_int_equal(check_system(&head, &size), -EINVAL);
	assert_non_null(strstr(diag.text, "Configuration revision mismatch"));

	head = system_head();
	head.architecture = JAILHOUSE_X86;
	assert_int_equal(check_system(&head, &size), -EINVAL);
	assert_non_null(
		strstr(diag.text, "Configuration architecture mismatch"));

	/* and the result stayed as it was */
	assert_int_equal(size, 4711);
}

static void test_kind_looks_at_8_bytes_only(void **state)
{
	struct jailhouse_system head = system_head();
	/* the allocation ends behind them */
	void *start = malloc(JH_KIND_SIZE);

	(void)state;
	assert_non_null(start);
	memcpy(start, &head, JH_KIND_SIZE);
	assert_int_equal(jh_config_check_kind(start, JAILHOUSE_ARM64, &diag),
			 0);
	free(start);
}

static void test_system_at_the_limit_is_the_last_accepted(void **state)
{
	struct jailhouse_system head = system_head();
	size_t size = 0;

	(void)state;
	head.root_cell.cpu_set_size = 24; /* 488 + 24 = 512, rest in 32s */
	head.root_cell.num_memory_regions = (JH_MAX_SYSTEM_SIZE - 512) / 32;
	assert_int_equal(check_system(&head, &size), 0);
	assert_int_equal(size, JH_MAX_SYSTEM_SIZE);
	head.root_cell.num_memory_regions++;
	assert_int_equal(check_system(&head, &size), -EINVAL);
}

/* 0x08000000 regions of 32 bytes are 4 GiB: 0 in 32 bits */
static void test_system_whose_size_wraps_in_32_bits_is_refused(void **state)
{
	struct jailhouse_system head = system_head();
	size_t size = 0;

	(void)state;
	head.root_cell.num_memory_regions = 0x08000000;
	assert_int_equal(check_system(&head, &size), -EINVAL);
}

static void test_system_with_all_counts_at_their_maximum_is_refused(
	void **state)
{
	struct jailhouse_system head = system_head();
	size_t size = 0;

	(void)state;
	head.root_cell.cpu_set_size = JH_MAX_CPU_SET;
	head.root_cell.num_memory_regions = UINT_MAX;
	head.root_cell.num_cache_regions = UINT_MAX;
	head.root_cell.num_irqchips = UINT_MAX;
	head.root_cell.num_pio_regions = UINT_MAX;
	head.root_cell.num_pci_devices = UINT_MAX;
	head.root_cell.num_pci_caps = UINT_MAX;
	head.root_cell.num_stream_ids = UINT_MAX;
	assert_int_equal(check_system(&head, &size), -EINVAL);
}

static void test_cpu_set_over_4096_bytes_is_refused(void **state)
{
	struct jailhouse_system head = system_head();
	size_t size = 0;

	(void)state;
	head.root_cell.cpu_set_size = JH_MAX_CPU_SET;
	assert_int_equal(check_system(&head, &size), 0);
	head.root_cell.cpu_set_size++;
	assert_int_equal(check_system(&head, &size), -EINVAL);
	assert_non_null(strstr(diag.text, "CPU set"));
}

static void test_cell_needs_all_declared_bytes(void **state)
{
	struct jailhouse_cell_desc head = cell_head();

	(void)state;
	head.num_memory_regions = 3;
	assert_int_equal(check_cell(&head, 132 + 96), 0);
	assert_int_equal(check_cell(&head, 132 + 96 + 1), 0);
	assert_int_equal(check_cell(&head, 132 + 95), -EINVAL);
	assert_non_null(strstr(diag.text, "cut off"));
}

static void test_cell_shorter_than_its_descriptor_is_not_looked_at(void **state)
{
	/* the allocation ends behind what was given */
	struct jailhouse_cell_desc *head = malloc(131);

	(void)state;
	assert_non_null(head);
	assert_int_equal(check_cell(head, 131), -EINVAL);
	assert_int_equal(check_cell(head, 0), -EINVAL);
	free(head);
}

static void test_cell_of_other_architecture_is_refused(void **state)
{
	struct jailhouse_cell_desc head = cell_head();

	(void)state;
	head.architecture = JAILHOUSE_ARM;
	assert_int_equal(check_cell(&head, sizeof(head)), -EINVAL);
	assert_non_null(
		strstr(diag.text, "Configuration architecture mismatch"));
}

static void test_next_cpu_finds_each_bit_of_the_set(void **state)
{
	struct {
		struct jailhouse_cell_desc head;
		__u8 set[3];
	} __attribute__((packed)) cell = {
		.head.cpu_set_size = 3,
		.set = { 0x81, 0x00, 0x80 },
	};

	(void)state;
	assert_int_equal(jh_config_next_cpu(&cell.head, 0), 0);
	assert_int_equal(jh_config_next_cpu(&cell.head, 1), 7);
	assert_int_equal(jh_config_next_cpu(&cell.head, 8), 23);
	assert_int_equal(jh_config_next_cpu(&cell.head, 24), -1);
	assert_int_equal(jh_config_next_cpu(&cell.head, 1000), -1);
}

#define RAM (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_LOADABLE)

static const struct jailhouse_memory regions[] = {
	{ .phys_start = 0x70000000,
	  .virt_start = 0,
	  .size = 0x10000,
	  .flags = RAM },
	/* not the first one that holds 0x8000 */
	{ .phys_start = 0x71000000,
	  .virt_start = 0x8000,
	  .size = 0x10000,
	  .flags = RAM },
	{ .phys_start = 0x72000000,
	  .virt_start = 0x100000,
	  .size = 0x10000,
	  .flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE },
	{ .phys_start = 0x9000000,
	  .virt_start = 0x200000,
	  .size = 0x1000,
	  .flags = RAM | JAILHOUSE_MEM_IO },
	{ .virt_start = 0x80000000,
	  .size = 0x1000,
	  .flags = RAM | JAILHOUSE_MEM_COMM_REGION },
	/* ends at the end of the address space */
	{ .phys_start = 0x73000000,
	  .virt_start = 0xfffffffffffff000,
	  .size = 0x1000,
	  .flags = RAM },
};

static int find(__u64 target, __u64 size, __u64 *phys)
{
	return jh_config_find_target(regions,
				     sizeof(regions) / sizeof(regions[0]),
				     target, size, phys, &diag);
}

static void test_target_in_a_region_gives_its_physical_address(void **state)
{
	__u64 phys = 0;

	(void)state;
	assert_int_equal(find(0, 0x10000, &phys), 0);
	assert_int_equal(phys, 0x70000000);
	assert_int_equal(find(0xffff, 1, &phys), 0);
	assert_int_equal(phys, 0x7000ffff);
	assert_int_equal(find(0xfffffffffffff800, 0x800, &phys), 0);
	assert_int_equal(phys, 0x73000800);
}

static void test_target_across_the_end_of_a_region_is_refused(void **state)
{
	__u64 phys = 1;

	(void)state;
	assert_int_equal(find(0, 0x10001, &phys), -EINVAL);
	/* would fit into region 1, but region 0 is the first that holds it */
	assert_int_equal(find(0x8000, 0x8001, &phys), -EINVAL);
	assert_int_equal(find(0xfffffffffffff800, 0x801, &phys), -EINVAL);
	assert_int_equal(find(1, UINT64_MAX, &phys), -EINVAL);
	assert_int_equal(phys, 1);
}

static void test_target_in_no_region_is_refused(void **state)
{
	__u64 phys;

	(void)state;
	assert_int_equal(find(0x18000, 1, &phys), -EINVAL);
	assert_int_equal(find(0x7fffffffffffffff, 1, &phys), -EINVAL);
	assert_non_null(strstr(diag.text, "no memory region"));
}

static void test_target_that_is_no_loadable_ram_is_refused(void **state)
{
	__u64 phys;

	(void)state;
	assert_int_equal(find(0x100000, 1, &phys), -EINVAL);
	assert_int_equal(find(0x200000, 1, &phys), -EINVAL);
	assert_int_equal(find(0x80000000, 1, &phys), -EINVAL);
	assert_non_null(strstr(diag.text, "region 4 is not loadable"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_system_without_arrays_has_the_fixed_size),
		cmocka_unit_test(test_system_size_counts_every_array),
		cmocka_unit_test(test_system_with_wrong_head_is_refused),
		cmocka_unit_test(test_kind_looks_at_8_bytes_only),
		cmocka_unit_test(test_system_at_the_limit_is_the_last_accepted),
		cmocka_unit_test(
			test_system_whose_size_wraps_in_32_bits_is_refused),
		cmocka_unit_test(
			test_system_with_all_counts_at_their_maximum_is_refused),
		cmocka_unit_test(test_cpu_set_over_4096_bytes_is_refused),
		cmocka_unit_test(test_cell_needs_all_declared_bytes),
		cmocka_unit_test(
			test_cell_shorter_than_its_descriptor_is_not_looked_at),
		cmocka_unit_test(test_cell_of_other_architecture_is_refused),
		cmocka_unit_test(test_next_cpu_finds_each_bit_of_the_set),
		cmocka_unit_test(
			test_target_in_a_region_gives_its_physical_address),
		cmocka_unit_test(
			test_target_across_the_end_of_a_region_is_refused),
		cmocka_unit_test(test_target_in_no_region_is_refused),
		cmocka_unit_test(
			test_target_that_is_no_loadable_ram_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
