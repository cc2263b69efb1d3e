// SPDX-License-Identifier: LGPL-2.1-or-later
/* F: what a configuration is, before what it says. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "check/rule.h"

/* --- F02 ------------------------------------------------------------------ */

static const char *architecture_name(uint8_t architecture)
{
	static const char *const names[] = {
		[JAILHOUSE_X86] = "x86",
		[JAILHOUSE_ARM] = "arm",
		[JAILHOUSE_ARM64] = "arm64",
	};

	return architecture < sizeof(names) / sizeof(names[0])
		       ? names[architecture]
		       : "an unknown architecture";
}

static void check_architecture(struct check *check,
			       const struct check_cell *cell)
{
	uint8_t architecture = jhcfg_config_architecture(cell->config);

	if (architecture == check->architecture)
		return;
	check_report(check, &(struct found){ .cell = cell },
		     "cell \"%s\" is made for %s, the system for %s",
		     cell->name, architecture_name(architecture),
		     architecture_name(check->architecture));
}

static int fix_architecture(struct fix *fix)
{
	struct jhcfg_config *config = fix_edit(fix);
	uint32_t flags = jhcfg_cell_flags(fix->cell->cell);

	if (!config)
		return -ENOMEM;
	/* A 32-bit guest of a 64-bit hypervisor says so by a flag. */
	if (jhcfg_config_architecture(config) == JAILHOUSE_ARM &&
	    fix->check->architecture == JAILHOUSE_ARM64)
		jhcfg_config_set_cell_flags(config,
					    flags | JAILHOUSE_CELL_AARCH32);
	jhcfg_config_set_architecture(config, fix->check->architecture);
	return 0;
}

/* --- F05 ------------------------------------------------------------------ */

static bool is_printable(const char *name)
{
	for (; *name; name++)
		if (*name < 0x20 || *name > 0x7e)
			return false;
	return true;
}

/* The cell before this one that has the same name; NULL: none. */
static const struct check_cell *namesake(const struct check *check,
					 const struct check_cell *cell)
{
	for (size_t n = 0; n < cell->position; n++)
		if (!strcmp(jhcfg_cell_name(check->cells[n]->cell),
			    jhcfg_cell_name(cell->cell)))
			return check->cells[n];
	return NULL;
}

static void check_names(struct check *check, const struct check_cell *root)
{
	for (size_t n = 0; n < check->num_cells && !check_enough(check); n++) {
		const struct check_cell *cell = check->cells[n];
		const char *name = jhcfg_cell_name(cell->cell);
		const struct check_cell *other = NULL;

		if (!*name)
			check_report(check, &(struct found){ .cell = cell },
				     "a cell has no name");
		else if (!is_printable(name))
			check_report(check, &(struct found){ .cell = cell },
				     "the name of cell \"%s\" has characters "
				     "that are not printable ASCII",
				     name);
		else if ((other = namesake(check, cell)))
			check_report(check,
				     &(struct found){ .cell = cell,
						      .related = other },
				     "two cells have the name \"%s\"", name);
	}
	(void)root;
}

static bool name_is_taken(const struct check *check, const char *name)
{
	for (size_t n = 0; n < check->num_all; n++)
		if (!strcmp(jhcfg_cell_name(check->all[n].cell), name))
			return true;
	return false;
}

static int fix_name(struct fix *fix)
{
	struct jhcfg_config *config = fix_edit(fix);
	char base[JHCFG_NAME_SIZE - 5], name[JHCFG_NAME_SIZE];
	size_t length = 0;

	for (const char *from = jhcfg_cell_name(fix->cell->cell); *from; from++)
		if (*from > 0x20 && *from <= 0x7e && length < sizeof(base) - 1)
			base[length++] = *from;
	base[length] = 0;
	snprintf(name, sizeof(name), "%s", length ? base : "cell");
	for (unsigned int n = 2; n < 1000 && name_is_taken(fix->check, name);
	     n++)
		snprintf(name, sizeof(name), "%s-%u", length ? base : "cell",
			 n);
	return config ? jhcfg_config_set_name(config, name) : -ENOMEM;
}

/* -------------------------------------------------------------------------- */

static const struct rule rules[] = {
	{
		.info = {
			.id = "F02",
			.severity = JHCFG_ERROR,
			.title = "a cell's architecture differs from the "
				 "system's",
			.doc = "The driver refuses such a cell; the "
			       "established one prints an error and still "
			       "answers that the cell was created.",
			.advice = "set the cell's architecture; a 32-bit guest "
				  "of an arm64 system has the flag AARCH32 "
				  "instead",
			.fix = "sets the system's architecture, with AARCH32 "
			       "for a 32-bit guest",
		},
		.scope = RULE_CELL,
		.check = check_architecture,
		.fix = fix_architecture,
	},
	{
		.info = {
			.id = "F05",
			.severity = JHCFG_ERROR,
			.title = "a cell's name is empty, not printable or "
				 "taken",
			.doc = "Cells are told apart by their names, of up to "
			       "31 printable characters; a second cell of the "
			       "same name is refused (EEXIST).",
			.advice = "give the cell a name of its own",
			.fix = "renames the cell",
		},
		.scope = RULE_SCENARIO,
		.check = check_names,
		.fix = fix_name,
	},
};

const struct rule_table check_rules_format = RULE_TABLE(rules);
