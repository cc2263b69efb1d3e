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
/*
 * The bytes of one: of cell @id, 0: of the system. *@data is freed by free().
 * -ENOENT: there is none; -EACCES: it is for root only.
 */
JHCFG_API int jhcfg_running_read_bytes(struct jhcfg_target *target,
				       unsigned int id, void **data,
				       size_t *size);
/* Where that is in the target's sysfs. */
JHCFG_API void jhcfg_running_path(unsigned int id, char *path, size_t size);
/* NULL is legal. */
JHCFG_API void jhcfg_running_free(struct jhcfg_running *running);

#endif
