// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/irq.h"

#include <errno.h>

#include "model/owner.h"
#include "model/text.h"

#define GIC_FIRST_SPI 32U

uint32_t jhw_irq_first(const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_config *config = jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	const struct jhcfg_system *system = config ? jhcfg_config_system(config) : NULL;

	return system && jhcfg_system_platform(system)->gic_version ? GIC_FIRST_SPI : 0;
}

/* --- names -------------------------------------------------------------------- */

/* The I/O APIC whose interrupt it is; NULL: there is none. */
static const struct jhcfg_hw_irqchip *find_ioapic(const struct jhcfg_board *board, uint32_t number)
{
	const struct jhcfg_hw_irqchip *chip;

	for (size_t n = 0; board && (chip = jhcfg_board_irqchip(board, n)); n++)
		if (chip->kind == JHCFG_HW_IOAPIC && number >= chip->gsi_base &&
		    number - chip->gsi_base < chip->num_pins)
			return chip;
	return NULL;
}

char *jhw_irq_name(const struct jhcfg_workspace *workspace, uint32_t number)
{
	uint32_t first = jhw_irq_first(workspace);
	const struct jhcfg_hw_irqchip *chip;

	if (first)
		return number < first ? g_strdup_printf("PPI %u", number - 16)
				      : g_strdup_printf("SPI %u", number - first);
	chip = find_ioapic(jhcfg_workspace_board(workspace), number);
	return chip ? g_strdup_printf(_("pin %u of I/O APIC %u"), number - chip->gsi_base, chip->id)
		    : g_strdup_printf(_("line %u"), number);
}

char *jhw_irq_devices(const struct jhcfg_workspace *workspace, uint32_t number,
		      enum jhcfg_hw_trigger *trigger)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	GString *names = g_string_new(NULL);
	size_t position = 0, index;

	*trigger = JHCFG_TRIGGER_UNKNOWN;
	while (board &&
	       (index = jhcfg_board_device_of_irq(board, number, &position)) != JHCFG_NO_INDEX) {
		const struct jhcfg_hw_device *device = jhcfg_board_device(board, index);

		g_string_append_printf(names, "%s%s", names->len ? ", " : "", device->name);
		for (size_t n = 0; n < device->num_irqs; n++)
			if (device->irqs[n].number == number)
				*trigger = device->irqs[n].trigger;
	}
	return g_string_free(names, FALSE);
}

const char *jhw_irq_trigger_name(enum jhcfg_hw_trigger trigger)
{
	return trigger == JHCFG_TRIGGER_EDGE	? _("edge")
	       : trigger == JHCFG_TRIGGER_LEVEL ? _("level")
						: "";
}

/* --- giving ------------------------------------------------------------------- */

/* As configurations name it: the controller, and which of its lines; I/O APICs
 * count from 0 each. */
struct place {
	uint64_t chip;
	uint32_t number;
};

static struct place place_of(const struct jhcfg_workspace *workspace, uint32_t number)
{
	const struct jhcfg_hw_irqchip *chip =
		jhw_irq_first(workspace) ? NULL
					 : find_ioapic(jhcfg_workspace_board(workspace), number);

	return chip ? (struct place){ chip->gicd.start, number - chip->gsi_base }
		    : (struct place){ jhw_irqchip_address(workspace), number };
}

gboolean jhw_irq_has(const struct jhcfg_workspace *workspace, uint32_t key, uint32_t number)
{
	const struct jhcfg_config *config = jhcfg_workspace_cell(workspace, key);
	struct place place = place_of(workspace, number);

	return config && jhcfg_config_has_irq(config, place.chip, place.number);
}

int jhw_irq_give(struct jhcfg_workspace *workspace, uint32_t number, uint32_t cell)
{
	struct place place = place_of(workspace, number);
	struct jhcfg_config *config;
	uint32_t key;

	for (size_t n = 1; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		if (key == cell || !jhw_irq_has(workspace, key, number))
			continue;
		config = jhcfg_workspace_edit_cell(workspace, key);
		if (!config)
			return -ENOMEM;
		jhcfg_config_remove_irq(config, place.chip, place.number);
	}
	config = jhcfg_workspace_edit_cell(workspace, cell);
	return config ? jhcfg_config_add_irq(config, place.chip, place.number) : -ENOMEM;
}
