// SPDX-License-Identifier: LGPL-2.1-or-later
#include "check/consoles.h"

#include <errno.h>

#include <jailhouse/cell-config.h>

#include "check/regions.h"
#include "model/names.h"

bool console_is_mmio(const struct jhcfg_console *console)
{
	return console->flags & JAILHOUSE_CON_ACCESS_MMIO ||
	       console->type == JAILHOUSE_CON_TYPE_EFIFB;
}

bool console_is_device(const struct jhcfg_console *console)
{
	return console->type != JAILHOUSE_CON_TYPE_NONE;
}

const char *console_type_name(uint16_t type)
{
	const char *name = jhcfg_name_of(jhcfg_console_types, type);

	return name ? name : "an unknown type";
}

uint64_t console_size(const struct jhcfg_console *console)
{
	if (console_is_mmio(console))
		return console->size ? console->size : 1;
	return CONSOLE_PORTS;
}

const struct jhcfg_hw_device *uart_at(const struct check *check, uint64_t phys)
{
	const struct jhcfg_range range = { phys, 1 };
	const struct jhcfg_hw_device *device;
	size_t position = 0, index;

	while (check->board &&
	       (index = jhcfg_board_device_at(check->board, range,
					      &position)) != JHCFG_NO_INDEX) {
		device = jhcfg_board_device(check->board, index);
		if (device->kind == JHCFG_HW_DEVICE_UART)
			return device;
	}
	return NULL;
}

uint64_t console_phys(const struct check_cell *cell,
		      const struct jhcfg_console *console)
{
	const struct jhcfg_memory *memory =
		check_region_of_virt(cell, console->address, 1, NULL);

	if (!memory || region_is_comm(memory))
		return console->address;
	return console->address - memory->virt_start + memory->phys_start;
}

/* What serial ports of PCs have been wired to since the beginning. */
static bool port_irq(uint64_t port, uint32_t *number)
{
	static const struct {
		uint16_t port;
		uint32_t irq;
	} ports[] = {
		{ 0x3f8, 4 },
		{ 0x2f8, 3 },
		{ 0x3e8, 4 },
		{ 0x2e8, 3 },
	};

	for (size_t n = 0; n < sizeof(ports) / sizeof(ports[0]); n++)
		if (ports[n].port == port) {
			*number = ports[n].irq;
			return true;
		}
	return false;
}

bool console_irq(const struct check *check, const struct check_cell *cell,
		 uint32_t *number)
{
	const struct jhcfg_console *console = jhcfg_cell_console(cell->cell);
	const struct jhcfg_hw_device *device;

	if (!console_is_mmio(console))
		return check_is_x86(check) &&
		       port_irq(console->address, number);
	device = uart_at(check, console_phys(cell, console));
	if (!device || !device->num_irqs || device->irqs[0].nested ||
	    device->irqs[0].per_cpu)
		return false;
	*number = device->irqs[0].number;
	return true;
}

const struct jhcfg_console *console_of(const struct check *check,
				       const struct check_cell *cell)
{
	return cell->is_root ? jhcfg_system_debug_console(check->system)
			     : jhcfg_cell_console(cell->cell);
}

struct found console_found(const struct check_cell *cell)
{
	return (struct found){
		.cell = cell->is_root ? NULL : cell,
		.element = cell->is_root ? JHCFG_AT_DEBUG_CONSOLE
					 : JHCFG_AT_CONSOLE,
	};
}

int fix_set_console(const struct fix *fix, const struct jhcfg_console *console)
{
	struct jhcfg_config *config = fix_edit(fix);

	if (!config)
		return -ENOMEM;
	if (fix->cell->is_root)
		jhcfg_config_set_debug_console(config, console);
	else
		jhcfg_config_set_console(config, console);
	return 0;
}
