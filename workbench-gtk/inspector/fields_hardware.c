// SPDX-License-Identifier: GPL-2.0-or-later
/* Hardware: facts, as the board has them. */
#include <inttypes.h>

#include "inspector/fields.h"
#include "model/link.h"
#include "model/names.h"
#include "model/number.h"
#include "model/owner.h"
#include "model/text.h"

static const struct jhcfg_hw_device *device_of(const struct jhcfg_workspace *workspace,
					       const JhwRef *ref)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);

	return board ? jhcfg_board_device(board, ref->id) : NULL;
}

static char *range_text(struct jhcfg_range range)
{
	g_autofree char *size = jhw_number_size_text(range.size);

	return g_strdup_printf("0x%" PRIx64 " + %s", range.start, size);
}

/* --- devices ----------------------------------------------------------------- */

static char *device_name(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return jhw_ref_name(workspace, ref);
}

static char *device_type(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_device *device = device_of(workspace, ref);

	return g_strdup(device && device->num_compatible ? device->compatible[0] : "");
}

static char *device_status(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_device *device = device_of(workspace, ref);

	return g_strdup(device && !g_str_equal(device->status, "okay") ? device->status : "");
}

static char *device_windows(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_device *device = device_of(workspace, ref);
	GString *text = g_string_new(NULL);

	for (size_t n = 0; device && n < device->num_windows; n++) {
		g_autofree char *range = range_text(device->windows[n]);

		g_string_append_printf(text, "%s%s", n ? "\n" : "", range);
	}
	return g_string_free(text, FALSE);
}

static const char *trigger_text(enum jhcfg_hw_trigger trigger)
{
	static const char *const texts[] = {
		[JHCFG_TRIGGER_UNKNOWN] = "",
		[JHCFG_TRIGGER_EDGE] = N_(", edge"),
		[JHCFG_TRIGGER_LEVEL] = N_(", level"),
	};

	return jhw_said(texts[trigger]);
}

static char *device_irqs(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_device *device = device_of(workspace, ref);
	GString *text = g_string_new(NULL);

	for (size_t n = 0; device && n < device->num_irqs; n++) {
		const struct jhcfg_hw_irq *irq = &device->irqs[n];

		g_string_append_printf(text, "%s%s%" PRIu32 "%s", n ? "\n" : "",
				       irq->nested    ? "pin "
				       : irq->per_cpu ? "PPI, INTID "
						      : "INTID ",
				       irq->number, trigger_text(irq->trigger));
	}
	return g_string_free(text, FALSE);
}

static char *references(const struct jhcfg_workspace *workspace, const JhwRef *ref,
			enum jhcfg_hw_ref_kind kind)
{
	const struct jhcfg_hw_device *device = device_of(workspace, ref);
	GString *text = g_string_new(NULL);

	for (size_t n = 0; device && n < device->num_refs; n++) {
		const struct jhcfg_hw_ref *to = &device->refs[n];
		const struct jhcfg_hw_device *provider =
			jhcfg_board_device(jhcfg_workspace_board(workspace), to->device);

		if (to->kind != kind)
			continue;
		g_string_append_printf(text, "%s%s%s%s", text->len ? "\n" : "",
				       *to->name ? to->name : "", *to->name ? ", " : "",
				       provider ? provider->name : "?");
	}
	return g_string_free(text, FALSE);
}

#define REFERENCES(name, kind)                                                                     \
	static char *device_##name(const struct jhcfg_workspace *workspace, const JhwRef *ref)     \
	{                                                                                          \
		return references(workspace, ref, kind);                                           \
	}

REFERENCES(clocks, JHCFG_REF_CLOCK)
REFERENCES(power, JHCFG_REF_POWER)
REFERENCES(resets, JHCFG_REF_RESET)
REFERENCES(pins, JHCFG_REF_PINCTRL)
REFERENCES(dma, JHCFG_REF_DMA)

static char *device_source(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_device *device = device_of(workspace, ref);

	return g_strdup(device ? device->source : "");
}

#define FACT(name, function)                                                                       \
	{                                                                                          \
		.kind = JHW_FIELD_FACT, .label = name, .get_text = function                        \
	}

static const JhwField device_facts[] = {
	FACT(N_("Device"), device_name),       FACT(N_("Type"), device_type),
	FACT(N_("Status"), device_status),     FACT(N_("Owner"), jhw_fact_owner),
	FACT(N_("Registers"), device_windows), FACT(N_("Interrupt"), device_irqs),
};
static const JhwField device_needs[] = {
	FACT(N_("Clock"), device_clocks), FACT(N_("Power"), device_power),
	FACT(N_("Reset"), device_resets), FACT(N_("Pins"), device_pins),
	FACT("DMA", device_dma),
};
static const JhwField device_origin[] = { FACT(N_("From"), device_source) };

const JhwFieldGroup jhw_device_groups[] = {
	{ N_("Device"), device_facts, G_N_ELEMENTS(device_facts) },
	{ N_("Depends on"), device_needs, G_N_ELEMENTS(device_needs) },
	{ N_("Source"), device_origin, G_N_ELEMENTS(device_origin) },
};
const guint jhw_num_device_groups = G_N_ELEMENTS(jhw_device_groups);

/* --- CPUs -------------------------------------------------------------------- */

static const struct jhcfg_hw_cpu *cpu_of(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	const struct jhcfg_hw_cpu *cpu = NULL;

	for (size_t n = 0; board && (cpu = jhcfg_board_cpu(board, n)); n++)
		if (cpu->id == ref->id)
			break;
	return cpu;
}

static char *cpu_type(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_cpu *cpu = cpu_of(workspace, ref);

	return g_strdup(cpu ? cpu->compatible : "");
}

static char *cpu_affinity(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_cpu *cpu = cpu_of(workspace, ref);

	return cpu ? jhw_number_hex_text(cpu->phys_id) : g_strdup("");
}

static char *cpu_place(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_cpu *cpu = cpu_of(workspace, ref);

	return cpu ? g_strdup_printf(_("cluster %u, core %u, thread %u"), cpu->cluster, cpu->core,
				     cpu->thread)
		   : g_strdup("");
}

static const JhwField cpu_facts[] = {
	FACT("CPU", device_name),     FACT(N_("Owner"), jhw_fact_owner),
	FACT(N_("Type"), cpu_type),   FACT(N_("Affinity"), cpu_affinity),
	FACT(N_("Place"), cpu_place),
};
const JhwFieldGroup jhw_cpu_groups[] = { { "CPU", cpu_facts, G_N_ELEMENTS(cpu_facts) } };
const guint jhw_num_cpu_groups = G_N_ELEMENTS(jhw_cpu_groups);

/* --- memory of the board ------------------------------------------------------ */

static const struct jhcfg_hw_memory *ram_of(const struct jhcfg_workspace *workspace,
					    const JhwRef *ref)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);

	return board ? jhcfg_board_memory(board, ref->id) : NULL;
}

static char *ram_range(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_memory *memory = ram_of(workspace, ref);

	return memory ? range_text(memory->range) : g_strdup("");
}

static char *ram_kind(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	static const char *const kinds[] = {
		[JHCFG_HW_RAM] = "RAM",
		[JHCFG_HW_RESERVED] = N_("reserved"),
		[JHCFG_HW_FIRMWARE] = N_("firmware"),
		[JHCFG_HW_SHARED] = N_("shared with a device"),
	};
	const struct jhcfg_hw_memory *memory = ram_of(workspace, ref);

	return g_strdup(memory ? jhw_said(kinds[memory->kind]) : "");
}

static char *ram_source(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_memory *memory = ram_of(workspace, ref);

	return g_strdup(memory ? memory->source : "");
}

static const JhwField ram_facts[] = {
	FACT(N_("Memory"), device_name),
	FACT(N_("Kind"), ram_kind),
	FACT(N_("Range"), ram_range),
	FACT(N_("From"), ram_source),
};
const JhwFieldGroup jhw_ram_groups[] = { { N_("Memory"), ram_facts, G_N_ELEMENTS(ram_facts) } };
const guint jhw_num_ram_groups = G_N_ELEMENTS(jhw_ram_groups);

/* --- PCI --------------------------------------------------------------------- */

static const struct jhcfg_hw_pci_function *function_of(const struct jhcfg_workspace *workspace,
						       const JhwRef *ref)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	const struct jhcfg_hw_pci_function *function = NULL;

	for (size_t n = 0; board && (function = jhcfg_board_pci_function(board, n)); n++)
		if (((uint64_t)function->domain << 16 | function->bdf) == ref->id)
			break;
	return function;
}

static char *pci_id(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_pci_function *function = function_of(workspace, ref);

	return function ? g_strdup_printf("%04x:%04x", function->vendor, function->device)
			: g_strdup("");
}

static char *pci_driver(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_pci_function *function = function_of(workspace, ref);

	return g_strdup(function ? function->driver : "");
}

static const JhwField pci_facts[] = {
	FACT(N_("Function"), device_name),
	FACT(N_("Owner"), jhw_fact_owner),
	FACT(N_("Vendor:device"), pci_id),
	FACT(N_("Driver"), pci_driver),
};
const JhwFieldGroup jhw_pci_groups[] = { { N_("PCI function"), pci_facts,
					   G_N_ELEMENTS(pci_facts) } };
const guint jhw_num_pci_groups = G_N_ELEMENTS(jhw_pci_groups);

/* --- links ------------------------------------------------------------------- */

static char *link_peers(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return jhw_ref_detail(workspace, ref);
}

static char *link_base(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_link *link = jhw_link(workspace, ref->id);

	return link ? jhw_number_hex_text(link->base) : g_strdup("");
}

static char *link_output(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_link *link = jhw_link(workspace, ref->id);

	return link ? jhw_number_size_text(link->output_size) : g_strdup("");
}

static const JhwField link_facts[] = {
	FACT(N_("Link"), device_name),
	FACT(N_("Peers"), link_peers),
	FACT(N_("Base"), link_base),
	FACT(N_("Output of each"), link_output),
};
const JhwFieldGroup jhw_link_groups[] = { { N_("Link"), link_facts, G_N_ELEMENTS(link_facts) } };
const guint jhw_num_link_groups = G_N_ELEMENTS(jhw_link_groups);
