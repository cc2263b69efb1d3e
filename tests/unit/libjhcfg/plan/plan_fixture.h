/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tests of the planner share: a system for the board of plan_board.h,
 * which each test has anew, and how its plans are looked at. */
#ifndef PLAN_FIXTURE_H
#define PLAN_FIXTURE_H

#include <stdbool.h>

#include <jhcfg/plan.h>

extern struct jhcfg_workspace *workspace;
extern struct jhcfg_diags *diags;

int set_up_with(const char *command_line);
int set_up(void **state);
int tear_down(void **state);

/* A cell with nothing but its name; its key. */
uint32_t add_cell(const char *name);
const struct jhcfg_cell *cell(uint32_t key);
/* The index of a device that is there. */
size_t device(const char *name);

/* An operation or note whose text has this part; NULL: there is none. */
const struct jhcfg_plan_op *find(const struct jhcfg_plan *plan,
				 enum jhcfg_plan_kind kind, const char *part);
/* The same; it is there. */
const struct jhcfg_plan_op *need(const struct jhcfg_plan *plan,
				 enum jhcfg_plan_kind kind, const char *part);

bool has_irq(uint32_t key, uint32_t number);
/* The region of the cell that the address is in; NULL: none. */
const struct jhcfg_memory *region_at(uint32_t key, uint64_t phys);
/* Applies the plan, and frees it. */
void apply(struct jhcfg_plan *plan);
/* Has the device assigned to the cell. */
void give(uint32_t key, const char *name);
/* Whether a finding has this part; if not, all are printed. */
bool said(const char *part);

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
