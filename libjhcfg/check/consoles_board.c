// SPDX-License-Identifier: LGPL-2.1-or-later
/* S04, S05, S06, S08: consoles, and what board and target say of them. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "check/consoles.h"
#include "check/linux_memory.h"
#include "check/regions.h"

/* --- S04 ------------------------------------------------------------------ */

/* The UART of a console in registers; NULL: the board does not say. */
static const struct jhcfg_hw_device *uart_of(const struct check *check,
					     const struct check_cell *cell)
{
	const struct jhcfg_console *console = console_of(check, cell);
	const struct jhcfg_hw_device *device;

	if (!console_is_device(console) || !console_is_mmio(console) ||
	    console->type == JAILHOUSE_CON_TYPE_EFIFB)
		return NULL;
	device = uart_at(check, cell->is_root ? console->address
					      : console_phys(cell, console));
	return device && device->console_type && device->num_windows ? device
								     : NULL;
}

static uint64_t window_size(const struct jhcfg_hw_device *device)
{
	uint64_t size = device->windows[0].size;

	/* a page is what can be given */
	return size > UINT64_MAX - CHECK_PAGE
		       ? size
		       : (size + CHECK_PAGE_MASK) & ~CHECK_PAGE_MASK;
}

/* Only the 8250 comes with registers side by side, or one in four bytes. */
static uint16_t stride_of(const struct jhcfg_hw_device *device)
{
	return device->console_type != JAILHOUSE_CON_TYPE_8250 ||
			       device->reg_shift == 2
		       ? JAILHOUSE_CON_REGDIST_4
		       : JAILHOUSE_CON_REGDIST_1;
}

void check_console_type(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_console *console = console_of(check, cell);
	const struct jhcfg_hw_device *device = uart_of(check, cell);
	const struct found found = console_found(cell);

	if (!device)
		return;
	if (console->type != device->console_type)
		check_report(check, &found,
			     "the console at 0x%" PRIx64 " is %s here; \"%s\" "
			     "is %s",
			     console->address, console_type_name(console->type),
			     device->name,
			     console_type_name(device->console_type));
	else if (console->type == JAILHOUSE_CON_TYPE_8250 &&
		 (console->flags & JAILHOUSE_CON_REGDIST_4) !=
			 stride_of(device))
		check_report(
			check, &found,
			"the console at 0x%" PRIx64 " has registers every "
			"%u bytes here; those of \"%s\" are every %u bytes",
			console->address,
			console->flags & JAILHOUSE_CON_REGDIST_4 ? 4 : 1,
			device->name, 1U << (device->reg_shift & 7));
	if (!console->size || console->size > window_size(device))
		check_report(check, &found,
			     "the console at 0x%" PRIx64 " has 0x%x bytes of "
			     "registers here; \"%s\" has 0x%" PRIx64,
			     console->address, console->size, device->name,
			     device->windows[0].size);
}

int fix_console_type(struct fix *fix)
{
	const struct jhcfg_hw_device *device = uart_of(fix->check, fix->cell);
	struct jhcfg_console console = *console_of(fix->check, fix->cell);
	uint64_t size;

	if (!device)
		return fix_refuse(fix, NULL,
				  "the board does not say what the "
				  "console is");
	size = window_size(device);
	console.type = device->console_type;
	console.flags &= (uint16_t)~JAILHOUSE_CON_REGDIST_4;
	console.flags |= stride_of(device);
	if (!console.size || console.size > size)
		console.size = size > UINT32_MAX ? (uint32_t)CHECK_PAGE
						 : (uint32_t)size;
	return fix_set_console(fix, &console);
}

/* --- S08 ------------------------------------------------------------------ */

/* Four bytes a pixel, no padding: what the hypervisor draws into. */
static uint64_t mode_size(uint16_t flags)
{
	return flags & JAILHOUSE_CON_FB_1920x1080 ? 1920 * 1080 * 4
						  : 1024 * 768 * 4;
}

/* What the firmware has set up at the console's address; 0: not known. */
static uint64_t framebuffer_size(const struct check *check,
				 const struct jhcfg_console *console)
{
	const struct jhcfg_hw_memory *entry;

	for (size_t n = 0; (entry = jhcfg_board_memory(check->board, n)); n++)
		if (entry->kind == JHCFG_HW_SHARED &&
		    entry->range.start == console->address)
			return entry->range.size;
	return 0;
}

void check_framebuffer_mode(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_console *console = console_of(check, cell);
	const struct found found = console_found(cell);
	uint64_t size;

	if (console->type != JAILHOUSE_CON_TYPE_EFIFB)
		return;
	size = framebuffer_size(check, console);
	if (size && size != mode_size(console->flags))
		check_report(check, &found,
			     "the framebuffer at 0x%" PRIx64 " has 0x%" PRIx64
			     " bytes, the mode takes 0x%" PRIx64,
			     console->address, size, mode_size(console->flags));
}

int fix_framebuffer_mode(struct fix *fix)
{
	struct jhcfg_console console = *console_of(fix->check, fix->cell);
	uint64_t size = framebuffer_size(fix->check, &console);

	console.flags ^= JAILHOUSE_CON_FB_1920x1080;
	if (size != mode_size(console.flags))
		return fix_refuse(
			fix,
			"set another mode in the firmware's setup, or "
			"use a serial console",
			"no mode that the hypervisor knows has 0x%" PRIx64
			" bytes",
			size);
	console.size = (uint32_t)size;
	return fix_set_console(fix, &console);
}

/* --- S05 ------------------------------------------------------------------ */

static bool is_compatible(const struct jhcfg_hw_device *device,
			  const char *name)
{
	for (size_t n = 0; n < device->num_compatible; n++)
		if (!strcmp(device->compatible[n], name))
			return true;
	return false;
}

/* The first clock or power domain of the device that Linux would switch off;
 * NULL: none. */
static const struct jhcfg_hw_device *gated_by(
	const struct check *check, const struct jhcfg_hw_device *device)
{
	const char *command_line = linux_command_line(check);
	bool clocks = strstr(command_line, "clk_ignore_unused");
	bool power = strstr(command_line, "pd_ignore_unused");

	for (size_t n = 0; n < device->num_refs; n++) {
		const struct jhcfg_hw_ref *ref = &device->refs[n];
		const struct jhcfg_hw_device *provider =
			jhcfg_board_device(check->board, ref->device);

		if (provider && !is_compatible(provider, "fixed-clock") &&
		    ((ref->kind == JHCFG_REF_CLOCK && !clocks) ||
		     (ref->kind == JHCFG_REF_POWER && !power)))
			return provider;
	}
	return NULL;
}

void check_uart_clock(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0;
	     !cell->is_root && (memory = jhcfg_cell_memory(cell->cell, n));
	     n++) {
		const struct jhcfg_hw_device *device, *provider;

		if (!region_is_backed(memory) || !region_is_io(memory) ||
		    memory->flags & JAILHOUSE_MEM_ROOTSHARED)
			continue;
		device = uart_at(check, memory->phys_start);
		if (!device || device->boot_console ||
		    strcmp(device->status, "disabled") == 0)
			continue;
		provider = gated_by(check, device);
		if (provider)
			check_report(
				check,
				&(struct found){ .cell = cell,
						 .element = JHCFG_AT_MEMORY,
						 .index = n },
				"cell \"%s\" has \"%s\", whose clock or "
				"power comes from \"%s\", which Linux "
				"switches off when it is unused",
				cell->name, device->name, provider->name);
	}
}

/* --- S06 ------------------------------------------------------------------ */

/* Whether the cell takes the UART from Linux. */
static bool takes_tty(const struct check_cell *cell,
		      const struct jhcfg_live_tty *tty)
{
	const struct jhcfg_memory *memory;
	const struct jhcfg_pio *pio;

	for (size_t n = 0; tty->is_io && (pio = jhcfg_cell_pio(cell->cell, n));
	     n++)
		if (tty->address - pio->base < pio->length)
			return true;
	for (size_t n = 0;
	     !tty->is_io && (memory = jhcfg_cell_memory(cell->cell, n)); n++)
		if (region_is_backed(memory) &&
		    !(memory->flags & JAILHOUSE_MEM_ROOTSHARED) &&
		    tty->address - memory->phys_start < memory->size)
			return true;
	return false;
}

void check_uart_user(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_live *target = check->live;

	if (cell->is_root || !jhcfg_live_knows(target, JHCFG_LIVE_TTYS))
		return;
	for (size_t n = 0; n < target->num_ttys && !check_enough(check); n++) {
		const struct jhcfg_live_tty *tty = &target->ttys[n];

		if (!tty->address ||
		    (!*tty->driver && !*tty->user && !tty->is_console) ||
		    !takes_tty(cell, tty))
			continue;
		check_report(check,
			     &(struct found){ .cell = cell,
					      .element = JHCFG_AT_CONSOLE },
			     "cell \"%s\" takes %s at 0x%" PRIx64
			     " from Linux, where %s%s uses it",
			     cell->name, tty->name, tty->address,
			     tty->is_console ? "the kernel's console"
			     : *tty->user    ? ""
					     : "driver ",
			     tty->is_console ? ""
			     : *tty->user    ? tty->user
					     : tty->driver);
	}
}
