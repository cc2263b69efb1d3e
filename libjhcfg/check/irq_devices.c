// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules about interrupts and the devices of the board: I03, I05. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "check/devices.h"
#include "check/irq.h"
#include "check/pci.h"

/* --- missing interrupts: I03 ----------------------------------------------
 */

static void check_irqs(struct check *check, const struct check_cell *cell,
		       size_t index)
{
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(check->board, index);
	const uint64_t address = irq_chip_address(check);

	for (size_t n = 0; n < device->num_irqs; n++) {
		const struct jhcfg_hw_irq *irq = &device->irqs[n];
		const struct check_cell *other;
		struct found found = {
			.cell = cell,
			.element = JHCFG_AT_DEVICE,
			.index = index,
			.detail = { irq->number },
		};

		if (!irq_is_assignable(check, irq) || irq->number > LAST_SPI ||
		    jhcfg_config_has_irq(cell->config, address, irq->number))
			continue;
		other = irq_owner(check, address, irq->number, cell);
		if (other) {
			found.related = other;
			found.related_element = JHCFG_AT_IRQ;
			found.related_index = irq->number;
			found.unfixable = true;
		}
		check_report(check, &found,
			     "device \"%s\" at 0x%" PRIx64
			     " is cell \"%s\"'s, but its interrupt %u (0x%x) "
			     "is %s%s%s",
			     device->name, device->windows[0].start, cell->name,
			     irq->number, irq->number,
			     other ? "cell \"" : "not granted to it",
			     other ? other->name : "", other ? "\"'s" : "");
	}
}

/* Inmates write to their console without interrupts; for Linux see S07. */
static bool is_console(const struct check_cell *cell,
		       const struct jhcfg_hw_device *device)
{
	const struct jhcfg_console *console = jhcfg_cell_console(cell->cell);

	return !cell->is_root && console->type &&
	       console->flags & JAILHOUSE_CON_ACCESS_MMIO &&
	       console->address - device->windows[0].start <
		       device->windows[0].size;
}

void irq_check_missing(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_hw_device *device;
	const struct check_cell *cell;

	(void)root;
	for (size_t n = 0; (device = jhcfg_board_device(check->board, n));
	     n++) {
		cell = device->num_irqs ? device_driven_by(check, device)
					: NULL;
		/* What a cell has only because of its page is for M19. */
		if (cell && !is_console(cell, device) &&
		    (cell->is_root ||
		     device_page_mate(check, cell, n) == JHCFG_NO_INDEX))
			check_irqs(check, cell, n);
	}
}

int irq_fix_missing(struct fix *fix)
{
	struct jhcfg_config *config = fix_edit(fix);

	return config ? irq_grant(fix, config, irq_chip_address(fix->check),
				  (uint32_t)fix->finding->detail[0])
		      : -ENOMEM;
}

/* --- interrupts of nothing: I05 -------------------------------------------
 */

static const struct jhcfg_hw_device *device_of(const struct check *check,
					       uint32_t number)
{
	size_t position = 0;

	return jhcfg_board_device(
		check->board,
		jhcfg_board_device_of_irq(check->board, number, &position));
}

static bool is_pci_line(const struct check *check, uint32_t number)
{
	const struct jhcfg_hw_pci_host *host;

	for (size_t n = 0; (host = jhcfg_board_pci_host(check->board, n)); n++)
		for (unsigned int pin = 0; pin < 4; pin++)
			if (host->intx[pin] == number)
				return true;
	return false;
}

/* Messages of virtual devices arrive as SPIs that no device has. */
static bool has_messages(const struct check_cell *cell)
{
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell->cell, n)); n++)
		if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM &&
		    device->num_msix_vectors)
			return true;
	return false;
}

/* Who forgot that INTIDs of SPIs begin at 32, or added it twice, meant the
 * interrupt of a device that the cell has, and not yet its interrupt. */
static uint32_t meant(struct check *check, const struct irq_owned *owned)
{
	const uint32_t guesses[] = { owned->number + FIRST_SPI,
				     owned->number - FIRST_SPI };

	for (size_t n = 0; n < sizeof(guesses) / sizeof(guesses[0]); n++) {
		const struct jhcfg_hw_device *device =
			device_of(check, guesses[n]);

		if (guesses[n] >= FIRST_SPI && device &&
		    device_assigned_to(check, device) == owned->cell &&
		    !jhcfg_config_has_irq(owned->cell->config, owned->address,
					  guesses[n]))
			return guesses[n];
	}
	return 0;
}

/* The device whose interrupt is nearest, looking up to 32 up and down. */
static const struct jhcfg_hw_device *nearest(const struct check *check,
					     uint32_t number, uint32_t *found)
{
	const struct jhcfg_hw_device *device;

	for (uint32_t n = 1; n <= 32; n++) {
		*found = number + n;
		device = device_of(check, *found);
		if (!device && number >= FIRST_SPI + n) {
			*found = number - n;
			device = device_of(check, *found);
		}
		if (device)
			return device;
	}
	return NULL;
}

static void report_unknown(struct check *check, const struct irq_owned *owned)
{
	const uint32_t guess = meant(check, owned);
	uint32_t near = guess;
	const struct jhcfg_hw_device *device =
		guess ? device_of(check, guess)
		      : nearest(check, owned->number, &near);
	const struct found found = {
		.cell = owned->cell,
		.element = JHCFG_AT_IRQ,
		.index = owned->number,
		.unfixable = !guess,
		.detail = { owned->address, guess },
	};

	if (device)
		check_report(check, &found,
			     "cell \"%s\" has interrupt %u (0x%x), which is no "
			     "device's of the board \"%s\"; %u is that of "
			     "\"%s\"",
			     owned->cell->name, owned->number, owned->number,
			     jhcfg_board_name(check->board), near,
			     device->name);
	else
		check_report(check, &found,
			     "cell \"%s\" has interrupt %u (0x%x), which is no "
			     "device's of the board \"%s\", nor any near it",
			     owned->cell->name, owned->number, owned->number,
			     jhcfg_board_name(check->board));
}

void irq_check_unknown(struct check *check, const struct check_cell *cell)
{
	struct irq_list list = { 0 };

	if (check_is_x86(check) || cell->is_root || has_messages(cell))
		return;
	irq_collect(check, cell, &list);
	for (size_t n = 0; n < list.count; n++) {
		const uint32_t number = list.items[n].number;

		if (!device_of(check, number) && !is_pci_line(check, number) &&
		    !irq_is_virtual(check, cell, number))
			report_unknown(check, &list.items[n]);
	}
	free(list.items);
}

int irq_fix_unknown(struct fix *fix)
{
	const uint64_t *detail = fix->finding->detail;
	struct jhcfg_config *config = fix_edit(fix);

	if (!config)
		return -ENOMEM;
	jhcfg_config_remove_irq(config, detail[0],
				(uint32_t)fix->finding->at.index);
	return jhcfg_config_add_irq(config, detail[0], (uint32_t)detail[1]);
}
