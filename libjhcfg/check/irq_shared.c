// SPDX-License-Identifier: LGPL-2.1-or-later
/* Interrupts that several devices share: I06. */
#include <stdio.h>
#include <stdlib.h>

#include "check/devices.h"
#include "check/irq.h"
#include "check/pci.h"

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
		cell = device->num_irqs ? device_driven_by(check, device)
					: NULL;
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
