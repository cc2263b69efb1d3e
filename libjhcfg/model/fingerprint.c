// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a system notes of the machine that it was made for. */
#include <jhcfg/edit.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/private.h"

#define KEY "/fingerprint"

static struct jhcfg_attr *find(struct jhcfg_attrs *attrs)
{
	for (size_t n = 0; n < attrs->count; n++)
		if (!strcmp(attrs->items[n].key, KEY))
			return &attrs->items[n];
	return NULL;
}

/* Fingerprints are words of plain characters; nothing else gets in. */
static bool is_plain(const char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~' || *text == '"' || *text == '\\')
			return false;
	return true;
}

int jhcfg_config_set_fingerprint(struct jhcfg_config *config, const char *text)
{
	struct jhcfg_attrs *attrs = &config->system.attrs;
	struct jhcfg_attr *attr = find(attrs);
	char *json;
	int err = 0;

	if (!config->has_system || !is_plain(text))
		return -EINVAL;
	if (asprintf(&json, "\"%s\"", text) < 0)
		return -ENOMEM;
	if (!attr)
		err = jhcfg_attrs_add(attrs, KEY, json);
	if (!attr) {
		free(json);
		return err;
	}
	free(attr->json);
	attr->json = json;
	return 0;
}
