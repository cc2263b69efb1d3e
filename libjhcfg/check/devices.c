// SPDX-License-Identifier: LGPL-2.1-or-later
#include "check/devices.h"

#include <string.h>

#include <jhcfg/edit.h>

#include "check/regions.h"

const struct check_region *region_of_address(struct check *check,
					     uint64_t address)
{
	const struct check_region *region, *owner = NULL;
	size_t position = 0;

	while ((region = check_region_at(check, address, address, &position)))
		if (!owner || owner->cell->is_root ||
		    (!region->cell->is_root &&
		     region->cell->key < owner->cell->key))
			owner = region;
	return owner;
}

const struct check_region *device_owner(struct check *check,
					const struct jhcfg_hw_device *device)
{
	return device->num_windows
		       ? region_of_address(check, device->windows[0].start)
		       : NULL;
}

const struct check_cell *device_assigned_to(
	struct check *check, const struct jhcfg_hw_device *device)
{
	const struct check_region *region = device_owner(check, device);

	return region && !region->cell->is_root &&
			       !(region->memory->flags &
				 JAILHOUSE_MEM_ROOTSHARED)
		       ? region->cell
		       : NULL;
}

bool device_is_enabled(const struct jhcfg_hw_device *device)
{
	return !*device->status || !strcmp(device->status, "okay") ||
	       !strcmp(device->status, "ok");
}

uint64_t irq_chip_address(const struct check *check)
{
	const struct jhcfg_irqchip *chip;

	if (!check_is_x86(check))
		return check->platform->gicd_base;
	chip = jhcfg_cell_irqchip(check->all[0].cell, 0);
	return chip ? chip->address : 0;
}

static bool has_its_irq(const struct check *check,
			const struct check_cell *cell,
			const struct jhcfg_hw_device *device)
{
	for (size_t n = 0; n < device->num_irqs; n++)
		if (irq_is_assignable(check, &device->irqs[n]) &&
		    jhcfg_config_has_irq(cell->config, irq_chip_address(check),
					 device->irqs[n].number))
			return true;
	return false;
}

size_t device_page_mate(const struct check *check,
			const struct check_cell *cell, size_t index)
{
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(check->board, index);
	const struct jhcfg_range page = {
		device->windows[0].start & ~CHECK_PAGE_MASK,
		CHECK_PAGE,
	};
	size_t position = 0, other;

	if (has_its_irq(check, cell, device))
		return JHCFG_NO_INDEX;
	while ((other = jhcfg_board_device_at(check->board, page, &position)) !=
	       JHCFG_NO_INDEX)
		if (other != index &&
		    has_its_irq(check, cell,
				jhcfg_board_device(check->board, other)))
			return other;
	return JHCFG_NO_INDEX;
}

const struct check_cell *device_driven_by(struct check *check,
					  const struct jhcfg_hw_device *device)
{
	const struct check_region *owner = device_owner(check, device);

	if (!owner || (owner->cell->is_root && !device_is_enabled(device)))
		return NULL;
	return owner->cell->is_root ? owner->cell
				    : device_assigned_to(check, device);
}
