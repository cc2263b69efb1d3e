// SPDX-License-Identifier: GPL-2.0-or-later
/* Which firmware calls of the root go on to the firmware. */
#include "hv_test.h"

#include <asm/firmware.h>

static struct {
	struct jailhouse_cell_desc head;
	u64 cpus[1];
	struct jailhouse_pio ranges[3];
} __attribute__((packed)) root;

static int setup(void **state)
{
	(void)state;
	memset(&root, 0, sizeof(root));
	root.head.cpu_set_size = sizeof(root.cpus);
	root.head.num_pio_regions = 2;
	root.ranges[0] = (struct jailhouse_pio){ 0x10, 4 };
	root.ranges[1] = (struct jailhouse_pio){ 0xff00, 0x100 };
	/* not counted: behind the array */
	root.ranges[2] = (struct jailhouse_pio){ 0x80, 0x80 };
	return 0;
}

static bool granted(u32 function)
{
	return firmware_call_granted(&root.head, function);
}

static void test_firmware_listed_functions_are_granted(void **state)
{
	(void)state;
	assert_true(granted(0x82000010));
	assert_true(granted(0x82000013));
	assert_true(granted(0xc2000010));
	assert_true(granted(0xc200ff00));
	assert_true(granted(0x8200ffff));
}

static void test_firmware_neighbours_are_not_granted(void **state)
{
	(void)state;
	assert_false(granted(0x8200000f));
	assert_false(granted(0x82000014));
	assert_false(granted(0xc200feff));
	assert_false(granted(0x82000000));
	assert_false(granted(0x82000080));
}

static void test_firmware_other_owners_are_not_granted(void **state)
{
	(void)state;
	for (u32 owner = 0; owner < 64; owner++)
		if (owner != 2) {
			assert_false(granted(0x80000010 | owner << 24));
			assert_false(granted(0xc0000010 | owner << 24));
		}
}

static void test_firmware_other_kinds_of_call_are_not_granted(void **state)
{
	(void)state;
	assert_false(granted(0x02000010)); /* yielding */
	assert_false(granted(0x42000010));
	for (u32 bit = 16; bit < 24; bit++) /* reserved, must be 0 */
		assert_false(granted(0x82000010 | 1U << bit));
}

static void test_firmware_without_list_nothing_is_granted(void **state)
{
	(void)state;
	root.head.num_pio_regions = 0;
	for (u32 number = 0; number < 0x10000; number++)
		assert_false(granted(0x82000000 | number));
}

static void test_firmware_list_is_found_behind_other_arrays(void **state)
{
	static struct {
		struct jailhouse_cell_desc head;
		u64 cpus[2];
		struct jailhouse_memory mem[2];
		struct jailhouse_irqchip irqchips[1];
		struct jailhouse_pio ranges[1];
	} __attribute__((packed)) full;

	(void)state;
	full.head.cpu_set_size = sizeof(full.cpus);
	full.head.num_memory_regions = 2;
	full.head.num_irqchips = 1;
	full.head.num_pio_regions = 1;
	full.ranges[0] = (struct jailhouse_pio){ 0x1234, 1 };
	assert_true(firmware_call_granted(&full.head, 0x82001234));
	assert_false(firmware_call_granted(&full.head, 0x82001235));
}

#define CASE(name) cmocka_unit_test_setup(name, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_firmware_listed_functions_are_granted),
		CASE(test_firmware_neighbours_are_not_granted),
		CASE(test_firmware_other_owners_are_not_granted),
		CASE(test_firmware_other_kinds_of_call_are_not_granted),
		CASE(test_firmware_without_list_nothing_is_granted),
		CASE(test_firmware_list_is_found_behind_other_arrays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
