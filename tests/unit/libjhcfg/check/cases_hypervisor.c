// SPDX-License-Identifier: GPL-2.0-or-later
#include "fixture.h"

#include <cmocka_all.h>

#include <jhcfg/pool.h>

#define MIB (1024 * 1024ULL)
#define RWX (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE)

static void place(struct fixture *fixture, uint64_t start, uint64_t size)
{
	const struct jhcfg_memory value = { .phys_start = start, .size = size };

	jhcfg_config_set_hypervisor_memory(edit_root(fixture), &value);
}

/* --- H01 ------------------------------------------------------------------ */

static void in_linux_memory(struct fixture *fixture)
{
	place(fixture, 0x90000000, 4 * MIB);
}

static void set_iomem(struct fixture *fixture, uint64_t size)
{
	static struct jhcfg_live_range lines[2];
	struct jhcfg_live *target = live(fixture, JHCFG_LIVE_IOMEM);

	lines[0] = (struct jhcfg_live_range){ { 0x09000000, 0x1000 },
					      0,
					      "uart@9000000" };
	lines[1] = (struct jhcfg_live_range){ { 0x40000000, size },
					      0,
					      "System RAM" };
	target->iomem = lines;
	target->num_iomem = 2;
}

static void linux_keeps_away(struct fixture *fixture)
{
	set_iomem(fixture, 1536 * MIB);
}

static void linux_has_all(struct fixture *fixture)
{
	set_iomem(fixture, 2048 * MIB);
}

/* A board that is only described: nobody has reserved anything yet. */
static void nothing_reserved(struct fixture *fixture)
{
	fixture->spec.memories[1] = fixture->spec.memories[2];
	remake_board(fixture);
}

/* --- H02, H03 ------------------------------------------------------------- */

static void tiny(struct fixture *fixture)
{
	memory(edit_root(fixture), "ram"); /* the step changes the root */
	edit_root(fixture)->system.hypervisor_memory.size = 0x10000;
}

/* No more than the root alone needs. */
static void no_room_for_cells(struct fixture *fixture)
{
	struct jhcfg_pool pool;

	assert_int_equal(
		jhcfg_pool_estimate(jhcfg_workspace_cell(fixture->workspace,
							 JHCFG_ROOT_KEY),
				    NULL, 0,
				    jhcfg_workspace_board(fixture->workspace),
				    NULL, &pool),
		0);
	edit_root(fixture)->system.hypervisor_memory.size = pool.minimum;
}

/* --- H04 ------------------------------------------------------------------ */

static void root_has_it(struct fixture *fixture)
{
	add_memory(edit_root(fixture), "spare", 0xafd00000, 0xafd00000, MIB,
		   RWX | JAILHOUSE_MEM_DMA);
}

static void root_has_page_before(struct fixture *fixture)
{
	add_memory(edit_root(fixture), "spare", 0xafbff000, 0xafbff000, 0x1000,
		   RWX | JAILHOUSE_MEM_DMA);
}

static void cell_has_it(struct fixture *fixture)
{
	memory(edit_rtos(fixture), "ram")->phys_start = 0xafc00000;
}

static void firmware_has_it(struct fixture *fixture)
{
	place(fixture, 0xafe00000, 4 * MIB);
}

static void framebuffer_has_it(struct fixture *fixture)
{
	const struct jhcfg_console console = {
		.address = 0xafe00000,
		.size = 1024 * 768 * 4,
		.type = JAILHOUSE_CON_TYPE_EFIFB,
	};

	jhcfg_config_set_debug_console(edit_root(fixture), &console);
}

/* --- H05 ------------------------------------------------------------------ */

static void behind_ram(struct fixture *fixture)
{
	place(fixture, 0xc0000000, 4 * MIB);
}

static void too_large_for_arm(struct fixture *fixture)
{
	jhcfg_config_set_architecture(edit_root(fixture), JAILHOUSE_ARM);
	jhcfg_config_set_architecture(edit_rtos(fixture), JAILHOUSE_ARM);
	jhcfg_config_set_architecture(edit_guest(fixture), JAILHOUSE_ARM);
	place(fixture, 0xb0200000, 240 * MIB);
}

/* --- H06 ------------------------------------------------------------------ */

static void set_command_line(struct fixture *fixture, const char *text)
{
	live(fixture, JHCFG_LIVE_COMMAND_LINE)->command_line = text;
}

static void command_line_keeps(struct fixture *fixture)
{
	set_command_line(fixture, "quiet memmap=4K$0x1000,82M$0x3a000000");
}

static void dollar_lost(struct fixture *fixture)
{
	set_command_line(fixture, "quiet memmap=82M root=/dev/sda1");
}

/* --- H07 ------------------------------------------------------------------ */

static void cell_in_linux_memory(struct fixture *fixture)
{
	memory(edit_rtos(fixture), "ram")->phys_start = 0x90000000;
}

static void cell_with_identity_map_in_linux_memory(struct fixture *fixture)
{
	struct jhcfg_memory *ram = memory(edit_guest(fixture), "ram");

	ram->phys_start = ram->virt_start = 0x90000000;
	jhcfg_config_set_reset_address(edit_guest(fixture), 0x90001000);
}

static void link_in_linux_memory(struct fixture *fixture)
{
	struct jhcfg_link link = *jhcfg_workspace_link(fixture->workspace, 0);

	link.base = 0x9f000000;
	assert_int_equal(
		jhcfg_workspace_set_link(fixture->workspace, &link, NULL), 0);
}

/* Below the limit of mem=, which keeps no memory above 0x9fffffff. */
static void kept_by_mem(struct fixture *fixture)
{
	fixture->spec.command_line = "console=ttyAMA0 mem=1536M";
	fixture->spec.memories[1] = fixture->spec.memories[2];
	remake_board(fixture);
}

/* --- H08 ------------------------------------------------------------------ */

static void set_hypervisor_size(struct fixture *fixture, uint64_t size)
{
	memory(edit_root(fixture), "inmates")->size = 160 * MIB;
	place(fixture, 0xaa000000, size);
}

static void ample(struct fixture *fixture)
{
	set_hypervisor_size(fixture, 64 * MIB);
}

static void too_ample(struct fixture *fixture)
{
	set_hypervisor_size(fixture, 80 * MIB);
}

static void forgotten_reservation(struct fixture *fixture)
{
	struct board_spec *spec = &fixture->spec;

	spec->memories[spec->num_memories++] = (struct jhcfg_hw_memory){
		.kind = JHCFG_HW_RESERVED,
		.range = { 0xb8000000, MIB },
		.no_map = true,
		.name = "inmates@b8000000",
		.source = "the test",
	};
	remake_board(fixture);
}

/* --- H09 ------------------------------------------------------------------ */

static void without_no_map(struct fixture *fixture)
{
	fixture->spec.memories[1].no_map = false;
	remake_board(fixture);
}

/* -------------------------------------------------------------------------- */

/* clang-format off */
const struct check_case cases_hypervisor[] = {
	CASE_ALSO("H01", sample_arm64, nothing_reserved, in_linux_memory,
		  "H04"),
	CASE_BEYOND("H01", sample_arm64, linux_keeps_away, linux_has_all,
		    "H07"),
	CASE("H02", sample_arm64, NULL, tiny),
	CASE("H02", sample_x86, NULL, tiny),
	CASE("H03", sample_arm64, NULL, no_room_for_cells),
	CASE("H04", sample_arm64, root_has_page_before, root_has_it),
	CASE_ALSO("H04", sample_arm64, NULL, cell_has_it, "M04"),
	CASE("H04", sample_arm64, NULL, firmware_has_it),
	CASE("H04", sample_arm64, NULL, framebuffer_has_it),
	CASE("H05", sample_arm64, NULL, behind_ram),
	CASE_ALSO("H05", sample_arm64, NULL, too_large_for_arm, "H01 H04 H08"),
	CASE("H06", sample_x86, command_line_keeps, dollar_lost),
	CASE("H07", sample_arm64, kept_by_mem, cell_in_linux_memory),
	CASE("H07", sample_arm64, NULL,
	     cell_with_identity_map_in_linux_memory),
	CASE_BEYOND("H07", sample_arm64, NULL, link_in_linux_memory, "M01"),
	CASE("H08", sample_arm64, ample, too_ample),
	CASE_BEYOND("H08", sample_arm64, NULL, forgotten_reservation, NULL),
	CASE("H09", sample_arm64, NULL, without_no_map),
	END_OF_CASES,
};
/* clang-format on */
