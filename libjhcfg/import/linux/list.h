/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMPORT_LINUX_LIST_H
#define IMPORT_LINUX_LIST_H

#include <stddef.h>
#include <stdlib.h>

/*
 * An array that grows: has room for one more than @count entries of @size
 * bytes afterwards. Returns where it is now, NULL without memory (it stays
 * where it was then). Room is made for 16, 32, 64, ... entries.
 */
static inline void *list_room(void *items, size_t count, size_t size)
{
	if (!count)
		return items ? items : reallocarray(NULL, 16, size);
	if (count < 16 || (count & (count - 1)))
		return items;
	return reallocarray(items, 2 * count, size);
}

#endif
