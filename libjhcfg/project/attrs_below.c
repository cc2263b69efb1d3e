// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Finding the attributes of an object among those of its owner, which may have
 * as many as a file has bytes for: one that a search has sorted.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "project/json.h"

static int compare_keys(const void *a, const void *b)
{
	const struct jhcfg_attr *const *x = a, *const *y = b;

	return strcmp((*x)->key, (*y)->key);
}

static int sort_attrs(struct json_writer *writer)
{
	const struct jhcfg_attrs *attrs = writer->attrs;
	const struct jhcfg_attr **sorted;

	if (writer->sorted_of == attrs)
		return 0;
	sorted = calloc(attrs->count, sizeof(*sorted));
	if (!sorted)
		return -ENOMEM;
	for (size_t n = 0; n < attrs->count; n++)
		sorted[n] = &attrs->items[n];
	qsort(sorted, attrs->count, sizeof(*sorted), compare_keys);
	free(writer->sorted);
	writer->sorted = sorted;
	writer->sorted_of = attrs;
	return 0;
}

void json_writer_clear(struct json_writer *writer)
{
	free(writer->sorted);
	writer->sorted = NULL;
	writer->sorted_of = NULL;
}

/* First one whose key begins with the prefix and a slash, or would come behind
 * these if @behind. */
static size_t bound(const struct json_writer *writer, const char *prefix,
		    size_t length, bool behind)
{
	size_t low = 0, high = writer->attrs->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *key = writer->sorted[middle]->key;
		int order = strncmp(key, prefix, length);

		/* a key as long as the prefix is not below it */
		if (!order)
			order = (unsigned char)key[length] - '/';
		if (order < 0 || (behind && !order))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int json_attrs_below(struct json_writer *writer,
		     const struct jhcfg_attr ***attrs, size_t *count)
{
	const char *prefix = writer->path.text + writer->path.owner;
	size_t length = strlen(prefix), first;
	int err;

	*count = 0;
	if (!writer->attrs->count)
		return 0;
	err = sort_attrs(writer);
	if (err)
		return err;
	first = bound(writer, prefix, length, false);
	*attrs = writer->sorted + first;
	*count = bound(writer, prefix, length, true) - first;
	return 0;
}
