/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How to write a rule. A rule is a row of its group's table: the public part,
 * a function that looks and reports, and one that repairs, if it can be done.
 * It looks at a view of the workspace that is made once for all rules; what
 * several rules search for is indexed there, so that no rule needs to compare
 * everything with everything: a check of n things takes O(n log n).
 */
#ifndef JHCFG_CHECK_RULE_H
#define JHCFG_CHECK_RULE_H

#include <jhcfg/check.h>

#include "check/view.h"

struct found;

/* What a rule is called for. */
enum rule_scope {
	RULE_SYSTEM,   /* once: cell is the root */
	RULE_CELL,     /* for each cell, the root included */
	RULE_SCENARIO, /* for each scenario: cell is the root */
};

struct fix;

struct rule {
	struct jhcfg_rule info;
	enum rule_scope scope;
	void (*check)(struct check *check, const struct check_cell *cell);
	/* Edits fix->workspace, within a step; NULL iff info.fix is NULL. 0,
	 * or -EINVAL after fix_refuse(), or what an edit returned. */
	int (*fix)(struct fix *fix);
};

struct rule_table {
	const struct rule *rules;
	size_t count;
};

#define RULE_TABLE(array)                                                      \
	{                                                                      \
		array, sizeof(array) / sizeof((array)[0])                      \
	}

extern const struct rule_table check_rules_format;     /* F */
extern const struct rule_table check_rules_cpus;       /* C */
extern const struct rule_table check_rules_hypervisor; /* H */
extern const struct rule_table check_rules_memory;     /* M */
extern const struct rule_table check_rules_boot;       /* B */
extern const struct rule_table check_rules_serial;     /* S */
extern const struct rule_table check_rules_irq;	       /* I */
extern const struct rule_table check_rules_pci;	       /* P */
extern const struct rule_table check_rules_virtual;    /* V */
extern const struct rule_table check_rules_other;      /* U, T */

/* --- reporting ------------------------------------------------------------ */

/* Where and what; all but the element may be left out. */
struct found {
	const struct check_cell *cell; /* NULL: system wide */
	enum jhcfg_element element;
	size_t index;
	/* the other party */
	const struct check_cell *related;
	enum jhcfg_element related_element;
	size_t related_index;
	/* in place of the table's */
	bool other_severity;
	enum jhcfg_severity severity;
	const char *advice;
	bool unfixable; /* this one is beyond the fix-it */
	uint64_t detail[2];
};

/* Adds a finding of the rule that is being judged. What it says names both
 * parties, with numbers in hexadecimal: "memory region 3 (\"ram\") [0x...]". */
void check_report(struct check *check, const struct found *found,
		  const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A rule could not get memory: the whole check, or the fix-it, fails with
 * -ENOMEM. */
void check_no_memory(const struct check *check);
/* As many findings of the rule as are kept: there is no need to look on. */
bool check_enough(const struct check *check);

/* --- repairing ------------------------------------------------------------ */

struct fix {
	struct jhcfg_workspace *workspace;
	const struct jhcfg_finding *finding;
	const struct check *check;	  /* as it was before the step */
	const struct check_cell *cell;	  /* of the finding; the root if it
					     is system wide */
	const struct check_cell *related; /* NULL: none */
	struct jhcfg_diags *diags;
};

/* The configuration of the finding's cell, or of another one, to be edited
 * (without what links add); NULL without memory. */
struct jhcfg_config *fix_edit(const struct fix *fix);
struct jhcfg_config *fix_edit_cell(const struct fix *fix,
				   const struct check_cell *cell);
/* Says why it cannot be done; returns -EINVAL. */
int fix_refuse(const struct fix *fix, const char *hint, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
