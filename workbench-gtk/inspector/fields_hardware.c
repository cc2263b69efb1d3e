// SPDX-License-Identifier: GPL-2.0-or-later
/* Hardware: facts, as the board has them. */
#include "inspector/fields.h"
#include "model/names.h"
#include "model/number.h"
#include "model/owner.h"
#include "model/shown.h"
#include "model/text.h"

static const struct jhcfg_hw_device *device_of(const struct jhcfg_workspace *workspace,
					       const JhwRef *ref)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);

	return board ? jhcfg_board_device(board, ref->id) : NULL;
}

static char *range_text(struct jhcfg_range range)
{
	g_autofree char *start = jhw_shown_address(range.start);
	g_autofree char *size = jhw_number_size_text(range.size);

	return g_strdup_printf("%s + %s", start, size);
}

/* --- devices ----------------------------------------------------------------- */

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
		g_autofree char *number = jhw_shown_irq(irq->number);

		g_string_append_printf(text, "%s%s%s%s", n ? "\n" : "",
				       irq->nested    ? _("pin ")
				       : irq->per_cpu ? "PPI, INTID "
						      : "INTID ",
				       number, trigger_text(irq->trigger));
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

static const JhwField device_facts[] = {
	JHW_FACT(N_("Device"), "board.devices.name", jhw_fact_name),
	JHW_FACT(N_("Type"), "board.devices.compatible", device_type),
	JHW_FACT(N_("Status"), "board.devices.status", device_status),
	JHW_OWNER("cell.memory"),
	JHW_FACT(N_("Registers"), "board.devices.windows", device_windows),
	JHW_FACT(N_("Interrupt"), "board.devices.interrupts", device_irqs),
};
static const JhwField device_needs[] = {
	JHW_FACT(N_("Clock"), "board.devices.references.kind.clock", device_clocks),
	JHW_FACT(N_("Power"), "board.devices.references.kind.power", device_power),
	JHW_FACT(N_("Reset"), "board.devices.references.kind.reset", device_resets),
	JHW_FACT(N_("Pins"), "board.devices.references.kind.pinctrl", device_pins),
	JHW_FACT("DMA", "board.devices.references.kind.dma", device_dma),
};
static const JhwField device_origin[] = { JHW_PROSE(N_("From"), "board.devices.source",
						    device_source) };

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
	JHW_FACT("CPU", "board.cpus.id", jhw_fact_name),
	JHW_OWNER("cell.cpus"),
	JHW_FACT(N_("Type"), "board.cpus.compatible", cpu_type),
	JHW_FACT(N_("Affinity"), "board.cpus.mpidr", cpu_affinity),
	JHW_FACT(N_("Place"), "board.cpus.core", cpu_place),
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
	JHW_FACT(N_("Memory"), "board.memory.name", jhw_fact_name),
	JHW_FACT(N_("Kind"), "board.memory.kind", ram_kind),
	JHW_FACT(N_("Range"), "board.memory.phys", ram_range),
	JHW_PROSE(N_("From"), "board.memory.source", ram_source),
};
const JhwFieldGroup jhw_ram_groups[] = { { N_("Memory"), ram_facts, G_N_ELEMENTS(ram_facts) } };
const guint jhw_num_ram_groups = G_N_ELEMENTS(jhw_ram_groups);
