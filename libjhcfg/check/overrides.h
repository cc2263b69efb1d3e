/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Severities that a project or a caller gives to rules. */
#ifndef JHCFG_CHECK_OVERRIDES_H
#define JHCFG_CHECK_OVERRIDES_H

#include <jhcfg/check.h>

struct check_overrides {
	const struct jhcfg_check_options *options;
	struct jhcfg_override *project; /* ids belong to this */
	size_t num_project;
};

/* Reads "severities" of the system document: { "M08": "info", "H08": "off" }.
 * What is no such thing is passed over. -ENOMEM. */
int check_overrides_read(struct check_overrides *overrides,
			 const struct jhcfg_config *system);
void check_overrides_clear(struct check_overrides *overrides);

/* Sets the severity of the rule if somebody wants another one; the caller's
 * options count more than the project. False: it is switched off. */
bool check_override(const struct check_overrides *overrides, const char *rule,
		    enum jhcfg_severity *severity);

#endif
