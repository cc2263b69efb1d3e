// SPDX-License-Identifier: LGPL-2.1-or-later
#include "model/attrs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Most lists are of one or two, those of hostile documents of very many. */
static int make_room(struct jhcfg_attrs *attrs)
{
	size_t capacity = attrs->capacity ? 2 * attrs->capacity : 1;
	struct jhcfg_attr *items;

	if (attrs->count < attrs->capacity)
		return 0;
	items = reallocarray(attrs->items, capacity, sizeof(*items));
	if (!items)
		return -ENOMEM;
	attrs->items = items;
	attrs->capacity = capacity;
	return 0;
}

int jhcfg_attrs_add(struct jhcfg_attrs *attrs, const char *key,
		    const char *json)
{
	struct jhcfg_attr *attr;

	if (make_room(attrs))
		return -ENOMEM;
	attr = &attrs->items[attrs->count];
	attr->key = strdup(key);
	attr->json = strdup(json);
	if (!attr->key || !attr->json) {
		free(attr->key);
		free(attr->json);
		return -ENOMEM;
	}
	attrs->count++;
	return 0;
}

void jhcfg_attrs_clear(struct jhcfg_attrs *attrs)
{
	for (size_t n = 0; n < attrs->count; n++) {
		free(attrs->items[n].key);
		free(attrs->items[n].json);
	}
	free(attrs->items);
	*attrs = (struct jhcfg_attrs){ 0 };
}
