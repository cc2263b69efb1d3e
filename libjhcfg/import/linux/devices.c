// SPDX-License-Identifier: LGPL-2.1-or-later
/* Devices: PCI functions, UARTs, and what else has addresses. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "import/linux/linux.h"
#include "import/linux/regions.h"
#include "import/linux/text.h"

#define TTYS	      "sys/class/tty"
#define LEGACY_IRQS   16
#define MAX_BARS      6
#define CLASS_BRIDGES 0x06
#define MAX_DEVICES   4096
#define UART_PORTS    8 /* of a 16550 */
#define ISA_MAX_PORT  0xfff8

/* Linux' include/uapi/linux/serial.h: SERIAL_IO_... */
enum {
	TTY_IO_PORT = 0,
	TTY_IO_MEM = 2,
	TTY_IO_MEM32 = 3,
};

/* --- interrupts ---------------------------------------------------------- */

/* ISA interrupts are GSIs of the same number unless the MADT says otherwise
 * (ACPI 6.5, 5.2.12.5). */
static void isa_irq(const struct linux_import *import, unsigned int number,
		    struct jhcfg_hw_irq *irq)
{
	irq->number = number;
	irq->trigger = JHCFG_TRIGGER_EDGE;
	for (size_t n = 0; n < import->acpi.num_overrides; n++) {
		const struct acpi_override *override =
			&import->acpi.overrides[n];

		if (override->isa != number)
			continue;
		irq->number = override->gsi;
		if (override->level)
			irq->trigger = JHCFG_TRIGGER_LEVEL;
	}
}

bool linux_gsi(const struct linux_import *import, unsigned int number,
	       struct jhcfg_hw_irq *irq)
{
	const struct interrupt *interrupt =
		interrupts_find(&import->interrupts, number);

	*irq = (struct jhcfg_hw_irq){ .controller = JHCFG_NO_INDEX };
	if (!interrupt)
		return false;
	/* Fixed ones are equal to their GSI; with several IOAPICs a pin alone
	 * does not say of which one it is */
	if (number < LEGACY_IRQS)
		isa_irq(import, number, irq);
	else if (import->acpi.num_ioapics == 1)
		irq->number = import->acpi.ioapics[0].gsi_base + interrupt->pin;
	else
		return false;
	if (interrupt->trigger)
		irq->trigger = interrupt->trigger;
	return true;
}

/* --- PCI functions ------------------------------------------------------- */

/* By base class and subclass; PCI Code and ID Assignment 1.15 */
static const struct {
	uint32_t value, mask;
	enum jhcfg_hw_device_kind kind;
} classes[] = {
	{ 0x010000, 0xff0000, JHCFG_HW_DEVICE_STORAGE },
	{ 0x020000, 0xff0000, JHCFG_HW_DEVICE_NET },
	{ 0x030000, 0xff0000, JHCFG_HW_DEVICE_DISPLAY },
	{ 0x070000, 0xffff00, JHCFG_HW_DEVICE_UART },
	{ 0x080600, 0xffff00, JHCFG_HW_DEVICE_IOMMU },
	{ 0x080100, 0xffff00, JHCFG_HW_DEVICE_DMA },
	{ 0x0c0300, 0xffff00, JHCFG_HW_DEVICE_USB },
	{ 0x0c0500, 0xffff00, JHCFG_HW_DEVICE_I2C },
};

static enum jhcfg_hw_device_kind kind_of_class(uint32_t class_code)
{
	for (size_t n = 0; n < sizeof(classes) / sizeof(classes[0]); n++)
		if ((class_code & classes[n].mask) == classes[n].value)
			return classes[n].kind;
	return JHCFG_HW_DEVICE_OTHER;
}

/* The bridge that it is behind: the one with the nearest bus. */
static size_t parent_of(const struct linux_import *import,
			const struct linux_pci *pci)
{
	unsigned int bus = pci->function.bdf >> 8;

	for (size_t n = 0; n < import->num_pci; n++) {
		const struct linux_pci *bridge = &import->pci[n];

		if (bridge->function.header_type == 1 &&
		    bridge->function.domain == pci->function.domain &&
		    bridge->function.secondary_bus && bus &&
		    bridge->function.secondary_bus == bus)
			return bridge->device;
	}
	return JHCFG_NO_INDEX;
}

struct registers {
	struct jhcfg_range windows[MAX_BARS];
	struct jhcfg_hw_port ports[MAX_BARS];
	size_t num_windows, num_ports;
};

static void sort_bars(const struct jhcfg_hw_pci_function *function,
		      struct registers *registers)
{
	for (size_t n = 0; n < MAX_BARS; n++) {
		struct jhcfg_range range = function->bar[n].range;

		if (!range.size)
			continue;
		if (!function->bar[n].io)
			registers->windows[registers->num_windows++] = range;
		else if (range.start + range.size <= 0x10000)
			registers->ports[registers->num_ports++] =
				(struct jhcfg_hw_port){ (uint16_t)range.start,
							(uint32_t)range.size,
							"" };
	}
}

static void add_function(struct linux_import *import, struct linux_pci *pci)
{
	struct jhcfg_hw_pci_function *function = &pci->function;
	struct registers registers = { .num_windows = 0 };
	struct jhcfg_hw_irq irq = { 0 };
	char compatible[32], path[64];
	const char *texts[] = { compatible };

	function->iommu =
		linux_iommu_of(import, function->domain, function->bdf);
	sort_bars(function, &registers);
	snprintf(compatible, sizeof(compatible), "pci%04x,%04x",
		 function->vendor, function->device);
	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s", pci->name);
	pci->device = jhcfg_board_add_device(
		import->board,
		&(struct jhcfg_hw_device){
			.kind = kind_of_class(function->class_code),
			.name = pci->name,
			.path = path,
			.compatible = texts,
			.num_compatible = 1,
			.status = "okay",
			.parent = parent_of(import, pci),
			.windows = registers.windows,
			.num_windows = registers.num_windows,
			.ports = registers.ports,
			.num_ports = registers.num_ports,
			.irqs = &irq,
			.num_irqs = function->interrupt_pin && pci->irq &&
				    linux_gsi(import, pci->irq, &irq),
			.dma = function->class_code >> 16 != CLASS_BRIDGES,
			.source = function->source,
		});
	jhcfg_board_add_pci_function(import->board, function);
}

void linux_add_pci_functions(struct linux_import *import)
{
	for (size_t n = 0; n < import->num_pci; n++)
		add_function(import, &import->pci[n]);
}

/* --- UARTs --------------------------------------------------------------- */

struct tty {
	const char *name;
	uint64_t port, base, shift, type, io_type, irq, clock;
};

static bool is_console(const struct linux_import *import, const char *name)
{
	const char *at = import->command_line;
	size_t length = strlen(name);

	while ((at = strstr(at, "console="))) {
		bool whole = at == import->command_line || at[-1] == ' ';

		at += strlen("console=");
		if (whole && !strncmp(at, name, length) &&
		    (!at[length] || at[length] == ',' || at[length] == ' '))
			return true;
	}
	return false;
}

static uint64_t tty_number(struct linux_import *import, const char *name,
			   const char *what, uint64_t fallback)
{
	uint64_t value;

	return machine_number(import->machine, &value, TTYS "/%s/%s", name,
			      what)
		       ? value
		       : fallback;
}

static void fill_registers(const struct tty *tty,
			   struct jhcfg_hw_device *device,
			   struct jhcfg_range *window,
			   struct jhcfg_hw_port *port)
{
	if (tty->io_type == TTY_IO_PORT) {
		*port = (struct jhcfg_hw_port){ (uint16_t)tty->port, UART_PORTS,
						"" };
		device->ports = port;
		device->num_ports = 1;
	} else {
		device->reg_shift = (uint8_t)tty->shift;
		device->reg_io_width = tty->io_type == TTY_IO_MEM32 ? 4 : 1;
		*window = (struct jhcfg_range){ tty->base,
						(uint64_t)UART_PORTS
							<< tty->shift };
		device->windows = window;
		device->num_windows = 1;
	}
}

/* UARTs that nobody has open have no line in /proc/interrupts. */
static bool find_tty_irq(const struct linux_import *import,
			 const struct tty *tty, struct jhcfg_hw_irq *irq)
{
	if (!tty->irq || tty->irq > UINT32_MAX)
		return false;
	if (linux_gsi(import, (unsigned int)tty->irq, irq))
		return true;
	if (tty->irq >= LEGACY_IRQS)
		return false;
	isa_irq(import, (unsigned int)tty->irq, irq);
	return true;
}

static void add_tty(struct linux_import *import, const struct tty *tty)
{
	char source[LINUX_MAX_SOURCE], path[MACHINE_MAX_NAME + 16];
	struct jhcfg_hw_irq irq = { 0 };
	struct jhcfg_range window;
	struct jhcfg_hw_port port;
	struct jhcfg_hw_device device = {
		.kind = JHCFG_HW_DEVICE_UART,
		.name = tty->name,
		.path = path,
		.status = "okay",
		.parent = JHCFG_NO_INDEX,
		.irqs = &irq,
		.console_type = JAILHOUSE_CON_TYPE_8250,
		.clock_hz = (uint32_t)tty->clock,
		.boot_console = is_console(import, tty->name),
		.source = source,
	};

	snprintf(path, sizeof(path), "/" TTYS "/%s", tty->name);
	snprintf(source, sizeof(source), "%s%s", import->machine->name, path);
	fill_registers(tty, &device, &window, &port);
	device.num_irqs = find_tty_irq(import, tty, &irq);
	jhcfg_board_add_device(import->board, &device);
}

/* Linux keeps entries of UARTs that it did not find: their type is 0. The
 * established recordings do not tell the type. */
static bool is_there(const struct tty *tty)
{
	if (!tty->type)
		return false;
	if (tty->io_type == TTY_IO_PORT)
		return tty->port && tty->port <= ISA_MAX_PORT;
	return (tty->io_type == TTY_IO_MEM || tty->io_type == TTY_IO_MEM32) &&
	       tty->base && tty->shift <= 4 && tty->base < UINT64_MAX - 0x10000;
}

void linux_add_ttys(struct linux_import *import)
{
	struct machine_names names;

	if (machine_list(import->machine, TTYS, &names))
		return;
	for (size_t n = 0; n < names.count; n++) {
		const char *name = names.items[n];
		struct tty tty = {
			.name = name,
			.io_type =
				tty_number(import, name, "io_type", UINT64_MAX),
			.type = tty_number(import, name, "type", 1),
			.port = tty_number(import, name, "port", 0),
			.base = tty_number(import, name, "iomem_base", 0),
			.shift = tty_number(import, name, "iomem_reg_shift", 0),
			.irq = tty_number(import, name, "irq", 0),
			.clock = tty_number(import, name, "uartclk", 0),
		};

		if (!strncmp(name, "ttyS", 4) && is_there(&tty))
			add_tty(import, &tty);
	}
	machine_names_clear(&names);
}

/* --- others -------------------------------------------------------------- */

static void add_iomem_device(struct linux_import *import,
			     const struct resource *resource)
{
	char source[LINUX_MAX_SOURCE], name[64];

	linux_make_name(resource->name, name, sizeof(name));
	linux_source(import, "proc/iomem", resource->line, source);
	jhcfg_board_add_device(
		import->board,
		&(struct jhcfg_hw_device){
			.kind = !strncmp(resource->name, "HPET", 4)
					? JHCFG_HW_DEVICE_TIMER
					: JHCFG_HW_DEVICE_OTHER,
			.name = name,
			.path = resource->name,
			.status = "okay",
			.parent = JHCFG_NO_INDEX,
			.windows = &resource->range,
			.num_windows = 1,
			.source = source,
		});
}

static void add_port(struct linux_import *import,
		     const struct resource *resource)
{
	uint64_t end = resource->range.start + resource->range.size;

	if (end > 0x10000 || region_kind(resource->name) == REGION_BUS)
		return;
	jhcfg_board_add_port(import->board,
			     &(struct jhcfg_hw_port){
				     (uint16_t)resource->range.start,
				     (uint32_t)resource->range.size,
				     resource->name,
			     });
}

void linux_add_others(struct linux_import *import)
{
	size_t timer = resources_find(&import->ioports, 0, "ACPI PM_TMR");

	for (size_t n = 0, added = 0;
	     n < import->iomem.count && added < MAX_DEVICES; n++) {
		const struct resource *resource = &import->iomem.items[n];

		if (region_kind(resource->name) != REGION_DEVICE ||
		    region_outer_kind(&import->iomem, resource) != REGION_BUS)
			continue;
		add_iomem_device(import, resource);
		added++;
	}
	for (size_t n = 0; n < import->ioports.count; n++)
		add_port(import, &import->ioports.items[n]);
	if (timer == JHCFG_NO_INDEX && import->acpi.pm_timer)
		jhcfg_board_add_port(
			import->board,
			&(struct jhcfg_hw_port){ import->acpi.pm_timer, 4,
						 "ACPI PM_TMR" });
}
