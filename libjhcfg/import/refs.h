/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a node refers to by phandle. */
#ifndef JHCFG_IMPORT_REFS_H
#define JHCFG_IMPORT_REFS_H

#include <jhcfg/board.h>

#include "import/tree.h"

#define DT_MAX_ARGS 16

struct dt_ref {
	enum jhcfg_hw_ref_kind kind;
	uint32_t node; /* that is referred to */
	const char *property;
	const char *name; /* of the entry, or "" */
	uint32_t args[DT_MAX_ARGS];
	size_t num_args;
};

/* Calls @found for each reference in the order of the properties. */
void dt_refs(const struct dt_tree *tree, uint32_t node,
	     void (*found)(void *context, const struct dt_ref *ref),
	     void *context);

#endif
