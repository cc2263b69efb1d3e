// SPDX-License-Identifier: GPL-2.0-or-later
#include "fixture.h"

#include <cmocka_all.h>
#include <string.h>

#define IO	(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO)
#define VTD	0xfed90000U
#define NET_BAR 0xfebc0000U
#define MSIX	0xfebf0000U

#define BDF(device, function) ((device) << 3 | (function))
#define NET		      BDF(2, 0)
#define SOUND		      BDF(0x1b, 0)

static size_t pci_index(struct jhcfg_config *config, uint16_t bdf)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell, n)); n++)
		if (device->bdf == bdf)
			return n;
	fail_msg("the sample has no PCI device 0x%x", bdf);
	return 0;
}

static struct jhcfg_pci_device *pci(struct jhcfg_config *config, uint16_t bdf)
{
	struct jhcfg_list *list = &config->cell.lists[JHCFG_LIST_PCI_DEVICES];

	return &list->items[pci_index(config, bdf)].value.pci_device;
}

static void add_pci(struct jhcfg_config *config,
		    const struct jhcfg_pci_device *device)
{
	assert_int_equal(
		jhcfg_config_insert_pci_device(config, SIZE_MAX, device), 0);
}

static struct jhcfg_hw_pci_function *function(struct fixture *fixture,
					      uint16_t bdf)
{
	size_t n = 0;

	while (fixture->spec.pci_functions[n].bdf != bdf)
		assert_true(++n < fixture->spec.num_pci_functions);
	return &fixture->spec.pci_functions[n];
}

static struct jhcfg_hw_pci_function *add_function(struct fixture *fixture,
						  uint16_t bdf, uint32_t class)
{
	struct jhcfg_hw_pci_function *added =
		&fixture->spec.pci_functions[fixture->spec.num_pci_functions++];

	*added = (struct jhcfg_hw_pci_function){
		.bdf = bdf,
		.vendor = 0x8086,
		.device = 0x1234,
		.class_code = class,
		.iommu_group = 3,
		.driver = "",
		.source = "the test",
	};
	return added;
}

/* --- P01 ------------------------------------------------------------------ */

static void not_in_root(struct fixture *fixture)
{
	struct jhcfg_config *config = edit_root(fixture);

	jhcfg_config_remove_pci_device(config, pci_index(config, SOUND));
}

static void in_two_cells(struct fixture *fixture)
{
	struct jhcfg_pci_device copy = *pci(edit_rtos(fixture), SOUND);

	copy.num_caps = 0;
	add_pci(edit_guest(fixture), &copy);
}

static void twice_in_root(struct fixture *fixture)
{
	struct jhcfg_pci_device copy = *pci(edit_root(fixture), SOUND);

	add_pci(edit_root(fixture), &copy);
}

/* --- P02 ------------------------------------------------------------------ */

static void virtual_window(struct fixture *fixture)
{
	edit_root(fixture)->system.platform.pci_is_virtual = 1;
	edit_root(fixture)->system.platform.pci_mmconfig_end_bus = 0;
}

static void fewer_buses(struct fixture *fixture)
{
	edit_root(fixture)->system.platform.pci_mmconfig_end_bus = 63;
}

static void other_window(struct fixture *fixture)
{
	edit_root(fixture)->system.platform.pci_mmconfig_base = 0xe0000000;
}

/* --- P03 ------------------------------------------------------------------ */

static void last_cap(struct fixture *fixture)
{
	pci(edit_root(fixture), BDF(0x1f, 0))->caps_start = 1;
	pci(edit_root(fixture), BDF(0x1f, 0))->num_caps = 1;
}

static void one_cap_too_many(struct fixture *fixture)
{
	pci(edit_rtos(fixture), SOUND)->num_caps = 2;
}

static void no_cap_at_all(struct fixture *fixture)
{
	pci(edit_root(fixture), BDF(0x1f, 0))->caps_start = 7;
	pci(edit_root(fixture), BDF(0x1f, 0))->num_caps = 1;
}

static void forget_table(struct fixture *fixture)
{
	pci(edit_root(fixture), NET)->msix_address = 0;
}

static void forget_table_and_board(struct fixture *fixture)
{
	forget_table(fixture);
	drop_board(fixture);
}

/* --- P04 ------------------------------------------------------------------ */

static void half_a_bar(struct fixture *fixture)
{
	memory(edit_root(fixture), "net")->size /= 2;
}

static void bar_of_cell(struct fixture *fixture)
{
	memory(edit_rtos(fixture), "sound")->size = 0x1000;
}

static void make_bar_64bit(struct fixture *fixture)
{
	function(fixture, NET)->bar[0].is_64bit = true;
	remake_board(fixture);
}

static void whole_mask(struct fixture *fixture)
{
	make_bar_64bit(fixture);
	pci(edit_root(fixture), NET)->bar_mask[1] = 0xffffffff;
}

/* --- P05 ------------------------------------------------------------------ */

static void table_in_region(struct fixture *fixture)
{
	struct jhcfg_memory *rest = memory(edit_root(fixture), "net-rest");

	rest->phys_start = rest->virt_start = MSIX;
	rest->size = 0x4000;
}

/* --- P06 ------------------------------------------------------------------ */

static void add_smbus(struct fixture *fixture, bool writable)
{
	const struct jhcfg_pci_cap cap = {
		.start = 0x40,
		.len = 4,
		.flags = JAILHOUSE_PCICAPS_WRITE,
	};
	const struct jhcfg_pci_device smbus = {
		.type = JAILHOUSE_PCI_TYPE_DEVICE,
		.bdf = BDF(0x1f, 4),
		.caps_start = 0,
		.num_caps = writable ? 1 : 0,
	};
	struct jhcfg_config *config = edit_root(fixture);

	add_function(fixture, BDF(0x1f, 4), 0x0c0500);
	remake_board(fixture);
	if (writable)
		assert_int_equal(jhcfg_config_insert_pci_cap(config, 0, &cap),
				 0);
	add_pci(config, &smbus);
}

static void writable_smbus(struct fixture *fixture)
{
	add_smbus(fixture, true);
}

static void plain_smbus(struct fixture *fixture)
{
	add_smbus(fixture, false);
}

static void hidden_p2sb(struct fixture *fixture)
{
	function(fixture, BDF(0x1f, 0))->device = 0xa143;
	remake_board(fixture);
}

/* --- P07 ------------------------------------------------------------------ */

/* A second function beside the sound device, which is the cell's. */
static void add_sibling(struct fixture *fixture, int group)
{
	const struct jhcfg_pci_device sibling = {
		.type = JAILHOUSE_PCI_TYPE_DEVICE,
		.bdf = BDF(0x1b, 1),
		.bar_mask = { 0xfffff000 },
	};
	struct jhcfg_hw_pci_function *added =
		add_function(fixture, BDF(0x1b, 1), 0x040300);

	added->iommu_group = group;
	added->bar[0].range = (struct jhcfg_range){ 0xfebf8000, 0x1000 };
	add_pci(edit_root(fixture), &sibling);
	add_memory(edit_root(fixture), "sibling", 0xfebf8000, 0xfebf8000,
		   0x1000, IO);
}

static void sibling_of_other_group(struct fixture *fixture)
{
	add_sibling(fixture, 7);
	remake_board(fixture);
}

static void sibling_of_group(struct fixture *fixture)
{
	add_sibling(fixture, function(fixture, SOUND)->iommu_group);
	remake_board(fixture);
}

static void sibling_without_groups(struct fixture *fixture)
{
	add_sibling(fixture, -1);
	function(fixture, SOUND)->iommu_group = -1;
	remake_board(fixture);
}

static void group_of_two_cells(struct fixture *fixture)
{
	struct jhcfg_pci_device net = *pci(edit_root(fixture), NET);

	function(fixture, NET)->iommu_group =
		function(fixture, SOUND)->iommu_group;
	remake_board(fixture);
	net.num_caps = 0;
	add_pci(edit_guest(fixture), &net);
	add_memory(edit_guest(fixture), "net", NET_BAR, NET_BAR, 0x20000, IO);
	add_memory(edit_guest(fixture), "net-rest", 0xfebf1000, 0xfebf1000,
		   0x3000, IO);
}

static void bridge_of_cell(struct fixture *fixture)
{
	const struct jhcfg_pci_device bridge = {
		.type = JAILHOUSE_PCI_TYPE_BRIDGE,
		.bdf = BDF(0x1c, 0),
	};
	const struct jhcfg_pci_device child = {
		.type = JAILHOUSE_PCI_TYPE_DEVICE,
		.bdf = 1 << 8,
	};
	struct jhcfg_hw_pci_function *added =
		add_function(fixture, bridge.bdf, 0x060400);

	added->header_type = 1;
	added->secondary_bus = 1;
	added->subordinate_bus = 2;
	add_function(fixture, child.bdf, 0x020000)->iommu_group = 9;
	remake_board(fixture);
	add_pci(edit_root(fixture), &bridge);
	add_pci(edit_root(fixture), &child);
	add_pci(edit_rtos(fixture), &bridge);
	add_pci(edit_guest(fixture), &child);
}

/* --- P08 ------------------------------------------------------------------ */

static void second_unit(struct fixture *fixture)
{
	const struct jhcfg_hw_iommu unit = {
		.unit = { .type = JAILHOUSE_IOMMU_INTEL,
			  .base = VTD + 0x1000,
			  .size = 0x1000 },
		.device = JHCFG_NO_INDEX,
		.source = "DMAR",
	};

	fixture->spec.iommus[fixture->spec.num_iommus++] = unit;
	edit_root(fixture)->system.platform.iommu_units[1] = unit.unit;
	function(fixture, NET)->iommu = 1;
	remake_board(fixture);
}

static void right_unit(struct fixture *fixture)
{
	second_unit(fixture);
	pci(edit_root(fixture), NET)->iommu = 1;
}

/* --- P09 ------------------------------------------------------------------ */

static void add_on_arm(struct fixture *fixture, uint8_t vectors)
{
	const struct jhcfg_pci_device device = {
		.type = JAILHOUSE_PCI_TYPE_DEVICE,
		.bdf = NET,
		.num_msi_vectors = vectors,
	};

	add_pci(edit_root(fixture), &device);
	add_pci(edit_rtos(fixture), &device);
}

static void with_intx(struct fixture *fixture)
{
	add_on_arm(fixture, 0);
}

static void with_msi(struct fixture *fixture)
{
	add_on_arm(fixture, 4);
}

/* --- P10 ------------------------------------------------------------------ */

static void just_enough(struct fixture *fixture)
{
	/* IOAPICs, and the devices of the sample */
	edit_root(fixture)->system.platform.vtd_interrupt_limit =
		120 + 5 + 1 + 2;
}

static void one_too_few(struct fixture *fixture)
{
	edit_root(fixture)->system.platform.vtd_interrupt_limit =
		120 + 5 + 1 + 1;
}

/* --- P11 ------------------------------------------------------------------ */

static struct jhcfg_iommu *add_unit(struct fixture *fixture, size_t index,
				    uint64_t base)
{
	struct jhcfg_iommu *unit =
		&edit_root(fixture)->system.platform.iommu_units[index];

	*unit = (struct jhcfg_iommu){
		.type = JAILHOUSE_IOMMU_INTEL,
		.base = base,
		.size = 0x1000,
	};
	return unit;
}

static void eight_units(struct fixture *fixture)
{
	for (size_t n = 1; n < JHCFG_MAX_IOMMU_UNITS; n++)
		add_unit(fixture, n, VTD + n * 0x1000);
}

static void gap_in_units(struct fixture *fixture)
{
	add_unit(fixture, 3, VTD + 0x1000);
	pci(edit_root(fixture), NET)->iommu = 3;
}

static void unit_twice(struct fixture *fixture)
{
	add_unit(fixture, 1, VTD);
}

static void units_overlap(struct fixture *fixture)
{
	add_unit(fixture, 1, VTD + 0x800);
}

static void two_makers(struct fixture *fixture)
{
	add_unit(fixture, 1, VTD + 0x1000)->type = JAILHOUSE_IOMMU_AMD;
}

/* --- P12 ------------------------------------------------------------------ */

static void root_elsewhere(struct fixture *fixture)
{
	live(fixture, JHCFG_LIVE_ROOT_DEVICE)->root_device = "0000:00:1f.2";
}

static void root_on_sound(struct fixture *fixture)
{
	live(fixture, JHCFG_LIVE_ROOT_DEVICE)->root_device = "0000:00:1b.0";
}

static const struct jhcfg_live_net ssh_over_uart1 = {
	.name = "sl0",
	.driver = "slip",
	.device = "9010000.serial",
	.manager = "",
	.has_ssh_session = true,
};

static void logged_in(struct fixture *fixture)
{
	live(fixture, JHCFG_LIVE_NET)->nets = &ssh_over_uart1;
	live(fixture, JHCFG_LIVE_NET)->num_nets = 1;
}

/* -------------------------------------------------------------------------- */

/* clang-format off */
const struct check_case cases_pci[] = {
	CASE("P01", sample_x86, NULL, not_in_root),
	CASE_ALSO("P01", sample_x86, NULL, in_two_cells, "P04"),
	CASE("P01", sample_x86, NULL, twice_in_root),
	CASE("P02", sample_x86, virtual_window, fewer_buses),
	CASE("P02", sample_x86, NULL, other_window),
	CASE("P03", sample_x86, last_cap, one_cap_too_many),
	CASE("P03", sample_x86, NULL, no_cap_at_all),
	CASE_ALSO("P03", sample_x86, NULL, forget_table, "P04"),
	CASE_BEYOND("P03", sample_x86, NULL, forget_table_and_board, NULL),
	CASE("P04", sample_x86, NULL, half_a_bar),
	CASE("P04", sample_x86, NULL, bar_of_cell),
	CASE("P04", sample_x86, whole_mask, make_bar_64bit),
	CASE("P05", sample_x86, NULL, table_in_region),
	CASE("P06", sample_x86, writable_smbus, plain_smbus),
	CASE("P06", sample_x86, NULL, hidden_p2sb),
	CASE("P07", sample_x86, sibling_of_other_group, sibling_of_group),
	CASE("P07", sample_x86, NULL, sibling_without_groups),
	CASE_BEYOND("P07", sample_x86, NULL, group_of_two_cells, NULL),
	CASE_BEYOND("P07", sample_x86, NULL, bridge_of_cell, NULL),
	CASE("P08", sample_x86, right_unit, second_unit),
	CASE("P09", sample_arm64, with_intx, with_msi),
	CASE("P10", sample_x86, just_enough, one_too_few),
	CASE_ALSO("P11", sample_x86, eight_units, gap_in_units, "P08"),
	CASE("P11", sample_x86, NULL, unit_twice),
	CASE_BEYOND("P11", sample_x86, NULL, units_overlap, NULL),
	CASE_BEYOND("P11", sample_x86, NULL, two_makers, NULL),
	CASE("P12", sample_x86, root_elsewhere, root_on_sound),
	CASE("P12", sample_arm64, NULL, logged_in),
	END_OF_CASES,
};
/* clang-format on */
