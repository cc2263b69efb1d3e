// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules about interrupt chips of configurations: I01, I02, I04, I07. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "check/devices.h"
#include "check/irq.h"

#define NUM_INTIDS 1024U

static struct found at_chip(const struct check_cell *cell, size_t index)
{
	const size_t own =
		jhcfg_cell_num_irqchips(jhcfg_config_cell(cell->own));

	return (struct found){
		.cell = cell,
		.element = JHCFG_AT_IRQCHIP,
		.index = index,
		.unfixable = index >= own,
	};
}

/* --- lists of interrupts --------------------------------------------------
 */

static void append(struct check *check, struct irq_list *list,
		   const struct irq_owned *owned)
{
	size_t capacity = list->capacity ? 2 * list->capacity : 64;
	struct irq_owned *items;

	if (list->count == list->capacity) {
		items = reallocarray(list->items, capacity, sizeof(*items));
		if (!items) {
			check_no_memory(check);
			return;
		}
		list->items = items;
		list->capacity = capacity;
	}
	list->items[list->count++] = *owned;
}

void irq_collect(struct check *check, const struct check_cell *cell,
		 struct irq_list *list)
{
	const uint64_t first = check_is_x86(check) ? 0 : FIRST_SPI;
	const struct jhcfg_irqchip *chip;

	for (size_t n = 0; (chip = jhcfg_cell_irqchip(cell->cell, n)); n++)
		for (unsigned int pin = 0; pin < PINS_PER_CHIP; pin++) {
			const uint64_t number = (uint64_t)chip->pin_base + pin;

			if (!(chip->pin_bitmap[pin / 32] >> pin % 32 & 1) ||
			    number < first || number >= NUM_INTIDS)
				continue;
			append(check, list,
			       &(struct irq_owned){
				       .address = chip->address,
				       .number = (uint32_t)number,
				       .cell = cell,
				       .chip = n,
			       });
		}
}

bool irq_is_virtual(const struct check *check, const struct check_cell *cell,
		    uint32_t number)
{
	const uint64_t base =
		(uint64_t)FIRST_SPI + jhcfg_cell_vpci_irq_base(cell->cell);
	const struct jhcfg_pci_device *device;

	if (check_is_x86(check) || number < base || number > base + 3)
		return false;
	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell->cell, n)); n++)
		if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM &&
		    !device->num_msix_vectors &&
		    number == base + (device->bdf >> 3 & 3))
			return true;
	return false;
}

const struct check_cell *irq_owner(const struct check *check, uint64_t address,
				   uint32_t number,
				   const struct check_cell *except)
{
	for (size_t n = 1; n < check->num_cells; n++)
		if (check->cells[n] != except &&
		    jhcfg_config_has_irq(check->cells[n]->config, address,
					 number))
			return check->cells[n];
	return NULL;
}

/* A chip that the cell did not have is the root's, with its id. */
int irq_grant(const struct fix *fix, struct jhcfg_config *config, uint64_t chip,
	      uint32_t number)
{
	const struct jhcfg_cell *root = fix->check->all[0].cell;
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_irqchip *of_root = NULL, *entry;
	int err = jhcfg_config_add_irq(config, chip, number);

	for (size_t n = 0; (entry = jhcfg_cell_irqchip(root, n)); n++)
		if (entry->address == chip)
			of_root = entry;
	for (size_t n = 0;
	     !err && of_root && (entry = jhcfg_cell_irqchip(cell, n)); n++) {
		struct jhcfg_irqchip changed = *entry;

		if (entry->address != chip)
			continue;
		changed.id = of_root->id;
		err = jhcfg_config_replace_irqchip(config, n, &changed);
	}
	return err;
}

/* --- whose address: I01 ---------------------------------------------------
 */

static const struct jhcfg_irqchip *root_chip(const struct check *check,
					     uint64_t address)
{
	const struct jhcfg_irqchip *chip;

	for (size_t n = 0; (chip = jhcfg_cell_irqchip(check->all[0].cell, n));
	     n++)
		if (chip->address == address)
			return chip;
	return NULL;
}

static bool is_chip_of_system(const struct check *check, uint64_t address)
{
	return check_is_x86(check) ? root_chip(check, address) != NULL
				   : address == check->platform->gicd_base;
}

void irq_check_address(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_irqchip *chip;

	for (size_t n = 0; (chip = jhcfg_cell_irqchip(cell->cell, n)); n++) {
		struct found found = at_chip(cell, n);
		const uint64_t right = irq_chip_address(check);

		if (is_chip_of_system(check, chip->address))
			continue;
		found.related = &check->all[0];
		found.related_element = JHCFG_AT_PLATFORM;
		found.unfixable |= !right;
		check_report(check, &found,
			     "cell \"%s\" irqchip %zu is at 0x%" PRIx64
			     ", but %s is at 0x%" PRIx64,
			     cell->name, n, chip->address,
			     check_is_x86(check)
				     ? "the first IOAPIC of the root cell"
				     : "the GIC distributor",
			     right);
	}
}

int irq_fix_address(struct fix *fix)
{
	const uint64_t right = irq_chip_address(fix->check);
	const struct jhcfg_irqchip *of_root = root_chip(fix->check, right);
	struct jhcfg_config *config = fix_edit(fix);
	struct jhcfg_irqchip chip;

	if (!config)
		return -ENOMEM;
	chip = *jhcfg_cell_irqchip(jhcfg_config_cell(config),
				   fix->finding->at.index);
	chip.address = right;
	if (check_is_x86(fix->check) && of_root)
		chip.id = of_root->id;
	return jhcfg_config_replace_irqchip(config, fix->finding->at.index,
					    &chip);
}

/* --- which pins: I02 ------------------------------------------------------
 */

static const char *fault_of_base(const struct check *check, uint32_t base)
{
	if (check_is_x86(check))
		return base ? "an IOAPIC begins at pin 0" : NULL;
	if (base % 32)
		return "it is no multiple of 32";
	if (base < FIRST_SPI)
		return "interrupts below 32 are the CPUs' own";
	if (base > NUM_INTIDS - PINS_PER_CHIP)
		return "its last pin, 127 higher, is beyond INTID 1023";
	return NULL;
}

void irq_check_pin_base(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_irqchip *chip;
	const char *fault;

	for (size_t n = 0; (chip = jhcfg_cell_irqchip(cell->cell, n)); n++) {
		const struct found found = at_chip(cell, n);

		fault = fault_of_base(check, chip->pin_base);
		if (fault)
			check_report(check, &found,
				     "cell \"%s\" irqchip %zu, 0x%" PRIx64
				     ", has pin base %u: %s",
				     cell->name, n, chip->address,
				     chip->pin_base, fault);
	}
}

/* The same interrupts, as far as there are such, in chips that are right. */
int irq_fix_pin_base(struct fix *fix)
{
	struct jhcfg_config *config = fix_edit(fix);
	size_t index = fix->finding->at.index;
	struct jhcfg_irqchip chip;
	int err;

	if (!config)
		return -ENOMEM;
	chip = *jhcfg_cell_irqchip(jhcfg_config_cell(config), index);
	if (check_is_x86(fix->check)) {
		chip.pin_base = 0;
		return jhcfg_config_replace_irqchip(config, index, &chip);
	}
	err = jhcfg_config_remove_irqchip(config, index);
	for (unsigned int pin = 0; !err && pin < PINS_PER_CHIP; pin++) {
		const uint64_t number = (uint64_t)chip.pin_base + pin;

		if (chip.pin_bitmap[pin / 32] >> pin % 32 & 1 &&
		    number >= FIRST_SPI && number <= LAST_SPI)
			err = jhcfg_config_add_irq(config, chip.address,
						   (uint32_t)number);
	}
	return err;
}

/* --- two owners: I04 ------------------------------------------------------
 */

static int compare_owned(const void *a, const void *b)
{
	const struct irq_owned *x = a, *y = b;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return (x->cell->key > y->cell->key) - (x->cell->key < y->cell->key);
}

static bool is_same_irq(const struct irq_owned *a, const struct irq_owned *b)
{
	return a->address == b->address && a->number == b->number &&
	       a->cell != b->cell;
}

static void report_owners(struct check *check, const struct irq_owned *first,
			  const struct irq_owned *second)
{
	const struct found found = {
		.cell = second->cell,
		.element = JHCFG_AT_IRQ,
		.index = second->number,
		.related = first->cell,
		.related_element = JHCFG_AT_IRQ,
		.related_index = first->number,
		.detail = { second->address },
	};

	check_report(check, &found,
		     "cell \"%s\" and cell \"%s\" both have interrupt %u "
		     "(0x%x%s) of the chip at 0x%" PRIx64,
		     second->cell->name, first->cell->name, second->number,
		     second->number, check_is_x86(check) ? "" : ", an SPI",
		     second->address);
}

/* Lines of virtual devices are for V08. */
void irq_check_owners(struct check *check, const struct check_cell *root)
{
	struct irq_list list = { 0 };

	(void)root;
	for (size_t n = 1; n < check->num_cells; n++)
		irq_collect(check, check->cells[n], &list);
	if (list.count)
		qsort(list.items, list.count, sizeof(*list.items),
		      compare_owned);
	for (size_t n = 1; n < list.count; n++) {
		const struct irq_owned *first = &list.items[n - 1];
		const struct irq_owned *second = &list.items[n];

		if (is_same_irq(first, second) &&
		    !irq_is_virtual(check, first->cell, first->number) &&
		    !irq_is_virtual(check, second->cell, second->number))
			report_owners(check, first, second);
	}
	free(list.items);
}

/* The device decides, if one of the two cells has it; else the first cell
 * keeps it. */
int irq_fix_owners(struct fix *fix)
{
	const struct jhcfg_board *board = fix->check->board;
	const uint32_t number = (uint32_t)fix->finding->at.index;
	const struct check_cell *loser = fix->cell;
	struct check view = *fix->check;
	const struct jhcfg_hw_device *device = NULL;
	struct jhcfg_config *config;
	size_t position = 0;

	if (board)
		device = jhcfg_board_device(
			board,
			jhcfg_board_device_of_irq(board, number, &position));
	if (device && device_assigned_to(&view, device) == fix->cell)
		loser = fix->related;
	config = fix_edit_cell(fix, loser);
	if (!config)
		return -ENOMEM;
	jhcfg_config_remove_irq(config, fix->finding->detail[0], number);
	return 0;
}

/* --- ids of IOAPICs: I07 --------------------------------------------------
 */

void irq_check_ioapic_id(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_irqchip *chip, *of_root;

	if (!check_is_x86(check) || cell->is_root)
		return;
	for (size_t n = 0; (chip = jhcfg_cell_irqchip(cell->cell, n)); n++) {
		struct found found = at_chip(cell, n);

		of_root = root_chip(check, chip->address);
		if (!of_root || of_root->id == chip->id)
			continue;
		found.related = &check->all[0];
		found.related_element = JHCFG_AT_IRQCHIP;
		found.detail[0] = of_root->id;
		check_report(check, &found,
			     "cell \"%s\" irqchip %zu, IOAPIC 0x%" PRIx64
			     ", has id 0x%x, in cell \"%s\" it is 0x%x",
			     cell->name, n, chip->address, chip->id,
			     check->all[0].name, of_root->id);
	}
}

int irq_fix_ioapic_id(struct fix *fix)
{
	struct jhcfg_config *config = fix_edit(fix);
	struct jhcfg_irqchip chip;

	if (!config)
		return -ENOMEM;
	chip = *jhcfg_cell_irqchip(jhcfg_config_cell(config),
				   fix->finding->at.index);
	chip.id = (uint32_t)fix->finding->detail[0];
	return jhcfg_config_replace_irqchip(config, fix->finding->at.index,
					    &chip);
}
