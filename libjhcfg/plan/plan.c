// SPDX-License-Identifier: LGPL-2.1-or-later
/* Plans: a list that grows, and a workspace in which it is done already. */
#include "plan/plan.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/workspace.h"
#include "plan/ops.h"

#define RULE "PLAN"

struct jhcfg_plan *plan_new(const struct jhcfg_workspace *workspace,
			    const char *scenario, struct jhcfg_diags *diags)
{
	struct jhcfg_plan *plan = calloc(1, sizeof(*plan));

	if (!plan)
		return NULL;
	plan->scenario = scenario;
	plan->diags = diags;
	plan->subject = "plan";
	plan->before = jhcfg_workspace_fork(workspace);
	plan->now = jhcfg_workspace_fork(workspace);
	if (plan->before && plan->now &&
	    !jhcfg_workspace_begin(plan->now, "plan"))
		return plan;
	jhcfg_plan_free(plan);
	return NULL;
}

void jhcfg_plan_free(struct jhcfg_plan *plan)
{
	if (!plan)
		return;
	jhcfg_workspace_free(plan->before);
	jhcfg_workspace_free(plan->now);
	jhcfg_arena_clear(&plan->texts);
	free(plan->ops);
	free(plan->name);
	free(plan);
}

const char *jhcfg_plan_name(const struct jhcfg_plan *plan)
{
	return plan->name ? plan->name : "";
}

const struct jhcfg_plan_op *jhcfg_plan_op(const struct jhcfg_plan *plan,
					  size_t index)
{
	return index < plan->count ? &plan->ops[index] : NULL;
}

/* --- making ------------------------------------------------------------------
 */

int plan_set_name(struct jhcfg_plan *plan, const char *format, ...)
{
	va_list args;
	char *name;
	int length;

	va_start(args, format);
	length = vasprintf(&name, format, args);
	va_end(args);
	if (length < 0)
		return -ENOMEM;
	free(plan->name);
	plan->name = name;
	plan->subject = name;
	return 0;
}

static const char *format_text(struct jhcfg_plan *plan, const char *format,
			       va_list args)
{
	const char *text;
	char *made;

	if (vasprintf(&made, format, args) < 0) {
		plan->texts.failed = true;
		return "";
	}
	text = jhcfg_arena_text(&plan->texts, made);
	free(made);
	return text;
}

const char *plan_text(struct jhcfg_plan *plan, const char *format, ...)
{
	const char *text;
	va_list args;

	va_start(args, format);
	text = format_text(plan, format, args);
	va_end(args);
	return text;
}

/* A zeroed place for one more, NULL without memory. */
static struct jhcfg_plan_op *append(struct jhcfg_plan *plan)
{
	size_t capacity = plan->capacity ? 2 * plan->capacity : 32;
	struct jhcfg_plan_op *ops;

	if (plan->count == plan->capacity) {
		ops = reallocarray(plan->ops, capacity, sizeof(*ops));
		if (!ops)
			return NULL;
		plan->ops = ops;
		plan->capacity = capacity;
	}
	return &plan->ops[plan->count++];
}

static int add_op(struct jhcfg_plan *plan, const struct jhcfg_plan_op *op,
		  const char *reason, const char *what)
{
	struct plan_keys keys = { 0, 0 };
	struct jhcfg_plan_op *place = append(plan);

	if (!place)
		return -ENOMEM;
	*place = *op;
	place->reason = jhcfg_arena_text(&plan->texts, reason);
	place->what = what;
	if (op->kind == JHCFG_PLAN_SET_LINK)
		place->link.name =
			jhcfg_arena_text(&plan->texts, op->link.name);
	if (plan->texts.failed)
		return -ENOMEM;
	return plan_do(plan->now, place, &keys);
}

int plan_add(struct jhcfg_plan *plan, const struct jhcfg_plan_op *op,
	     const char *reason, const char *what, ...)
{
	const char *text;
	va_list args;

	va_start(args, what);
	text = format_text(plan, what, args);
	va_end(args);
	return add_op(plan, op, reason, text);
}

int plan_note(struct jhcfg_plan *plan, enum jhcfg_plan_kind kind, uint32_t cell,
	      const char *reason, const char *what, ...)
{
	struct jhcfg_plan_op op = { .kind = kind, .cell = cell };
	const char *text;
	va_list args;

	va_start(args, what);
	text = format_text(plan, what, args);
	va_end(args);
	return add_op(plan, &op, reason, text);
}

int plan_refuse(struct jhcfg_plan *plan, int err, const char *hint,
		const char *format, ...)
{
	char *text;
	va_list args;
	int length;

	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	if (length < 0)
		return -ENOMEM;
	jhcfg_diags_add(plan->diags, JHCFG_ERROR, RULE, plan->subject, "", hint,
			"%s", text);
	free(text);
	return err;
}

int plan_finish(struct jhcfg_plan *plan, int err, struct jhcfg_plan **result)
{
	if (err) {
		jhcfg_plan_free(plan);
		return err;
	}
	*result = plan;
	return 0;
}

/* --- doing -------------------------------------------------------------------
 */

int jhcfg_plan_apply(struct jhcfg_workspace *workspace,
		     const struct jhcfg_plan *plan)
{
	struct plan_keys keys = { 0, 0 };
	int err;

	if (!jhcfg_state_same(workspace->state, plan->before->state))
		return -ESTALE;
	err = jhcfg_workspace_begin(workspace, jhcfg_plan_name(plan));
	if (err)
		return err;
	for (size_t n = 0; !err && n < plan->count; n++)
		err = plan_do(workspace, &plan->ops[n], &keys);
	if (err)
		jhcfg_workspace_cancel(workspace);
	else
		jhcfg_workspace_end(workspace);
	return err;
}
