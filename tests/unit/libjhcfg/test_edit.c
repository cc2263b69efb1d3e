// SPDX-License-Identifier: GPL-2.0-or-later
/* Copies, comparison and edits of configurations. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "sample.h"

#define GICD 0x08000000ULL

static void test_config_copy_is_equal_and_apart(void **state)
{
	struct jhcfg_config *config = sample_config(true, JAILHOUSE_ARM64);
	struct jhcfg_config *copy = jhcfg_config_copy(config);

	(void)state;
	assert_true(jhcfg_config_equal(config, copy));
	assert_int_equal(jhcfg_config_set_memory_note(copy, 0, "name", "x"), 0);
	assert_false(jhcfg_config_equal(config, copy));
	assert_int_equal(jhcfg_config_set_memory_note(copy, 0, "name", NULL),
			 0);
	assert_true(jhcfg_config_equal(config, copy));
	assert_int_equal(jhcfg_config_add_cpu(copy, 77), 0);
	assert_false(jhcfg_config_equal(config, copy));
	jhcfg_config_free(config);
	jhcfg_config_free(copy);
}

static void test_config_name_must_be_one(void **state)
{
	struct jhcfg_config *config =
		jhcfg_config_create(false, JAILHOUSE_ARM64);

	(void)state;
	assert_int_equal(jhcfg_config_set_name(config, "rtos"), 0);
	assert_int_equal(jhcfg_config_set_name(config, ""), -EINVAL);
	assert_int_equal(jhcfg_config_set_name(config, "a\nb"), -EINVAL);
	assert_int_equal(jhcfg_config_set_name(
				 config, "0123456789012345678901234567890"),
			 0);
	assert_int_equal(jhcfg_config_set_name(
				 config, "01234567890123456789012345678901"),
			 -EINVAL);
	jhcfg_config_free(config);
}

static void test_config_irqs_make_and_drop_chips(void **state)
{
	struct jhcfg_config *config =
		jhcfg_config_create(false, JAILHOUSE_ARM64);
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);

	(void)state;
	assert_int_equal(jhcfg_config_add_irq(config, GICD, 33), 0);
	assert_int_equal(jhcfg_config_add_irq(config, GICD, 159), 0);
	assert_int_equal(jhcfg_cell_num_irqchips(cell), 1);
	assert_int_equal(jhcfg_cell_irqchip(cell, 0)->pin_base, 32);
	assert_int_equal(jhcfg_config_add_irq(config, GICD, 160), 0);
	assert_int_equal(jhcfg_cell_irqchip(cell, 1)->pin_base, 160);
	assert_true(jhcfg_config_has_irq(config, GICD, 160));
	assert_false(jhcfg_config_has_irq(config, GICD + 1, 160));
	assert_int_equal(jhcfg_config_add_irq(config, GICD, 1020), -EINVAL);
	jhcfg_config_remove_irq(config, GICD, 33);
	jhcfg_config_remove_irq(config, GICD, 34);
	assert_int_equal(jhcfg_cell_num_irqchips(cell), 2);
	jhcfg_config_remove_irq(config, GICD, 159);
	assert_int_equal(jhcfg_cell_num_irqchips(cell), 1);
	assert_true(jhcfg_config_has_irq(config, GICD, 160));
	jhcfg_config_free(config);
}

static void test_config_highest_irq_makes_a_possible_chip(void **state)
{
	struct jhcfg_config *config =
		jhcfg_config_create(false, JAILHOUSE_ARM64);
	const struct jhcfg_irqchip *chip;

	(void)state;
	assert_int_equal(jhcfg_config_add_irq(config, GICD, 1019), 0);
	chip = jhcfg_cell_irqchip(jhcfg_config_cell(config), 0);
	assert_int_equal(chip->pin_base, 1024 - 128);
	assert_true(jhcfg_config_has_irq(config, GICD, 1019));
	jhcfg_config_free(config);
}

static void test_config_regions_move_with_their_device(void **state)
{
	struct jhcfg_config *config =
		jhcfg_config_create(false, JAILHOUSE_ARM64);
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	struct jhcfg_memory memory = { .size = 0x1000 };
	struct jhcfg_pci_device device = {
		.type = JAILHOUSE_PCI_TYPE_IVSHMEM,
		.shmem_regions_start = 1,
		.shmem_peers = 2,
	};

	(void)state;
	for (unsigned int n = 0; n < 5; n++) {
		memory.phys_start = n * 0x1000;
		assert_int_equal(
			jhcfg_config_insert_memory(config, SIZE_MAX, &memory),
			0);
	}
	assert_int_equal(jhcfg_config_insert_pci_device(config, 0, &device), 0);

	assert_int_equal(jhcfg_config_insert_memory(config, 0, &memory), 0);
	assert_int_equal(jhcfg_cell_pci_device(cell, 0)->shmem_regions_start,
			 2);
	assert_int_equal(jhcfg_config_remove_memory(config, 0), 0);
	assert_int_equal(jhcfg_cell_pci_device(cell, 0)->shmem_regions_start,
			 1);
	/* behind the device's regions: nothing moves */
	assert_int_equal(jhcfg_config_insert_memory(config, 5, &memory), 0);
	assert_int_equal(jhcfg_cell_pci_device(cell, 0)->shmem_regions_start,
			 1);
	assert_int_equal(jhcfg_config_remove_memory(config, 9), -ENOENT);
	assert_int_equal(jhcfg_config_replace_memory(config, 9, &memory),
			 -ENOENT);
	jhcfg_config_free(config);
}

static void test_config_note_comes_back(void **state)
{
	struct jhcfg_config *config = sample_config(false, JAILHOUSE_ARM64);
	char text[32];

	(void)state;
	assert_int_equal(
		jhcfg_config_set_memory_note(config, 0, "name", "the \"RAM\""),
		0);
	assert_true(jhcfg_config_memory_note(config, 0, "name", text,
					     sizeof(text)));
	assert_string_equal(text, "the \"RAM\"");
	assert_int_equal(jhcfg_config_set_memory_note(config, 99, "name", "x"),
			 -ENOENT);
	assert_false(jhcfg_config_memory_note(config, 99, "name", text,
					      sizeof(text)));
	jhcfg_config_free(config);
}

static void test_edit_fingerprint_is_noted_once(void **state)
{
	struct jhcfg_config *system =
		jhcfg_config_create(true, JAILHOUSE_ARM64);
	struct jhcfg_config *cell = jhcfg_config_create(false, JAILHOUSE_ARM64);
	struct jhcfg_config *other;

	(void)state;
	assert_int_equal(jhcfg_config_set_fingerprint(system, "1 cpus:0"), 0);
	other = jhcfg_config_copy(system);
	assert_int_equal(jhcfg_config_set_fingerprint(system, "1 cpus:1"), 0);
	assert_false(jhcfg_config_equal(system, other));
	assert_int_equal(jhcfg_config_set_fingerprint(system, "1 cpus:0"), 0);
	assert_true(jhcfg_config_equal(system, other));
	assert_int_equal(jhcfg_config_set_fingerprint(cell, "1"), -EINVAL);
	assert_int_equal(jhcfg_config_set_fingerprint(system, "\"x"), -EINVAL);
	jhcfg_config_free(system);
	jhcfg_config_free(other);
	jhcfg_config_free(cell);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_config_copy_is_equal_and_apart),
		cmocka_unit_test(test_config_name_must_be_one),
		cmocka_unit_test(test_config_irqs_make_and_drop_chips),
		cmocka_unit_test(test_config_highest_irq_makes_a_possible_chip),
		cmocka_unit_test(test_config_regions_move_with_their_device),
		cmocka_unit_test(test_config_note_comes_back),
		cmocka_unit_test(test_edit_fingerprint_is_noted_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
