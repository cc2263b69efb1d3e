// SPDX-License-Identifier: GPL-2.0-or-later
/* PCI functions and interrupt lines: facts, and who has them. */
#include "inspector/fields.h"
#include "model/irq.h"
#include "model/names.h"
#include "model/number.h"
#include "model/owner.h"
#include "model/pci.h"
#include "model/pci_details.h"
#include "model/shown.h"
#include "model/text.h"

/* --- PCI ---------------------------------------------------------------------- */

static char *pci_class(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_pci_function *function = jhw_pci_function(workspace, ref->id);

	return g_strdup(function ? jhw_pci_class_name(function->class_code) : "");
}

static char *pci_id(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_pci_function *function = jhw_pci_function(workspace, ref->id);

	return function ? g_strdup_printf("%04x:%04x", function->vendor, function->device)
			: g_strdup("");
}

static char *pci_driver(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_pci_function *function = jhw_pci_function(workspace, ref->id);

	return g_strdup(function ? function->driver : "");
}

static char *pci_group(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_pci_function *function = jhw_pci_function(workspace, ref->id);

	return function && function->iommu_group >= 0 ? g_strdup_printf("%d", function->iommu_group)
						      : g_strdup("");
}

static char *pci_bars(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	g_autoptr(GPtrArray) bars = jhw_pci_bars(workspace, ref->id);
	GString *text = g_string_new(NULL);

	for (guint n = 0; n < bars->len; n++) {
		const JhwPciBar *bar = bars->pdata[n];

		g_string_append_printf(text, "%s%s", n ? "\n" : "", bar->place);
	}
	return g_string_free(text, FALSE);
}

static char *pci_messages(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return jhw_pci_message_lines(workspace, ref->id);
}

static char *pci_source(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_pci_function *function = jhw_pci_function(workspace, ref->id);

	return g_strdup(function ? function->source : "");
}

static const JhwField pci_facts[] = {
	JHW_FACT(N_("Function"), "board.pci_functions.bdf", jhw_fact_name),
	JHW_OWNER("cell.pci_devices"),
	JHW_FACT(N_("Class"), "board.pci_functions.class", pci_class),
	JHW_FACT(N_("Vendor:device"), "board.pci_functions.vendor", pci_id),
	JHW_FACT(N_("Driver"), "board.pci_functions.driver", pci_driver),
	JHW_FACT(N_("IOMMU group"), "board.pci_functions.iommu_group", pci_group),
	JHW_FACT(N_("Registers"), "board.pci_functions.bars", pci_bars),
	JHW_FACT(N_("Interrupts"), "board.pci_functions.interrupt_pin", pci_messages),
	JHW_PROSE(N_("From"), "board.pci_functions.source", pci_source),
};
const JhwFieldGroup jhw_pci_groups[] = { { N_("PCI function"), pci_facts,
					   G_N_ELEMENTS(pci_facts) } };
const guint jhw_num_pci_groups = G_N_ELEMENTS(jhw_pci_groups);

/* --- interrupts --------------------------------------------------------------- */

static char *irq_line(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return jhw_irq_name(workspace, (uint32_t)ref->id);
}

static char *irq_number(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return jhw_irq_first(workspace) ? jhw_shown_irq(ref->id) : g_strdup("");
}

static char *irq_devices(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	enum jhcfg_hw_trigger trigger;
	g_autofree char *names = jhw_irq_devices(workspace, (uint32_t)ref->id, &trigger);

	return *names ? g_steal_pointer(&names) : g_strdup(_("none that is known"));
}

static char *irq_trigger(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	enum jhcfg_hw_trigger trigger;
	g_autofree char *names = jhw_irq_devices(workspace, (uint32_t)ref->id, &trigger);

	return g_strdup(jhw_irq_trigger_name(trigger));
}

static const JhwField irq_facts[] = {
	JHW_FACT(N_("Line"), "cell.irqchips.interrupts", irq_line),
	JHW_FACT("INTID", "board.devices.interrupts.number", irq_number),
	JHW_FACT(N_("Device"), "board.devices.interrupts", irq_devices),
	JHW_FACT(N_("Trigger"), "board.devices.interrupts.trigger", irq_trigger),
	JHW_OWNER("cell.irqchips.interrupts"),
};
const JhwFieldGroup jhw_irq_groups[] = { { N_("Interrupt"), irq_facts, G_N_ELEMENTS(irq_facts) } };
const guint jhw_num_irq_groups = G_N_ELEMENTS(jhw_irq_groups);
