// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include <jailhouse/cell-config.h>

#include "model/board.h"
#include "plan_board.h"
#include "small.h"

struct jhcfg_workspace *workspace;
struct jhcfg_diags *diags;

int set_up_with(const char *command_line)
{
	struct board_shape shape = { 2, 2, command_line };

	workspace = plan_workspace_make(plan_board_make(&shape));
	diags = jhcfg_diags_new();
	return workspace && diags ? 0 : -1;
}

int set_up(void **state)
{
	(void)state;
	return set_up_with(NULL);
}

int tear_down(void **state)
{
	(void)state;
	jhcfg_workspace_free(workspace);
	jhcfg_diags_free(diags);
	return 0;
}

uint32_t add_cell(const char *name)
{
	return small_add_cell(workspace, name);
}

const struct jhcfg_cell *cell(uint32_t key)
{
	return jhcfg_config_cell(jhcfg_workspace_cell(workspace, key));
}

size_t device(const char *name)
{
	size_t index =
		jhcfg_board_find_device(jhcfg_workspace_board(workspace), name);

	assert_true(index != JHCFG_NO_INDEX);
	return index;
}

const struct jhcfg_plan_op *find(const struct jhcfg_plan *plan,
				 enum jhcfg_plan_kind kind, const char *part)
{
	const struct jhcfg_plan_op *op;

	for (size_t n = 0; (op = jhcfg_plan_op(plan, n)); n++)
		if (op->kind == kind && strstr(op->what, part))
			return op;
	return NULL;
}

const struct jhcfg_plan_op *need(const struct jhcfg_plan *plan,
				 enum jhcfg_plan_kind kind, const char *part)
{
	const struct jhcfg_plan_op *op = find(plan, kind, part);

	if (!op) {
		fail_msg("no operation \"%s\"", part);
		abort();
	}
	return op;
}

bool has_irq(uint32_t key, uint32_t number)
{
	return jhcfg_config_has_irq(jhcfg_workspace_cell(workspace, key),
				    BOARD_GICD, number);
}

const struct jhcfg_memory *region_at(uint32_t key, uint64_t phys)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell(key), n)); n++)
		if (!(memory->flags & JAILHOUSE_MEM_COMM_REGION) &&
		    phys - memory->phys_start < memory->size)
			return memory;
	return NULL;
}

void apply(struct jhcfg_plan *plan)
{
	assert_int_equal(jhcfg_plan_apply(workspace, plan), 0);
	jhcfg_plan_free(plan);
}

void give(uint32_t key, const char *name)
{
	struct jhcfg_plan *plan;

	assert_int_equal(jhcfg_plan_assign_device(workspace, key, device(name),
						  diags, &plan),
			 0);
	apply(plan);
}

bool said(const char *part)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		if (strstr(diag->text, part))
			return true;
	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		print_message("said: %s\n", diag->text);
	return false;
}
