// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Planning a whole cell. A request is a list of wishes; each is one step of the
 * plan. If they cannot all be granted, wishes are left out one at a time, to
 * find the fewest that cannot hold together.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "model/workspace.h"
#include "plan/wishes.h"
#include "util/number.h"

#define ARM_COMM_REGION 0x80000000ULL
#define X86_COMM_REGION 0x100000ULL

/* --- the cell itself ---------------------------------------------------------
 */

static int add_cell(struct maker *maker)
{
	struct jhcfg_plan *plan = maker->plan;
	const char *name = maker->request->name;
	struct jhcfg_plan_op op = {
		.kind = JHCFG_PLAN_ADD_CELL,
		.cell = maker->workspace->next_key,
		/* it speaks through the hypervisor until it gets a UART, and
		 * asking it costs nothing if it does not answer */
		.flags = JAILHOUSE_CELL_PASSIVE_COMMREG |
			 JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED |
			 JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE,
	};
	int err;

	if (plan_find_cell(plan, name))
		return plan_refuse(plan, -EEXIST, "choose another name",
				   "there is a cell \"%s\" already", name);
	maker->cell = op.cell;
	err = plan_add(plan, &op, "asked for", "%s", name);
	if (err == -EINVAL)
		return plan_refuse(plan, err,
				   "use 1 to 31 printable characters",
				   "\"%s\" is no name for a cell", name);
	return err;
}

static int add_comm_region(struct maker *maker)
{
	struct jhcfg_plan_op op = {
		.kind = JHCFG_PLAN_ADD_MEMORY,
		.cell = maker->cell,
		.memory = {
			.virt_start = plan_is_arm(maker->plan)
					      ? ARM_COMM_REGION
					      : X86_COMM_REGION,
			.size = PLAN_PAGE_SIZE,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				 JAILHOUSE_MEM_COMM_REGION,
		},
	};

	return plan_add(maker->plan, &op, "where inmates look for it",
			"comm-region");
}

static int collect_wishes(struct maker *maker)
{
	const struct jhcfg_plan_request *request = maker->request;
	size_t max = 2 + request->num_devices + request->num_links, count = 0;

	maker->wishes = calloc(max, sizeof(*maker->wishes));
	maker->granted = calloc(max, sizeof(*maker->granted));
	if (!maker->wishes || !maker->granted)
		return -ENOMEM;
	maker->wishes[count++] = (struct wish){ WISH_CPUS, 0 };
	for (size_t n = 0; n < request->num_devices; n++)
		maker->wishes[count++] = (struct wish){ WISH_DEVICE, n };
	if (request->memory_size)
		maker->wishes[count++] = (struct wish){ WISH_MEMORY, 0 };
	for (size_t n = 0; n < request->num_links; n++)
		maker->wishes[count++] = (struct wish){ WISH_LINK, n };
	maker->num_wishes = count;
	for (size_t n = 0; n < count; n++)
		maker->granted[n] = true;
	return 0;
}

/* --- the pool ----------------------------------------------------------------
 */

static int estimate(struct maker *maker, struct jhcfg_pool *pool)
{
	const struct jhcfg_workspace *now = maker->plan->now;
	const struct jhcfg_config **cells =
		calloc(jhcfg_workspace_num_cells(now), sizeof(*cells));
	size_t count = 0;
	uint32_t key;
	int err;

	if (!cells)
		return -ENOMEM;
	for (size_t n = 1; (key = plan_cell_key(maker->plan, n)); n++)
		cells[count++] = jhcfg_workspace_cell(now, key);
	err = jhcfg_pool_estimate(jhcfg_workspace_cell(now, JHCFG_ROOT_KEY),
				  cells, count, jhcfg_workspace_board(now),
				  maker->request->firmware, pool);
	free(cells);
	return err;
}

/* Room for a fifth more than is known to be needed, by large pages. */
static uint64_t comfortable_size(const struct jhcfg_pool *pool)
{
	uint64_t size = pool->minimum + pool->used / 4 * PLAN_PAGE_SIZE;

	return (size + PLAN_LARGE_PAGE - 1) & ~(PLAN_LARGE_PAGE - 1);
}

static int enlarge(struct maker *maker, const struct jhcfg_pool *pool)
{
	struct jhcfg_plan *plan = maker->plan;
	struct jhcfg_plan_op op = {
		.kind = JHCFG_PLAN_SET_HYPERVISOR_MEMORY,
		.cell = JHCFG_ROOT_KEY,
		.memory = *jhcfg_system_hypervisor_memory(plan_system(plan)),
	};
	const char *reason = "";
	char size[JHCFG_NUMBER_SIZE];
	int err;

	op.memory.size = comfortable_size(pool);
	err = plan_find_ram(plan, JHCFG_ROOT_KEY, op.memory.size,
			    "the hypervisor", NULL, &op.memory.phys_start,
			    &reason);
	if (err)
		return err;
	jhcfg_format_size(op.memory.size, size);
	return plan_add(plan, &op,
			plan_text(plan,
				  "%" PRIu64 " of %" PRIu64
				  " pages of its pool would be in use; %s",
				  pool->used, pool->pages, reason),
			"%s at 0x%" PRIx64, size, op.memory.phys_start);
}

static int check_pool(struct maker *maker)
{
	struct jhcfg_pool pool;
	int err = estimate(maker, &pool);

	if (err == -ENOTSUP)
		return 0;
	if (err)
		return err;
	if (pool.used * 100 > pool.pages * 80)
		return enlarge(maker, &pool);
	return plan_note(maker->plan, JHCFG_PLAN_NOTE, JHCFG_ROOT_KEY,
			 "estimated from the regions of all cells",
			 "the hypervisor will use %" PRIu64 " of %" PRIu64
			 " pages of its pool",
			 pool.used, pool.pages);
}

static int tell_reservation(struct maker *maker)
{
	char *text =
		jhcfg_plan_reservation(maker->plan->now, maker->plan->scenario);
	int err = -ENOMEM;

	if (text)
		err = *text ? plan_note(maker->plan, JHCFG_PLAN_NOTE,
					JHCFG_ROOT_KEY,
					"keeps Linux from the memory of "
					"hypervisor, cells and links",
					"Linux needs: %s", text)
			    : 0;
	free(text);
	return err;
}

/* --- all of it
 * ------------------------------------------------------------------ */

/* A plan with the wishes that are marked; -errno without one. */
static int attempt(struct maker *maker, struct jhcfg_diags *diags)
{
	int err;

	jhcfg_plan_free(maker->plan);
	maker->plan =
		plan_new(maker->workspace, maker->request->scenario, diags);
	if (!maker->plan)
		return -ENOMEM;
	err = plan_set_name(maker->plan, "Plan cell %s", maker->request->name);
	if (!err)
		err = plan_check_scenario(maker->plan);
	if (!err)
		err = add_cell(maker);
	if (!err)
		err = add_comm_region(maker);
	for (size_t n = 0; !err && n < maker->num_wishes; n++)
		if (maker->granted[n])
			err = wish_grant(maker, &maker->wishes[n]);
	return err;
}

/* Leaves out what plays no part: what remains cannot hold together, but would
 * without any one of them. */
static int narrow(struct maker *maker, struct jhcfg_diags *diags)
{
	int err = 0;

	for (size_t n = 0; n < maker->num_wishes; n++) {
		maker->granted[n] = false;
		err = attempt(maker, NULL);
		if (err == -ENOMEM)
			return err;
		if (!err)
			maker->granted[n] = true;
	}
	/* once more, for its reason */
	return attempt(maker, diags);
}

static void tell_conflict(struct maker *maker, struct jhcfg_diags *diags)
{
	char list[1024] = "", text[256];
	size_t used = 0, count = 0;

	for (size_t n = 0; n < maker->num_wishes; n++) {
		if (!maker->granted[n])
			continue;
		wish_name(maker, &maker->wishes[n], text, sizeof(text));
		if (used + strlen(text) + 4 < sizeof(list))
			used += (size_t)snprintf(list + used,
						 sizeof(list) - used, "%s%s",
						 count ? ", " : "", text);
		count++;
	}
	if (count > 1)
		jhcfg_diags_add(diags, JHCFG_ERROR, "PLAN",
				jhcfg_plan_name(maker->plan), "",
				"leave out one of them",
				"cannot hold together: %s", list);
	else if (count)
		jhcfg_diags_add(diags, JHCFG_ERROR, "PLAN",
				jhcfg_plan_name(maker->plan), "", NULL,
				"cannot be had: %s", list);
}

static int make(struct maker *maker, struct jhcfg_diags *diags)
{
	int err = collect_wishes(maker), refused;

	if (!err)
		err = attempt(maker, NULL);
	if (err == -ENOMEM)
		return err;
	if (err) {
		refused = narrow(maker, diags);
		if (refused && refused != -ENOMEM)
			tell_conflict(maker, diags);
		return refused ? refused : err;
	}
	/* what is refused from here on is nobody's wish */
	maker->plan->diags = diags;
	err = check_pool(maker);
	return err ? err : tell_reservation(maker);
}

int jhcfg_plan_cell(const struct jhcfg_workspace *workspace,
		    const struct jhcfg_plan_request *request,
		    struct jhcfg_diags *diags, struct jhcfg_plan **plan)
{
	struct maker maker = { .workspace = workspace, .request = request };
	int err = make(&maker, diags);

	free(maker.wishes);
	free(maker.granted);
	return plan_finish(maker.plan, err, plan);
}
