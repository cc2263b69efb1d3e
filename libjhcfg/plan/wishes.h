/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Wishes of a request for a cell. */
#ifndef JHCFG_PLAN_WISHES_H
#define JHCFG_PLAN_WISHES_H

#include "plan/plan.h"

/* The order is that of the work: what is fixed first. */
enum wish_kind {
	WISH_CPUS,
	WISH_DEVICE,
	WISH_MEMORY,
	WISH_LINK,
};

struct wish {
	enum wish_kind kind;
	size_t index; /* of device or link */
};

struct maker {
	const struct jhcfg_workspace *workspace;
	const struct jhcfg_plan_request *request;
	struct wish *wishes;
	bool *granted; /* those that this attempt is about */
	size_t num_wishes;
	struct jhcfg_plan *plan;
	uint32_t cell;
};

/* One step of maker->plan. */
int wish_grant(struct maker *maker, const struct wish *wish);
/* For people: "2 CPUs", "device uart1". */
void wish_name(const struct maker *maker, const struct wish *wish, char *text,
	       size_t size);

#endif
