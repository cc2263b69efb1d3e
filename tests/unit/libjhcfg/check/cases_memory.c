// SPDX-License-Identifier: GPL-2.0-or-later
#include "fixture.h"

#include <cmocka_all.h>
#include <string.h>

#define RW   (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)
#define IO   (RW | JAILHOUSE_MEM_IO)
#define RWX  (RW | JAILHOUSE_MEM_EXECUTE)
#define PAGE 0x1000U

#define GICD	   0x08000000U
#define GICR_LAST  (0x080a0000U + 7 * 0x20000U)
#define TIMER0	   0x09030000U
#define TIMER0_IRQ 36
#define ETH0	   0x09040000U
#define ETH0_IRQ   37
/* RAM of the inmates that no cell of the sample has */
#define FREE_RAM 0xa0200000U
/* kept from Linux as well, but not the root's */
#define NOT_ROOT 0xaf200000U
#define CMA	 0xb4000000U

static void add_buffer(struct fixture *fixture, uint64_t phys, uint64_t virt,
		       uint64_t size, uint64_t flags)
{
	add_memory(edit_rtos(fixture), "buffer", phys, virt, size, flags);
}

static void give_device(struct fixture *fixture, uint64_t address,
			uint64_t size, uint32_t irq, uint64_t flags)
{
	struct jhcfg_config *config = edit_rtos(fixture);

	add_memory(config, "device", address, address, size, flags);
	assert_int_equal(jhcfg_config_add_irq(config, GICD, irq), 0);
}

static void set_flags(struct jhcfg_config *config, const char *name,
		      uint64_t set, uint64_t clear)
{
	struct jhcfg_memory *region = memory(config, name);

	region->flags = (region->flags & ~clear) | set;
}

/* --- M01 ------------------------------------------------------------------ */

static void neighbours(struct fixture *fixture)
{
	add_buffer(fixture, 0xa0100000, 0x100000, PAGE, RW);
}

static void physical_overlap(struct fixture *fixture)
{
	add_buffer(fixture, 0xa00ff000, 0xff000, 2 * PAGE, RW);
}

/* both ends stay, so that it becomes two */
static void overlap_within(struct fixture *fixture)
{
	add_buffer(fixture, FREE_RAM, 0x80000000 - 4 * PAGE, 9 * PAGE, RW);
}

static void same_memory_twice(struct fixture *fixture)
{
	add_buffer(fixture, 0xa0000000, 0x40000000, PAGE, RW);
}

/* --- M02 ------------------------------------------------------------------ */

static void both_share(struct fixture *fixture)
{
	add_memory(edit_rtos(fixture), "shared", FREE_RAM, 0x10000000, PAGE,
		   RW | JAILHOUSE_MEM_ROOTSHARED);
	add_memory(edit_guest(fixture), "shared", FREE_RAM, 0x10000000, PAGE,
		   RW | JAILHOUSE_MEM_ROOTSHARED);
}

static void one_shares(struct fixture *fixture)
{
	both_share(fixture);
	set_flags(edit_guest(fixture), "shared", 0, JAILHOUSE_MEM_ROOTSHARED);
}

static void ram_of_other_cell(struct fixture *fixture)
{
	memory(edit_guest(fixture), "loader")->phys_start = 0xa00f0000;
}

static void uart_of_other_cell(struct fixture *fixture)
{
	add_memory(edit_guest(fixture), "uart", 0x09010000, 0x09010000, PAGE,
		   IO);
}

/* --- M03 ------------------------------------------------------------------ */

static void shared_console(struct fixture *fixture)
{
	set_flags(edit_rtos(fixture), "uart1", JAILHOUSE_MEM_ROOTSHARED, 0);
	set_flags(edit_rtos(fixture), "ram", 0, 0);
	both_share(fixture);
}

static void shared_ram(struct fixture *fixture)
{
	set_flags(edit_rtos(fixture), "ram", JAILHOUSE_MEM_ROOTSHARED, 0);
}

/* --- M04 ------------------------------------------------------------------ */

static void ram_not_of_root(struct fixture *fixture)
{
	add_buffer(fixture, NOT_ROOT, 0x10000000, 2 * PAGE, RW);
}

/* --- M05 ------------------------------------------------------------------ */

static void registers_as_ram(struct fixture *fixture)
{
	set_flags(edit_rtos(fixture), "uart1", 0, JAILHOUSE_MEM_IO);
}

static void ram_as_registers(struct fixture *fixture)
{
	add_buffer(fixture, FREE_RAM, 0x10000000, PAGE, IO);
}

static void ram_where_nothing_is(struct fixture *fixture)
{
	add_buffer(fixture, 0x38000000, 0x38000000, PAGE, RW);
}

/* --- M06 ------------------------------------------------------------------ */

static void part_of_page(struct fixture *fixture)
{
	give_device(fixture, TIMER0 + 0x800, 0x40, TIMER0_IRQ,
		    IO | JAILHOUSE_MEM_IO_32);
}

static void offsets_differ(struct fixture *fixture)
{
	add_buffer(fixture, FREE_RAM, 0x10000800, PAGE, RWX);
}

static void half_a_page_of_ram(struct fixture *fixture)
{
	add_buffer(fixture, FREE_RAM + 0x400, 0x10000400, PAGE + 0x800, RWX);
}

/* --- M07 ------------------------------------------------------------------ */

static void no_widths(struct fixture *fixture)
{
	give_device(fixture, TIMER0, 0x40, TIMER0_IRQ, IO);
}

static void widths_without_io(struct fixture *fixture)
{
	device(fixture, "timer0")->reg_io_width = 4;
	remake_board(fixture);
	give_device(fixture, TIMER0, 0x40, TIMER0_IRQ,
		    RW | JAILHOUSE_MEM_IO_32);
}

/* --- M08 ------------------------------------------------------------------ */

static void whole_page(struct fixture *fixture)
{
	give_device(fixture, TIMER0, PAGE, TIMER0_IRQ, IO);
}

static void two_parts_of_a_page(struct fixture *fixture)
{
	give_device(fixture, TIMER0, 0x40, TIMER0_IRQ,
		    IO | JAILHOUSE_MEM_IO_32);
	add_memory(edit_rtos(fixture), "ids", TIMER0 + 0xfe0, TIMER0 + 0xfe0,
		   0x20, IO | JAILHOUSE_MEM_IO_32);
}

static void two_cells_in_a_page(struct fixture *fixture)
{
	give_device(fixture, TIMER0, 0x40, TIMER0_IRQ,
		    IO | JAILHOUSE_MEM_IO_32);
	add_memory(edit_guest(fixture), "other", TIMER0 + 0x800, TIMER0 + 0x800,
		   0x40, IO | JAILHOUSE_MEM_IO_32);
}

/* --- M09 ------------------------------------------------------------------ */

static void loadable_comm(struct fixture *fixture)
{
	set_flags(edit_rtos(fixture), "comm-region", JAILHOUSE_MEM_LOADABLE, 0);
}

static void loadable_root(struct fixture *fixture)
{
	set_flags(edit_root(fixture), "ram", JAILHOUSE_MEM_LOADABLE, 0);
}

static void comm_in_root(struct fixture *fixture)
{
	add_memory(edit_root(fixture), "comm", 0, 0x30000000, PAGE,
		   RW | JAILHOUSE_MEM_COMM_REGION);
}

static void loadable_registers(struct fixture *fixture)
{
	set_flags(edit_rtos(fixture), "uart1", JAILHOUSE_MEM_LOADABLE, 0);
}

static void loadable_read_only(struct fixture *fixture)
{
	add_buffer(fixture, FREE_RAM, 0x10000000, PAGE,
		   JAILHOUSE_MEM_READ | JAILHOUSE_MEM_LOADABLE);
}

/* --- M10 ------------------------------------------------------------------ */

static void executable_registers(struct fixture *fixture)
{
	set_flags(edit_rtos(fixture), "uart1", JAILHOUSE_MEM_EXECUTE, 0);
}

static void no_access(struct fixture *fixture)
{
	add_buffer(fixture, FREE_RAM, 0x10000000, PAGE, JAILHOUSE_MEM_DMA);
}

/* --- M11 ------------------------------------------------------------------ */

static void up_to_the_gic(struct fixture *fixture)
{
	add_memory(edit_root(fixture), "below", GICD - PAGE, GICD - PAGE, PAGE,
		   IO);
	add_memory(edit_root(fixture), "above", GICR_LAST + 0x20000,
		   GICR_LAST + 0x20000, PAGE, IO);
}

static void distributor(struct fixture *fixture)
{
	add_memory(edit_root(fixture), "registers", GICD - PAGE, GICD - PAGE,
		   0x10000 + 2 * PAGE, IO);
}

static void last_redistributor(struct fixture *fixture)
{
	add_memory(edit_rtos(fixture), "registers", GICR_LAST, GICR_LAST, PAGE,
		   IO);
}

static void iommu(struct fixture *fixture)
{
	add_memory(edit_root(fixture), "registers", 0x097f0000, 0x097f0000,
		   0x20000, IO);
}

/* --- M12 ------------------------------------------------------------------ */

static void large_pci_window(struct fixture *fixture)
{
	static const struct jhcfg_hw_pci_window window = {
		JHCFG_PCI_MEM64, 0xc0000000, { 0xc0000000, 0x20000000 }, false
	};

	fixture->spec.pci_hosts[0].windows = &window;
	remake_board(fixture);
	add_memory(edit_root(fixture), "pci", 0xc0000000, 0xc0000000,
		   0x20000000, IO);
}

static void all_there_is(struct fixture *fixture)
{
	static const struct jhcfg_range far = { 0xc8000000, 0x1800 };

	device(fixture, "timer0")->windows = &far;
	remake_board(fixture);
	add_memory(edit_root(fixture), "all", 0xc0000000, 0xc0000000,
		   0x20000000, IO);
}

static void all_without_board(struct fixture *fixture)
{
	struct jhcfg_console console = {
		.address = 0xc0000000,
		.size = 0x1000,
		.type = JAILHOUSE_CON_TYPE_PL011,
		.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
	};

	drop_board(fixture);
	jhcfg_config_set_debug_console(edit_root(fixture), &console);
	add_memory(edit_root(fixture), "all", 0xc0000000, 0xc0000000,
		   0x20000000, IO);
}

/* --- M13 ------------------------------------------------------------------ */

static void highest_address(struct fixture *fixture)
{
	add_buffer(fixture, FREE_RAM, 0xfffffff000, PAGE, RW);
}

static void guest_address_too_high(struct fixture *fixture)
{
	add_buffer(fixture, FREE_RAM, 0xfffffff000, 2 * PAGE, RW);
}

static void address_too_high(struct fixture *fixture)
{
	add_memory(edit_root(fixture), "far", 1ULL << 40, 1ULL << 40, PAGE, IO);
}

/* --- M14 ------------------------------------------------------------------ */

static void dma_with_stream_id(struct fixture *fixture)
{
	const struct jhcfg_stream_id stream = { .id = 0x10 };

	give_device(fixture, ETH0, PAGE, ETH0_IRQ, IO);
	assert_int_equal(
		jhcfg_config_insert_stream_id(edit_rtos(fixture), 0, &stream),
		0);
}

static void dma_without_stream_id(struct fixture *fixture)
{
	give_device(fixture, ETH0, PAGE, ETH0_IRQ, IO);
}

/* --- M15 ------------------------------------------------------------------ */

static void linux_without_dma(struct fixture *fixture)
{
	set_flags(edit_guest(fixture), "ram", 0, JAILHOUSE_MEM_DMA);
}

/* --- M16 ------------------------------------------------------------------ */

static void other_name(struct fixture *fixture)
{
	add_buffer(fixture, 0xa0100000, 0x100000, PAGE,
		   RWX | JAILHOUSE_MEM_LOADABLE);
}

static void in_three_parts(struct fixture *fixture)
{
	const uint64_t flags = RWX | JAILHOUSE_MEM_LOADABLE;
	struct jhcfg_config *config = edit_rtos(fixture);

	add_memory(config, "ram", 0xa0101000, 0x101000, PAGE, flags);
	add_memory(config, "ram", 0xa0100000, 0x100000, PAGE, flags);
}

/* --- M17 ------------------------------------------------------------------ */

/* The board as it was is the target's; that of the workspace is changed. */
static void target_with_same_board(struct fixture *fixture)
{
	live(fixture, 0)->board = jhcfg_workspace_board(fixture->workspace);
}

static void timer_has_moved(struct fixture *fixture)
{
	static const struct jhcfg_range moved = { TIMER0, 0x2000 };

	target_with_same_board(fixture);
	device(fixture, "timer0")->windows = &moved;
	remake_board(fixture);
}

static void bar_has_moved(struct fixture *fixture)
{
	target_with_same_board(fixture);
	fixture->spec.pci_functions[1].bar[0].range.start = 0xfe000000;
	remake_board(fixture);
}

/* --- M18 ------------------------------------------------------------------ */

static void ram_in_cma(struct fixture *fixture)
{
	add_buffer(fixture, CMA, 0x10000000, PAGE, RW);
}

static void root_in_firmware(struct fixture *fixture)
{
	add_memory(edit_root(fixture), "secure", 0xb0000000, 0xb0000000, PAGE,
		   RW);
}

/* --- M19 ------------------------------------------------------------------ */

static void timer_without_needs(struct fixture *fixture)
{
	give_device(fixture, TIMER0, PAGE, TIMER0_IRQ, IO);
}

static void clock_of_root(struct fixture *fixture)
{
	device(fixture, "timer0")->refs = device(fixture, "uart0")->refs;
	device(fixture, "timer0")->num_refs = 1;
	remake_board(fixture);
	give_device(fixture, TIMER0, PAGE, TIMER0_IRQ, IO);
}

static void second_window_of_root(struct fixture *fixture)
{
	static const struct jhcfg_range windows[] = {
		{ TIMER0, PAGE },
		{ 0x09060000, 0x800 },
	};

	device(fixture, "timer0")->windows = windows;
	device(fixture, "timer0")->num_windows = 2;
	remake_board(fixture);
	add_memory(edit_root(fixture), "timer0-more", 0x09060000, 0x09060000,
		   PAGE, IO);
	give_device(fixture, TIMER0, PAGE, TIMER0_IRQ, IO);
}

static void two_devices_in_a_page(struct fixture *fixture)
{
	static const struct jhcfg_range second = { TIMER0 + 0x800, 0x100 };

	device(fixture, "gpio")->windows = &second;
	remake_board(fixture);
	give_device(fixture, TIMER0, PAGE, TIMER0_IRQ, IO);
}

/* -------------------------------------------------------------------------- */

#define ROW(rule, good, bad)	  CASE(rule, sample_arm64, good, bad)
#define ROW_ALSO(rule, bad, also) CASE_ALSO(rule, sample_arm64, NULL, bad, also)
#define ROW_BEYOND(rule, bad, also)                                            \
	CASE_BEYOND(rule, sample_arm64, NULL, bad, also)

/* clang-format off */
const struct check_case cases_memory[] = {
	ROW("M01", neighbours, physical_overlap),
	ROW_ALSO("M01", overlap_within, "B01"),
	ROW("M01", NULL, same_memory_twice),
	ROW("M02", both_share, ram_of_other_cell),
	ROW("M02", NULL, uart_of_other_cell),
	ROW_ALSO("M02", one_shares, "M03"),
	ROW("M03", shared_console, shared_ram),
	ROW("M04", NULL, ram_not_of_root),
	ROW("M05", NULL, registers_as_ram),
	ROW_ALSO("M05", ram_as_registers, "M10"),
	ROW_BEYOND("M05", ram_where_nothing_is, "M04"),
	ROW("M06", part_of_page, offsets_differ),
	ROW("M06", NULL, half_a_page_of_ram),
	CASE_ALSO("M07", sample_arm64, part_of_page, no_widths, "M08"),
	ROW_ALSO("M07", widths_without_io, "M05"),
	ROW("M08", whole_page, two_parts_of_a_page),
	ROW_BEYOND("M08", two_cells_in_a_page, NULL),
	ROW("M09", NULL, loadable_comm),
	ROW("M09", NULL, loadable_root),
	ROW("M09", NULL, comm_in_root),
	ROW("M09", NULL, loadable_registers),
	ROW("M09", NULL, loadable_read_only),
	ROW("M10", NULL, executable_registers),
	ROW("M10", NULL, no_access),
	ROW_ALSO("M10", ram_as_registers, "M05"),
	ROW("M11", up_to_the_gic, distributor),
	ROW_ALSO("M11", last_redistributor, "M04"),
	ROW("M11", NULL, iommu),
	ROW("M12", large_pci_window, all_there_is),
	ROW_BEYOND("M12", all_without_board, NULL),
	ROW("M13", highest_address, guest_address_too_high),
	ROW_BEYOND("M13", address_too_high, NULL),
	CASE_ALSO("M14", sample_arm64, dma_with_stream_id,
		  dma_without_stream_id, "U01"),
	ROW("M15", NULL, linux_without_dma),
	ROW("M16", other_name, in_three_parts),
	ROW("M17", target_with_same_board, timer_has_moved),
	CASE_ALSO("M17", sample_x86, target_with_same_board, bar_has_moved,
		  "P04"),
	ROW_ALSO("M18", ram_in_cma, "H07"),
	ROW("M18", NULL, root_in_firmware),
	ROW("M19", timer_without_needs, clock_of_root),
	ROW("M19", NULL, second_window_of_root),
	ROW_BEYOND("M19", two_devices_in_a_page, NULL),
	END_OF_CASES,
};
/* clang-format on */
