// SPDX-License-Identifier: GPL-2.0-or-later
/* Differences: what means the same is silent, what does not is told once. */
#include <cmocka_all.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/codec.h>
#include <jhcfg/diff.h>
#include <jhcfg/edit.h>

#include "model/board.h"
#include "plan_board.h"
#include "sample.h"

#define GICD 0x8000000ULL
#define RW   (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)

static struct jhcfg_config *cell_new(void)
{
	struct jhcfg_config *config =
		jhcfg_config_create(false, JAILHOUSE_ARM64);

	assert_int_equal(jhcfg_config_set_name(config, "rtos"), 0);
	return config;
}

static void add_memory(struct jhcfg_config *config, uint64_t phys,
		       uint64_t virt, uint64_t size, const char *name)
{
	size_t index = jhcfg_cell_num_memory(jhcfg_config_cell(config));
	struct jhcfg_memory memory = { .phys_start = phys,
				       .virt_start = virt,
				       .size = size,
				       .flags = RW };

	assert_int_equal(jhcfg_config_insert_memory(config, index, &memory), 0);
	if (name)
		assert_int_equal(jhcfg_config_set_memory_note(config, index,
							      "name", name),
				 0);
}

/* Text of the differences; takes over both. */
static char *text_of(struct jhcfg_config *a, struct jhcfg_config *b)
{
	const struct jhcfg_config *of_a[] = { a }, *of_b[] = { b };
	struct jhcfg_diff_side x = { of_a, 1, NULL }, y = { of_b, 1, NULL };
	struct jhcfg_diff *diff;
	char *text;

	assert_int_equal(jhcfg_diff_make(&x, &y, &diff), 0);
	text = jhcfg_diff_text(diff);
	assert_non_null(text);
	jhcfg_diff_free(diff);
	jhcfg_config_free(a);
	jhcfg_config_free(b);
	return text;
}

static void expect(struct jhcfg_config *a, struct jhcfg_config *b,
		   const char *expected)
{
	char *text = text_of(a, b);

	assert_string_equal(text, expected);
	free(text);
}

/* --- nothing to tell ---------------------------------------------------------
 */

static void test_diff_of_equal_samples_is_empty(void **state)
{
	(void)state;
	for (int system = 0; system < 2; system++)
		for (uint8_t arch = 0; arch < 3; arch++)
			expect(sample_config(system, arch),
			       sample_config(system, arch), "");
}

static void test_diff_order_of_regions_and_devices_does_not_count(void **state)
{
	struct jhcfg_config *a = cell_new(), *b = cell_new();
	struct jhcfg_pci_device device = { .type = JAILHOUSE_PCI_TYPE_DEVICE,
					   .num_caps = 1 };
	struct jhcfg_pci_cap caps[] = { { .id = 1 }, { .id = 2 } };

	(void)state;
	add_memory(a, 0x1000, 0x1000, 0x1000, "one");
	add_memory(a, 0x8000, 0x8000, 0x1000, "two");
	add_memory(b, 0x8000, 0x8000, 0x1000, NULL);
	add_memory(b, 0x1000, 0x1000, 0x1000, NULL);
	for (uint16_t n = 0; n < 2; n++) {
		device.bdf = n;
		device.caps_start = n;
		jhcfg_config_insert_pci_cap(a, SIZE_MAX, &caps[n]);
		jhcfg_config_insert_pci_device(a, SIZE_MAX, &device);
		device.bdf = 1 - n;
		jhcfg_config_insert_pci_cap(b, SIZE_MAX, &caps[1 - n]);
		jhcfg_config_insert_pci_device(b, SIZE_MAX, &device);
	}
	expect(a, b, "");
}

static void test_diff_regions_that_continue_are_one(void **state)
{
	struct jhcfg_config *a = cell_new(), *b = cell_new();

	(void)state;
	add_memory(a, 0x1000, 0x1000, 0x3000, NULL);
	add_memory(b, 0x3000, 0x3000, 0x1000, NULL);
	add_memory(b, 0x1000, 0x1000, 0x2000, NULL);
	expect(a, b, "");
}

static void test_diff_lines_count_wherever_they_stand(void **state)
{
	struct jhcfg_config *a = cell_new(), *b = cell_new();
	struct jhcfg_irqchip chip = { .address = GICD,
				      .pin_base = 32,
				      .pin_bitmap = { 1u << 8, 1 } };
	struct jhcfg_irqchip low = { .address = GICD,
				     .pin_base = 32,
				     .pin_bitmap = { 1u << 8 } };
	struct jhcfg_irqchip high = { .address = GICD,
				      .pin_base = 64,
				      .pin_bitmap = { 1 } };

	(void)state;
	jhcfg_config_insert_irqchip(a, SIZE_MAX, &chip);
	jhcfg_config_insert_irqchip(b, SIZE_MAX, &high);
	jhcfg_config_insert_irqchip(b, SIZE_MAX, &low);
	expect(a, b, "");
}

/* --- something to tell -------------------------------------------------------
 */

static void test_diff_names_what_changed(void **state)
{
	struct jhcfg_config *a = cell_new(), *b = cell_new();

	(void)state;
	add_memory(a, 0x70000000, 0, 0x10000, "ram");
	add_memory(b, 0x70000000, 0, 0x20000, "ram");
	jhcfg_config_set_reset_address(b, 0x100);
	jhcfg_config_set_cell_flags(b, JAILHOUSE_CELL_PASSIVE_COMMREG);
	jhcfg_config_add_cpu(a, 1);
	jhcfg_config_add_cpu(a, 2);
	jhcfg_config_add_cpu(b, 2);
	jhcfg_config_add_cpu(b, 3);
	jhcfg_config_add_irq(a, GICD, 33);
	jhcfg_config_add_irq(b, GICD, 40);
	jhcfg_config_add_irq(b, GICD, 41);
	jhcfg_config_add_irq(b, GICD, 50);
	expect(a, b,
	       "~ cell rtos: flags: 0 -> PASSIVE_COMMREG\n"
	       "~ cell rtos: cpu_reset_address: 0x0 -> 0x100\n"
	       "- cell rtos: CPUs: 1\n"
	       "+ cell rtos: CPUs: 3\n"
	       "~ cell rtos: memory ram size: 64K -> 128K\n"
	       "- cell rtos: interrupts of 0x8000000: 33\n"
	       "+ cell rtos: interrupts of 0x8000000: 40-41, 50\n");
}

static void test_diff_matches_regions_by_name_before_place(void **state)
{
	struct jhcfg_config *a = cell_new(), *b = cell_new();

	(void)state;
	add_memory(a, 0x1000, 0x1000, 0x1000, "uart");
	add_memory(a, 0x70000000, 0, 0x10000, "ram");
	add_memory(b, 0x70000000, 0x1000, 0x1000, "ram");
	add_memory(b, 0x5000, 0x5000, 0x1000, "uart");
	add_memory(b, 0x9000, 0x9000, 0x1000, "extra");
	expect(a, b,
	       "~ cell rtos: memory ram virt_start: 0x0 -> 0x1000\n"
	       "~ cell rtos: memory ram size: 64K -> 4K\n"
	       "~ cell rtos: memory uart phys_start: 0x1000 -> 0x5000\n"
	       "~ cell rtos: memory uart virt_start: 0x1000 -> 0x5000\n"
	       "+ cell rtos: memory extra: phys 0x9000, virt 0x9000, 4K, "
	       "READ|WRITE\n");
}

static void test_diff_devices_are_matched_by_bdf(void **state)
{
	struct jhcfg_config *a = cell_new(), *b = cell_new();
	struct jhcfg_pci_device device = { .type = JAILHOUSE_PCI_TYPE_DEVICE,
					   .bdf = 0x10,
					   .num_caps = 1 };
	struct jhcfg_pci_cap cap = { .id = 5, .start = 0x50, .len = 14 };

	(void)state;
	jhcfg_config_insert_pci_cap(a, SIZE_MAX, &cap);
	jhcfg_config_insert_pci_device(a, SIZE_MAX, &device);
	cap.start = 0x60;
	device.iommu = 2;
	jhcfg_config_insert_pci_cap(b, SIZE_MAX, &cap);
	jhcfg_config_insert_pci_device(b, SIZE_MAX, &device);
	device.bdf = 0x18;
	device.num_caps = 0;
	jhcfg_config_insert_pci_device(b, SIZE_MAX, &device);
	expect(a, b,
	       "~ cell rtos: PCI device 0000:00:02.0 iommu: 0 -> 2\n"
	       "- cell rtos: PCI device 0000:00:02.0 capability: id 0x5 at "
	       "0x50, 14 bytes, flags 0x0\n"
	       "+ cell rtos: PCI device 0000:00:02.0 capability: id 0x5 at "
	       "0x60, 14 bytes, flags 0x0\n"
	       "+ cell rtos: PCI device 0000:00:03.0: DEVICE\n");
}

/* What the model has of the bytes is the same: paddings, what the
 * architecture does not use. */
static bool is_same_file(const struct jhcfg_config *config, const char *bytes,
			 size_t size)
{
	struct jhcfg_encode_options options = { .drop = true };
	size_t written;
	void *data;
	bool same;

	if (jhcfg_codec_encode_as(config, &options, NULL, &data, &written))
		return false;
	same = written == size && !memcmp(data, bytes, size);
	free(data);
	return same;
}

/* Whatever bit of a file is changed, somebody is told. */
static void test_diff_finds_every_field_of_the_samples(void **state)
{
	(void)state;
	for (uint8_t arch = 0; arch < 3; arch++) {
		struct jhcfg_decode_options options = {
			.dialect = jhcfg_dialect_get(0),
			.architecture = arch,
		};
		unsigned int silent = 0, told = 0;
		size_t size;
		char *bytes = sample_binary(true, arch, &size);

		for (size_t n = 0; n < size; n++) {
			struct jhcfg_config *config = NULL;
			bool same;
			char *text;
			int err;

			bytes[n] ^= 1;
			err = jhcfg_codec_decode_as(bytes, size, &options, NULL,
						    &config, NULL);
			bytes[n] ^= 1;
			if (err)
				continue;
			same = is_same_file(config, bytes, size);
			text = text_of(sample_config(true, arch), config);
			if (*text)
				told++;
			else
				silent += !same;
			free(text);
		}
		free(bytes);
		assert_true(told > size / 2);
		/* two devices with indices that lead nowhere, and two
		 * capabilities that no device has: 16 bytes each; some ports
		 * that others have, too; the driver's id */
		assert_in_range(silent, 0, 2 * 16 + 8);
	}
}

/* --- sides -------------------------------------------------------------------
 */

static void test_diff_sides_match_cells_by_name(void **state)
{
	struct jhcfg_config *root = jhcfg_config_create(true, JAILHOUSE_ARM64);
	struct jhcfg_config *one = cell_new(), *two = cell_new();
	struct jhcfg_config *gone = cell_new(), *fresh = cell_new();
	const struct jhcfg_config *of_a[] = { root, one, gone };
	const struct jhcfg_config *of_b[] = { fresh, two, root };
	struct jhcfg_diff_side a = { of_a, 3, NULL }, b = { of_b, 3, NULL };
	struct jhcfg_diff *diff;
	char *text;

	(void)state;
	jhcfg_config_set_name(gone, "gone");
	jhcfg_config_set_name(fresh, "fresh");
	jhcfg_config_set_vpci_irq_base(two, 4);
	assert_int_equal(jhcfg_diff_make(&a, &b, &diff), 0);
	text = jhcfg_diff_text(diff);
	assert_string_equal(text, "~ cell rtos: vpci_irq_base: 0 -> 4\n"
				  "- cell gone: gone\n"
				  "+ cell fresh: fresh\n");
	assert_int_equal(jhcfg_diff_change(diff, 0)->kind, JHCFG_CHANGED);
	assert_string_equal(jhcfg_diff_change(diff, 0)->where, "cell rtos");
	assert_null(jhcfg_diff_change(diff, 3));
	free(text);
	jhcfg_diff_free(diff);
	jhcfg_config_free(root);
	jhcfg_config_free(one);
	jhcfg_config_free(two);
	jhcfg_config_free(gone);
	jhcfg_config_free(fresh);
}

/* --- boards ------------------------------------------------------------------
 */

static void test_diff_boards_name_the_device(void **state)
{
	struct board_shape small = { 1, 2, NULL }, large = { 1, 3, NULL };
	struct jhcfg_board *one = plan_board_make(&small);
	struct jhcfg_board *same = plan_board_make(&small);
	struct jhcfg_board *more = plan_board_make(&large);
	struct jhcfg_diff_side a = { NULL, 0, one }, b = { NULL, 0, same };
	struct jhcfg_diff *diff;
	char *text;

	(void)state;
	assert_int_equal(jhcfg_diff_make(&a, &b, &diff), 0);
	assert_null(jhcfg_diff_change(diff, 0));
	jhcfg_diff_free(diff);
	b.board = more;
	assert_int_equal(jhcfg_diff_make(&a, &b, &diff), 0);
	text = jhcfg_diff_text(diff);
	assert_string_equal(
		text,
		"+ board: CPU 2: enable-method psci; id 0x2; place package 0, "
		"cluster 0, core 2, thread 0\n"
		"~ board: interrupt controller 0x1800000 GICR: "
		"0x1880000+0x40000 -> 0x1880000+0x60000\n");
	free(text);
	jhcfg_diff_free(diff);
	jhcfg_board_free(one);
	jhcfg_board_free(same);
	jhcfg_board_free(more);
}

static void test_fingerprint_tells_the_areas_that_differ(void **state)
{
	struct board_shape small = { 1, 2, NULL }, large = { 1, 3, NULL };
	struct jhcfg_board *one = plan_board_make(&small);
	struct jhcfg_board *more = plan_board_make(&large);
	char *a = jhcfg_board_fingerprint(one);
	char *again = jhcfg_board_fingerprint(one);
	char *b = jhcfg_board_fingerprint(more);
	char *areas;

	(void)state;
	assert_string_equal(a, again);
	areas = jhcfg_fingerprint_compare(a, again);
	assert_string_equal(areas, "");
	free(areas);
	areas = jhcfg_fingerprint_compare(a, b);
	assert_string_equal(areas, "cpus, controllers");
	free(areas);
	areas = jhcfg_fingerprint_compare("1 cpus:a bios:x", "1 bios:y cpus:a "
							     "new:z");
	assert_string_equal(areas, "bios, new");
	free(areas);
	areas = jhcfg_fingerprint_compare(a, "");
	assert_string_equal(areas,
			    "version, cpus, memory, controllers, devices, pci");
	free(areas);
	free(a);
	free(again);
	free(b);
	jhcfg_board_free(one);
	jhcfg_board_free(more);
}

/* What Linux is left of the RAM is no property of the machine. */
static void test_fingerprint_leaves_choices_out(void **state)
{
	char *prints[2], *areas;

	(void)state;
	for (unsigned int n = 0; n < 2; n++) {
		struct jhcfg_board *board = jhcfg_board_new(JAILHOUSE_ARM64);
		struct jhcfg_hw_memory ram = { .kind = JHCFG_HW_RAM,
					       .range = { 0, n + 1 } };
		struct jhcfg_hw_memory firmware = {
			.kind = JHCFG_HW_FIRMWARE, .range = { 0x1000, 0x1000 }
		};

		jhcfg_board_add_memory(board, &ram);
		jhcfg_board_add_memory(board, &firmware);
		assert_int_equal(jhcfg_board_finish(board), 0);
		prints[n] = jhcfg_board_fingerprint(board);
		jhcfg_board_free(board);
	}
	areas = jhcfg_fingerprint_compare(prints[0], prints[1]);
	assert_string_equal(areas, "");
	free(areas);
	free(prints[0]);
	free(prints[1]);
}

/* The order in which an importer finds things is not a property of them. */
static void test_fingerprint_does_not_depend_on_order(void **state)
{
	char *prints[2];

	(void)state;
	for (unsigned int n = 0; n < 2; n++) {
		struct jhcfg_board *board = jhcfg_board_new(JAILHOUSE_ARM64);

		for (unsigned int i = 0; i < 4; i++) {
			struct jhcfg_hw_cpu cpu = { .id = n ? 3 - i : i };

			jhcfg_board_add_cpu(board, &cpu);
		}
		assert_int_equal(jhcfg_board_finish(board), 0);
		prints[n] = jhcfg_board_fingerprint(board);
		jhcfg_board_free(board);
	}
	assert_string_equal(prints[0], prints[1]);
	free(prints[0]);
	free(prints[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_diff_of_equal_samples_is_empty),
		cmocka_unit_test(
			test_diff_order_of_regions_and_devices_does_not_count),
		cmocka_unit_test(test_diff_regions_that_continue_are_one),
		cmocka_unit_test(test_diff_lines_count_wherever_they_stand),
		cmocka_unit_test(test_diff_names_what_changed),
		cmocka_unit_test(
			test_diff_matches_regions_by_name_before_place),
		cmocka_unit_test(test_diff_devices_are_matched_by_bdf),
		cmocka_unit_test(test_diff_finds_every_field_of_the_samples),
		cmocka_unit_test(test_diff_sides_match_cells_by_name),
		cmocka_unit_test(test_diff_boards_name_the_device),
		cmocka_unit_test(test_fingerprint_tells_the_areas_that_differ),
		cmocka_unit_test(test_fingerprint_leaves_choices_out),
		cmocka_unit_test(test_fingerprint_does_not_depend_on_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
