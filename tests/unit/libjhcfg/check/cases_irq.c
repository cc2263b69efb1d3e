// SPDX-License-Identifier: GPL-2.0-or-later
#include "fixture.h"

#include <cmocka_all.h>
#include <libfdt.h>
#include <string.h>

#define IO (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO)

#define GICD	   0x08000000U
#define IOAPIC	   0xfec00000U
#define TIMER0	   0x09030000U
#define TIMER0_IRQ 36
#define GPIO	   0x09050000U
#define GPIO_IRQ   38
#define UART1_IRQ  34

static struct jhcfg_irqchip *chip(struct jhcfg_config *config)
{
	struct jhcfg_list *list = &config->cell.lists[JHCFG_LIST_IRQCHIPS];

	assert_true(list->count > 0);
	return &list->items[0].value.irqchip;
}

static void add_chip(struct jhcfg_config *config, uint64_t address,
		     uint32_t pin_base, uint32_t number)
{
	struct jhcfg_irqchip added = {
		.address = address,
		.pin_base = pin_base,
	};

	added.pin_bitmap[(number - pin_base) / 32] =
		1U << (number - pin_base) % 32;
	assert_int_equal(jhcfg_config_insert_irqchip(config, SIZE_MAX, &added),
			 0);
}

static void add_irq(struct jhcfg_config *config, uint32_t number)
{
	assert_int_equal(jhcfg_config_add_irq(config, GICD, number), 0);
}

static void add_page(struct jhcfg_config *config, uint64_t address)
{
	add_memory(config, "device", address, address, 0x1000, IO);
}

/* --- I01 ------------------------------------------------------------------ */

static void chip_elsewhere(struct fixture *fixture)
{
	add_chip(edit_guest(fixture), GICD + 0x1000, 32, GPIO_IRQ);
}

static void ioapic_elsewhere(struct fixture *fixture)
{
	chip(edit_rtos(fixture))->address = IOAPIC + 0x1000;
}

/* --- I02 ------------------------------------------------------------------ */

static void last_possible_base(struct fixture *fixture)
{
	add_chip(edit_root(fixture), GICD, 896, 1000);
}

static void odd_base(struct fixture *fixture)
{
	add_chip(edit_guest(fixture), GICD, 33, GPIO_IRQ);
}

static void base_of_private(struct fixture *fixture)
{
	add_chip(edit_guest(fixture), GICD, 0, GPIO_IRQ);
}

static void base_too_high(struct fixture *fixture)
{
	add_chip(edit_root(fixture), GICD, 928, 1000);
}

static void ioapic_base(struct fixture *fixture)
{
	chip(edit_rtos(fixture))->pin_base = 24;
}

/* --- I03 ------------------------------------------------------------------ */

static void timer_with_irq(struct fixture *fixture)
{
	add_page(edit_rtos(fixture), TIMER0);
	add_irq(edit_rtos(fixture), TIMER0_IRQ);
}

static void timer_without_irq(struct fixture *fixture)
{
	add_page(edit_rtos(fixture), TIMER0);
}

static void polled_console(struct fixture *fixture)
{
	jhcfg_config_remove_irq(edit_rtos(fixture), GICD, UART1_IRQ);
}

static void root_without_irq(struct fixture *fixture)
{
	jhcfg_config_remove_irq(edit_root(fixture), GICD, GPIO_IRQ);
}

static void irq_of_other_cell(struct fixture *fixture)
{
	add_page(edit_rtos(fixture), TIMER0);
	add_irq(edit_guest(fixture), TIMER0_IRQ);
}

/* --- I04 ------------------------------------------------------------------ */

static void irq_of_rtos(struct fixture *fixture)
{
	add_irq(edit_guest(fixture), UART1_IRQ);
}

/* the device decides that it is the second cell's */
static void irq_of_guest(struct fixture *fixture)
{
	add_page(edit_guest(fixture), GPIO);
	add_irq(edit_guest(fixture), GPIO_IRQ);
	add_irq(edit_rtos(fixture), GPIO_IRQ);
}

static void pin_of_rtos(struct fixture *fixture)
{
	struct jhcfg_irqchip copy = *chip(edit_rtos(fixture));

	assert_int_equal(
		jhcfg_config_insert_irqchip(edit_guest(fixture), 0, &copy), 0);
}

/* --- I05 ------------------------------------------------------------------ */

static void irq_of_pci(struct fixture *fixture)
{
	add_irq(edit_rtos(fixture), 40);
}

static void off_by_32(struct fixture *fixture)
{
	jhcfg_config_remove_irq(edit_rtos(fixture), GICD, UART1_IRQ);
	add_irq(edit_rtos(fixture), UART1_IRQ + 32);
}

static void irq_of_nothing(struct fixture *fixture)
{
	add_irq(edit_rtos(fixture), 200);
}

/* --- I06 ------------------------------------------------------------------ */

static void share_line(struct fixture *fixture)
{
	device(fixture, "gpio")->irqs = device(fixture, "timer0")->irqs;
	remake_board(fixture);
}

static void both_of_one_cell(struct fixture *fixture)
{
	share_line(fixture);
	timer_with_irq(fixture);
	add_page(edit_rtos(fixture), GPIO);
}

static void of_two_cells(struct fixture *fixture)
{
	share_line(fixture);
	timer_with_irq(fixture);
}

static void add_functions(struct fixture *fixture)
{
	const struct jhcfg_pci_device devices[] = {
		{ .type = JAILHOUSE_PCI_TYPE_DEVICE, .bdf = 1 << 3 },
		{ .type = JAILHOUSE_PCI_TYPE_DEVICE, .bdf = 5 << 3 },
	};

	for (size_t n = 0; n < 2; n++) {
		fixture->spec.pci_functions[n] = (struct jhcfg_hw_pci_function){
			.bdf = devices[n].bdf,
			.interrupt_pin = 1,
			.iommu_group = -1,
			.driver = "",
			.source = "the test",
		};
		assert_int_equal(
			jhcfg_config_insert_pci_device(edit_root(fixture),
						       SIZE_MAX, &devices[n]),
			0);
	}
	fixture->spec.num_pci_functions = 2;
	remake_board(fixture);
	assert_int_equal(jhcfg_config_insert_pci_device(edit_rtos(fixture), 0,
							&devices[1]),
			 0);
}

/* --- I07 ------------------------------------------------------------------ */

static void other_ioapic_id(struct fixture *fixture)
{
	chip(edit_rtos(fixture))->id = 0x10000;
}

/* --- I08 ------------------------------------------------------------------ */

static void limit_pins(struct fixture *fixture)
{
	fixture->spec.irqchips[0].num_pins = 192;
	remake_board(fixture);
}

static void beyond_last_pin(struct fixture *fixture)
{
	limit_pins(fixture);
	add_irq(edit_rtos(fixture), 192);
}

static void put_cells(void *tree, const char *name, const uint32_t *values,
		      int count)
{
	fdt32_t cells[8];

	for (int n = 0; n < count; n++)
		cells[n] = cpu_to_fdt32(values[n]);
	assert_int_equal(
		fdt_property(tree, name, cells, count * (int)sizeof(cells[0])),
		0);
}

/* A guest's tree in which uart1 has an interrupt with these flags. */
static void add_tree(struct fixture *fixture, uint32_t flags)
{
	static char tree[1024];
	const uint32_t spi[] = { 0, UART1_IRQ - 32, flags };
	const uint32_t phandle = 1;

	assert_int_equal(fdt_create(tree, sizeof(tree)), 0);
	assert_int_equal(fdt_finish_reservemap(tree), 0);
	fdt_begin_node(tree, "");
	put_cells(tree, "interrupt-parent", &phandle, 1);
	fdt_begin_node(tree, "interrupt-controller");
	fdt_property_string(tree, "compatible", "arm,gic-v3");
	put_cells(tree, "phandle", &phandle, 1);
	fdt_end_node(tree);
	fdt_begin_node(tree, "serial@9010000");
	put_cells(tree, "interrupts", spi, 3);
	fdt_end_node(tree);
	fdt_end_node(tree);
	assert_int_equal(fdt_finish(tree), 0);
	add_image(fixture, fixture->rtos, JHCFG_IMAGE_DTB, tree, sizeof(tree),
		  0x1000);
}

static void tree_with_level(struct fixture *fixture)
{
	add_tree(fixture, 4);
}

static void tree_with_edge(struct fixture *fixture)
{
	add_tree(fixture, 1);
}

/* --- I09 ------------------------------------------------------------------ */

static void other_gic(struct fixture *fixture)
{
	struct jhcfg_platform *platform = &edit_root(fixture)->system.platform;

	platform->maintenance_irq = 24;
	platform->gicr_base += 0x20000;
}

static const struct jhcfg_range split_gicr[] = {
	{ 0x080a0000, 4 * 0x20000 },
	{ 0x08120000, 4 * 0x20000 },
};
static const struct jhcfg_range far_gicr[] = {
	{ 0x080a0000, 4 * 0x20000 },
	{ 0x08200000, 4 * 0x20000 },
};

static void two_joined_regions(struct fixture *fixture)
{
	fixture->spec.irqchips[0].gicr = split_gicr;
	fixture->spec.irqchips[0].num_gicr = 2;
	remake_board(fixture);
}

static void two_far_regions(struct fixture *fixture)
{
	fixture->spec.irqchips[0].gicr = far_gicr;
	fixture->spec.irqchips[0].num_gicr = 2;
	remake_board(fixture);
}

/* -------------------------------------------------------------------------- */

/* clang-format off */
const struct check_case cases_irq[] = {
	CASE("I01", sample_arm64, NULL, chip_elsewhere),
	CASE("I01", sample_x86, NULL, ioapic_elsewhere),
	CASE("I02", sample_arm64, last_possible_base, odd_base),
	CASE("I02", sample_arm64, NULL, base_of_private),
	CASE("I02", sample_arm64, NULL, base_too_high),
	CASE("I02", sample_x86, NULL, ioapic_base),
	CASE("I03", sample_arm64, timer_with_irq, timer_without_irq),
	CASE("I03", sample_arm64, polled_console, root_without_irq),
	CASE_BEYOND("I03", sample_arm64, NULL, irq_of_other_cell, NULL),
	CASE("I04", sample_arm64, NULL, irq_of_rtos),
	CASE("I04", sample_arm64, NULL, irq_of_guest),
	CASE("I04", sample_x86, NULL, pin_of_rtos),
	CASE("I05", sample_arm64, irq_of_pci, off_by_32),
	CASE_BEYOND("I05", sample_arm64, NULL, irq_of_nothing, NULL),
	CASE("I06", sample_arm64, both_of_one_cell, of_two_cells),
	CASE("I06", sample_arm64, NULL, add_functions),
	CASE("I07", sample_x86, NULL, other_ioapic_id),
	CASE_ALSO("I08", sample_arm64, limit_pins, beyond_last_pin, "I05"),
	CASE_BEYOND("I08", sample_arm64, tree_with_level, tree_with_edge,
		    "B03 B08 C09"),
	CASE("I09", sample_arm64, two_joined_regions, other_gic),
	CASE_BEYOND("I09", sample_arm64, NULL, two_far_regions, NULL),
	END_OF_CASES,
};
/* clang-format on */
