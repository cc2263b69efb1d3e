/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of jhcfg/site.h, for who does not wait. */
#ifndef JHCFG_TARGET_SITE_H
#define JHCFG_TARGET_SITE_H

#include <jhcfg/site.h>

/* The command that looks, and what its result says. Errors are told. */
extern const char *const target_site_command[];
int target_site_read(const char *target, struct jhcfg_result *result,
		     struct jhcfg_diags *diags, struct jhcfg_site *site);

/* The last part of a path, with nothing in it that needs a quote. */
void target_plain_name(const char *name, char *plain, size_t size);

#endif
