// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/irq.h"

#include <errno.h>

#include "model/owner.h"
#include "model/shown.h"
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

/* Whether its id says which one it is. */
static gboolean has_own_id(const struct jhcfg_board *board, const struct jhcfg_hw_irqchip *ioapic)
{
	const struct jhcfg_hw_irqchip *chip;

	for (size_t n = 0; (chip = jhcfg_board_irqchip(board, n)); n++)
		if (chip->kind == JHCFG_HW_IOAPIC && chip != ioapic && chip->id == ioapic->id)
			return FALSE;
	return TRUE;
}

static char *ioapic_pin(const struct jhcfg_board *board, const struct jhcfg_hw_irqchip *chip,
			uint32_t number)
{
	g_autofree char *pin = jhw_shown_irq(number - chip->gsi_base);
	g_autofree char *place = NULL;

	if (has_own_id(board, chip))
		return g_strdup_printf(_("pin %s of I/O APIC %u"), pin, chip->id);
	place = jhw_shown_address(chip->gicd.start);
	return g_strdup_printf(_("pin %s of the I/O APIC at %s"), pin, place);
}

char *jhw_irq_name(const struct jhcfg_workspace *workspace, uint32_t number)
{
	uint32_t first = jhw_irq_first(workspace);
	const struct jhcfg_hw_irqchip *chip;
	g_autofree char *text = NULL;

	if (first) {
		text = jhw_shown_irq(number - (number < first ? 16 : first));
		return g_strdup_printf(number < first ? "PPI %s" : "SPI %s", text);
	}
	chip = find_ioapic(jhcfg_workspace_board(workspace), number);
	if (chip)
		return ioapic_pin(jhcfg_workspace_board(workspace), chip, number);
	text = jhw_shown_irq(number);
	return g_strdup_printf(_("line %s"), text);
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
			if (!device->irqs[n].nested && device->irqs[n].number == number)
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

gboolean jhw_irq_has(const struct jhcfg_workspace *workspace, uint32_t key, uint32_t number)
{
	return jhcfg_workspace_has_irq(workspace, key, number);
}

int jhw_irq_give(struct jhcfg_workspace *workspace, uint32_t number, uint32_t cell)
{
	uint32_t key;
	int err = 0;

	for (size_t n = 1; !err && (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		if (key != cell && jhw_irq_has(workspace, key, number))
			err = jhcfg_workspace_remove_irq(workspace, key, number);
	return err ? err : jhcfg_workspace_add_irq(workspace, cell, number);
}
