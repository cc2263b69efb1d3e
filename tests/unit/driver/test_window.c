// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "window.h"

#define ECAM   0x08e00000ULL
#define BEHIND 0x08f00000ULL

/* A root cell with nothing but PCI devices */
struct sample {
	struct jailhouse_system system;
	struct jailhouse_pci_device device[3];
} __attribute__((packed));

static struct sample sample;
static struct jh_window window;
static struct jh_diag diag;

static int with_devices(unsigned int count, uint32_t mask0, uint32_t mask1)
{
	memset(&sample, 0, sizeof(sample));
	sample.system.platform_info.pci_mmconfig_base = ECAM;
	sample.system.root_cell.num_pci_devices = count;
	for (unsigned int n = 0; n < count; n++) {
		sample.device[n].type = JAILHOUSE_PCI_TYPE_IVSHMEM;
		sample.device[n].bar_mask[0] = mask0;
		sample.device[n].bar_mask[1] = mask1;
	}
	memset(&window, 0xff, sizeof(window));
	return 0;
}

static int find(void)
{
	return jh_window_find(&sample.system, &window, &diag);
}

static int setup(void **state)
{
	(void)state;
	return with_devices(2, 0xfffff000, 0);
}

static void test_window_without_device_is_empty(void **state)
{
	(void)state;
	with_devices(0, 0, 0);
	assert_int_equal(find(), 0);
	assert_int_equal(window.size, 0);
}

static void test_window_of_other_devices_is_empty(void **state)
{
	(void)state;
	sample.device[0].type = JAILHOUSE_PCI_TYPE_DEVICE;
	sample.device[1].type = JAILHOUSE_PCI_TYPE_BRIDGE;
	assert_int_equal(find(), 0);
	assert_int_equal(window.size, 0);
}

static void test_window_has_a_page_for_each_bar(void **state)
{
	(void)state;
	sample.device[1].bar_mask[1] = 0xfffff000;
	assert_int_equal(find(), 0);
	assert_int_equal(window.start, BEHIND);
	assert_int_equal(window.size, 0x3000);
}

static void test_window_has_pages_for_small_bars(void **state)
{
	(void)state;
	/* v0.12 has this one for MSI-X. */
	with_devices(2, 0xfffff000, 0xfffffe00);
	assert_int_equal(find(), 0);
	assert_int_equal(window.size, 0x4000);
}

static void test_window_follows_the_last_bus(void **state)
{
	(void)state;
	sample.system.platform_info.pci_mmconfig_end_bus = 255;
	assert_int_equal(find(), 0);
	assert_int_equal(window.start, ECAM + 0x10000000);
}

static void test_window_is_aligned_to_the_largest_bar(void **state)
{
	(void)state;
	with_devices(1, 0xffff0000, 0xfff00000);
	sample.system.platform_info.pci_mmconfig_base = ECAM + 0x1000;
	assert_int_equal(find(), 0);
	assert_int_equal(window.start, BEHIND + 0x100000);
	assert_int_equal(window.size, 0x110000);
}

static void test_window_may_end_at_4g(void **state)
{
	(void)state;
	sample.system.platform_info.pci_mmconfig_base = 0xffefe000;
	assert_int_equal(find(), 0);
	assert_int_equal(window.start + window.size, 0x100000000);
}

static void test_window_beyond_4g_is_refused(void **state)
{
	(void)state;
	sample.system.platform_info.pci_mmconfig_base = 0xffeff000;
	assert_int_equal(find(), -EINVAL);
	assert_non_null(strstr(diag.text, "below 4 GiB"));
	sample.system.platform_info.pci_mmconfig_base = ~0ULL - 0xfff;
	assert_int_equal(find(), -EINVAL);
}

static void test_window_of_odd_masks_is_refused(void **state)
{
	(void)state;
	sample.device[1].bdf = 0x0113;
	sample.device[1].bar_mask[3] = 0xfffff001;
	assert_int_equal(find(), -EINVAL);
	assert_non_null(strstr(diag.text, "01:02.3"));
	assert_non_null(strstr(diag.text, "0xfffff001"));
}

static void test_window_of_huge_bars_is_refused(void **state)
{
	(void)state;
	with_devices(3, 0x80000000, 0x80000000);
	assert_int_equal(find(), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_window_without_device_is_empty,
				       setup),
		cmocka_unit_test_setup(test_window_of_other_devices_is_empty,
				       setup),
		cmocka_unit_test_setup(test_window_has_a_page_for_each_bar,
				       setup),
		cmocka_unit_test_setup(test_window_has_pages_for_small_bars,
				       setup),
		cmocka_unit_test_setup(test_window_follows_the_last_bus, setup),
		cmocka_unit_test_setup(
			test_window_is_aligned_to_the_largest_bar, setup),
		cmocka_unit_test_setup(test_window_may_end_at_4g, setup),
		cmocka_unit_test_setup(test_window_beyond_4g_is_refused, setup),
		cmocka_unit_test_setup(test_window_of_odd_masks_is_refused,
				       setup),
		cmocka_unit_test_setup(test_window_of_huge_bars_is_refused,
				       setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
