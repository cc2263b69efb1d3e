// SPDX-License-Identifier: LGPL-2.1-or-later
/* S: consoles. */
#include <errno.h>
#include <inttypes.h>

#include <jailhouse/cell-config.h>

#include "check/consoles.h"
#include "check/devices.h"
#include "check/irq.h"
#include "check/regions.h"

/* --- S01 ------------------------------------------------------------------ */

static void check_any_console(struct check *check,
			      const struct check_cell *root)
{
	(void)root;
	if (console_is_device(jhcfg_system_debug_console(check->system)) ||
	    jhcfg_system_flags(check->system) &
		    JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE)
		return;
	check_report(check,
		     &(struct found){ .element = JHCFG_AT_DEBUG_CONSOLE },
		     "the hypervisor has neither a debug console nor the "
		     "virtual one");
}

static int fix_any_console(struct fix *fix)
{
	struct jhcfg_config *config = fix_edit(fix);

	if (!config)
		return -ENOMEM;
	jhcfg_config_set_system_flags(
		config, jhcfg_system_flags(fix->check->system) |
				JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE);
	return 0;
}

/* --- S02 ------------------------------------------------------------------ */

static void check_taken_ports(struct check *check,
			      const struct check_cell *cell, uint64_t port)
{
	const struct jhcfg_pio *pio;

	for (size_t n = 0; (pio = jhcfg_cell_pio(cell->cell, n)); n++)
		if (check_overlaps(pio->base, pio->length, port, CONSOLE_PORTS))
			check_report(check,
				     &(struct found){ .cell = cell,
						      .element = JHCFG_AT_PIO,
						      .index = n },
				     "cell \"%s\" has ports from 0x%x, where "
				     "the hypervisor's console is",
				     cell->name, pio->base);
}

static void check_taken_registers(struct check *check,
				  const struct check_cell *cell,
				  const struct jhcfg_console *console)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++) {
		bool shared = memory->flags & JAILHOUSE_MEM_ROOTSHARED;

		if (!region_is_backed(memory) ||
		    !check_overlaps(memory->phys_start, memory->size,
				    console->address, console_size(console)))
			continue;
		check_report(check,
			     &(struct found){ .cell = cell,
					      .element = JHCFG_AT_MEMORY,
					      .index = n,
					      .other_severity = shared,
					      .severity = JHCFG_INFO },
			     "%s %s the hypervisor's console at 0x%" PRIx64,
			     region_text(cell, n).text,
			     shared ? "shares" : "takes", console->address);
	}
}

static void check_taken(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_console *console =
		jhcfg_system_debug_console(check->system);

	if (cell->is_root || !console_is_device(console))
		return;
	if (console_is_mmio(console))
		check_taken_registers(check, cell, console);
	else
		check_taken_ports(check, cell, console->address);
}

/* The cell speaks on its virtual console instead. */
static int fix_taken(struct fix *fix)
{
	const struct jhcfg_console *taken =
		jhcfg_system_debug_console(fix->check->system);
	const struct jhcfg_console *console =
		jhcfg_cell_console(fix->cell->cell);
	struct jhcfg_config *config = fix_edit(fix);
	int err;

	if (!config)
		return -ENOMEM;
	err = fix->finding->at.element == JHCFG_AT_PIO
		      ? jhcfg_config_remove_pio(config, fix->finding->at.index)
		      : jhcfg_config_remove_memory(config,
						   fix->finding->at.index);
	if (err || !check_overlaps(console->address, console_size(console),
				   taken->address, console_size(taken)))
		return err;
	jhcfg_config_set_console(config, &(struct jhcfg_console){ 0 });
	jhcfg_config_set_cell_flags(
		config, jhcfg_cell_flags(fix->cell->cell) |
				JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED |
				JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE);
	return 0;
}

/* --- S03 ------------------------------------------------------------------ */

static bool has_ports(const struct check_cell *cell, uint64_t port)
{
	const struct jhcfg_pio *pio;

	for (size_t n = 0; (pio = jhcfg_cell_pio(cell->cell, n)); n++)
		if (port >= pio->base &&
		    port + CONSOLE_PORTS <= (uint64_t)pio->base + pio->length)
			return true;
	return false;
}

static void check_granted(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_console *console = jhcfg_cell_console(cell->cell);
	const struct found found = console_found(cell);

	if (cell->is_root || !console_is_device(console))
		return;
	if (console_is_mmio(console) &&
	    !check_region_of_virt(cell, console->address, console_size(console),
				  NULL))
		check_report(check, &found,
			     "cell \"%s\" has a console at 0x%" PRIx64
			     ", but no region there",
			     cell->name, console->address);
	if (!console_is_mmio(console) && !has_ports(cell, console->address))
		check_report(check, &found,
			     "cell \"%s\" has a console at port 0x%" PRIx64
			     ", but not its ports",
			     cell->name, console->address);
}

static int grant_ports(struct fix *fix, struct jhcfg_config *config,
		       uint64_t port)
{
	const struct jhcfg_pio pio = { (uint16_t)port, CONSOLE_PORTS };

	if (port > UINT16_MAX - CONSOLE_PORTS)
		return fix_refuse(fix, NULL, "there is no port 0x%" PRIx64,
				  port);
	return jhcfg_config_insert_pio(config, SIZE_MAX, &pio);
}

/* Somebody has something in the pages of the registers. */
static const struct check_cell *in_the_way(const struct fix *fix,
					   const struct jhcfg_memory *pages)
{
	const struct check *check = fix->check;
	const struct jhcfg_memory *other;

	for (size_t n = 0; n < check->num_all_regions; n++) {
		const struct check_region *region = &check->all_regions[n];

		if (!region->cell->is_root &&
		    region->start <= region_last(pages) &&
		    region->last >= pages->phys_start)
			return region->cell;
	}
	for (size_t n = 0; (other = jhcfg_cell_memory(fix->cell->cell, n)); n++)
		if (check_overlaps(other->virt_start, region_guest_size(other),
				   pages->virt_start, pages->size))
			return fix->cell;
	return NULL;
}

static int grant_registers(struct fix *fix, struct jhcfg_config *config,
			   const struct jhcfg_console *console)
{
	const struct jhcfg_console *debug =
		jhcfg_system_debug_console(fix->check->system);
	const uint64_t start = console->address & ~CHECK_PAGE_MASK;
	const uint64_t last =
		check_last(console->address, console_size(console));
	struct jhcfg_memory pages = {
		.phys_start = start,
		.virt_start = start,
		.size = ((last - start) | CHECK_PAGE_MASK) + 1,
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			 JAILHOUSE_MEM_IO,
	};
	const struct check_cell *other = in_the_way(fix, &pages);

	if (console_size(console) - 1 > UINT64_MAX - console->address)
		return fix_refuse(fix, "correct the console's address",
				  "registers at 0x%" PRIx64
				  " would reach beyond all addresses",
				  console->address);
	if (other)
		return fix_refuse(fix, "give the cell another console",
				  "cell \"%s\" has a region there",
				  other->name);
	if (console_is_device(debug) && console_is_mmio(debug) &&
	    check_overlaps(debug->address, console_size(debug),
			   pages.phys_start, pages.size))
		pages.flags |= JAILHOUSE_MEM_ROOTSHARED;
	return jhcfg_config_insert_memory(config, fix->cell->num_own_memory,
					  &pages);
}

static int fix_granted(struct fix *fix)
{
	const struct jhcfg_console *console =
		jhcfg_cell_console(fix->cell->cell);
	struct jhcfg_config *config = fix_edit(fix);

	if (!config)
		return -ENOMEM;
	return console_is_mmio(console)
		       ? grant_registers(fix, config, console)
		       : grant_ports(fix, config, console->address);
}

/* --- S07 ------------------------------------------------------------------ */

static void check_interactive(struct check *check,
			      const struct check_cell *cell)
{
	uint32_t number;

	if (!check_is_linux(check, cell) ||
	    !console_is_device(jhcfg_cell_console(cell->cell)) ||
	    !console_irq(check, cell, &number) ||
	    jhcfg_config_has_irq(cell->config, irq_chip_address(check), number))
		return;
	check_report(check,
		     &(struct found){ .cell = cell,
				      .element = JHCFG_AT_CONSOLE,
				      .detail = { number } },
		     "cell \"%s\" has a console for Linux, but not its "
		     "interrupt %u",
		     cell->name, number);
}

static int fix_interactive(struct fix *fix)
{
	uint64_t chip = irq_chip_address(fix->check);
	uint32_t number = (uint32_t)fix->finding->detail[0];
	struct jhcfg_config *config;

	for (size_t n = 1; n < fix->check->num_cells; n++)
		if (jhcfg_config_has_irq(fix->check->cells[n]->config, chip,
					 number))
			return fix_refuse(fix, "give the cell another console",
					  "cell \"%s\" has interrupt %u",
					  fix->check->cells[n]->name, number);
	config = fix_edit(fix);
	return config ? irq_grant(fix, config, chip, number) : -ENOMEM;
}

/* clang-format off */
static const struct rule rules[] = {
	{ .info = {
		.id = "S01",
		.severity = JHCFG_WARNING,
		.title = "the hypervisor has no console at all",
		.doc =
		"When it stops, refuses a cell or parks a CPU it says why, "
		"and nobody can read it: the machine just hangs.",
		.advice =
		"set a debug console, or the system flag "
		"VIRTUAL_DEBUG_CONSOLE",
		.fix =
		"sets the flag VIRTUAL_DEBUG_CONSOLE, so that \"jailhouse "
		"console\" shows it" },
	  .scope = RULE_SYSTEM,
	  .check = check_any_console,
	  .fix = fix_any_console },
	{ .info = {
		.id = "S02",
		.severity = JHCFG_WARNING,
		.title =
		"a cell takes the UART of the hypervisor or of the root",
		.doc =
		"A cell that has the UART alone takes the console away from "
		"Linux, and whatever the hypervisor says is mixed with its "
		"output. Where it is shared, only the mixing is left.",
		.advice =
		"give the cell another UART, mark the region ROOTSHARED, or "
		"use the virtual console",
		.fix =
		"takes the UART from the cell and gives it the virtual "
		"console" },
	  .scope = RULE_CELL,
	  .check = check_taken,
	  .fix = fix_taken },
	{ .info = {
		.id = "S03",
		.severity = JHCFG_ERROR,
		.title = "a cell's console is not granted to it",
		.doc =
		"The console of a cell is where its guest writes to: without "
		"the registers or ports, its first character is a violation "
		"and parks the CPU.",
		.advice = "add a region, or ports, for it",
		.fix = "adds the region or the ports" },
	  .scope = RULE_CELL,
	  .check = check_granted,
	  .fix = fix_granted },
	{ .info = {
		.id = "S04",
		.severity = JHCFG_ERROR,
		.modes = JHCFG_RULE_BOARD,
		.title =
		"a console's type, register distance or size is not the "
		"board's",
		.doc =
		"A driver for another UART polls a bit that never changes, "
		"and whoever writes hangs: the hypervisor before its first "
		"line, or the guest.",
		.advice = "set what the device tree says",
		.fix =
		"sets type, register distance and size as the board has them" },
	  .scope = RULE_CELL,
	  .check = check_console_type,
	  .fix = fix_console_type },
	{ .info = {
		.id = "S05",
		.severity = JHCFG_WARNING,
		.modes = JHCFG_RULE_BOARD,
		.title =
		"the clock or power of a cell's UART is Linux' to switch off",
		.doc =
		"At the end of its boot Linux switches off clocks and power "
		"domains that none of its drivers uses. The cell's UART "
		"stops, and the next access to it may hang the whole machine.",
		.advice =
		"boot Linux with clk_ignore_unused (pd_ignore_unused for "
		"power domains), or keep the UART's node enabled in the "
		"root's device tree" },
	  .scope = RULE_CELL,
	  .check = check_uart_clock },
	{ .info = {
		.id = "S06",
		.severity = JHCFG_WARNING,
		.modes = JHCFG_RULE_LIVE,
		.title =
		"Linux on the target uses the UART that a cell takes",
		.doc =
		"A driver that is bound, or a login on the port, still "
		"accesses the registers after the cell has them: that is a "
		"violation in the root, which loses a CPU.",
		.advice =
		"stop the login, unbind the driver, or disable the node in "
		"the root's device tree" },
	  .scope = RULE_CELL,
	  .check = check_uart_user },
	{ .info = {
		.id = "S07",
		.severity = JHCFG_WARNING,
		.title = "a console for Linux has no interrupt",
		.doc =
		"Linux' serial drivers send by interrupt: without it the "
		"console shows boot messages, and then neither output nor "
		"input.",
		.advice = "add the UART's interrupt to the cell",
		.fix = "adds the interrupt" },
	  .scope = RULE_CELL,
	  .check = check_interactive,
	  .fix = fix_interactive },
	{ .info = {
		.id = "S08",
		.severity = JHCFG_WARNING,
		.modes = JHCFG_RULE_BOARD,
		.title = "the framebuffer's mode is not the firmware's",
		.doc =
		"The hypervisor draws into what the firmware has set up, with"
		" the line length of one of two modes: in any other, its "
		"lines are torn, or it writes behind the end.",
		.advice = "set the mode that the firmware uses",
		.fix = "sets the mode that fits" },
	  .scope = RULE_CELL,
	  .check = check_framebuffer_mode,
	  .fix = fix_framebuffer_mode },
};
/* clang-format on */

const struct rule_table check_rules_serial = RULE_TABLE(rules);
