// SPDX-License-Identifier: GPL-2.0-or-later
#include "fixture.h"

#include <cmocka_all.h>

#define GICD 0x08000000U
#define IO   (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO)

static const struct jhcfg_console no_console;

static struct jhcfg_console *debug_console(struct fixture *fixture)
{
	return &edit_root(fixture)->system.debug_console;
}

static struct jhcfg_console *console(struct fixture *fixture)
{
	return &edit_rtos(fixture)->cell.console;
}

/* --- S01 ------------------------------------------------------------------ */

static void virtual_only(struct fixture *fixture)
{
	jhcfg_config_set_debug_console(edit_root(fixture), &no_console);
}

static void no_console_at_all(struct fixture *fixture)
{
	virtual_only(fixture);
	jhcfg_config_set_system_flags(edit_root(fixture), 0);
}

/* --- S02 ------------------------------------------------------------------ */

static void add_uart0(struct fixture *fixture, uint64_t flags)
{
	struct jhcfg_config *config = edit_rtos(fixture);

	add_memory(config, "uart0", 0x09000000, 0x09000000, 0x1000, flags);
	jhcfg_config_add_irq(config, GICD, 33);
}

static void uart_taken(struct fixture *fixture)
{
	add_uart0(fixture, IO);
}

static void uart_shared(struct fixture *fixture)
{
	add_uart0(fixture, IO | JAILHOUSE_MEM_ROOTSHARED);
	console(fixture)->address = 0x09000000;
}

static void ports_taken(struct fixture *fixture)
{
	const struct jhcfg_pio pio = { 0x3f8, 8 };

	jhcfg_config_insert_pio(edit_rtos(fixture), SIZE_MAX, &pio);
}

static void ports_beside(struct fixture *fixture)
{
	const struct jhcfg_pio pio = { 0x3f0, 8 };

	jhcfg_config_insert_pio(edit_rtos(fixture), SIZE_MAX, &pio);
}

/* --- S03 ------------------------------------------------------------------ */

static void registers_not_granted(struct fixture *fixture)
{
	console(fixture)->address = 0x09060000;
}

static void ports_not_granted(struct fixture *fixture)
{
	console(fixture)->address = 0x2e8;
}

static void registers_of_another(struct fixture *fixture)
{
	const struct jhcfg_console uart1 = *console(fixture);

	jhcfg_config_set_console(edit_guest(fixture), &uart1);
}

/* --- S04 ------------------------------------------------------------------ */

static void other_type(struct fixture *fixture)
{
	debug_console(fixture)->type = JAILHOUSE_CON_TYPE_XUARTPS;
}

static void other_type_of_cell(struct fixture *fixture)
{
	console(fixture)->type = JAILHOUSE_CON_TYPE_8250;
}

static void no_size(struct fixture *fixture)
{
	debug_console(fixture)->size = 0;
}

static void make_8250(struct fixture *fixture, uint8_t reg_shift)
{
	device(fixture, "uart1")->console_type = JAILHOUSE_CON_TYPE_8250;
	device(fixture, "uart1")->reg_shift = reg_shift;
	remake_board(fixture);
	console(fixture)->type = JAILHOUSE_CON_TYPE_8250;
}

static void right_distance(struct fixture *fixture)
{
	make_8250(fixture, 2);
}

static void wrong_distance(struct fixture *fixture)
{
	make_8250(fixture, 0);
}

/* --- S05 ------------------------------------------------------------------ */

static const struct jhcfg_hw_ref clock_ref = {
	.kind = JHCFG_REF_CLOCK,
	.device = 0,
	.property = "clocks",
	.name = "",
};

static void gated_clock(struct fixture *fixture)
{
	device(fixture, "uart1")->refs = &clock_ref;
	device(fixture, "uart1")->num_refs = 1;
	remake_board(fixture);
}

static void fixed_clock(struct fixture *fixture)
{
	static const char *const fixed[] = { "fixed-clock" };

	device(fixture, "clocks")->compatible = fixed;
	gated_clock(fixture);
}

static void clocks_stay_on(struct fixture *fixture)
{
	fixture->spec.command_line = "clk_ignore_unused";
	gated_clock(fixture);
}

/* --- S06 ------------------------------------------------------------------ */

static void set_tty(struct fixture *fixture, uint64_t address, const char *user)
{
	static struct jhcfg_live_tty tty;
	struct jhcfg_live *target = live(fixture, JHCFG_LIVE_TTYS);

	tty = (struct jhcfg_live_tty){
		.name = "ttyS1",
		.address = address,
		.is_io = address <= UINT16_MAX,
		.driver = *user ? "serial" : "",
		.user = user,
	};
	target->ttys = &tty;
	target->num_ttys = 1;
}

static void login_elsewhere(struct fixture *fixture)
{
	set_tty(fixture, 0x09000000, "agetty");
}

static void login_on_uart(struct fixture *fixture)
{
	set_tty(fixture, 0x09010000, "agetty");
}

static void login_on_ports(struct fixture *fixture)
{
	set_tty(fixture, 0x2f8, "agetty");
}

static void nobody_on_ports(struct fixture *fixture)
{
	set_tty(fixture, 0x2f8, "");
}

/* --- S07 ------------------------------------------------------------------ */

static void uart1_to_guest(struct fixture *fixture)
{
	const struct jhcfg_console uart1 = *console(fixture);
	struct jhcfg_config *rtos = edit_rtos(fixture);

	jhcfg_config_set_console(rtos, &no_console);
	jhcfg_config_remove_memory(rtos, memory_index(rtos, "uart1"));
	jhcfg_config_remove_irq(rtos, GICD, 34);
	jhcfg_config_set_console(edit_guest(fixture), &uart1);
	add_memory(edit_guest(fixture), "uart1", 0x09010000, 0x09010000, 0x1000,
		   IO);
}

static void uart1_and_irq_to_guest(struct fixture *fixture)
{
	uart1_to_guest(fixture);
	jhcfg_config_add_irq(edit_guest(fixture), GICD, 34);
}

static void ports_without_irq(struct fixture *fixture)
{
	const struct jhcfg_console com4 = {
		.address = 0x3e8,
		.type = JAILHOUSE_CON_TYPE_8250,
	};
	const struct jhcfg_pio pio = { 0x3e8, 8 };

	jhcfg_config_set_console(edit_guest(fixture), &com4);
	jhcfg_config_insert_pio(edit_guest(fixture), 0, &pio);
}

/* --- S08 ------------------------------------------------------------------ */

static void use_framebuffer(struct fixture *fixture, uint64_t size)
{
	struct board_spec *spec = &fixture->spec;
	const struct jhcfg_console efifb = {
		.address = 0xd0000000,
		.size = 1024 * 768 * 4,
		.type = JAILHOUSE_CON_TYPE_EFIFB,
	};

	spec->memories[spec->num_memories++] = (struct jhcfg_hw_memory){
		.kind = JHCFG_HW_SHARED,
		.range = { 0xd0000000, size },
		.name = "efifb",
		.source = "/proc/iomem",
	};
	remake_board(fixture);
	jhcfg_config_set_debug_console(edit_root(fixture), &efifb);
}

static void mode_of_firmware(struct fixture *fixture)
{
	use_framebuffer(fixture, 1024 * 768 * 4);
}

static void other_mode(struct fixture *fixture)
{
	use_framebuffer(fixture, 1920 * 1080 * 4);
}

static void unknown_mode(struct fixture *fixture)
{
	use_framebuffer(fixture, 1280 * 1024 * 4);
}

/* -------------------------------------------------------------------------- */

/* clang-format off */
const struct check_case cases_serial[] = {
	CASE("S01", sample_arm64, virtual_only, no_console_at_all),
	CASE_ALSO("S02", sample_arm64, NULL, uart_taken, "M19"),
	CASE("S02", sample_arm64, NULL, uart_shared),
	CASE("S02", sample_x86, ports_beside, ports_taken),
	CASE("S03", sample_arm64, NULL, registers_not_granted),
	CASE("S03", sample_x86, NULL, ports_not_granted),
	CASE_BEYOND("S03", sample_arm64, NULL, registers_of_another, "S07"),
	CASE("S04", sample_arm64, NULL, other_type),
	CASE("S04", sample_arm64, NULL, other_type_of_cell),
	CASE("S04", sample_arm64, NULL, no_size),
	CASE("S04", sample_arm64, right_distance, wrong_distance),
	CASE_ALSO("S05", sample_arm64, fixed_clock, gated_clock, "M19"),
	CASE_ALSO("S05", sample_arm64, clocks_stay_on, gated_clock, "M19"),
	CASE("S06", sample_arm64, login_elsewhere, login_on_uart),
	CASE("S06", sample_x86, nobody_on_ports, login_on_ports),
	CASE_ALSO("S07", sample_arm64, uart1_and_irq_to_guest, uart1_to_guest,
		  "I03"),
	CASE("S07", sample_x86, NULL, ports_without_irq),
	CASE("S08", sample_x86, mode_of_firmware, other_mode),
	CASE_BEYOND("S08", sample_x86, NULL, unknown_mode, NULL),
	END_OF_CASES,
};
/* clang-format on */
