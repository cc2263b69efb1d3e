// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules about interrupts and the devices of the board: I03, I05, I06. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "check/devices.h"
#include "check/irq.h"
#include "check/pci.h"

/* --- missing interrupts: I03 ----------------------------------------------
 */

/* Who drives the device: the cell that has it for itself, or Linux. */
static const struct check_cell *driver_of(struct check *check,
					  const struct jhcfg_hw_device *device)
{
	const struct check_region *owner = device_owner(check, device);

	if (!owner || (owner->cell->is_root && !device_is_enabled(device)))
		return NULL;
	return owner->cell->is_root ? owner->cell
				    : device_assigned_to(check, device);
}

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
			     other ? "cell \"" : "nobody's or the root's",
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
		cell = device->num_irqs ? driver_of(check, device) : NULL;
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

/* --- shared lines: I06 ----------------------------------------------------
 */

/* Who uses a line: a device of the board, or a PCI function. */
struct line_user {
	uint32_t number;
	const struct check_cell *cell;
	size_t device; /* of the board; JHCFG_NO_INDEX: */
	size_t pci;    /* a PCI device of the cell */
};

struct line_users {
	struct line_user *items;
	size_t count, capacity;
};

static void add_user(struct check *check, struct line_users *users,
		     const struct line_user *user)
{
	size_t capacity = users->capacity ? 2 * users->capacity : 64;
	struct line_user *items;

	if (users->count == users->capacity) {
		items = reallocarray(users->items, capacity, sizeof(*items));
		if (!items) {
			check_no_memory(check);
			return;
		}
		users->items = items;
		users->capacity = capacity;
	}
	users->items[users->count++] = *user;
}

static void add_devices(struct check *check, struct line_users *users)
{
	const struct jhcfg_hw_device *device;
	const struct check_cell *cell;

	for (size_t n = 0; (device = jhcfg_board_device(check->board, n));
	     n++) {
		cell = device->num_irqs ? driver_of(check, device) : NULL;
		for (size_t i = 0; cell && i < device->num_irqs; i++)
			if (irq_is_assignable(check, &device->irqs[i]))
				add_user(check, users,
					 &(struct line_user){
						 .number =
							 device->irqs[i].number,
						 .cell = cell,
						 .device = n,
					 });
	}
}

/* Of the host bridge: slots take turns (PCI-to-PCI Bridge 1.2, 9.1). */
static uint32_t line_of(const struct check *check,
			const struct jhcfg_hw_pci_function *function)
{
	const struct jhcfg_hw_pci_host *host;

	for (size_t n = 0; (host = jhcfg_board_pci_host(check->board, n)); n++)
		if (host->domain == function->domain &&
		    host->first_bus == function->bdf >> 8 &&
		    function->interrupt_pin)
			return host->intx[((function->bdf >> 3 & 31) +
					   function->interrupt_pin - 1U) %
					  4];
	return 0;
}

static void add_function(struct check *check, const struct pci_index *index,
			 const struct jhcfg_hw_pci_function *function,
			 struct line_users *users)
{
	const struct pci_entry *owner =
		pci_index_owner(index, function->domain, function->bdf);
	const uint32_t number = line_of(check, function);

	/* With messages a function does not use its line. */
	if (!number || !owner || owner->device->num_msi_vectors ||
	    owner->device->num_msix_vectors)
		return;
	add_user(check, users,
		 &(struct line_user){
			 .number = number,
			 .cell = owner->cell,
			 .device = JHCFG_NO_INDEX,
			 .pci = owner->index,
		 });
}

static void add_functions(struct check *check, struct line_users *users)
{
	const struct jhcfg_hw_pci_function *function;
	struct pci_index index;

	if (pci_index_make(check, &index)) {
		check_no_memory(check);
		return;
	}
	for (size_t n = 0;
	     (function = jhcfg_board_pci_function(check->board, n)); n++)
		add_function(check, &index, function, users);
	pci_index_clear(&index);
}

static int compare_users(const void *a, const void *b)
{
	const struct line_user *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return (x->cell->key > y->cell->key) - (x->cell->key < y->cell->key);
}

static enum jhcfg_element element_of(const struct line_user *user)
{
	return user->device == JHCFG_NO_INDEX ? JHCFG_AT_PCI_DEVICE
					      : JHCFG_AT_DEVICE;
}

static size_t index_of(const struct line_user *user)
{
	return user->device == JHCFG_NO_INDEX ? user->pci : user->device;
}

struct user_text {
	char text[80];
};

static struct user_text user_text(const struct check *check,
				  const struct line_user *user)
{
	struct user_text text;
	const struct jhcfg_pci_device *device;

	if (user->device != JHCFG_NO_INDEX) {
		snprintf(text.text, sizeof(text.text), "device \"%.64s\"",
			 jhcfg_board_device(check->board, user->device)->name);
		return text;
	}
	device = jhcfg_cell_pci_device(user->cell->cell, user->pci);
	snprintf(text.text, sizeof(text.text), "PCI device %s",
		 bdf_text(device->domain, device->bdf).text);
	return text;
}

static void report_shared(struct check *check, const struct line_user *first,
			  const struct line_user *second)
{
	const struct found found = {
		.cell = second->cell,
		.element = element_of(second),
		.index = index_of(second),
		.related = first->cell,
		.related_element = element_of(first),
		.related_index = index_of(first),
	};

	check_report(check, &found,
		     "%s of cell \"%s\" shares interrupt %u (0x%x) with %s of "
		     "cell \"%s\"",
		     user_text(check, second).text, second->cell->name,
		     second->number, second->number,
		     user_text(check, first).text, first->cell->name);
}

void irq_check_shared(struct check *check, const struct check_cell *root)
{
	struct line_users users = { 0 };

	(void)root;
	add_devices(check, &users);
	add_functions(check, &users);
	if (users.count)
		qsort(users.items, users.count, sizeof(*users.items),
		      compare_users);
	for (size_t n = 1; n < users.count; n++)
		if (users.items[n - 1].number == users.items[n].number &&
		    users.items[n - 1].cell != users.items[n].cell)
			report_shared(check, &users.items[n - 1],
				      &users.items[n]);
	free(users.items);
}
