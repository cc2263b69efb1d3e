// SPDX-License-Identifier: LGPL-2.1-or-later
#include "model/attrs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int jhcfg_attrs_add(struct jhcfg_attrs *attrs, const char *key,
		    const char *json)
{
	struct jhcfg_attr *items, *attr;

	items = reallocarray(attrs->items, attrs->count + 1, sizeof(*items));
	if (!items)
		return -ENOMEM;
	attrs->items = items;

	attr = &items[attrs->count];
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
