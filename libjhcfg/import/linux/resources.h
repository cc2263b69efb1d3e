/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* /proc/iomem and /proc/ioports: who has which addresses. */
#ifndef IMPORT_LINUX_RESOURCES_H
#define IMPORT_LINUX_RESOURCES_H

#include <jhcfg/board.h>
#include <jhcfg/diag.h>

#define RESOURCES_MAX	    16384
#define RESOURCES_MAX_DEPTH 32

struct resource {
	struct jhcfg_range range;
	unsigned int depth; /* of indentation, 0: outermost */
	unsigned int line;
	size_t parent;	  /* index, or JHCFG_NO_INDEX */
	bool leaf;	  /* nothing is inside */
	const char *name; /* in the text */
};

struct resources {
	const char *file;
	char *text;
	struct resource *items;
	size_t count;
};

/*
 * Reads @text, which the result takes over. @file: for messages. Lines that
 * are none are skipped with a warning; -EACCES if all addresses are zero, as
 * users see them who are not root; -ENOMEM.
 */
int resources_parse(struct resources *resources, char *text, const char *file,
		    struct jhcfg_diags *diags);
void resources_clear(struct resources *resources);

/* The first one from index @from on whose name begins so, or
 * JHCFG_NO_INDEX. */
size_t resources_find(const struct resources *resources, size_t from,
		      const char *prefix);
/* The first one at this address, or JHCFG_NO_INDEX. */
size_t resources_at(const struct resources *resources, uint64_t start);

#endif
