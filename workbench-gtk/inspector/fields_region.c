// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stddef.h>

#include <jailhouse/cell-config.h>

#include "inspector/fields.h"
#include "model/names.h"
#include "model/owner.h"
#include "model/text.h"

static const struct jhcfg_memory *region(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, ref->cell);

	return cell ? jhcfg_cell_memory(cell, ref->id) : NULL;
}

static int replace(struct jhcfg_workspace *workspace, const JhwRef *ref, size_t member,
		   uint64_t number, struct jhcfg_diags *diags)
{
	const struct jhcfg_memory *memory = region(workspace, ref);
	struct jhcfg_config *config;
	struct jhcfg_memory copy;

	if (!memory)
		return -ENOENT;
	copy = *memory;
	*(uint64_t *)(gpointer)((char *)&copy + member) = number;
	if (!copy.size || copy.phys_start + copy.size - 1 < copy.phys_start ||
	    copy.virt_start + copy.size - 1 < copy.virt_start) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "", _("memory region"), "",
				_("addresses end at 2^64"),
				_("it would end beyond the last address, or be empty"));
		return -ERANGE;
	}
	config = jhcfg_workspace_edit_cell(workspace, ref->cell);
	return config ? jhcfg_config_replace_memory(config, ref->id, &copy) : -ENOMEM;
}

/* One pair of functions for each number of a region. */
#define REGION_NUMBER(name)                                                                        \
	static gboolean get_##name(const struct jhcfg_workspace *workspace, const JhwRef *ref,     \
				   uint64_t *number)                                               \
	{                                                                                          \
		const struct jhcfg_memory *memory = region(workspace, ref);                        \
                                                                                                   \
		if (memory)                                                                        \
			*number = memory->name;                                                    \
		return memory != NULL;                                                             \
	}                                                                                          \
                                                                                                   \
	static int set_##name(struct jhcfg_workspace *workspace, const JhwRef *ref,                \
			      uint64_t number, struct jhcfg_diags *diags)                          \
	{                                                                                          \
		return replace(workspace, ref, offsetof(struct jhcfg_memory, name), number,        \
			       diags);                                                             \
	}

REGION_NUMBER(phys_start)
REGION_NUMBER(virt_start)
REGION_NUMBER(size)
REGION_NUMBER(flags)

static char *get_name(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return jhw_region_name(workspace, ref->cell, ref->id);
}

static int set_name(struct jhcfg_workspace *workspace, const JhwRef *ref, const char *text,
		    G_GNUC_UNUSED struct jhcfg_diags *diags)
{
	struct jhcfg_config *config = jhcfg_workspace_edit_cell(workspace, ref->cell);

	return config ? jhcfg_config_set_memory_note(config, ref->id, "name", *text ? text : NULL)
		      : -ENOMEM;
}

static char *get_source(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_config *config = jhcfg_workspace_cell(workspace, ref->cell);
	char text[256];

	if (config && jhcfg_config_memory_note(config, ref->id, "source", text, sizeof(text)))
		return g_strdup(text);
	return g_strdup("");
}

static const JhwField place[] = {
	{ .kind = JHW_FIELD_TEXT,
	  .label = N_("Name"),
	  .schema = "cell.memory.name",
	  .get_text = get_name,
	  .set_text = set_name },
	{ .kind = JHW_FIELD_FACT,
	  .label = N_("Cell"),
	  .schema = "cell.name",
	  .get_text = jhw_fact_owner },
	{ .kind = JHW_FIELD_ADDRESS,
	  .label = N_("Physical"),
	  .schema = "cell.memory.phys",
	  .get = get_phys_start,
	  .set = set_phys_start },
	{ .kind = JHW_FIELD_ADDRESS,
	  .label = N_("Guest"),
	  .schema = "cell.memory.virt",
	  .get = get_virt_start,
	  .set = set_virt_start },
	{ .kind = JHW_FIELD_SIZE,
	  .label = N_("Size"),
	  .schema = "cell.memory.size",
	  .get = get_size,
	  .set = set_size },
	JHW_PROSE(N_("Source"), "cell.memory.source", get_source),
};

#define FLAG(name, flag)                                                                           \
	{                                                                                          \
		.kind = JHW_FIELD_FLAG, .label = name, .schema = "cell.memory.flags." #flag,       \
		.mask = JAILHOUSE_MEM_##flag, .get = get_flags, .set = set_flags                   \
	}

static const JhwField flags[] = {
	FLAG(N_("Read"), READ),
	FLAG(N_("Write"), WRITE),
	FLAG(N_("Execute"), EXECUTE),
	FLAG("DMA", DMA),
	FLAG(N_("Registers"), IO),
	FLAG(N_("Loadable"), LOADABLE),
	FLAG(N_("Shared with root"), ROOTSHARED),
	FLAG(N_("Communication"), COMM_REGION),
	FLAG(N_("No huge pages"), NO_HUGEPAGES),
};

static const JhwField widths[] = {
	FLAG(N_("8 bits"), IO_8),   FLAG(N_("16 bits"), IO_16),		 FLAG(N_("32 bits"), IO_32),
	FLAG(N_("64 bits"), IO_64), FLAG(N_("Unaligned"), IO_UNALIGNED),
};

const JhwFieldGroup jhw_region_groups[] = {
	{ N_("Memory region"), place, G_N_ELEMENTS(place) },
	{ N_("Access"), flags, G_N_ELEMENTS(flags) },
	{ N_("Parts of a page"), widths, G_N_ELEMENTS(widths) },
};
const guint jhw_num_region_groups = G_N_ELEMENTS(jhw_region_groups);
