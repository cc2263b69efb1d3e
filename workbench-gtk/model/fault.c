// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/fault.h"

#include "model/owner.h"

#define BETWEEN " \302\267 "

static void add(GString *text, const char *part)
{
	if (part && *part)
		g_string_append_printf(text, "%s%s", text->len ? BETWEEN : "", part);
}

static GPtrArray *configs_of(const struct jhcfg_workspace *workspace)
{
	GPtrArray *configs = g_ptr_array_new();
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		g_ptr_array_add(configs, (gpointer)(uintptr_t)jhcfg_workspace_cell(workspace, key));
	return configs;
}

/* Names come from device trees: nothing in them ends a line or is not to be seen. */
static char *one_line(const char *string)
{
	g_autofree char *valid = g_utf8_make_valid(string, -1);
	GString *text = g_string_new(NULL);

	for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		g_string_append_unichar(text, g_unichar_isgraph(c) ? c : ' ');
	}
	return g_string_free(text, FALSE);
}

char *jhw_fault_meaning(const struct jhcfg_workspace *workspace, const struct jhcfg_fault *fault)
{
	g_autoptr(GPtrArray) configs = configs_of(workspace);
	const struct jhcfg_fault_context context = {
		.configs = (const struct jhcfg_config *const *)configs->pdata,
		.num_configs = configs->len,
		.board = jhcfg_workspace_board(workspace),
	};
	struct jhcfg_fault_meaning *meaning;
	g_autoptr(GString) text = g_string_new(NULL);

	if (jhcfg_fault_explain(fault, &context, &meaning))
		return NULL;
	add(text, meaning->device);
	add(text, meaning->owner);
	if (!text->len)
		add(text, meaning->why);
	add(text, meaning->function);
	add(text, meaning->rule);
	jhcfg_fault_meaning_free(meaning);
	return text->len ? one_line(text->str) : NULL;
}

gboolean jhw_fault_has_address(const struct jhcfg_fault *fault)
{
	return (fault->kind == JHCFG_FAULT_MEMORY || fault->kind == JHCFG_FAULT_REGISTERS) &&
	       (fault->has & JHCFG_FAULT_ADDRESS);
}

static gboolean is_in(const struct jhcfg_memory *region, uint64_t address)
{
	return address >= region->phys_start && address - region->phys_start < region->size;
}

/* The smallest region of the cell that has it; JHW_REF_NONE: none has. */
static JhwRef region_at(const struct jhcfg_workspace *workspace, uint32_t key, uint64_t address)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, key);
	JhwRef found = { .kind = JHW_REF_NONE };
	uint64_t smallest = UINT64_MAX;

	for (size_t n = 0; n < jhcfg_cell_num_memory(cell); n++) {
		const struct jhcfg_memory *region = jhcfg_cell_memory(cell, n);

		if (!is_in(region, address) || region->size >= smallest)
			continue;
		smallest = region->size;
		found = (JhwRef){ .kind = JHW_REF_REGION, .cell = key, .id = n };
	}
	return found;
}

JhwRef jhw_address_ref(const struct jhcfg_workspace *workspace, uint64_t address)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	JhwRef root = { .kind = JHW_REF_NONE };
	size_t position = 0, device;
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		JhwRef found = region_at(workspace, key, address);

		if (found.kind == JHW_REF_NONE)
			continue;
		if (jhw_cell_index(workspace, key))
			return found;
		root = found;
	}
	if (root.kind != JHW_REF_NONE || !board)
		return root;
	device = jhcfg_board_device_at(board, (struct jhcfg_range){ address, 1 }, &position);
	return device == JHCFG_NO_INDEX ? root : jhw_ref_of(JHW_REF_DEVICE, device);
}
