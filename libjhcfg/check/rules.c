// SPDX-License-Identifier: LGPL-2.1-or-later
/* The groups of rules, in the order of the manual. */
#include <strings.h>

#include "check/results.h"

/* clang-format off */
static const struct rule_table *const tables[] = {
	&check_rules_format,
	&check_rules_cpus,
	&check_rules_hypervisor,
	&check_rules_memory,
	&check_rules_boot,
	&check_rules_serial,
	&check_rules_irq,
	&check_rules_pci,
	&check_rules_virtual,
	&check_rules_other,
};
/* clang-format on */

const struct rule *check_rule_at(size_t index)
{
	for (size_t n = 0; n < sizeof(tables) / sizeof(tables[0]); n++) {
		if (index < tables[n]->count)
			return &tables[n]->rules[index];
		index -= tables[n]->count;
	}
	return NULL;
}

size_t jhcfg_rule_count(void)
{
	size_t count = 0;

	for (size_t n = 0; n < sizeof(tables) / sizeof(tables[0]); n++)
		count += tables[n]->count;
	return count;
}

const struct jhcfg_rule *jhcfg_rule_at(size_t index)
{
	const struct rule *rule = check_rule_at(index);

	return rule ? &rule->info : NULL;
}

const struct jhcfg_rule *jhcfg_rule_find(const char *id)
{
	const struct jhcfg_rule *rule;

	for (size_t n = 0; (rule = jhcfg_rule_at(n)); n++)
		if (!strcasecmp(rule->id, id))
			return rule;
	return NULL;
}
