/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The configurations that a target runs, read back from its driver. */
#ifndef JHCFG_RUNNING_H
#define JHCFG_RUNNING_H

#include <stddef.h>

#include <jhcfg/api.h>
#include <jhcfg/diag.h>
#include <jhcfg/model.h>
#include <jhcfg/target.h>

struct jhcfg_running {
	/* the system's first, then those of cells by id */
	const struct jhcfg_config *const *configs;
	size_t count; /* 0: nothing is enabled */
};

/*
 * Reads them at once, as root where that can be had. What cannot be read or
 * understood is left out, with a warning in @diags. -ENOMEM; errors of the
 * connection.
 */
JHCFG_API int jhcfg_running_read(struct jhcfg_target *target,
				 struct jhcfg_diags *diags,
				 struct jhcfg_running **running);
/* NULL is legal. */
JHCFG_API void jhcfg_running_free(struct jhcfg_running *running);

#endif
