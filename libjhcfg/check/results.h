/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a check has found so far. */
#ifndef JHCFG_CHECK_RESULTS_H
#define JHCFG_CHECK_RESULTS_H

#include "check/rule.h"
#include "model/arena.h"

/* A hostile system must not fill the memory with complaints about itself. */
#define CHECK_MAX_FINDINGS  4096
#define CHECK_MAX_OF_A_RULE 512
/* Nor may one with scenarios without end keep it busy. */
#define CHECK_MAX_SCENARIOS 1000

/* The order in which a finding was made, to keep it where a sort has ties. */
struct result {
	struct jhcfg_finding finding;
	size_t rule, number;
};

struct jhcfg_skipped {
	const struct jhcfg_rule *rule;
	const char *reason;
};

struct jhcfg_findings {
	struct jhcfg_arena arena;
	struct result *items;
	size_t count, capacity;
	size_t dropped;
	size_t steps;	 /* that all rules made in the index of regions */
	uint64_t serial; /* of the workspace when they were made */
	struct jhcfg_skipped *skipped;
	size_t num_skipped;
};

/* Chains of findings by what they say, to find what another scenario has
 * already shown. */
#define CHECK_BUCKETS 1024U

struct check_results {
	struct jhcfg_findings *findings;
	const struct rule *rule; /* that is being judged */
	size_t rule_number, of_this_rule;
	enum jhcfg_severity severity; /* that it has in this check */
	size_t heads[CHECK_BUCKETS];  /* number + 1 of a finding, 0: none */
	size_t *next;		      /* by finding */
	bool failed;		      /* without memory */
};

/* The object of a finding, in the arena: "rtos/memory/ram". */
const char *check_object(const struct check *check, struct jhcfg_arena *arena,
			 const struct found *found);

/* Turns what is not printable ASCII into '?', in place. */
void check_make_printable(char *text);

/* Sorts, and applies waivers; -ENOMEM. */
int check_results_finish(struct jhcfg_findings *findings,
			 const struct jhcfg_workspace *workspace);

/* All rules in one row: number @index in the order of the manual; NULL behind
 * the last one. */
const struct rule *check_rule_at(size_t index);

#endif
