/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a project file says about an object beyond what the model knows: names
 * and sources that people note, and keys of later versions. Kept as text, in
 * order, and written back unchanged.
 */
#ifndef JHCFG_MODEL_ATTRS_H
#define JHCFG_MODEL_ATTRS_H

#include <stddef.h>

struct jhcfg_attr {
	char *key;
	char *json; /* the value, as JSON */
};

struct jhcfg_attrs {
	struct jhcfg_attr *items;
	size_t count, capacity;
};

/* Appends a copy; -ENOMEM. */
int jhcfg_attrs_add(struct jhcfg_attrs *attrs, const char *key,
		    const char *json);
/* Empties the list. */
void jhcfg_attrs_clear(struct jhcfg_attrs *attrs);

#endif
