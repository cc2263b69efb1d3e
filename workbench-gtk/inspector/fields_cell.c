// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <jailhouse/cell-config.h>

#include "inspector/fields.h"
#include "inspector/fields_images.h"
#include "model/number.h"
#include "model/owner.h"
#include "model/text.h"

static struct jhcfg_config *edit(struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return jhcfg_workspace_edit_cell(workspace, ref->cell);
}

static char *get_name(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return g_strdup(jhcfg_cell_name(jhw_cell(workspace, ref->cell)));
}

static int set_name(struct jhcfg_workspace *workspace, const JhwRef *ref, const char *text,
		    G_GNUC_UNUSED struct jhcfg_diags *diags)
{
	struct jhcfg_config *config = edit(workspace, ref);

	return config ? jhcfg_config_set_name(config, text) : -ENOMEM;
}

static char *get_cpus(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, ref->cell);
	guint left = jhcfg_cell_num_cpus(cell);
	GString *text = g_string_new(NULL);

	for (unsigned int cpu = 0; left && cpu < JHCFG_MAX_CPUS; cpu++) {
		if (!jhcfg_cell_has_cpu(cell, cpu))
			continue;
		left--;
		g_string_append_printf(text, "%s%u", text->len ? ", " : "", cpu);
	}
	return g_string_free(text, FALSE);
}

static char *get_ram(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return jhw_number_human(jhw_cell_ram(jhw_cell(workspace, ref->cell)));
}

static char *get_irqs(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return g_strdup_printf("%u", jhw_cell_num_irqs(jhw_cell(workspace, ref->cell)));
}

static char *get_file(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return g_strdup(jhcfg_workspace_cell_file(workspace, ref->cell));
}

static gboolean get_reset(const struct jhcfg_workspace *workspace, const JhwRef *ref,
			  uint64_t *number)
{
	*number = jhcfg_cell_reset_address(jhw_cell(workspace, ref->cell));
	return ref->cell != JHCFG_ROOT_KEY;
}

static int set_reset(struct jhcfg_workspace *workspace, const JhwRef *ref, uint64_t number,
		     G_GNUC_UNUSED struct jhcfg_diags *diags)
{
	struct jhcfg_config *config = edit(workspace, ref);

	if (!config)
		return -ENOMEM;
	jhcfg_config_set_reset_address(config, number);
	return 0;
}

static gboolean get_flags(const struct jhcfg_workspace *workspace, const JhwRef *ref,
			  uint64_t *number)
{
	*number = jhcfg_cell_flags(jhw_cell(workspace, ref->cell));
	return ref->cell != JHCFG_ROOT_KEY;
}

static int set_flags(struct jhcfg_workspace *workspace, const JhwRef *ref, uint64_t number,
		     G_GNUC_UNUSED struct jhcfg_diags *diags)
{
	struct jhcfg_config *config = edit(workspace, ref);

	if (!config)
		return -ENOMEM;
	jhcfg_config_set_cell_flags(config, (uint32_t)number);
	return 0;
}

static gboolean get_vpci(const struct jhcfg_workspace *workspace, const JhwRef *ref,
			 uint64_t *number)
{
	*number = jhcfg_cell_vpci_irq_base(jhw_cell(workspace, ref->cell));
	return TRUE;
}

static int set_vpci(struct jhcfg_workspace *workspace, const JhwRef *ref, uint64_t number,
		    G_GNUC_UNUSED struct jhcfg_diags *diags)
{
	struct jhcfg_config *config = edit(workspace, ref);

	if (!config)
		return -ENOMEM;
	if (number > UINT32_MAX)
		return -ERANGE;
	jhcfg_config_set_vpci_irq_base(config, (uint32_t)number);
	return 0;
}

static const JhwField general[] = {
	{ .kind = JHW_FIELD_TEXT,
	  .label = N_("Name"),
	  .schema = "cell.name",
	  .get_text = get_name,
	  .set_text = set_name },
	{ .kind = JHW_FIELD_FACT, .label = "CPUs", .schema = "cell.cpus", .get_text = get_cpus },
	{ .kind = JHW_FIELD_FACT,
	  .label = N_("Memory"),
	  .schema = "cell.memory",
	  .get_text = get_ram },
	{ .kind = JHW_FIELD_FACT,
	  .label = N_("Interrupts"),
	  .schema = "cell.irqchips",
	  .get_text = get_irqs },
	{ .kind = JHW_FIELD_FACT,
	  .label = N_("File"),
	  .schema = "system.cells",
	  .get_text = get_file },
};

static const JhwField start[] = {
	{ .kind = JHW_FIELD_TEXT,
	  .label = N_("Program"),
	  .schema = "cell.images.kind.inmate",
	  .get = get_reset, /* the root has none */
	  .get_text = jhw_program_get,
	  .set_text = jhw_program_set },
	{ .kind = JHW_FIELD_TEXT,
	  .label = N_("Kernel"),
	  .schema = "cell.images.kind.kernel",
	  .get = jhw_kernel_there,
	  .get_text = jhw_kernel_get,
	  .set_text = jhw_kernel_set },
	{ .kind = JHW_FIELD_TEXT,
	  .label = N_("Initrd"),
	  .schema = "cell.images.kind.initrd",
	  .get = jhw_initrd_there,
	  .get_text = jhw_initrd_get,
	  .set_text = jhw_initrd_set },
	{ .kind = JHW_FIELD_TEXT,
	  .label = N_("Command line"),
	  .schema = "cell.images.command_line",
	  .get = jhw_command_line_there,
	  .get_text = jhw_command_line_get,
	  .set_text = jhw_command_line_set },
	{ .kind = JHW_FIELD_ADDRESS,
	  .label = N_("Reset address"),
	  .schema = "cell.reset_address",
	  .get = get_reset,
	  .set = set_reset },
	{ .kind = JHW_FIELD_IRQ,
	  .label = N_("Virtual PCI interrupts"),
	  .schema = "cell.vpci_irq_base",
	  .get = get_vpci,
	  .set = set_vpci },
};

static const JhwField flags[] = {
	{ .kind = JHW_FIELD_FLAG,
	  .label = N_("Passive communication"),
	  .schema = "cell.flags.PASSIVE_COMMREG",
	  .mask = JAILHOUSE_CELL_PASSIVE_COMMREG,
	  .get = get_flags,
	  .set = set_flags },
	{ .kind = JHW_FIELD_FLAG,
	  .label = N_("May write to the console"),
	  .schema = "cell.flags.VIRTUAL_CONSOLE_PERMITTED",
	  .mask = JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED,
	  .get = get_flags,
	  .set = set_flags },
	{ .kind = JHW_FIELD_FLAG,
	  .label = N_("Writes there first"),
	  .schema = "cell.flags.VIRTUAL_CONSOLE_ACTIVE",
	  .mask = JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE,
	  .get = get_flags,
	  .set = set_flags },
	{ .kind = JHW_FIELD_FLAG,
	  .label = N_("32-bit guest"),
	  .schema = "cell.flags.AARCH32",
	  .mask = JAILHOUSE_CELL_AARCH32,
	  .get = get_flags,
	  .set = set_flags },
};

const JhwFieldGroup jhw_cell_groups[] = {
	{ N_("Cell"), general, G_N_ELEMENTS(general) },
	{ N_("Start"), start, G_N_ELEMENTS(start) },
	{ N_("Behaviour"), flags, G_N_ELEMENTS(flags) },
};
const guint jhw_num_cell_groups = G_N_ELEMENTS(jhw_cell_groups);
